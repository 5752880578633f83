/** Whether a text has a name in it as a word of its own, whatever its case. */
export function mentions(text, nick) {
  if (nick === '') {
    return false;
  }

  const name = nick.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^\\p{L}\\p{N}_-])${name}($|[^\\p{L}\\p{N}_-])`, 'iu').test(text);
}
