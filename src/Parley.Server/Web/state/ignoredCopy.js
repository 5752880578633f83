// The service worker, which shows what is pushed, cannot read what the page keeps its preferences in; this it can.
const CACHE = 'parley-ignored';
const ADDRESS = 'ignored';

/** Keeps a copy of whom the user ignores, for the service worker: { nicks, accounts }. Whoever logs out takes it along. */
export function followIgnored(preferences, caches = globalThis.caches) {
  let turn = Promise.resolve();
  const copy = () => {
    const [nicks, accounts] = [preferences.get('ignored'), Object.values(preferences.get('ignoredAccounts'))];

    // One after the other, so that the last is the newest; where nothing can be kept, nothing is pushed either.
    turn = turn.then(() => write(caches, nicks, accounts)).catch(() => {});
  };
  preferences.onChange(name => ['ignored', 'ignoredAccounts'].includes(name) && copy());
  copy();
}

async function write(caches, nicks, accounts) {
  if (nicks.length + accounts.length === 0) {
    await caches?.delete(CACHE);
  } else {
    await (await caches?.open(CACHE))?.put(ADDRESS, new Response(JSON.stringify({ nicks, accounts })));
  }
}
