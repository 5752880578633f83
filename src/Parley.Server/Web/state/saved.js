const KEY = 'parley saved';
const MAX_SAVED = 200;

/** Messages that the user has set aside, on this device: [{ room, msgid, from, text, time }], the newest first. */
export class Saved {
  #storage;
  #all;

  constructor(storage = globalThis.localStorage) {
    this.#storage = storage;
    this.#all = this.#read();
  }

  get all() {
    return this.#all;
  }

  has(message) {
    return this.#all.some(each => each.msgid === message.msgid);
  }

  /** Sets a message of a room aside, or no more. */
  toggle(message, room) {
    const others = this.#all.filter(each => each.msgid !== message.msgid);
    const { msgid, from, text, time } = message;
    this.#all = others.length < this.#all.length ? others : [{ room, msgid, from, text, time }, ...others].slice(0, MAX_SAVED);
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#all));
    } catch {
      // Full or forbidden: it is forgotten with the page.
    }
  }

  #read() {
    try {
      const all = JSON.parse(this.#storage?.getItem(KEY) ?? '[]');
      return Array.isArray(all) ? all : [];
    } catch {
      return [];
    }
  }
}
