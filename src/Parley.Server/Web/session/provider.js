// Log-in at an identity provider, where the server of this page has one. The browser goes there and comes back with #login; what the
// page then fetches is a ticket, which the tab keeps to log in again: docs/operations/accounts.md

import { keepLogin, keptLogin } from './keptLogin.js';

const BACK = '#login';

/** What the provider is called; null where there is none. */
export async function providerName() {
  try {
    const answer = await fetch('login/provider');
    const isJson = answer.ok && (answer.headers.get('Content-Type') ?? '').startsWith('application/json');
    return isJson ? (await answer.json()).name ?? null : null;
  } catch {
    return null;
  }
}

/** Leaves the page for the provider's. */
export function goToProvider() {
  location.assign('login/start');
}

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
