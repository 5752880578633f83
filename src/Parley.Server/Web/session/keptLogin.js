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

/** What was kept is of no use any more. */
export function forgetLogin() {
  sessionStorage.removeItem(KEPT);
  localStorage.removeItem(KEPT);
}
