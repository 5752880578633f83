// SASL PLAIN: https://ircv3.net/specs/extensions/sasl-3.1

// An answer is sent in parts of this many letters; one of exactly so many is followed by an empty one.
const CHUNK = 400;

/** The parameters of the AUTHENTICATE lines that log in to an account. */
export function plainChunks(account, password) {
  const bytes = new TextEncoder().encode(`\0${account}\0${password}`);
  const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  const chunks = [];
  for (let at = 0; at < text.length; at += CHUNK) {
    chunks.push(text.slice(at, at + CHUNK));
  }

  return text.length % CHUNK === 0 ? [...chunks, '+'] : chunks;
}

/** Whether the value of the `sasl` capability has PLAIN; without a value, one has to try. */
export function offersPlain(value) {
  return value === '' || value.split(',').includes('PLAIN');
}
