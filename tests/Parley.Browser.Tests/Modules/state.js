import { MessageLog } from '../Web/state/messageLog.js';
import { mentions } from '../Web/state/mention.js';
import { createMessage, messageOfLine } from '../Web/state/message.js';
import { Members } from '../Web/state/members.js';
import { Store } from '../Web/state/store.js';
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
  overlays.react('1', '👍', 'ann');
  overlays.react('1', '👍', 'ann');
  overlays.react('1', '👍', 'bob');
  equal(overlays.reactionsTo('1'), [['👍', ['ann', 'bob']]]);
  overlays.unreact('1', '👍', 'ann');
  overlays.unreact('1', '👍', 'bob');
  equal(overlays.reactionsTo('1'), []);
});
