#!/usr/bin/env bash
# ircv3 0.33.1 (npm): each further space between two parameters of an incoming line counts as an empty parameter. The grammar
# lets parameters be parted by one or more spaces, and other libraries (irc-framework 4.14.0 here) read such a line as the same
# line with single spaces. With this one a message in a room turns into a message whose target is the empty string, and the
# handler of the room never sees it. No error is raised.
#
# Seen: ":bea!b@host PRIVMSG  #room  :hello", the spaces doubled.
#   ircv3          target "", three parameters or more
#   irc-framework  target "#room", text "hello"
# Exit code 0 while that is so, 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent ircv3@0.33.1 irc-framework@4.14.0 >/dev/null
cat >try.mjs <<'JS'
import { createRequire } from 'module';
import { parseMessage } from 'ircv3';
const line = ':bea!b@host PRIVMSG  #room  :hello';
const strict = parseMessage(line);
const parse = createRequire(import.meta.url)('irc-framework/src/irclineparser');
const lax = parse(line);
console.log('ircv3        ', JSON.stringify({ target: strict.target, text: strict.text, parameters: strict._params.map(p => p.value) }));
console.log('irc-framework', JSON.stringify({ parameters: lax.params }));
process.exit(strict.target === '' && strict._params.length > 2 && lax.params.length === 2 && lax.params[0] === '#room' ? 0 : 1);
JS
node try.mjs
