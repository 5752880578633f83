/** Keeps the page on the device, so that it opens without a network: see service-worker.js. */
export async function startServiceWorker(address) {
  // Only where the connection is safe: over HTTPS, or from this computer.
  if (!('serviceWorker' in navigator)) {
    return;
  }

  const policy = globalThis.trustedTypes?.createPolicy('service-worker', { createScriptURL: url => url });
  try {
    await navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address);
  } catch {
    // Forbidden by a setting of the browser; the page works all the same.
  }
}
