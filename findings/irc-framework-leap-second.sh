#!/usr/bin/env bash
# irc-framework 4.14.0 (npm): a message whose server-time falls into a leap second arrives without any time. The IRCv3 text
# on server-time has such a time as an example of a valid one (seconds go to 60 there), but the library reads the tag with
# JavaScript's Date, which knows no second 60. The event of such a message lacks `time`, as if no tag had come, and a client
# that then takes the present for it shows a message of 2012 as said now, at the wrong place of a replay.
#
# Seen: two messages of one server, one tag apart.
#   @time=2012-06-30T23:59:59.419Z   event.time is 1341100799419
#   @time=2012-06-30T23:59:60.419Z   event.time is undefined, event.tags.time is there
# Exit code 0 while that is so, 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent irc-framework@4.14.0 >/dev/null
cat >try.js <<'JS'
const net = require('net');
const { Client } = require('irc-framework');

const times = [];
const server = net.createServer(socket => {
  socket.on('error', () => {});
  socket.on('data', data => {
    if (String(data).includes('USER')) {
      socket.write(':irc.test 001 ann :Welcome\r\n');
      socket.write('@time=2012-06-30T23:59:59.419Z :bea!b@host PRIVMSG ann :before\r\n');
      socket.write('@time=2012-06-30T23:59:60.419Z :bea!b@host PRIVMSG ann :within\r\n');
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = new Client();
  client.on('privmsg', event => {
    times.push([event.tags.time, event.time]);
    console.log(event.tags.time, '->', event.time);
    if (times.length === 2) {
      process.exit(times[0][1] === 1341100799419 && times[1][0] === '2012-06-30T23:59:60.419Z' && times[1][1] === undefined ? 0 : 1);
    }
  });
  client.connect({ host: '127.0.0.1', port: server.address().port, nick: 'ann' });
});
setTimeout(() => process.exit(1), 20000);
JS
node try.js
