import { entryOf, isEnd, replay } from './replay.js';

// What this page has said itself, by its own clock.
const LOCAL = ['system', 'error'];
const PAUSE_MS = 5000;

// A message that is further back than this is not loaded to be looked at.
const MAX_PAGES_BACK = 50;

/** Loads what was said before the oldest message of a room, as somebody scrolls up to it. */
export class Paging {
  #store;
  #history;

  constructor(store, history) {
    this.#store = store;
    this.#history = history;
  }

  /** One page, or as many as it takes to find anything that is shown: reactions alone are no end of what was said. */
  async loadOlder(room) {
    if (room.history.loading || room.history.reachedStart || Date.now() < room.history.askAgainAt || this.#oldest(room) === undefined || !this.#history.isOffered) {
      return;
    }

    room.history.loading = true;
    this.#store.emit('log', room);
    try {
      while (!room.history.reachedStart && await this.#loadPage(room) === 0) {
        // Nothing to be seen was in it.
      }
    } catch {
      // Not now: scrolling asks again, but not at once.
      room.history.askAgainAt = Date.now() + PAUSE_MS;
    } finally {
      room.history.loading = false;
      this.#store.logChanged(room);
    }
  }

  /** Loads what was said before until a message is there, of which the time may be known; whether it is. */
  async loadBackTo(room, msgid, time = 0) {
    for (let page = 0; page < MAX_PAGES_BACK && !room.log.has(msgid); page++) {
      await this.#whenIdle(room);
      const before = this.#oldest(room);
      if (room.log.has(msgid) || before === undefined || before.time < time) {
        break;
      }

      await this.loadOlder(room);
      if (this.#oldest(room) === before) {
        break;
      }
    }

    return room.log.has(msgid);
  }

  /** Loads back to the first message after a time; undefined if there is none. */
  async loadBackToTime(room, time) {
    for (let page = 0; page < MAX_PAGES_BACK && !room.history.reachedStart && (this.#oldest(room)?.time ?? 0) > time; page++) {
      const before = this.#oldest(room);
      await this.#whenIdle(room);
      await this.loadOlder(room);
      if (this.#oldest(room) === before) {
        break;
      }
    }
  }

  /** How many messages a page before the oldest entry has brought. */
  async #loadPage(room) {
    const oldest = this.#oldest(room);
    const batch = await this.#history.before(room.name, oldest);
    const added = room.log.merge(replay(this.#store, room, batch));
    const first = entryOf(batch, 0);
    room.history.reachedStart = isEnd(batch) || first === null || (first.msgid === oldest.msgid && first.time === oldest.time);
    room.history.oldest = first ?? room.history.oldest;
    return added.length;
  }

  /** The earliest that has come: a message, or what came with a page and is none. */
  #oldest(room) {
    const message = room.log.messages.find(each => !LOCAL.includes(each.kind));
    const { oldest } = room.history;
    return oldest === null || (message !== undefined && message.time < oldest.time) ? message : oldest;
  }

  #whenIdle(room) {
    return new Promise(resolve => {
      const stop = this.#store.on('log', () => check());
      const check = () => {
        if (!room.history.loading) {
          stop();
          resolve();
        }
      };
      check();
    });
  }
}
