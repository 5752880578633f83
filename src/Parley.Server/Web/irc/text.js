// How much fits in a message, and how texts are cut so that each part does.

const encoder = new TextEncoder();

// What is before the text when the server passes it on, at its longest, is not known; this leaves room for any.
const MAX_TEXT_BYTES = 350;

export const bytesOf = text => encoder.encode(text).length;

/** A text in parts that fit in a message each, cut at blanks where there are any, and never within a letter. */
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

    const blank = rest.lastIndexOf(' ', end);
    const cut = blank > end / 2 ? blank : end;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }

  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
}

/** An action's text (`/me waves`), or null if it is none: https://modern.ircdocs.horse/ctcp.html */
export function actionOf(text) {
  const match = /^\x01ACTION ?(.*?)\x01?$/s.exec(text);
  return match === null ? null : match[1];
}

/** Whether a text is a question between programs, that nobody is shown. */
export const isCtcp = text => text.startsWith('\x01') && actionOf(text) === null;
