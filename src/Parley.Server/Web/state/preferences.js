const KEY = 'parley';

// Those of the person, not of the browser.
const PERSONAL = ['nick', 'nickChosen', 'realName', 'rooms', 'lastRead', 'push', 'ignored', 'ignoredAccounts', 'attention'];
const DEFAULTS = {
  nick: '', nickChosen: false, realName: '', rooms: [], lastRead: {},
  theme: 'system', notify: false, push: false, showPresence: true, sendTyping: true, compact: false, keepMessages: true, ignored: [], ignoredAccounts: {}, attention: {},
};

/** What is kept on this device between visits. Never a password. Where nothing can be kept, it lasts as long as the page. */
export class Preferences {
  #storage;
  #values;
  #listeners = new Set();

  constructor(storage = globalThis.localStorage) {
    this.#storage = storage;
    this.#values = { ...DEFAULTS, ...this.#read() };
  }

  get(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#values));
    } catch {
      // Full or forbidden: it is forgotten with the page.
    }

    this.#listeners.forEach(listener => listener(name, value));
  }

  /** Forgets those of the person, and tells so as a change of `person`. */
  forgetPerson() {
    PERSONAL.forEach(name => this.set(name, DEFAULTS[name]));
    this.#listeners.forEach(listener => listener('person', null));
  }

  onChange(listener) {
    this.#listeners.add(listener);
  }

  #read() {
    try {
      const values = JSON.parse(this.#storage?.getItem(KEY) ?? '{}');
      return values !== null && typeof values === 'object' ? values : {};
    } catch {
      return {};
    }
  }
}
