// A name is one where no letter, digit or the like goes on before or after it.
const PART_OF_NAME = '[\\p{L}\\p{M}\\p{N}_-]';

// Scripts that write words side by side: a name may be among other letters there.
const DENSE = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Bopo}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Tibt}';
const BEGINS_DENSE = new RegExp(`^[${DENSE}]`, 'u');
const ENDS_DENSE = new RegExp(`[${DENSE}]\\p{M}*$`, 'u');

/** What finds a name as a word of its own, whatever its case; null for no name. */
export function mentionPattern(nick) {
  const name = nick.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const [before, after] = [BEGINS_DENSE.test(nick) ? '' : `(?<!${PART_OF_NAME})`, ENDS_DENSE.test(nick) ? '' : `(?!${PART_OF_NAME})`];
  return nick === '' ? null : new RegExp(`${before}${name}${after}`, 'giu');
}

/** Whether a text has a name in it as a word of its own. */
export const mentions = (text, nick) => mentionPattern(nick)?.test(text) ?? false;
