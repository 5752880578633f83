// What this browser is logged in with: the token of a device (docs/operations/accounts.md), for good, or for as long as the tab is open.

const KEPT = 'parley-login';

/** Keeps a login: { account, password: token, token } of this server, or { account, ticket } of the provider's log-in. */
export function keepLogin(login, stays) {
  forgetLogin();
  (stays ? localStorage : sessionStorage).setItem(KEPT, JSON.stringify(login));
}

/** The login of this tab, or of this browser; null for none. */
export function keptLogin() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT) ?? 'null');
  } catch {
    return null;
  }
}

/** Whether it is kept for longer than the tab. */
export const isKeptForGood = () => localStorage.getItem(KEPT) !== null;

/** Calls back with the login that another tab of this browser has got in place of the one before: the account has another password. */
export function onRenewed(take) {
  addEventListener('storage', ({ key, newValue }) => key === KEPT && newValue !== null && take(JSON.parse(newValue)));
}

/** What was kept is of no use any more. */
export function forgetLogin() {
  sessionStorage.removeItem(KEPT);
  localStorage.removeItem(KEPT);
}

/** Under this, and the hash of its token, stands a login that has ended and of which the server does not know that yet: ondemand/logOut.js. */
export const OWED = 'parley-logout ';

/** Whether somebody has logged out of whom the server does not know that yet. */
export function owesLogOut() {
  try {
    return Object.keys(localStorage).some(key => key.startsWith(OWED));
  } catch {
    return false;
  }
}

/** Calls back with the hash of the token when somebody logs out in another tab of this browser. */
export function onLogOut(take) {
  addEventListener('storage', ({ key, newValue }) => key?.startsWith(OWED) && newValue !== null && take(key.slice(OWED.length)));
}

// The browser went to the identity provider, and comes back with this.
const BACK = '#login';

/** What somebody is logged in with who has come back (isNew), or who was before: { login, error, isNew }; null where there is none. */
export async function takeLogin() {
  if (location.hash !== BACK) {
    return { login: keptLogin(), error: null, isNew: false };
  }

  history.replaceState(null, '', location.pathname + location.search);
  try {
    const answer = await fetch('login/token', { method: 'POST' });
    const body = await answer.json();
    if (!answer.ok) {
      return { login: null, error: body.detail, isNew: false };
    }

    const login = { account: body.account, ticket: body.token };
    keepLogin(login, false);
    return { login, error: null, isNew: true };
  } catch (error) {
    return { login: null, error: error.message, isNew: false };
  }
}
