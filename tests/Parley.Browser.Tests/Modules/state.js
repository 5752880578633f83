import { MessageLog } from '../Web/state/messageLog.js';
import { mentions } from '../Web/state/mention.js';
import { createMessage, messageOfLine } from '../Web/state/message.js';
import { Members } from '../Web/state/members.js';
import { Store } from '../Web/state/store.js';
import { followIgnored } from '../Web/state/ignoredCopy.js';
import { Kept } from '../Web/state/kept.js';
import { Preferences } from '../Web/state/preferences.js';
import { Overlays } from '../Web/state/overlays.js';
import { Support } from '../Web/irc/support.js';
import { parseLine } from '../Web/irc/line.js';
import { equal, ok, test } from './harness.js';

const message = (id, time) => createMessage({ id, msgid: id, time });
const ids = log => log.messages.map(each => each.id).join('');

test('Messages are in the order of their times, each once', () => {
  const log = new MessageLog();
  ok(log.add(message('b', 2)) && log.add(message('d', 4)) && log.add(message('a', 1)));
  ok(!log.add(message('b', 2)));
  equal(ids(log), 'abd');
});

test('A page is placed by what of it was there, even within one millisecond', () => {
  const log = new MessageLog();
  log.add(message('a', 5));
  log.add(message('e', 5));
  equal(log.merge(['a', 'b', 'c', 'd', 'e'].map(id => message(id, 5))).map(each => each.id).join(''), 'bcd');
  equal(ids(log), 'abcde');
});

test('An older page of the same millisecond is put before what was there', () => {
  const log = new MessageLog();
  log.add(message('c', 5));
  log.merge([message('a', 5), message('b', 5)]);
  equal(ids(log), 'abc');
});

test('However pages and messages come in, each is there once and in its place', () => {
  for (let round = 0; round < 200; round++) {
    const all = Array.from({ length: 60 }, (_, at) => ({ id: String.fromCharCode(0x4e00 + at), time: Math.floor(at / 4) }));
    const log = new MessageLog();

    // Ten from before, the rest live from some place on, and pages of random size between.
    all.slice(0, 10).forEach(({ id, time }) => log.add(message(id, time)));
    const live = 10 + Math.floor(Math.random() * 50);
    all.slice(live).forEach(({ id, time }) => log.add(message(id, time)));
    for (let at = 10; at < all.length;) {
      const size = 1 + Math.floor(Math.random() * 9);
      log.merge(all.slice(at - 1, at + size).map(({ id, time }) => message(id, time)));
      at += size;
    }

    equal(ids(log), all.map(({ id }) => id).join(''));
  }
});

test('A message without an id is known again by its time and text', () => {
  const line = parseLine('@time=2026-01-02T03:04:05.678Z :ann PRIVMSG #a :hello');
  const log = new MessageLog();
  ok(log.add(messageOfLine(line)) && !log.add(messageOfLine(line)));
});

test('A mention is a word', () => {
  ok(mentions('hi Ann!', 'ann') && mentions('ann', 'Ann') && mentions('@ann: hi', 'ann') && mentions('x ann', 'ann'));
  ok(!mentions('annual', 'ann') && !mentions('joann', 'ann') && !mentions('ann-b', 'ann') && !mentions('hi', ''));
  ok(mentions('hello a.b[c]', 'a.b[c]'));
  ok(mentions('\u0418\u0412\u0410\u041d, hi', '\u0438\u0432\u0430\u043d') && !mentions('\u0438\u0432\u0430\u043d\u043e\u0432', '\u0438\u0432\u0430\u043d'));
  ok(mentions('\u7530\u4e2d\u3055\u3093\u306f', '\u7530\u4e2d') && !mentions('\u0928\u092e\u0938\u094d\u0924\u0947', '\u0928\u092e\u0938\u094d\u0924'));
});

