import { Backfill } from '../Web/history/backfill.js';
import { Batch } from '../Web/irc/batches.js';
import { Emitter } from '../Web/irc/emitter.js';
import { parseLine } from '../Web/irc/line.js';
import { messageOfLine } from '../Web/state/message.js';
import { Paging } from '../Web/history/paging.js';
import { Store } from '../Web/state/store.js';
import { equal, ok, test } from './harness.js';

const PAGE = 10;
const lineOf = n => parseLine(`@msgid=m${n};time=${new Date(1000 + n).toISOString()} :ann PRIVMSG #a :${n}`);

/** A server's history of a room, which may grow while it is asked. */
class FakeHistory {
  isOffered = true;
  pageSize = PAGE;
  length = 0;
  asked = 0;
  whileAsked = () => {};

  #page(from, to) {
    this.asked++;
    this.whileAsked();
    const batch = new Batch(parseLine('BATCH +1 chathistory #a'));
    for (let n = Math.max(0, from); n < Math.min(this.length, to); n++) {
      batch.items.push(lineOf(n));
    }

    return Promise.resolve(batch);
  }

  latest() { return this.#page(this.length - PAGE, this.length); }
  after(_, message) { const n = Number(message.msgid.slice(1)); return this.#page(n + 1, n + 1 + PAGE); }
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

test('A server without history is no error', async () => {
  const { history, backfill, room } = setUp(20);
  history.isOffered = false;
  await backfill.fill(room);
  equal([numbers(room), history.asked, room.history.reachedStart], [[], 0, true]);
});
