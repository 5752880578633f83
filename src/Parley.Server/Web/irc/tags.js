// Message tags: https://ircv3.net/specs/extensions/message-tags

const ESCAPES = { ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' };
const ESCAPED = { ';': '\\:', ' ': '\\s', '\\': '\\\\', '\r': '\\r', '\n': '\\n' };

/** The value of a tag as it was before it was escaped. */
export function unescapeTag(value) {
  return value.replace(/\\(.?)/gs, (_, letter) => ESCAPES[letter] ?? letter);
}

/** The value of a tag as it is sent. */
export function escapeTag(value) {
  return String(value).replace(/[; \\\r\n]/g, letter => ESCAPED[letter]);
}

/** Tags by name, from what is between `@` and the first blank. The last of two with one name counts. */
export function parseTags(text) {
  const tags = new Map();
  for (const part of text.split(';')) {
    if (part === '') {
      continue;
    }

    const equals = part.indexOf('=');
    tags.set(equals < 0 ? part : part.slice(0, equals), equals < 0 ? '' : unescapeTag(part.slice(equals + 1)));
  }

  return tags;
}

/** What is between `@` and the first blank; a tag without a value has `''` or `true`. */
export function formatTags(tags) {
  return Object.entries(tags)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => (value === true || value === '' ? name : `${name}=${escapeTag(value)}`))
    .join(';');
}

/** The tags of an answer to a message: the ratified one, and that of the draft, which clients of before 2026 know alone. */
export const replyTags = msgid => ({ '+reply': msgid, '+draft/reply': msgid });

/** The value of a client's tag, by the name that it was ratified under or by that of its draft; undefined if it has neither. */
export const clientTag = (tags, name) => tags.get(`+${name}`) ?? tags.get(`+draft/${name}`);
