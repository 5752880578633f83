import { t } from '../language/text.js';

// The hash in the address of these files, which is in the name of what service-worker.js keeps, too.
const VERSION = new URL('..', import.meta.url).pathname.split('/').at(-2);

/**
 * Keeps the page on the device, so that it opens without a network, and tells the user when a newer one is kept. On a slow line a first
 * visit waits for the chat, not for the files that are kept for later: this is a part of the rest of the page, which comes after it.
 */
export async function startServiceWorker(address, store) {
  // Only where the connection is safe, which is over HTTPS or from this computer; and only where a server has one.
  if (!('serviceWorker' in navigator) || address === '') {
    return;
  }

  const policy = globalThis.trustedTypes?.createPolicy('service-worker', { createScriptURL: url => url });
  try {
    const registration = await navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address);

    // A server that comes back may have come back as another version.
    store.on('connection', () => store.connection.state === 'online' && registration.update().catch(() => {}));
    navigator.serviceWorker.addEventListener('controllerchange', async () => {
      // The last is the newest; what is older may not have been removed yet.
      if ((await caches.keys()).filter(name => name.startsWith('parley ')).at(-1) !== `parley ${VERSION}`) {
        store.tell(t('newVersion'));
      }
    });
  } catch {
    // Forbidden by a setting of the browser; the page works all the same.
  }
}
