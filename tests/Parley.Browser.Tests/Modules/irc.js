import { Batch, Batches } from '../Web/irc/batches.js';
import { Capabilities } from '../Web/irc/capabilities.js';
import { formatLine, parseLine } from '../Web/irc/line.js';
import { nextName, suggestName } from '../Web/irc/names.js';
import { Registration } from '../Web/irc/registration.js';
import { loginChunks } from '../Web/irc/sasl.js';
import { Support } from '../Web/irc/support.js';
import { escapeTag, parseTags, unescapeTag } from '../Web/irc/tags.js';
import { actionOf, bytesOf, packLines, splitText } from '../Web/irc/text.js';
import { equal, ok, test } from './harness.js';

test('A line is parted into tags, source, command and parameters', () => {
  const line = parseLine('@time=2026-01-02T03:04:05.678Z;+draft/reply=a\\:b;flag :ann!u@h PRIVMSG #room :hello  there\r\n');
  equal([...line.tags], [['time', '2026-01-02T03:04:05.678Z'], ['+draft/reply', 'a;b'], ['flag', '']]);
  equal(line.source, { nick: 'ann', user: 'u', host: 'h' });
  equal([line.command, line.params], ['PRIVMSG', ['#room', 'hello  there']]);
});

test('Many blanks, an empty last parameter and a lower case command are understood', () => {
  equal(parseLine('join   #a   :').params, ['#a', '']);
  equal(parseLine('join #a').command, 'JOIN');
});

test('What is no line is nothing', () => {
  for (const text of ['', ' ', '@', '@a', ':', ':x', '@a=b :x', ':x 12', '\0\0', '💥', 'PRIV%MSG x', '@a ']) {
    equal([text, parseLine(text)], [text, null]);
  }
});

test('A line that is sent is one line, whatever is in it', () => {
  equal(formatLine('PRIVMSG', ['#a', 'one\r\nQUIT'], { '+draft/reply': 'x y;\n' }), '@+draft/reply=x\\sy\\:\\n PRIVMSG #a :one QUIT');
  equal(formatLine('PRIVMSG', ['#a', ':)']), 'PRIVMSG #a ::)');
  equal(formatLine('TOPIC', ['#a', '']), 'TOPIC #a :');
  equal(formatLine('JOIN', ['#a']), 'JOIN #a');
});

test('Tags come back as they were', () => {
  const value = 'a; b\\c\r\nd';
  equal(unescapeTag(escapeTag(value)), value);
  equal(unescapeTag('lone\\'), 'lone');
  equal(unescapeTag('\\x'), 'x');
  equal([...parseTags(';;a=1;a=2')], [['a', '2']]);
});

test('Names are the same in any case, as the server has it', () => {
  const support = new Support();
  equal(support.fold('A[b]\\^'), 'a{b}|~');
  support.apply(['CASEMAPPING=ascii', 'PREFIX=(qov)~@+', 'CHANTYPES=#', 'NETWORK=A\\x20B', 'CHATHISTORY=50']);
  equal(support.fold('A[b]É'), 'a[b]É');
  support.apply(['CASEMAPPING=rfc8265']);
  equal(['A[b]', 'ZOE\u0308', 'J\u030can', '\u03a3\u03a3', '\u{1e900}'].map(name => support.fold(name)).join(' '), 'a[b] zoë \u01f0an \u03c3\u03c3 \u{1e922}');
  equal(support.ranks.map(rank => rank.sign).join(''), '~@+');
  equal([support.isRoom('#a'), support.isRoom('&a'), support.isRoom(''), support.get('NETWORK'), support.historyPage], [true, false, false, 'A B', 50]);
  ok(support.takesParameter('o', false) && support.takesParameter('l', true) && !support.takesParameter('l', false) && !support.takesParameter('m', true));
});

test('Capabilities are asked for once they are all listed, and only those that are wanted', () => {
  const sent = [];
  const capabilities = new Capabilities((command, params) => sent.push([command, ...params].join(' ')));
  capabilities.begin();
  ok(!capabilities.take(parseLine('CAP * LS * :batch unknown/thing')));
  ok(!capabilities.take(parseLine('CAP * LS :echo-message sasl=PLAIN,EXTERNAL')));
  equal(sent, ['CAP LS 302', 'CAP REQ batch echo-message sasl']);
  ok(capabilities.take(parseLine('CAP * ACK :batch echo-message sasl')));
  ok(capabilities.has('batch') && capabilities.offered.get('sasl') === 'PLAIN,EXTERNAL');
  capabilities.take(parseLine('CAP x DEL :batch'));
  ok(!capabilities.has('batch'));
  capabilities.take(parseLine('CAP x NEW :batch'));
  equal(sent.at(-1), 'CAP REQ batch');
});

