// Messages that are pushed to this browser while the page is closed: https://github.com/ircv3/ircv3-specifications/pull/471 and
// https://www.w3.org/TR/push-api/

/** Bytes as the server and the browser write them to each other. */
export function bytesOf(base64url) {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, letter => letter.charCodeAt(0));
}

/** The keys of a subscription, as the server takes them. */
export function keysOf({ keys }) {
  return `p256dh=${keys.p256dh};auth=${keys.auth}`;
}

async function ask(client, params) {
  await client.request('WEBPUSH', params, { isAnswer: line => line.command === 'WEBPUSH' || (line.command === 'FAIL' && line.params[0] === 'WEBPUSH') });
}

/** Has messages pushed from here on. Throws why not. */
export async function startPush(client) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = bytesOf(client.support.get('VAPID'));
  let subscription = await pushManager.getSubscription();
  if (subscription !== null && !isKey(subscription, key)) {
    // Of another server, or of this one with another key: it is good for nothing any more.
    await subscription.unsubscribe();
    subscription = null;
  }

  subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await ask(client, ['REGISTER', subscription.endpoint, keysOf(subscription.toJSON())]);
}

/** Has this browser let go of its subscription, which takes no network; the endpoint of it, or null if there was none. */
export async function leavePush() {
  const registration = await navigator.serviceWorker?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription() ?? null;
  await subscription?.unsubscribe();
  return subscription?.endpoint ?? null;
}

/** Ends that. */
export async function endPush(client) {
  const subscription = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  if (subscription !== null) {
    await subscription.unsubscribe();
    await ask(client, ['UNREGISTER', subscription.endpoint]);
  }
}

function isKey({ options }, key) {
  const before = new Uint8Array(options?.applicationServerKey ?? []);
  return before.length === key.length && before.every((byte, at) => byte === key[at]);
}
