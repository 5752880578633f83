// Keeps the page on the device: it opens at once, and without a network. What is said is never kept here. Only Parley has
// the page start it, as it knows when there is another version.

const CACHE = 'parley {{version}}';
const PAGE = './';
const FILES = '{{files}}'.split(' ');

self.addEventListener('install', event => {
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll([PAGE, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
  const isOld = name => name.startsWith('parley ') && name !== CACHE;
  event.waitUntil(caches.keys().then(names => Promise.all(names.filter(isOld).map(name => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener('fetch', event => {
  const { request } = event;
  const page = new URL(PAGE, self.registration.scope);
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== page.origin) {
    return;
  }

  if (request.mode === 'navigate' && url.pathname === page.pathname) {
    event.respondWith(newestPage(request));
  } else if (url.pathname.startsWith(`${page.pathname}app/`)) {
    // These never change: another version has other addresses.
    event.respondWith(caches.match(request).then(known => known ?? fetch(request)));
  }
});

/** From the server if it is there, so that a new version is used as soon as there is one; a proxy may be there without it. */
async function newestPage(request) {
  const kept = () => caches.match(PAGE);
  try {
    const answer = await fetch(request);
    return answer.status >= 500 ? await kept() ?? answer : answer;
  } catch {
    return kept();
  }
}

// A line of IRC, as the server pushes it while nobody looks.
self.addEventListener('push', event => {
  const said = /^(?:@(\S+) )?:([^!\s]+)\S* (?:PRIVMSG|NOTICE) (\S+) :?(.*)$/s.exec(event.data?.text() ?? '');
  if (said !== null) {
    event.waitUntil(show(...said.slice(1)));
  }
});

async function show(tags, from, target, text) {
  if (await isIgnored(from, /(?:^|;)account=([^;]*)/.exec(tags ?? '')?.[1])) {
    await showNothing();
    return;
  }

  const room = target.startsWith('#') ? target : from;
  const words = text.replace(/^\x01ACTION |\x01$/g, '').replace(/[\x02\x0f\x11\x16\x1d-\x1f]|\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[\da-f]{6})?/gi, '');
  await self.registration.showNotification(room === from ? from : `${from} · ${room}`, {
    body: words.slice(0, 200), tag: room, data: { room, address: `#${encodeURIComponent(room === from ? `@${room}` : room.replace(/^#(?=[^#&])/, ''))}` },
  });
}

// Whom the user ignores, by these names or with these accounts: the page writes it down here (state/ignoredCopy.js).
async function isIgnored(nick, account) {
  const copy = await caches.match('ignored', { cacheName: 'parley-ignored' });
  const { nicks, accounts } = await copy?.json() ?? { nicks: [], accounts: [] };
  return accounts.includes(account) || nicks.some(each => fold(each) === fold(nick));
}

// As the server of this page compares names (irc/support.js).
const fold = name => [...name.normalize('NFC')].map(letter => letter.toLowerCase()).join('').normalize('NFC');

// Browsers want each push to be shown, or take the subscription away after a few (Safari, Firefox). What is shown says nothing, makes no sound, and
// goes at once. Chromium counts it as nothing shown: where that happens often while no page is open, it says by itself that the site was updated.
async function showNothing() {
  const tag = 'parley-nothing';
  await self.registration.showNotification('Parley', { tag, silent: true });
  (await self.registration.getNotifications({ tag })).forEach(each => each.close());
}

self.addEventListener('notificationclick', event => {
  const { room, address = '' } = event.notification.data ?? {};
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: 'window' }).then(async ([page]) => {
    if (page === undefined) {
      await self.clients.openWindow(PAGE + address);
    } else {
      await page.focus();
      page.postMessage({ openRoom: room });
    }
  }));
});
