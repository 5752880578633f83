import { Backfill } from '../Web/history/backfill.js';
import { Batch } from '../Web/irc/batches.js';
import { Emitter } from '../Web/irc/emitter.js';
import { parseLine } from '../Web/irc/line.js';
import { messageOfLine } from '../Web/state/message.js';
import { Paging } from '../Web/history/paging.js';
import { Store } from '../Web/state/store.js';
import { equal, ok, test } from './harness.js';

const PAGE = 10;
const stampOf = n => `@msgid=m${n};time=${new Date(1000 + n).toISOString()}`;
const lineOf = n => parseLine(`${stampOf(n)} :ann PRIVMSG #a :${n}`);
const reactionOf = n => parseLine(`${stampOf(n)};+draft/react=👍;+draft/reply=m0 :ann TAGMSG #a`);
const contextOf = (n, parent) => parseLine(`${stampOf(n)};draft/chathistory-context;+draft/react=👍;+reply=m${parent} :ann TAGMSG #a`);

/** A server's history of a room, which may grow while it is asked. */
class FakeHistory {
  isOffered = true;
  pageSize = PAGE;
  length = 0;
  asked = 0;
  whileAsked = () => {};
  isReaction = () => false;
  saysEnd = false;

  // Numbers of messages to which somebody reacted after all that was said.
  reacted = [];

  #page(from, to, direction = 'before') {
    this.asked++;
    this.whileAsked();
    const isEnd = this.saysEnd && (direction === 'after' ? to >= this.length : from <= 0);
    const batch = new Batch(parseLine(`${isEnd ? '@draft/chathistory-end ' : ''}BATCH +1 chathistory #a`));
    for (let n = Math.max(0, from); n < Math.min(this.length, to); n++) {
      batch.items.push(this.isReaction(n) ? reactionOf(n) : lineOf(n));
      this.reacted.includes(n) && batch.items.push(contextOf(100_000 + n, n));
    }

