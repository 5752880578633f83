/**
 * The messages of a room: in the order of the server's clock, each once. A message is { id, time, ... }; `id` is what the
 * server calls it, or null. Messages of one millisecond stay in the order in which the server sent them.
 */
export class MessageLog {
  messages = [];
  #byId = new Map();
  #replies = new Map();

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

    this.#insert(this.#countBefore(message.time + 1), message);
    return true;
  }

  /**
   * Puts in a page of history, oldest first; returns the messages that were not there. A page is without gaps: each of its
   * messages comes right after the one before it, whatever else is of the same millisecond.
   * @param after the message that the page begins after, if that is known
   */
  merge(page, after = null) {
    const added = [];
    let floor = after === null ? 0 : this.indexOf(after) + 1;
    for (const message of page) {
      const known = message.id === null ? undefined : this.#byId.get(message.id);
      if (known !== undefined) {
        floor = this.indexOf(known) + 1;
        continue;
      }

      const place = Math.max(floor, this.#countBefore(message.time));
      this.#insert(place, message);
      added.push(message);
      floor = place + 1;
    }

    return added;
  }

  /** The messages that answer one. */
  repliesTo(msgid) {
    return this.#replies.get(msgid) ?? [];
  }

  /** A message, what answers it, and what answers those, oldest first. */
  threadOf(message) {
    const thread = new Set([message]);
    for (const each of thread) {
      // What is added while one goes over a set is gone over, too.
      each.msgid !== null && this.repliesTo(each.msgid).forEach(reply => thread.add(reply));
    }

    return [...thread].sort((a, b) => a.time - b.time);
  }

  /** The messages later than a time. */
  after(time) {
    return this.messages.slice(this.#countBefore(time + 1));
  }

  remove(message) {
    const at = this.indexOf(message);
    if (at >= 0) {
      this.messages.splice(at, 1);
      this.#byId.delete(message.id);
      this.#replies.set(message.replyTo, this.repliesTo(message.replyTo).filter(each => each !== message));
    }
  }

  clear() {
    this.messages = [];
    this.#byId.clear();
    this.#replies.clear();
  }

  /** Where a message is; -1 if it is not there. */
  indexOf(message) {
    for (let at = this.#countBefore(message.time); this.messages[at]?.time === message.time; at++) {
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

    if (message.replyTo) {
      this.#replies.set(message.replyTo, [...this.repliesTo(message.replyTo), message]);
    }

    if (at === this.messages.length) {
      this.messages.push(message);
    } else {
      this.messages.splice(at, 0, message);
    }
  }

  /** How many messages are earlier than a time, which is whole milliseconds. */
  #countBefore(time) {
    let [low, high] = [0, this.messages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle].time < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }

    return low;
  }
}
