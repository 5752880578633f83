// https://ircv3.net/specs/client-tags/typing
const ACTIVE_MS = 6000;
const PAUSED_MS = 30_000;

/** Who is typing in a room. */
export class Typing {
  #timers = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  get nicks() {
    return [...this.#timers.keys()];
  }

  /** Takes in a notice; what is said, or that somebody left, ends it as `done` does. */
  set(nick, state) {
    const known = this.#timers.has(nick);
    clearTimeout(this.#timers.get(nick));
    this.#timers.delete(nick);
    const lasts = { active: ACTIVE_MS, paused: PAUSED_MS }[state];
    if (lasts !== undefined) {
      this.#timers.set(nick, setTimeout(() => this.set(nick, 'done'), lasts));
    }

    if (known !== this.#timers.has(nick)) {
      this.#changed();
    }
  }
}
