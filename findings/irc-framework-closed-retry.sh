#!/usr/bin/env bash
# irc-framework 4.14.0 (npm, also the library of The Lounge 4.5.2): with `auto_reconnect_max_retries: 20` a client that has lost its server goes on trying
# while its connections are refused, but one connection that is taken and closed ends it: the count of tries is set back as soon as TCP (or
# TLS) is up, and then counts as a client that never had registered. So where a proxy or load balancer stands in front and takes connections while
# the server behind it restarts, the client emits `close` after one retry, and stays away.
#
# Seen: a server registers the client, and ends it 6 s later.
#   then listens no more for 16 s                  some tries that are refused, and the client is back
#   then takes one and closes it at once           1 try more, `close`, none after that
# Exit code 0 while that is so, 1 when it has changed. Needs node, npm; takes some 40 s.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent irc-framework@4.14.0 >/dev/null
cat >try.js <<'JS'
const net = require('net');
const { Client } = require('irc-framework');

const welcome = socket => {
  socket.on('error', () => {});
  socket.on('data', data => { if (String(data).includes('USER')) socket.write(':irc.test 001 ann :Welcome\r\n'); });
};

// What becomes of a client whose server is gone for a while, in one of two ways.
const attempt = away => new Promise(done => {
  let connections = 0, registered = 0, tries = 0, closed = false;
  const server = net.createServer(socket => {
    connections++;
    if (connections === 2 && away === 'takes and closes') return socket.destroy();
    welcome(socket);
    if (connections === 1) setTimeout(() => {
      const { port } = server.address();
      if (away === 'refuses') {
        server.close();
        setTimeout(() => server.listen(port, '127.0.0.1'), 16000);
      }
      socket.destroy();
    }, 6000);
  });
  server.listen(0, '127.0.0.1', () => {
    const client = new Client({
      host: '127.0.0.1', port: server.address().port, nick: 'ann',
      auto_reconnect: true, auto_reconnect_max_retries: 20, auto_reconnect_max_wait: 1000,
    });
    client.on('registered', () => { registered++; });
    client.on('reconnecting', () => { tries++; });
    client.on('close', () => { closed = true; });
    client.connect();
    setTimeout(() => done({ connections, registered, tries, closed }), 36000);
  });
});

Promise.all([attempt('refuses'), attempt('takes and closes')]).then(([refuses, closes]) => {
  console.log('refuses:         ', JSON.stringify(refuses));
  console.log('takes and closes:', JSON.stringify(closes));
  process.exit(refuses.registered === 2 && refuses.tries > 2 && !refuses.closed && closes.connections === 2 && closes.registered === 1 && closes.tries === 1 && closes.closed ? 0 : 1);
});
JS
timeout 90 node try.js
