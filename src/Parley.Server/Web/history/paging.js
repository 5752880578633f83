import { replay } from './replay.js';

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

  async loadOlder(room) {
    const oldest = this.#oldest(room);
    if (room.history.loading || room.history.reachedStart || Date.now() < room.history.askAgainAt || oldest === undefined || !this.#history.isOffered) {
      return;
    }

    room.history.loading = true;
    this.#store.emit('log', room);
    try {
      const batch = await this.#history.before(room.name, oldest);
      const added = room.log.merge(replay(this.#store, room, batch));
      room.history.reachedStart = added.length === 0;
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

  #oldest(room) {
    return room.log.messages.find(message => !LOCAL.includes(message.kind));
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
