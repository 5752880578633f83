import { runCommand } from '../Web/commands.js';
import { Backfill } from '../Web/history/backfill.js';
import { ChatHistory } from '../Web/history/chatHistory.js';
import { Client } from '../Web/irc/client.js';
import { Emitter } from '../Web/irc/emitter.js';
import { parseLine } from '../Web/irc/line.js';
import { Gestures } from '../Web/session/gestures.js';
import { Outgoing } from '../Web/session/outgoing.js';
import { Session } from '../Web/session/session.js';
import { Watch } from '../Web/session/watch.js';
import { whois } from '../Web/session/whois.js';
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
  const client = new Client(connection, () => ({ nick: preferences.get('nick'), chosen: true, realName: '', serverPassword: session.serverPassword, login: null }));
  const history = new ChatHistory(client);
  const session = new Session({ store, client, preferences, connection, history, backfill: new Backfill(store, history, client), firstRoom: () => '#main' });
  const outgoing = new Outgoing(store, client);
  const register = (nick = 'me') => {
    connection.emit('open');
    connection.take(`CAP * LS :${capabilities}`, ...capabilities === '' ? [] : [`CAP * ACK :${capabilities}`], `:irc 001 ${nick} :Welcome`,
      `:irc 005 ${nick} CASEMAPPING=ascii CHANTYPES=# PREFIX=(ov)@+ :are supported`, `:irc 376 ${nick} :End`);
  };
  const lastTag = name => parseLine(connection.sent.at(-1)).tags.get(name);
  return { connection, store, client, session, outgoing, preferences, register, lastTag };
}

const texts = room => room.log.messages.map(message => message.event?.what ?? message.text);
const settled = () => new Promise(resolve => setTimeout(resolve));