    return Promise.resolve(batch);
  }

  latest() { return this.#page(this.length - PAGE, this.length); }
  after(_, message) { const n = Number(message.msgid.slice(1)); return this.#page(n + 1, n + 1 + PAGE, 'after'); }
  before(_, message) { const n = Number(message.msgid.slice(1)); return this.#page(n - PAGE, n); }
}

function setUp(length) {
  const store = new Store();
  const client = Object.assign(new Emitter(), { registered: true });
  const history = Object.assign(new FakeHistory(), { length });
  const backfill = new Backfill(store, history, client);
  const room = store.open('#a');
  store.epoch = 1;
  return { store, client, history, backfill, room, live: () => store.add(room, messageOfLine(lineOf(history.length++))) };
}

const numbers = room => room.log.messages.map(message => Number(message.text));
const upTo = (from, to) => Array.from({ length: to - from }, (_, at) => from + at);

test('A new room begins with the latest messages, and older ones come by pages until the first', async () => {
  const { store, history, backfill, room } = setUp(35);
  await backfill.fill(room);
  equal(numbers(room), upTo(25, 35));
  const paging = new Paging(store, history);
  for (let i = 0; i < 6; i++) {
    await paging.loadOlder(room);
  }

  equal(numbers(room), upTo(0, 35));
  ok(room.history.reachedStart);
});

test('After a lost connection all that was missed is filled in, while others talk', async () => {
  const { store, client, history, backfill, room, live } = setUp(20);
  await backfill.fill(room);
  client.emit('closed');
  history.length += 57;
  store.epoch++;
  live();
  history.whileAsked = live;
  await backfill.fill(room);
  equal(numbers(room), upTo(10, history.length));
  equal(room.place, null);
});

test('A connection that is lost again while filling in leaves no gap', async () => {
  const { store, client, history, backfill, room, live } = setUp(20);
  await backfill.fill(room);
  client.emit('closed');
  history.length += 60;
  store.epoch++;
  live();
  let pages = 0;
  history.whileAsked = () => {
    if (++pages === 3) {
      throw new Error('lost');
    }
  };
  await backfill.fill(room);
  client.emit('closed');
  history.length += 30;
  history.whileAsked = () => {};
  store.epoch++;
  live();
  await backfill.fill(room);
  equal(numbers(room), upTo(10, history.length));
});

test('What is too much is not filled in but begun anew, and what is before it comes by scrolling', async () => {
  const { store, client, history, backfill, room } = setUp(20);
  await backfill.fill(room);
  client.emit('closed');
  history.length += 5000;
  store.epoch++;
  await backfill.fill(room);
  equal(numbers(room), upTo(5010, 5020));
  ok(history.asked < 30);
  const paging = new Paging(store, history);
  await paging.loadOlder(room);
  equal(numbers(room), upTo(5000, 5020));
});

test('A message that is further back is gone back to, and one that is not there is not looked for for ever', async () => {
  const { store, history, backfill, room } = setUp(500);
  await backfill.fill(room);
  const paging = new Paging(store, history);
  ok(await paging.loadBackTo(room, 'm430', 1430));
  equal(numbers(room)[0] % PAGE, 0);
  const asked = history.asked;
  ok(!await paging.loadBackTo(room, 'mX', 1440));
  equal(history.asked, asked);
  ok(!await paging.loadBackTo(room, 'mX'));
  equal(numbers(room), upTo(0, 500));
});

test('Pages of nothing but reactions are no end, backwards, forwards, or at the beginning', async () => {
  const { store, client, history, backfill, room } = setUp(40);
  history.isReaction = n => n >= 5 && n < 38;
  await backfill.fill(room);
  equal(numbers(room), [38, 39]);
  await new Paging(store, history).loadOlder(room);
  equal(numbers(room), [...upTo(0, 5), 38, 39]);

  client.emit('closed');
  history.length = 90;
  history.isReaction = n => (n >= 5 && n < 38) || (n >= 40 && n < 88);
  store.epoch++;
  await backfill.fill(room);
  equal(numbers(room), [...upTo(0, 5), 38, 39, 88, 89]);

  const { store: other, history: onlyReactions, backfill: first, room: empty } = setUp(40);
  onlyReactions.isReaction = n => n >= 3;
  await first.fill(empty);
  equal(numbers(empty), []);
  await new Paging(other, onlyReactions).loadOlder(empty);
  equal(numbers(empty), [0, 1, 2]);
});

test('Whether all that was said is known is told, so that what was lost can be said again or not', async () => {
  const { store, client, history, backfill, room } = setUp(20);
  const told = [];
  store.on('filled', (_, isComplete) => told.push(isComplete));
  await backfill.fill(room);
  client.emit('closed');
  history.length += 5000;
  store.epoch++;
  await backfill.fill(room);
  equal(told, [true, false]);
});

test('A server without history is no error', async () => {
  const { history, backfill, room } = setUp(20);
  history.isOffered = false;
  await backfill.fill(room);
  equal([numbers(room), history.asked, room.history.reachedStart], [[], 0, true]);
});

test('A reaction that came later than all of a page is no place to go on from', async () => {
  const { store, client, history, backfill, room } = setUp(5);
  await backfill.fill(room);
  client.emit('closed');
  history.length = 45;
  history.reacted = upTo(0, 45);
  store.epoch++;
  await backfill.fill(room);
  equal(numbers(room), upTo(0, 45));
  equal(room.overlays.reactionsTo('m14').map(each => each.emoji), ['👍']);
});

test('Where the server says that there is nothing more it is not asked again', async () => {
  const { store, client, history, backfill, room } = setUp(15);
  history.saysEnd = true;
  await backfill.fill(room);
  const paging = new Paging(store, history);
  await paging.loadOlder(room);
  await paging.loadOlder(room);
  equal([numbers(room), history.asked, room.history.reachedStart], [upTo(0, 15), 2, true]);

  client.emit('closed');
  history.length = 20;
  store.epoch++;
  await backfill.fill(room);
  equal([numbers(room), history.asked], [upTo(0, 20), 3]);

  const { history: short, backfill: first, room: small } = setUp(3);
  short.saysEnd = true;
  await first.fill(small);
  ok(small.history.reachedStart);
});
