// Log-in at an identity provider, where the server of this page has one: docs/operations/accounts.md

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
