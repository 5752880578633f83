/** Tracks how far each room is read, on this device and on others, and fills in what was missed. */
export class Reading {
  #store;
  #client;
  #preferences;
  #backfill;

  constructor({ store, client, preferences, backfill }) {
    this.#store = store;
    this.#client = client;
    this.#preferences = preferences;
    this.#backfill = backfill;
  }

  /** What this device knows of a room from before. */
  recall(room) {
    const key = room.name.toLowerCase();
    const read = this.#preferences.get('lastRead')[key] ?? 0;
    room.isNew &&= read === 0;
    room.lastRead = Math.max(room.lastRead, read);
    room.attention = this.#preferences.get('attention')[key] ?? 'all';
  }

  /** Fills in what was said while the user was not there. What there is on a first visit is not news. */
  async bringUpToDate(room) {
    this.recall(room);
    const wasThere = room.place !== null;
    await this.#backfill.fill(room);
    if (wasThere && room.unread > 0 && !room.isHeldUnread) {
      // Who looked at the room all along has missed this, too: it is not seen before there is a line above it.
      room.markUnread();
      this.#store.logChanged(room);
    }

    if (room.isNew) {
      room.isNew = false;
      this.#read(room, room.log.messages.findLast(message => message.epoch === 0)?.time ?? 0);
    }
  }

  /** The newest message of a room was seen. */
  sawLatest(room) {
    // What is being filled in may have begun with what is new.
    if (!room.history.loading && !room.isHeldUnread) {
      this.#read(room, room.log.last?.time ?? 0);
    }
  }

  /** Has a message and what came after it as unread again. */
  markUnread(room, message) {
    room.lastRead = message.time - 1;
    room.mark = room.lastRead;
    room.isHeldUnread = true;
    this.#store.logChanged(room);
  }

  /** All up to a time was read: that is remembered here, and by the server if it does such. */
  #read(room, time) {
    if (!this.#store.markRead(room, time)) {
      return;
    }

    this.#preferences.set('lastRead', { ...this.#preferences.get('lastRead'), [room.name.toLowerCase()]: time });
    if (this.#client.has('draft/read-marker')) {
      this.#client.send('MARKREAD', [room.name, `timestamp=${new Date(time).toISOString()}`]);
    }
  }
}
