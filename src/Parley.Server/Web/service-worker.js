// Keeps the page on the device: it opens at once, and without a network. What is said is never kept here.

const CACHE = 'parley {{base}}';
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
    // From the server if it is there, so that a new version is used as soon as there is one.
    event.respondWith(fetch(request).catch(() => caches.match(PAGE)));
  } else if (url.pathname.startsWith(`${page.pathname}app/`)) {
    // These never change: another version has other addresses.
    event.respondWith(caches.match(request).then(known => known ?? fetch(request)));
  }
});

self.addEventListener('notificationclick', event => {
  const { room } = event.notification.data ?? {};
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: 'window' }).then(async ([page]) => {
    if (page === undefined) {
      await self.clients.openWindow(PAGE);
    } else {
      await page.focus();
      page.postMessage({ openRoom: room });
    }
  }));
});
