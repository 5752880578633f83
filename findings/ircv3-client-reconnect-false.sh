#!/usr/bin/env bash
# ircv3 0.33.1 (npm): a client that is told not to reconnect cannot be made. With `connection: { hostName, port, reconnect: false }`
# the constructor throws "DirectConnection requires hostName and port to be set", although both are; without the option, or
# with `reconnect: true`, the same target is taken. The option is in the type of the configuration, and the only way to switch
# off reconnecting from the start: the client hands the connection its options where the connection looks for its target.
#
# Seen, new IrcClient with one and the same host and port; nothing is connected to:
#   reconnect: false   throws, naming hostName and port
#   reconnect: true    a client
#   no option          a client
# Exit code 0 while that is so, 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent ircv3@0.33.1 >/dev/null
cat >try.mjs <<'JS'
import { IrcClient } from 'ircv3';

const make = options => {
  try {
    new IrcClient({ connection: { hostName: '127.0.0.1', port: 6667, secure: false, ...options }, credentials: { nick: 'ann' } });
    return 'a client';
  } catch (error) {
    return error.message;
  }
};
const [never, always, silent] = [make({ reconnect: false }), make({ reconnect: true }), make({})];
console.log('reconnect: false ', never);
console.log('reconnect: true  ', always);
console.log('no option        ', silent);
process.exit(/requires hostName and port/.test(never) && always === 'a client' && silent === 'a client' ? 0 : 1);
JS
timeout 60 node try.mjs
