import { OWED } from '../session/login.js';
import { callAccount } from './accountCalls.js';
import { leavePush } from './push.js';

// Whoever logs out is forgotten at once, whether the server can be reached or not. Until the server knows of it, the hash of the token is kept here:
// by that it ends the log-in, with its sessions and its pushes. A hash logs nobody in, and does not say whose it is.

// A network that does not answer keeps nobody: the rest is done when there is one.
const ATTEMPT_MS = 2_000;

/** Logs this browser out, and opens the page anew for whoever comes next. */
export async function logOut(client, session) {
  document.body.hidden = true;
  const hash = await hashOf(session.login);
  const isLoggedIn = client.registered && session.store.account !== null;
  forget(session);
  hash !== null && owe(hash);
  const ended = leavePush().then(endpoint => endpoint !== null && isLoggedIn && client.send('WEBPUSH', ['UNREGISTER', endpoint]));
  await Promise.race([Promise.allSettled([ended, settleLogOuts()]), new Promise(resolve => setTimeout(resolve, ATTEMPT_MS))]);
  openAnew(session);
}

/** Somebody has logged out in another tab of this browser: so does this one, if it was logged in by the same token. */
export async function followLogOut(hash, session) {
  if (hash === await hashOf(session.login)) {
    openAnew(session);
  }
}

/** The server has refused this browser's login: if that has ended elsewhere, whoever was at it is forgotten; if not, it may be taken later. */
export async function forgetIfLoggedOut(session) {
  try {
    await callAccount('devices', {}, session.login);
  } catch (error) {
    if (error.status === 401) {
      session.forgetPerson();
      await leavePush();
    }
  }
}

/** Tells the server of those who have logged out. What it does not answer is left to the next time. */
export async function settleLogOuts() {
  const owed = Object.keys(localStorage).filter(key => key.startsWith(OWED));
  await Promise.allSettled(owed.map(async key => {
    await callAccount('logout', { hash: key.slice(OWED.length) });
    localStorage.removeItem(key);
  }));
}

function owe(hash) {
  try {
    localStorage.setItem(OWED + hash, '');
  } catch {
    // Full or forbidden: the token ends when it is old.
  }
}

/** What is kept of the person, and what is on the page, with what was not sent: nobody is asked about that any more. */
function forget(session) {
  session.store.rooms.clear();
  session.forgetPerson();
}

function openAnew(session) {
  // Again: the page has gone on meanwhile.
  forget(session);
  history.replaceState(null, '', location.pathname + location.search);
  location.reload();
}

/** The hash by which the server knows the token of a login (docs/operations/accounts.md); null if it has none. */
async function hashOf(login) {
  const token = login?.token ?? login?.ticket;
  if (token === undefined) {
    return null;
  }

  const secret = new TextEncoder().encode(token.slice(token.lastIndexOf('.') + 1));
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', secret)), byte => byte.toString(16).padStart(2, '0')).join('');
}
