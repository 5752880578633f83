/**
 * What is said about messages after them: reactions, and that one was taken back. Kept apart from the messages, as it may
 * come before the message does.
 */
export class Overlays {
  #reactions = new Map();
  #redactions = new Map();

  react(id, emoji, nick) {
    const reactions = this.#reactions.get(id) ?? new Map();
    this.#reactions.set(id, reactions.set(emoji, (reactions.get(emoji) ?? new Set()).add(nick)));
  }

  unreact(id, emoji, nick) {
    const reactions = this.#reactions.get(id);
    reactions?.get(emoji)?.delete(nick);
    if (reactions?.get(emoji)?.size === 0) {
      reactions.delete(emoji);
    }
  }

  /** Who has reacted with what to a message: pairs of an emoji and names, in the order of the first of each. */
  reactionsTo(id) {
    return id === null ? [] : [...this.#reactions.get(id) ?? []].map(([emoji, nicks]) => [emoji, [...nicks]]);
  }

  redact(id, by, reason) {
    this.#redactions.set(id, { by, reason });
  }

  /** Who has taken a message back and why; undefined if nobody has. */
  redactionOf(id) {
    return id === null ? undefined : this.#redactions.get(id);
  }
}
