/** A hue for a name: the same for everybody, on every visit. */
export function hueOf(name) {
  let hash = 0;
  for (const letter of name.toLowerCase()) {
    hash = (Math.imul(hash, 31) + letter.codePointAt(0)) >>> 0;
  }

  // The golden angle apart, so that names that are alike do not look alike.
  return Math.round((hash * 137.508) % 360);
}

/** One or two letters that stand for a name. */
export function initialsOf(name) {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return words.slice(0, 2).map(word => [...word][0]).join('').toUpperCase() || '?';
}

export function colourByName(element, name) {
  element.style.setProperty('--hue', hueOf(name));
  return element;
}
