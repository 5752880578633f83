// SASL PLAIN, and IRCV3BEARER with a ticket of the server's own: https://ircv3.net/specs/extensions/sasl-3.1

// An answer is sent in parts of this many letters; one of exactly so many is followed by an empty one.
const CHUNK = 400;

/** The mechanism by which one logs in: with { account, password }, or with { account, ticket } of the server's page. */
export function mechanismOf(login) {
  return login.ticket === undefined ? 'PLAIN' : 'IRCV3BEARER';
}

/** The parameters of the AUTHENTICATE lines that log in to an account. */
export function loginChunks({ account, password, ticket }) {
  const bytes = new TextEncoder().encode(ticket === undefined ? `\0${account}\0${password}` : `\0opaque\0${ticket}`);
  const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
  const chunks = [];
  for (let at = 0; at < text.length; at += CHUNK) {
    chunks.push(text.slice(at, at + CHUNK));
  }

  return text.length % CHUNK === 0 ? [...chunks, '+'] : chunks;
}

/** Whether the value of the `sasl` capability has a mechanism; without a value, one has to try. */
export function offers(value, mechanism) {
  return value === '' || value.split(',').includes(mechanism);
}
