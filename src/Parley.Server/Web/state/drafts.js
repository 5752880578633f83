const PREFIX = 'parley draft ';

/** Unsent text of each room, kept on this device across reloads. */
export class Drafts {
  #storage;
  #values = new Map();

  constructor(storage = globalThis.localStorage) {
    this.#storage = storage;
  }

  get(name) {
    const key = PREFIX + name.toLowerCase();
    try {
      return this.#values.get(key) ?? this.#storage?.getItem(key) ?? '';
    } catch {
      return '';
    }
  }

  set(name, text) {
    const key = PREFIX + name.toLowerCase();
    this.#values.set(key, text);
    try {
      text === '' ? this.#storage?.removeItem(key) : this.#storage?.setItem(key, text);
    } catch {
      // Full or forbidden: it lasts as long as the page.
    }
  }
}
