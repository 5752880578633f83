import { RequestError } from '../irc/labels.js';
import { isSaid } from '../state/message.js';
import { entryOf, isEnd, replay } from './replay.js';

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

  /** Fills in a room that was just joined. Then `filled` tells whether all that was said is known. */
  async fill(room) {
    if (!this.#history.isOffered) {
      room.history.reachedStart = true;
      room.place = null;
      this.#store.emit('filled', room, false);
      return;
    }

    const place = room.place;
    let isComplete = null;
    room.history.loading = true;
    this.#store.emit('log', room);
    try {
      isComplete = (place !== null && await this.#fillAfter(room, place)) || await this.#startAnew(room);
      room.place = null;
    } catch (error) {
      // The connection was lost again (the place is kept, and the next one goes on from it), or there is no history here.
      isComplete = error instanceof RequestError && error.refused ? false : null;
      room.history.reachedStart = this.#client.registered && room.log.length === 0;
    } finally {
      room.history.loading = false;
      this.#store.logChanged(room);
      if (isComplete !== null) {
        this.#store.emit('filled', room, isComplete);
      }
    }
  }

  /** Remembers, as a connection ends, up to which message each room is complete. */
  #holdPlaces() {
    for (const room of this.#store.rooms.values()) {
      // A place that is still there means that filling up did not come to its end: what came after is not complete.
      room.place ??= room.isRestored ? null : room.log.messages.findLast(message => message.id !== null && isSaid(message)) ?? null;
    }
  }

  /** Whether all after a message was filled in: false if it is too much. */
  async #fillAfter(room, place) {
    let [floor, from] = [place, place];
    for (let page = 0; page < MAX_PAGES; page++) {
      const batch = await this.#history.after(room.name, from);
      const messages = replay(this.#store, room, batch);
      const isAtPresent = messages.some(message => room.log.get(message.id)?.epoch === this.#store.epoch && isSaid(message));
      room.log.merge(messages, floor);
      this.#store.logChanged(room);

      // The last entry may be no message (a reaction, say); what is after it is asked for all the same.
      const last = entryOf(batch, -1);
      if (isEnd(batch) || last === null || (last.msgid === from.msgid && last.time === from.time) || isAtPresent) {
        return true;
      }

      floor = room.log.get(messages.at(-1)?.id) ?? messages.at(-1) ?? floor;
      room.place = floor;
      from = last;
    }

    return false;
  }

  /** Begins with the latest messages; whether nothing is missing between what was there and them. */
  async #startAnew(room) {
    const batch = await this.#history.latest(room.name);
    const messages = replay(this.#store, room, batch);
    const isGap = room.isRestored || (room.place !== null && !messages.some(message => room.log.has(message.id)));
    // What the page itself has said since it was opened, such as why a log-in failed, is in no history.
    const told = room.isRestored ? room.log.messages.filter(message => message.id === null) : [];
    room.isRestored = false;
    if (isGap) {
      room.log.clear();
      room.history.reachedStart = false;
      room.history.oldest = null;
    }

    room.log.merge(messages);
    told.forEach(message => room.log.add(message));
    room.history.oldest ??= entryOf(batch, 0);
    room.history.reachedStart ||= isEnd(batch);
    return !isGap;
  }
}
