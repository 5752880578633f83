import { replay } from './replay.js';

// What this page has said itself, by its own clock.
const LOCAL = ['system', 'error'];
const PAUSE_MS = 5000;

/** Loads what was said before the oldest message of a room, as somebody scrolls up to it. */
export class Paging {
  #store;
  #history;

  constructor(store, history) {
    this.#store = store;
    this.#history = history;
  }

  async loadOlder(room) {
    const oldest = room.log.messages.find(message => !LOCAL.includes(message.kind));
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
}
