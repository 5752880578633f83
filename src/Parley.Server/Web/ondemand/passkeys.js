import { callAccount } from './accountCalls.js';

// https://www.w3.org/TR/webauthn-3/: what the server asks and what the browser answers have bytes, which are base64url in JSON.

const bytesOf = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));
const textOf = buffer => btoa(Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const withBytes = list => (list ?? []).map(each => ({ ...each, id: bytesOf(each.id) }));

/** Whether the browser knows passkeys, here: they are for pages over https, and of this machine. */
export const knowsPasskeys = () => window.isSecureContext && window.PublicKeyCredential !== undefined;

/** Makes a passkey on this device, and adds it to the account. */
export async function addPasskey(login, password) {
  const { id, question } = await callAccount('passkeys/begin', { password }, login);
  const made = await navigator.credentials.create({
    publicKey: { ...question, challenge: bytesOf(question.challenge), user: { ...question.user, id: bytesOf(question.user.id) }, excludeCredentials: withBytes(question.excludeCredentials) },
  });
  await callAccount('passkeys/end', { id, response: {
    id: made.id, rawId: textOf(made.rawId), type: made.type, extensions: {},
    response: { attestationObject: textOf(made.response.attestationObject), clientDataJSON: textOf(made.response.clientDataJSON), transports: made.response.getTransports?.() ?? [] },
  } }, login);
}

/** Logs in with a passkey of this device; gives { account, token }. */
export async function logInWithPasskey() {
  const { id, question } = await callAccount('passkey/begin');
  const given = await navigator.credentials.get({ publicKey: { ...question, challenge: bytesOf(question.challenge), allowCredentials: withBytes(question.allowCredentials) } });
  const { authenticatorData, clientDataJSON, signature, userHandle } = given.response;
  return callAccount('passkey/end', { id, response: {
    id: given.id, rawId: textOf(given.rawId), type: given.type, extensions: {},
    response: { authenticatorData: textOf(authenticatorData), clientDataJSON: textOf(clientDataJSON), signature: textOf(signature), userHandle: textOf(userHandle ?? new ArrayBuffer(0)) },
  } });
}
