const MAX_KEPT = 100;

/** What was typed before, for going back to it; and what is being typed, for coming back from there. */
export class InputHistory {
  #entries = [];
  #at = 0;
  #draft = '';

  add(text) {
    if (text !== this.#entries.at(-1)) {
      this.#entries = [...this.#entries, text].slice(-MAX_KEPT);
    }

    this.#at = this.#entries.length;
  }

  /** The text before (-1) or after (1) the one that is shown; null if there is none. */
  move(direction, shown) {
    const to = this.#at + direction;
    if (to < 0 || to > this.#entries.length) {
      return null;
    }

    if (this.#at === this.#entries.length) {
      this.#draft = shown;
    }

    this.#at = to;
    return this.#entries[to] ?? this.#draft;
  }
}
