import { Backfill } from '../Web/history/backfill.js';
import { ChatHistory } from '../Web/history/chatHistory.js';
import { Client } from '../Web/irc/client.js';
import { Emitter } from '../Web/irc/emitter.js';
import { parseLine } from '../Web/irc/line.js';
import { Outgoing } from '../Web/session/outgoing.js';
import { Session } from '../Web/session/session.js';
import { Preferences } from '../Web/state/preferences.js';
import { Store } from '../Web/state/store.js';
import { equal, ok, test } from './harness.js';

/** A connection whose other end is the test. */
class FakeConnection extends Emitter {
  sent = [];
  send(line) { this.sent.push(line); return true; }
  succeeded() {}
  end() {}
  take(...lines) { lines.map(parseLine).filter(Boolean).forEach(line => this.emit('line', line)); }
}

function setUp({ capabilities = '', kept = {} } = {}) {
  const connection = new FakeConnection();
  const store = new Store();
  const preferences = new Preferences({ getItem: () => JSON.stringify({ nick: 'me', ...kept }), setItem() {} });
  const client = new Client(connection, () => ({ nick: preferences.get('nick'), chosen: true, realName: '', login: null }));
  const history = new ChatHistory(client);
  const session = new Session({ store, client, preferences, connection, history, backfill: new Backfill(store, history, client), firstRoom: () => '#main' });
  const outgoing = new Outgoing(store, client, preferences);
  const register = (nick = 'me') => {
    connection.emit('open');
    connection.take(`CAP * LS :${capabilities}`, ...capabilities === '' ? [] : [`CAP * ACK :${capabilities}`], `:irc 001 ${nick} :Welcome`,
      `:irc 005 ${nick} CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ :are supported`, `:irc 376 ${nick} :End`);
  };
  const lastTag = name => parseLine(connection.sent.at(-1)).tags.get(name);
  return { connection, store, client, session, outgoing, preferences, register, lastTag };
}

const texts = room => room.log.messages.map(message => message.text);
const settled = () => new Promise(resolve => setTimeout(resolve));

test('One registers, joins, and is in the room with those who are there', () => {
  const { connection, store, register } = setUp();
  register();
  ok(connection.sent.includes('JOIN #main'));
  connection.take(':me!u@h JOIN #main', ':irc 353 me = #main :@ann me', ':irc 366 me #main :End', ':bob!u@h JOIN #main', ':ann!u@h QUIT :bye');
  equal(store.current.name, '#main');
  equal(store.current.members.sorted().map(member => member.nick), ['bob', 'me']);
  equal(texts(store.current), ['joined', 'left (bye)']);
});

test('What is said is shown as being sent until its echo comes under its label', async () => {
  const { connection, store, outgoing, register, lastTag } = setUp({ capabilities: 'echo-message labeled-response message-tags' });
  register();
  connection.take(':me!u@h JOIN #main');
  outgoing.say(store.current, 'hello');
  equal([texts(store.current), store.current.pending.map(message => message.state)], [[], ['sending']]);
  connection.take(`@label=${lastTag('label')};msgid=1 :me!u@h PRIVMSG #main :hello`);
  await settled();
  equal([texts(store.current), store.current.pending.length, store.current.log.first.self], [['hello'], 0, true]);
});

test('What is refused says so, and can be said again', async () => {
  const { connection, store, outgoing, register, lastTag } = setUp({ capabilities: 'echo-message labeled-response message-tags' });
  register();
  connection.take(':me!u@h JOIN #main');
  outgoing.say(store.current, 'hello');
  connection.take(`@label=${lastTag('label')} :irc 404 me #main :You are muted`);
  await settled();
  const [failed] = store.current.pending;
  equal([failed.state, failed.error, texts(store.current)], ['failed', 'You are muted', []]);
  outgoing.again(store.current, failed);
  equal(store.current.pending.map(message => message.state), ['sending']);
});

test('Without an echo what is said is shown at once', async () => {
  const { connection, store, outgoing, register } = setUp();
  register();
  connection.take(':me!u@h JOIN #main');
  outgoing.say(store.current, 'one\ntwo');
  await settled();
  equal([texts(store.current), connection.sent.slice(-2)], [['one', 'two'], ['PRIVMSG #main one', 'PRIVMSG #main two']]);
});

test('What was lost with the connection is looked for in history, and is not said twice', async () => {
  const { connection, store, outgoing, register, lastTag } = setUp({ capabilities: 'batch draft/chathistory echo-message labeled-response message-tags server-time' });
  const now = new Date().toISOString();
  const answer = (...lines) => {
    const label = lastTag('label');
    connection.take(`@label=${label} BATCH +h chathistory #main`, ...lines.map(line => `@batch=h;${line}`), 'BATCH -h');
  };
  register();
  connection.take(':me!u@h JOIN #main');
  answer(`msgid=1;time=${now} :ann!u@h PRIVMSG #main :before`);
  await settled();
  outgoing.say(store.current, 'heard');
  outgoing.say(store.current, 'lost');
  connection.emit('close', '', 1);
  await settled();
  equal(store.current.pending.map(message => message.state), ['unsure', 'unsure']);
  register();
  connection.take(':me!u@h JOIN #main');
  await settled();
  answer(`msgid=2;time=${now} :me!u@h PRIVMSG #main :heard`);
  await settled();
  answer();
  await settled();
  equal(texts(store.current), ['before', 'heard']);
  equal(store.current.pending.map(message => [message.text, message.state]), [['lost', 'failed']]);
});

