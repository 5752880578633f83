#!/usr/bin/env bash
# matrix-org-irc 3.0.0 (npm): a client that has lost its server connects again and never gets in. On its first connection it ends the
# negotiation of capabilities with CAP END; on each later one it sends CAP LS 302, NICK and USER, and nothing when the server
# has listed what it can do: what answers the list is registered with once(), for the life of the client. A server that knows capabilities keeps
# registration open until CAP END, so every reconnect ends in the server's time-out; one that answers CAP LS with 421 does
# not wait, and there the client comes back. With a new Client object instead of the reconnect of the old one it works.
#
# Seen: a server on loopback greets a client, and closes its connection; the client (retryCount: null) connects again.
#   the server lists capabilities        1st connection: CAP LS, NICK, USER, CAP END, registered; 2nd: CAP LS, NICK, USER and no CAP END, not registered
#   the server does not know CAP (421)   registered on the 1st and on the 2nd connection
# Exit code 0 while that is so, 1 when it has changed. Needs node, npm; takes some 10 s.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent matrix-org-irc@3.0.0 >/dev/null
cat >try.js <<'JS'
const net = require('net');
const readline = require('readline');
const { Client } = require('matrix-org-irc');

// The commands of each connection, and how often the client was registered, on a server that knows capabilities or does not.
const attempt = knowsCapabilities => new Promise(done => {
  const connections = [];
  let registered = 0;
  const server = net.createServer(socket => {
    const sent = [];
    const first = connections.push(sent) === 1;
    let negotiates = false, welcomed = false;
    socket.on('error', () => {});
    readline.createInterface({ input: socket }).on('line', line => {
      const command = line.startsWith('CAP ') ? line.split(' ').slice(0, 2).join(' ') : line.split(' ')[0];
      sent.push(command);
      if (command === 'CAP LS' && !knowsCapabilities) socket.write(':irc.test 421 * CAP :Unknown command\r\n');
      if (command === 'CAP LS' && knowsCapabilities) {
        negotiates = true;
        socket.write(':irc.test CAP * LS :multi-prefix server-time\r\n');
      }
      if (command === 'CAP END') negotiates = false;
      if (sent.includes('NICK') && sent.includes('USER') && !negotiates && !welcomed) {
        welcomed = true;
        socket.write(':irc.test 001 ann :Welcome\r\n:irc.test 376 ann :End of MOTD\r\n');
        if (first) setTimeout(() => socket.end(), 500);
      }
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const client = new Client('127.0.0.1', 'ann', { port: server.address().port, retryCount: null, retryDelay: 200, autoConnect: false });
    client.on('registered', () => { registered++; });
    client.on('error', () => {});
    client.connect();
    setTimeout(() => done({ registered, connections: connections.slice(0, 2).map(sent => sent.filter(command => /^(CAP|NICK|USER)/.test(command)).join(', ')) }), 4000);
  });
});

(async () => {
  const knows = await attempt(true);
  const doesNot = await attempt(false);
  console.log('knows capabilities:', JSON.stringify(knows));
  console.log('does not:          ', JSON.stringify(doesNot));
  const [first, second] = knows.connections;
  process.exit(knows.registered === 1 && /CAP END/.test(first) && /CAP LS.*USER/.test(second) && !/CAP END/.test(second)
    && doesNot.registered === 2 ? 0 : 1);
})();
JS
timeout 60 node try.js