test('Members have their ranks, and come highest first', () => {
  const support = new Support();
  const members = new Members(() => support);
  ['@zoe!u@h', '+bea', 'ann', '@+max'].forEach(word => members.addListed(word));
  members.setRank('ANN', 'o', true);
  members.setRank('zoe', 'o', false);
  equal(members.sorted().map(member => member.signs + member.nick), ['@ann', '@+max', '+bea', 'zoe']);
  ok(members.rename('max', 'Moritz') && members.get('moritz').signs === '@+' && !members.has('max'));
});

test('What is new is counted, but not what was said before, by oneself, or taken back', () => {
  const store = new Store();
  store.nick = 'me';
  store.guestSince = 0;
  const room = store.open('#a');
  room.isNew = false;
  room.lastRead = 10;
  const say = (id, time, from, text) => store.add(room, createMessage({ id, msgid: id, time, from, text }));
  say('1', 5, 'ann', 'old');
  say('2', 11, 'ann', 'new');
  say('3', 12, 'me', 'mine');
  say('4', 13, 'ann', 'hello me');
  say('5', 14, 'ann', 'oops');
  room.overlays.redact('5', 'ann', '');
  room.count();
  equal([room.unread, room.mentions], [2, 1]);
  store.markRead(room, 13);
  equal([room.unread, room.mentions], [0, 0]);
});

test('Reactions are counted once a person, and can be taken back before the message is there', () => {
  const overlays = new Overlays();
  const guest = nick => ({ nick, account: null, isOwn: false });
  overlays.react('1', '👍', guest('ann'));
  overlays.react('1', '👍', guest('ann'));
  overlays.react('1', '👍', guest('bob'));
  equal(overlays.reactionsTo('1'), [{ emoji: '👍', nicks: ['ann', 'bob'], isOwn: false }]);
  overlays.unreact('1', '👍', guest('ann'));
  overlays.unreact('1', '👍', guest('bob'));
  equal(overlays.reactionsTo('1'), []);
});

test('Two guests of one name are two people, and an account is one under any name', () => {
  const store = new Store();
  Object.assign(store, { nick: 'ann', knowsAccounts: true, guestSince: 100 });
  const owns = (nick, account, time) => store.owns({ nick, account, time });
  equal([owns('ann', null, 99), owns('Ann', null, 100), owns('ann', 'ann', 100), owns('bob', null, 100)], [false, true, false, false]);
  store.account = 'anna';
  equal([owns('phone', 'anna', 1), owns('ann', 'other', 200), owns('ann', null, 99)], [true, false, false]);
  const overlays = new Overlays();
  overlays.react('1', '👍', { nick: 'ann', account: null, isOwn: false });
  overlays.react('1', '👍', { nick: 'ann', account: null, isOwn: true });
  equal(overlays.reactionsTo('1')[0], { emoji: '👍', nicks: ['ann', 'ann'], isOwn: true });
  overlays.unreact('1', '👍', { nick: 'ann', account: null, isOwn: true });
  equal(overlays.reactionsTo('1')[0].isOwn, false);
});

test('Who is ignored is not counted, does not call, and is heard again when one wants it', () => {
  const store = new Store();
  store.nick = 'me';
  const room = store.open('#a');
  room.isNew = false;
  room.lastRead = 1;
  let called = 0;
  store.on('arrived', () => called++);
  store.ignore(['Troll']);
  store.add(room, createMessage({ id: '1', msgid: '1', time: 5, from: 'troll', text: 'me me me' }));
  equal([room.unread, room.mentions, called], [0, 0, 0]);
  store.ignore([]);
  equal(room.unread, 1);
});

test('A room that is muted has no news, and one that is to tell of mentions has those', () => {
  const store = new Store();
  store.nick = 'me';
  const room = store.open('#a');
  room.isNew = false;
  room.lastRead = 1;
  store.add(room, createMessage({ id: '1', msgid: '1', time: 5, from: 'ann', text: 'hello' }));
  const news = () => ['all', 'mentions', 'none'].map(attention => Object.assign(room, { attention }).news);
  equal(news(), [{ count: 1, isForUser: false }, { count: 0, isForUser: false }, { count: 0, isForUser: false }]);
  store.add(room, createMessage({ id: '2', msgid: '2', time: 6, from: 'ann', text: 'me!' }));
  equal(news(), [{ count: 1, isForUser: true }, { count: 1, isForUser: true }, { count: 0, isForUser: false }]);
});

