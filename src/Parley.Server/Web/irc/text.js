// How much fits in a message, and how texts are cut so that each part does.

const encoder = new TextEncoder();

// What is before the text when the server passes it on, at its longest, is not known; this leaves room for any.
const MAX_TEXT_BYTES = 350;

export const bytesOf = text => encoder.encode(text).length;

/** A text in parts that fit in a message each, cut after blanks where there are any, and never within a letter. */
export function splitText(text, maxBytes = MAX_TEXT_BYTES) {
  const parts = [];
  let rest = text;
  while (bytesOf(rest) > maxBytes) {
    let end = 0;
    let bytes = 0;
    for (const letter of rest) {
      bytes += bytesOf(letter);
      if (bytes > maxBytes) {
        break;
      }

      end += letter.length;
    }

    const afterBlank = rest.lastIndexOf(' ', end - 1) + 1;
    const cut = afterBlank > end / 2 ? afterBlank : end;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }

  return [...parts, rest];
}

/** Lines, put together into as few texts as fit in what a server takes at a time: so many bytes, and so many lines as they are sent. */
export function packLines(lines, { bytes, lines: count }) {
  const packs = [];
  let room = { bytes: 0, count: 0 };
  for (const line of lines.flatMap(each => splitText(each, bytes))) {
    const [lineBytes, lineCount] = [bytesOf(line), splitText(line).length];
    if (packs.length === 0 || lineBytes + 1 > room.bytes || lineCount > room.count) {
      packs.push([line]);
      room = { bytes: bytes - lineBytes, count: count - lineCount };
    } else {
      packs.at(-1).push(line);
      room = { bytes: room.bytes - lineBytes - 1, count: room.count - lineCount };
    }
  }

  return packs.map(pack => pack.join('\n'));
}

/** An action's text (`/me waves`), or null if it is none: https://modern.ircdocs.horse/ctcp.html */
export function actionOf(text) {
  const match = /^\x01ACTION ?(.*?)\x01?$/s.exec(text);
  return match === null ? null : match[1];
}

/** Whether a text is a question between programs, that nobody is shown. */
export const isCtcp = text => text.startsWith('\x01') && actionOf(text) === null;
