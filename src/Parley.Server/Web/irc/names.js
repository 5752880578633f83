// Names to begin with. They are short enough for servers that allow 20 letters, and none says anything about anybody.

const ADJECTIVES = [
  'Amber', 'Brave', 'Calm', 'Clever', 'Cosmic', 'Crimson', 'Dapper', 'Eager', 'Fabled', 'Gentle', 'Golden', 'Happy', 'Humble', 'Indigo',
  'Jolly', 'Keen', 'Lucky', 'Merry', 'Misty', 'Noble', 'Olive', 'Patient', 'Quick', 'Quiet', 'Rapid', 'Rustic', 'Scarlet', 'Silver',
  'Snowy', 'Sunny', 'Swift', 'Tidy', 'Velvet', 'Vivid', 'Wandering', 'Wise', 'Witty', 'Zesty',
];

const ANIMALS = [
  'Badger', 'Beaver', 'Bison', 'Crane', 'Dingo', 'Dolphin', 'Falcon', 'Ferret', 'Finch', 'Fox', 'Gecko', 'Hare', 'Heron', 'Ibis', 'Jackdaw',
  'Koala', 'Lark', 'Lemur', 'Lynx', 'Magpie', 'Marten', 'Newt', 'Ocelot', 'Otter', 'Owl', 'Panda', 'Puffin', 'Quail', 'Raven', 'Robin',
  'Salmon', 'Seal', 'Stork', 'Swan', 'Tapir', 'Thrush', 'Turtle', 'Walrus', 'Wombat', 'Wren',
];

const oneOf = (words, random) => words[Math.floor(random() * words.length)];

/** A name for somebody who has not chosen one. */
export function suggestName(random = Math.random) {
  return oneOf(ADJECTIVES, random) + oneOf(ANIMALS, random);
}

/** Another name in place of one that is taken: like it if somebody has chosen it, any other if nobody has. */
export function nextName(taken, chosen, maxLength, random = Math.random) {
  if (!chosen) {
    return suggestName(random);
  }

  const digits = String(Math.floor(random() * 900) + 100);
  return [...taken.replace(/\d+$/, '')].slice(0, Math.max(1, maxLength - digits.length)).join('') + digits;
}
