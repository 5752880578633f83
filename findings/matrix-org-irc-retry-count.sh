#!/usr/bin/env bash
# matrix-org-irc 3.0.0 (npm): the option `retryCount: 5`, which the documentation of connect() describes as how often a client tries to come back, is also
# where the counting begins. The first connection counts as the fifth attempt, so the first connection that is lost is never
# made again: the client emits `abort` with 5 at once. `retryCount: null` returns as expected.
#
# Seen: a server on loopback greets the client and closes the connection.
#   retryCount: 5     1 connection, abort event with 5
#   retryCount: null  at least 2 connections, no abort event
# Exit code 0 while that is so, 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent matrix-org-irc@3.0.0 >/dev/null
cat >try.js <<'JS'
const net = require('net');
const { Client } = require('matrix-org-irc');

const attempt = retryCount => new Promise(done => {
  let connections = 0, aborted = null;
  const server = net.createServer(socket => {
    connections++;
    socket.on('error', () => {});
    socket.on('data', data => {
      if (String(data).includes('USER')) {
        socket.write(':irc.test 001 ann :Welcome\r\n');
        setTimeout(() => socket.end(), 100);
      }
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const client = new Client('127.0.0.1', 'ann', { port: server.address().port, retryCount, retryDelay: 100, autoConnect: false });
    client.on('abort', count => { aborted = count; });
    client.on('error', () => {});
    client.connect();
    setTimeout(() => done({ connections, aborted }), 3000);
  });
});

(async () => {
  const five = await attempt(5);
  const unlimited = await attempt(null);
  console.log('retryCount 5:   ', JSON.stringify(five));
  console.log('retryCount null:', JSON.stringify(unlimited));
  process.exit(five.connections === 1 && five.aborted === 5 && unlimited.connections >= 2 && unlimited.aborted === null ? 0 : 1);
})();
JS
timeout 60 node try.js
