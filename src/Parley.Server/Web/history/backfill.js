import { RequestError } from '../irc/labels.js';
import { isSaid } from '../state/message.js';
import { replay } from './replay.js';

// A gap of more pages than this is not filled but started anew from its end: what is before it is there by scrolling up.
const MAX_PAGES = 20;

/**
 * Brings rooms up to date: with the latest messages when they are new, and after a lost connection with all that was said
 * since the last message before it. What comes in meanwhile is no matter: each message is put in its place, and once.
 */
export class Backfill {
  #store;
  #history;
  #client;

  constructor(store, history, client) {
    this.#store = store;
    this.#history = history;
    this.#client = client;
    client.on('closed', () => this.#holdPlaces());
  }

  /** Fills in a room that was just joined. */
  async fill(room) {
    if (!this.#history.isOffered) {
      room.history.reachedStart = true;
      room.place = null;
      return;
    }

    const place = room.place;
    room.history.loading = true;
    this.#store.emit('log', room);
    let isAllKnown = true;
    try {
      if (place === null || !await this.#fillAfter(room, place)) {
        await this.#startAnew(room);
      }

      room.place = null;
    } catch (error) {
      isAllKnown = error instanceof RequestError && error.refused;

      // The connection was lost again (the place is kept, and the next one goes on from it), or there is no history here.
      room.history.reachedStart = this.#client.registered && room.log.length === 0;
    } finally {
      room.history.loading = false;
      this.#store.logChanged(room);
      if (isAllKnown) {
        this.#store.emit('filled', room);
      }
    }
  }

  /** Remembers, as a connection ends, up to which message each room is complete. */
  #holdPlaces() {
    for (const room of this.#store.rooms.values()) {
      // A place that is still there means that filling up did not come to its end: what came after is not complete.
      room.place ??= room.log.messages.findLast(message => message.id !== null && isSaid(message)) ?? null;
    }
  }

  /** Whether all after a message was filled in: false if it is too much. */
  async #fillAfter(room, place) {
    let last = place;
    for (let page = 0; page < MAX_PAGES; page++) {
      const messages = replay(this.#store, room, await this.#history.after(room.name, last));
      const isAtPresent = messages.some(message => room.log.get(message.id)?.epoch === this.#store.epoch && isSaid(message));
      room.log.merge(messages, last);
      this.#store.logChanged(room);
      const newest = room.log.get(messages.at(-1)?.id) ?? messages.at(-1);
      if (newest === undefined || newest.id === last.id || isAtPresent) {
        return true;
      }

      last = newest;
      room.place = last;
    }

    return false;
  }

  async #startAnew(room) {
    const batch = await this.#history.latest(room.name);
    const messages = replay(this.#store, room, batch);
    const isGap = room.place !== null && !messages.some(message => room.log.has(message.id));
    if (isGap) {
      room.log.clear();
      room.history.reachedStart = false;
    }

    room.log.merge(messages);
    room.history.reachedStart ||= batch.items.length === 0;
  }
}
