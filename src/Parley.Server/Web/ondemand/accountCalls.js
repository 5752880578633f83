// What people do about their own accounts over HTTP, where the server of this page has that: docs/operations/accounts.md

let features = null;

/** What the server offers: { registration, needsEmail, recovery, needsAccount, takesPasskeys }; null where it has nothing of it. */
export function accountFeatures() {
  features ??= ask();
  return features;
}

async function ask() {
  try {
    const answer = await fetch('account/features');
    const isJson = answer.ok && (answer.headers.get('Content-Type') ?? '').startsWith('application/json');
    return isJson ? await answer.json() : null;
  } catch {
    features = null;
    return null;
  }
}

/** Asks the server; the promise is rejected with an Error of what it says, with the `status`, if it refuses. */
export async function callAccount(method, body = {}, login = null) {
  const token = login?.token ?? login?.ticket;
  const answer = await fetch(`account/${method}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', ...token === undefined ? {} : { Authorization: `Bearer ${token}` } }, body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) {
    throw Object.assign(new Error(said.detail), { status: answer.status });
  }

  return said;
}
