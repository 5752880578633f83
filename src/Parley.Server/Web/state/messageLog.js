/**
 * The messages of a room: in the order of the server's clock, each once. A message is { id, time, ... }; `id` is what the
 * server calls it, or null. Messages of one millisecond stay in the order in which the server sent them.
 */
export class MessageLog {
  messages = [];
  #byId = new Map();

  get length() {
    return this.messages.length;
  }

  get first() {
    return this.messages[0];
  }

  get last() {
    return this.messages.at(-1);
  }

  has(id) {
    return this.#byId.has(id);
  }

  get(id) {
    return this.#byId.get(id);
  }

  /** Puts in what has come now; false if it was there. */
  add(message) {
    if (message.id !== null && this.#byId.has(message.id)) {
      return false;
    }

    this.#insert(this.#upperBound(message.time), message);
    return true;
  }

  /**
   * Puts in a page of history, oldest first; returns the messages that were not there. Those that were are what the others
   * are placed by, as a page is without gaps.
   * @param before the message that the page ends before, if there is one
   */
  merge(page, before = null) {
    const added = [];
    let limit = before === null ? -1 : this.indexOf(before);
    for (const message of [...page].reverse()) {
      const known = message.id === null ? undefined : this.#byId.get(message.id);
      if (known !== undefined) {
        limit = this.indexOf(known);
        continue;
      }

      const place = this.#upperBound(message.time);
      limit = limit < 0 ? place : Math.min(place, limit);
      this.#insert(limit, message);
      added.unshift(message);
    }

    return added;
  }

  remove(message) {
    const at = this.indexOf(message);
    if (at >= 0) {
      this.messages.splice(at, 1);
      this.#byId.delete(message.id);
    }
  }

  clear() {
    this.messages = [];
    this.#byId.clear();
  }

  /** Where a message is; -1 if it is not there. */
  indexOf(message) {
    for (let at = this.#upperBound(message.time) - 1; at >= 0 && this.messages[at].time === message.time; at--) {
      if (this.messages[at] === message) {
        return at;
      }
    }

    return -1;
  }

  #insert(at, message) {
    if (message.id !== null) {
      this.#byId.set(message.id, message);
    }

    if (at === this.messages.length) {
      this.messages.push(message);
    } else {
      this.messages.splice(at, 0, message);
    }
  }

  /** How many messages are not later than a time. */
  #upperBound(time) {
    let [low, high] = [0, this.messages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle].time <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }

    return low;
  }
}