test('What is lost while a room is being filled in may have been said: only a whole history can tell', async () => {
  const { connection, store, outgoing, register } = setUp({ capabilities: 'batch draft/chathistory echo-message labeled-response message-tags server-time' });
  register();
  connection.take(':me!u@h JOIN #main');
  outgoing.say(store.current, 'heard');
  connection.emit('close', '', 1);
  await settled();
  equal(store.current.pending.map(message => message.state), ['unsure']);
});

test('What was heard under the name of before is not said twice, when one comes back under another', async () => {
  const { connection, store, outgoing, register, lastTag } = setUp({ capabilities: 'batch draft/chathistory echo-message labeled-response message-tags server-time' });
  const answer = (...lines) => connection.take(`@label=${lastTag('label')} BATCH +h chathistory #main`, ...lines.map(line => `@batch=h;${line}`), 'BATCH -h');
  register();
  connection.take(':me!u@h JOIN #main');
  answer();
  await settled();
  outgoing.say(store.current, 'heard');
  connection.emit('close', '', 1);
  await settled();
  register('me123');
  connection.take(':me123!u@h JOIN #main');
  await settled();
  answer(`msgid=2;time=${new Date().toISOString()} :me!u@h PRIVMSG #main :heard`);
  await settled();
  equal([texts(store.current), store.current.pending.length], [['heard'], 0]);
});

test('A confirmation that comes late is no second message', async () => {
  const { connection, store, outgoing, register } = setUp({ capabilities: 'batch draft/chathistory echo-message message-tags' });
  register();
  connection.take(':me!u@h JOIN #main');
  outgoing.say(store.current, 'slow');
  Object.assign(store.current.pending[0], { state: 'unsure' });
  connection.take('@msgid=1 :me!u@h PRIVMSG #main :slow');
  await settled();
  equal([texts(store.current), store.current.pending.length], [['slow'], 0]);
});

test('Several lines are one message where the server knows such, and a long one is not torn apart', async () => {
  const { connection, store, outgoing } = setUp();
  connection.emit('open');
  connection.take('CAP * LS :batch draft/multiline=max-bytes=4096,max-lines=100 echo-message labeled-response message-tags',
    'CAP * ACK :batch draft/multiline echo-message labeled-response message-tags', ':irc 001 me :Welcome', ':irc 376 me :End', ':me!u@h JOIN #main');
  const long = 'word '.repeat(150).trim();
  equal([outgoing.partsOf('one\n\ntwo').length, outgoing.partsOf(long).length, outgoing.partsOf(long, 'action').length, outgoing.partsOf('\n \n').length], [1, 1, 3, 0]);
  outgoing.say(store.current, long);
  const [open, ...parts] = connection.sent.slice(-5).map(parseLine);
  equal([open.params[1], parts.slice(0, 3).map(line => line.params[1]).join(''), parts.slice(0, 3).map(line => line.tags.has('draft/multiline-concat')), parts[3].command],
    ['draft/multiline', long, [false, true, true], 'BATCH']);
});

test('What is told while no room is open is not lost', () => {
  const { connection, store, register } = setUp();
  register();
  connection.take(':irc 475 me #main :Cannot join channel (+k)');
  equal([store.current, texts(store.lobby)], [null, ['#main: Cannot join channel (+k)']]);
});

test('A name that was taken by one’s own ghost is taken back when the ghost goes', () => {
  const { connection, register, store } = setUp();
  register();
  connection.take(':me!u@h JOIN #main');
  connection.emit('close', '', 1);
  register('me123');
  connection.take(':me123!u@h JOIN #main', ':irc 353 me123 = #main :me me123', ':me!u@h QUIT :gone');
  equal(connection.sent.at(-1), 'NICK me');
  connection.take(':me123!u@h NICK me');
  equal(store.nick, 'me');
});

test('Nothing that a server sends makes an error', () => {
  const { connection, register } = setUp({ capabilities: 'batch echo-message labeled-response message-tags' });
  const errors = [];
  const { error } = console;
  console.error = (...what) => errors.push(what.map(each => each?.stack ?? String(each)).join(' '));
  try {
    register();
    connection.take(':me!u@h JOIN #main', ':me!u@h JOIN #__proto__');
    const commands = 'PRIVMSG NOTICE TAGMSG JOIN PART QUIT NICK KICK MODE TOPIC BATCH CAP FAIL REDACT RENAME MARKREAD AWAY ACCOUNT INVITE CHATHISTORY ERROR PONG ACK 001 005 331 332 353 366 404 433 900 999'.split(' ');
    const parameters = ['', ' ', ' :', ' #main', ' #main :', ' #main :\x01ACTION', ' me', ' x * y z', ' #main +ooovbk', ' #main -o', ' +1 chathistory #main', ' -1', ' +2', ' -2', ' +3 draft/multiline', ' -3', ' * LS', ' * ACK', ' constructor toString'];
    for (const prefix of ['', ':x!y@z ', ':me!u@h ', '@time=never;msgid=;+draft/reply=;+draft/react=x;+typing=?;batch=9;label=p1 :__proto__ ']) {
      commands.forEach(command => parameters.forEach(parameter => connection.take(prefix + command + parameter)));
    }
  } finally {
    console.error = error;
  }

  equal(errors.slice(0, 3), []);
});
