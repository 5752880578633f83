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

// A line of IRC, as the server pushes it while nobody looks; browsers want each of them to be shown.
self.addEventListener('push', event => {
  const said = /^(?:@\S+ )?:([^!\s]+)\S* (?:PRIVMSG|NOTICE) (\S+) :?(.*)$/s.exec(event.data?.text() ?? '');
  if (said === null) {
    return;
  }

  const [, from, target, text] = said;
  const room = target.startsWith('#') ? target : from;
  const words = text.replace(/^\x01ACTION |\x01$/g, '').replace(/[\x02\x0f\x11\x16\x1d-\x1f]|\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[\da-f]{6})?/gi, '');
  event.waitUntil(self.registration.showNotification(room === from ? from : `${from} · ${room}`, {
    body: words.slice(0, 200), tag: room, data: { room, address: `#${encodeURIComponent(room === from ? `@${room}` : room.replace(/^#(?=[^#&])/, ''))}` },
  }));
});

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