test('A server without capabilities is registered with all the same', () => {
  const sent = [];
  const send = (command, params) => sent.push([command, ...params].join(' '));
  const registration = new Registration(send, new Capabilities(send), { nick: 'Ann', chosen: true, realName: '', login: null });
  registration.begin();
  equal(sent, ['CAP LS 302', 'NICK Ann', 'USER web 0 * Ann']);
  registration.take(parseLine('CAP * LS :'));
  equal(sent.at(-1), 'CAP END');
  ok(registration.take(parseLine('433 * Ann :Nickname is already in use')));
  ok(/^NICK Ann\d{3}$/.test(sent.at(-1)));
});

test('A login that fails is told, and one goes on as a guest', () => {
  const sent = [];
  const send = (command, params) => sent.push([command, ...params].join(' '));
  const registration = new Registration(send, new Capabilities(send), { nick: 'Ann', chosen: true, realName: '', login: { account: 'ann', password: 'pw' } });
  registration.begin();
  registration.take(parseLine('CAP * LS :sasl=PLAIN'));
  registration.take(parseLine('CAP * ACK :sasl'));
  registration.take(parseLine('AUTHENTICATE +'));
  equal(sent.slice(-2), ['AUTHENTICATE PLAIN', 'AUTHENTICATE AGFubgBwdw==']);
  registration.take(parseLine('904 Ann :Wrong password'));
  equal([registration.loginError, sent.at(-1)], ['Wrong password', 'CAP END']);
});

test('A ticket of the page logs in as a token does', () => {
  const sent = [];
  const send = (command, params) => sent.push([command, ...params].join(' '));
  const registration = new Registration(send, new Capabilities(send), { nick: 'Ann', chosen: true, realName: '', login: { account: 'Ann', ticket: 'Ann.x' } });
  registration.begin();
  registration.take(parseLine('CAP * LS :sasl=PLAIN,IRCV3BEARER'));
  registration.take(parseLine('CAP * ACK :sasl'));
  registration.take(parseLine('AUTHENTICATE +'));
  equal(sent.slice(-2), ['AUTHENTICATE IRCV3BEARER', `AUTHENTICATE ${btoa('\0opaque\0Ann.x')}`]);
});

test('A long login is sent in parts, with an empty one where the last is full', () => {
  equal(loginChunks({ account: 'a', password: 'x'.repeat(297) }).map(chunk => chunk.length), [400, 1]);
  equal(loginChunks({ account: 'a', password: 'x'.repeat(298) }).map(chunk => chunk.length), [400, 4]);
});

test('Names to begin with are names, and another one is like a name that somebody has chosen', () => {
  ok(/^[A-Z][a-z]+[A-Z][a-z]+$/.test(suggestName()) && suggestName().length <= 20);
  equal(nextName('Ann123', true, 16, () => 0), 'Ann100');
  equal(nextName('A'.repeat(16), true, 16, () => 0), `${'A'.repeat(13)}100`);
});

test('Batches in batches come as one', () => {
  const batches = new Batches();
  const take = text => batches.take(parseLine(text));
  equal([take('BATCH +1 chathistory #a'), take('@batch=1 PRIVMSG #a :one'), take('@batch=1 BATCH +2 draft/multiline #a'), take('@batch=2 PRIVMSG #a :two'), take('BATCH -2')], [null, null, null, null, null]);
  const batch = take('BATCH -1');
  ok(batch instanceof Batch && batch.find('draft/multiline') !== undefined);
  equal([...batch.lines()].map(line => line.params[1]), ['one', 'two']);
  equal([take('BATCH -9'), take('BATCH'), take('@batch=7 PRIVMSG #a :x').params], [null, null, ['#a', 'x']]);
});

test('Long texts are cut after blanks and never within a letter', () => {
  const parts = splitText('äöü '.repeat(200).trim(), 100);
  ok(parts.every(part => bytesOf(part) <= 100 && !part.includes('\ufffd')));
  equal(parts.join(''), 'äöü '.repeat(200).trim());
  ok(parts.slice(0, -1).every(part => part.endsWith(' ')));
  equal(splitText('👍'.repeat(10), 9).join(''), '👍'.repeat(10));
  equal([splitText('short'), splitText('')], [['short'], ['']]);
});

test('Lines are put together into as few texts as a server takes', () => {
  const lines = Array.from({ length: 250 }, (_, at) => `line ${at}`);
  const packs = packLines(lines, { bytes: 4096, lines: 100 });
  equal([packs.map(pack => pack.split('\n').length), packs.join('\n')], [[100, 100, 50], lines.join('\n')]);
  ok(packLines(['x'.repeat(90), 'y'.repeat(90)], { bytes: 100, lines: 9 }).every(pack => bytesOf(pack) <= 100));
  equal(packLines(['ä'.repeat(300)], { bytes: 400, lines: 9 }).map(bytesOf), [400, 200]);
  equal(packLines(['one', '', 'two'], { bytes: Infinity, lines: Infinity }), ['one\n\ntwo']);
});

test('An action is known by its marks', () => {
  equal([actionOf('\x01ACTION waves\x01'), actionOf('\x01ACTION waves'), actionOf('\x01VERSION\x01'), actionOf('waves')], ['waves', 'waves', null, null]);
});