test('An answer to what one has said is for one', () => {
  const store = new Store();
  store.nick = 'me';
  store.guestSince = 0;
  const room = store.open('#a');
  store.add(room, createMessage({ id: '1', msgid: '1', time: 5, from: 'me', text: 'question' }));
  store.add(room, createMessage({ id: '2', msgid: '2', time: 6, from: 'ann', text: 'answer', replyTo: '1' }));
  store.add(room, createMessage({ id: '3', msgid: '3', time: 7, from: 'ann', text: 'more', replyTo: '2' }));
  equal(room.log.messages.map(message => message.mention), [false, true, false]);
});

test('A thread is a message, what answers it, and what answers those', () => {
  const log = new MessageLog();
  const said = (id, replyTo) => createMessage({ id, msgid: id, time: Number(id), replyTo });
  const [root, ...rest] = [said('1', null), said('2', '1'), said('3', '2'), said('4', null), said('5', '1'), said('6', '6')];
  log.merge([root, ...rest]);
  const ids = message => log.threadOf(message).map(each => each.id).join('');
  equal([ids(root), ids(rest[0]), ids(rest[2]), ids(rest[4])], ['1235', '23', '4', '6']);
  log.remove(rest[0]);
  equal(ids(root), '15');
});

test('What is kept on the device is bounded, and is nothing that was taken back', () => {
  const storage = {};
  Object.defineProperties(storage, {
    getItem: { value: key => storage[key] ?? null }, setItem: { value: (key, value) => storage[key] = value }, removeItem: { value: key => delete storage[key] },
  });
  const kept = new Kept(new Preferences({ getItem: () => null, setItem() {} }), storage);
  const store = new Store();
  kept.follow(store);
  for (let number = 0; number < 15; number++) {
    const room = store.open(`#room${number}`);
    for (let at = 0; at < 80; at++) {
      store.add(room, createMessage({ id: `${number}.${at}`, msgid: `${number}.${at}`, text: 'x'.repeat(2000), time: number * 1000 + at }));
    }

    room.overlays.redact(`${number}.79`, 'ann', '');
  }

  kept.save();
  const rooms = Object.keys(storage).sort();
  equal([rooms.length, rooms.includes('parley kept #room0'), rooms.includes('parley kept #room14')], [12, false, true]);
  const messages = JSON.parse(storage['parley kept #room14']);
  equal([messages.length, messages.at(-1).msgid, messages[0].text.length], [60, '14.78', 1000]);
  const later = new Store();
  kept.restore(later, ['#room14', '#room0']);
  equal([[...later.rooms.keys()], later.find('#room14').log.length, later.find('#room14').isRestored], [['#room14'], 60, true]);
});

test('The service worker is told whom the user ignores, the newest last, and nothing once they have logged out', async () => {
  const preferences = new Preferences({ getItem: () => JSON.stringify({ ignored: ['eve'] }), setItem() {} });
  let copy = null;
  let isSlow = true;
  const put = async (_, answer) => {
    // The first takes longer than the second.
    const wait = isSlow;
    isSlow = false;
    wait && await new Promise(resolve => setTimeout(resolve));
    copy = await answer.json();
  };
  followIgnored(preferences, { open: async () => ({ put }), delete: async () => copy = null });
  preferences.set('ignored', ['eve', 'mallory']);
  preferences.set('ignoredAccounts', { mallory: 'mal' });
  const until = async isIt => {
    while (!isIt()) {
      await new Promise(resolve => setTimeout(resolve));
    }
  };
  await until(() => copy?.accounts.length === 1);
  equal(copy, { nicks: ['eve', 'mallory'], accounts: ['mal'] });
  preferences.forgetPerson();
  await until(() => copy === null);
});