test('One registers, joins, and is in the room with those who are there', () => {
  const { connection, store, register } = setUp();
  register();
  ok(connection.sent.includes('JOIN #main'));
  connection.take(':me!u@h JOIN #main', ':irc 353 me = #main :@ann me', ':irc 366 me #main :End', ':bob!u@h JOIN #main', ':ann!u@h QUIT :bye');
  equal(store.current.name, '#main');
  equal(store.current.members.sorted().map(member => member.nick), ['bob', 'me']);
  equal(texts(store.current), ['joined', 'left']);
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

test('What was lost with the connection is looked for in history, and is said again only if it is not there', async () => {
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
  equal(store.current.pending.map(message => [message.text, message.state]), [['lost', 'sending']]);
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

test('What is written without a connection is sent when there is one, in order and before what is written then', async () => {
  const { connection, store, outgoing, register } = setUp();
  register();
  connection.take(':me!u@h JOIN #main');
  connection.emit('close', '', 1);
  ['one', 'two'].forEach(text => outgoing.say(store.current, text));
  equal([store.current.pending.map(message => message.state), outgoing.isBusy], [['waiting', 'waiting'], true]);
  const before = connection.sent.length;
  register();
  outgoing.say(store.current, 'three');
  equal(connection.sent.slice(before).filter(line => line.startsWith('PRIVMSG')), []);
  connection.take(':me!u@h JOIN #main');
  await settled();
  equal(connection.sent.slice(before).filter(line => line.startsWith('PRIVMSG')), ['PRIVMSG #main one', 'PRIVMSG #main two', 'PRIVMSG #main three']);
  equal([texts(store.current), outgoing.isBusy], [['one', 'two', 'three'], false]);
});

test('What waits for a room that does not let one in any more is not sent, and says why', async () => {
  const { connection, store, outgoing, register } = setUp();
  register();
  connection.take(':me!u@h JOIN #main');
  connection.emit('close', '', 1);
  outgoing.say(store.current, 'one');
  register();
  connection.take(':irc 474 me #main :You are banned');
  await settled();
  equal([store.current.refusal, store.current.pending.map(({ state, error }) => [state, error])], [{ code: '474', text: 'You are banned' }, [['failed', 'You are banned']]]);
});

test('Where history does not tell, what may have been heard is not said again by itself', async () => {
  const { connection, store, outgoing, register } = setUp({ capabilities: 'batch draft/chathistory echo-message labeled-response message-tags' });
  register();
  connection.take(':me!u@h JOIN #main');
  outgoing.say(store.current, 'heard?');
  connection.emit('close', '', 1);
  await settled();
  register();
  connection.take(':me!u@h JOIN #main');
  await settled();
  const label = parseLine(connection.sent.findLast(line => line.includes('CHATHISTORY'))).tags.get('label');
  connection.take(`@label=${label} FAIL CHATHISTORY INVALID_TARGET LATEST #main :Not for you`);
  await settled();
  equal(store.current.pending.map(message => message.state), ['failed']);
});

test('A server that wants a password is given it, and is not asked again and again with a wrong one', () => {
  const { connection, store, session } = setUp();
  const asked = [];
  connection.connect = () => connection.emit('open');
  connection.end = () => asked.push('ended');
  store.on('password', error => asked.push(error));
  connection.emit('open');
  connection.take(':irc 464 me :Password incorrect');
  session.connectWith('wrong');
  equal(connection.sent.slice(-3), ['PASS wrong', 'NICK me', 'USER web 0 * me']);
  connection.take(':irc 464 me :Password incorrect');
  equal(asked, ['ended', '', 'ended', 'Password incorrect']);
});

test('A name that is refused is told to who asked for it, and nowhere else', async () => {
  const { connection, store, session, register } = setUp();
  register();
  connection.take(':me!u@h JOIN #main');
  const asked = session.rename('taken').catch(error => error.message);
  connection.take(':irc 433 me taken :Nickname is already in use');
  equal([await asked, texts(store.current), store.nick], ['Nickname is already in use', [], 'me']);
});

test('Who types to somebody who is away is not told so', async () => {
  const { connection, store, client, preferences, register, lastTag } = setUp({ capabilities: 'echo-message labeled-response message-tags' });
  const gestures = new Gestures(store, client, preferences);
  register();
  const room = store.open('ann');
  gestures.typing(room, true);
  connection.take(`@label=${lastTag('label')} :irc 401 me ann :No such nick`);
  await settled();
  equal([texts(room), texts(store.lobby)], [[], []]);
});

test('A direct message is typed of only to who has been there, where a refusal could not be told apart', () => {
  const { connection, store, client, preferences, register } = setUp({ capabilities: 'message-tags' });
  const gestures = new Gestures(store, client, preferences);
  register();
  gestures.typing(store.open('ann'), true);
  ok(!connection.sent.some(line => line.includes('TAGMSG')));
  connection.take(':ann!u@h PRIVMSG me :hello');
  gestures.typing(store.find('ann'), true);
  ok(connection.sent.at(-1).endsWith('TAGMSG ann'));
});

test('Who somebody is comes from all that the server says about them', async () => {
  const { connection, client, register } = setUp();
  register();
  const asked = whois(client, 'Ann');
  connection.take(':irc 311 me ann user host * :Ann A', ':irc 319 me ann :@#main #b', ':irc 330 me ann anna :is logged in as', ':irc 317 me ann 61 1700000000 :idle', ':irc 318 me ann :End');
  const { nick, realName, account, rooms, idle } = await asked;
  equal([nick, realName, account, rooms, idle], ['ann', 'Ann A', 'anna', ['@#main', '#b'], 61]);
  const nobody = whois(client, 'zed');
  connection.take(':irc 401 me zed :No such nick');
  equal(await nobody, null);
});

test('What the server itself says to one begins no conversation, by whatever name it goes', () => {
  const { connection, store, register } = setUp();
  register();
  connection.take(':me!u@h JOIN #main', ':irc NOTICE me :Not so fast', ':irc.example.org NOTICE me :Going down', ':ann!u@h NOTICE me :psst');
  equal([texts(store.current), [...store.rooms.values()].map(room => room.name)], [['Not so fast', 'Going down'], ['#main', 'ann']]);
});

test('Who the people of a room are is asked when it is looked at', () => {
  const { connection, store, register } = setUp();
  const asked = () => connection.sent.filter(line => line.startsWith('WHO ')).map(line => line.split(' ')[1]);
  register();
  connection.take(':irc 005 me WHOX :are supported');
  for (const room of ['#main', '#b']) {
    connection.take(`:me!u@h JOIN ${room}`, `:irc 353 me = ${room} :ann me`, `:irc 366 me ${room} :End`);
  }

  equal(asked(), ['#main']);
  store.select(store.find('#b'));
  store.select(store.find('#main'));
  equal(asked(), ['#main', '#b']);
});

test('Those one talks with are watched, and whether they are there is known', () => {
  const { connection, store, client, register } = setUp();
  new Watch(store, client);
  connection.emit('open');
  connection.take('CAP * LS :', ':irc 001 me :Welcome', ':irc 005 me CASEMAPPING=ascii MONITOR=100 :are supported', ':irc 376 me :End');
  const room = store.open('Ann');
  ok(connection.sent.includes('MONITOR + ann'));
  connection.take(':irc 730 me :Ann!u@h');
  equal(room.presence, 'here');
  connection.take(':Ann!u@h AWAY :lunch');
  equal(room.presence, 'away');
  connection.take(':irc 731 me :Ann');
  equal(room.presence, 'gone');
  store.close(room);
  equal(connection.sent.at(-1), 'MONITOR - ann');
});

test('What is told while no room is open is not lost, and a key is asked for', () => {
  const { connection, store, session, register } = setUp();
  const keys = [];
  store.on('key', name => keys.push(name));
  register();
  connection.take(':irc 473 me #main :Cannot join channel (+i)');
  equal([store.current, texts(store.lobby)], [null, ['#main: Cannot join channel (+i)']]);
  session.join('#vault');
  connection.take(':irc 475 me #vault :Cannot join channel (+k)');
  equal([keys, texts(store.lobby).length], [['#vault'], 1]);
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

test('An event that history tells again, with an id that it did not have, is there once', async () => {
  const { connection, store, register } = setUp({ capabilities: 'batch draft/chathistory message-tags server-time' });
  register();
  connection.take(':me!u@h JOIN #main');
  const [kick, key, ops] = [':ann!u@h KICK #main bob :out', ':ann!u@h MODE #main +k sesame', ':ann!u@h MODE #main +o cy'];
  const time = n => `time=2026-01-02T03:04:0${n}.000Z`;
  connection.take(`@${time(1)} ${kick}`, `@${time(2)} ${key}`, `@${time(3)} ${ops}`);
  connection.take('BATCH +h chathistory #main', `@batch=h;msgid=1;${time(1)} ${kick}`, `@batch=h;msgid=2;${time(2)} :ann!u@h MODE #main +k *`, `@batch=h;msgid=3;${time(3)} ${ops}`,
    `@batch=h;msgid=4;${time(3)} :ann!u@h MODE #main +o dan`, 'BATCH -h');
  await settled();
  equal(texts(store.current), ['removed', 'modes', 'modes', 'modes']);
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

test('A reaction and an answer name their message as clients of either year know it, and a reaction is taken back', async () => {
  const { connection, store, client, outgoing, preferences, register } = setUp({ capabilities: 'echo-message message-tags' });
  const gestures = new Gestures(store, client, preferences);
  const sent = () => [...parseLine(connection.sent.at(-1)).tags].filter(([name]) => name.startsWith('+'));
  register();
  connection.take(':me!u@h JOIN #main', '@msgid=1 :ann!u@h PRIVMSG #main :hello');
  const [message] = store.current.log.messages.slice(-1);
  gestures.react(store.current, message, '👍');
  equal(sent(), [['+draft/react', '👍'], ['+reply', '1'], ['+draft/reply', '1']]);
  connection.take('@+reply=1;+draft/react=👍 :me!u@h TAGMSG #main');
  equal(store.current.overlays.reactionsTo('1').length, 1);
  gestures.react(store.current, message, '👍');
  equal(sent(), [['+draft/unreact', '👍'], ['+reply', '1'], ['+draft/reply', '1']]);
  connection.take('@+reply=1;+draft/unreact=👍 :me!u@h TAGMSG #main');
  equal(store.current.overlays.reactionsTo('1'), []);
  outgoing.say(store.current, 'yes', { replyTo: '1' });
  equal(sent(), [['+reply', '1'], ['+draft/reply', '1']]);
});

test('Who would mute a person mutes no room, and is told what to do', () => {
  const { connection, store, session, register } = setUp();
  register();
  connection.take(':me!u@h JOIN #main');
  const room = store.current;
  const run = text => runCommand(text, { room, store, session });
  equal([run('/mute ann 1h'), room.attention, room.log.length, room.log.last.kind, room.log.last.text.includes('/ignore ann')], [false, 'all', 1, 'error', true]);
  equal([run('/mute'), room.attention, run('/unmute ann'), room.attention, run('/unmute'), room.attention], [true, 'none', false, 'none', true, 'all']);
});

test('Who is ignored and has an account is so under any name, and is heard again by any of them', () => {
  const { connection, store, session, preferences, register } = setUp({ capabilities: 'account-tag message-tags' });
  const heard = () => store.current.log.messages.filter(message => !message.ignored).map(message => message.text);
  register();
  connection.take(':me!u@h JOIN #main', '@account=troll :Troll!u@h PRIVMSG #main :one', ':Guest!u@h PRIVMSG #main :two');
  session.ignore('troll', true);
  session.ignore('Guest', true);
  connection.take('@account=troll :Troll2!u@h PRIVMSG #main :three', '@account=ann :ann!u@h PRIVMSG #main :four', ':Guest!u@h PRIVMSG #main :five');
  equal([heard(), preferences.get('ignored'), store.isIgnored('Troll2'), store.isIgnored('ann')], [['four'], ['troll', 'Guest'], true, false]);
  session.ignore('Troll2', false);
  equal([heard(), preferences.get('ignored'), preferences.get('ignoredAccounts')], [['one', 'three', 'four'], ['Guest'], {}]);
});
