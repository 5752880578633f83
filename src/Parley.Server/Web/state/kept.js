import { createMessage, isSaid } from './message.js';

const PREFIX = 'parley kept ';
const MAX_ROOMS = 12;
const MAX_MESSAGES = 60;
const MAX_LETTERS = 1000;
const SAVE_EVERY_MS = 2000;

/**
 * The last of what was said, kept on this device to be read without a network. So much of so many rooms and no more; what the server
 * says takes its place as soon as there is a connection, so that what was deleted meanwhile is gone from here, too.
 */
export class Kept {
  #storage;
  #preferences;
  #changed = new Set();
  #timer = null;
  #isOver = false;

  constructor(preferences, storage = globalThis.localStorage) {
    this.#storage = storage;
    this.#preferences = preferences;
    preferences.onChange(name => {
      // What is on the page of somebody who has logged out is not kept any more.
      this.#isOver ||= name === 'person';
      if (this.#isOver || (name === 'keepMessages' && !preferences.get(name))) {
        this.clear();
      }
    });
  }

  /** Opens the rooms that were open the last time, with what is kept of them. */
  restore(store, names) {
    for (const name of this.#preferences.get('keepMessages') ? names : []) {
      const messages = this.#read(name);
      if (messages.length > 0) {
        const room = store.open(name);
        room.isRestored = true;
        room.log.merge(messages.map(each => createMessage({ ...each, id: each.msgid })));
      }
    }
  }

  /** Keeps what is said from here on. */
  follow(store) {
    store.on('log', room => {
      if (!this.#isOver && !room.isRestored && this.#preferences.get('keepMessages')) {
        this.#changed.add(room);
        this.#timer ??= setTimeout(() => this.save(), SAVE_EVERY_MS);
      }
    });
    globalThis.addEventListener?.('pagehide', () => this.save());
  }

  save() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#changed.forEach(room => this.#write(room));
    this.#changed.clear();
  }

  clear() {
    this.#changed.clear();
    this.#keys().forEach(key => this.#storage.removeItem(key));
  }

  #write(room) {
    const messages = room.log.messages.filter(message => isSaid(message) && message.msgid !== null && !message.ignored && room.overlays.redactionOf(message.msgid) === undefined)
      .slice(-MAX_MESSAGES)
      .map(({ msgid, time, from, kind, text, account, bot, replyTo, self, mention }) => ({ msgid, time, from, kind, text: text.slice(0, MAX_LETTERS), account, bot, replyTo, self, mention }));
    const key = PREFIX + room.name.toLowerCase();
    try {
      this.#storage?.removeItem(key);
      if (messages.length > 0) {
        this.#storage?.setItem(key, JSON.stringify(messages));
      }

      // The rooms in which least was said of late make way.
      const times = this.#keys().map(each => [each, this.#read(each.slice(PREFIX.length)).at(-1)?.time ?? 0]).sort(([, a], [, b]) => b - a);
      times.slice(MAX_ROOMS).forEach(([each]) => this.#storage.removeItem(each));
    } catch {
      // Full or forbidden: nothing is kept.
    }
  }

  #read(name) {
    try {
      const messages = JSON.parse(this.#storage?.getItem(PREFIX + name.toLowerCase()) ?? '[]');
      return Array.isArray(messages) ? messages : [];
    } catch {
      return [];
    }
  }

  #keys() {
    try {
      return Object.keys(this.#storage ?? {}).filter(key => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  }
}
