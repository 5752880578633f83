/**
 * What is said about messages after them: reactions, and that one was taken back. Kept apart from the messages, as it may
 * come before the message does.
 */
export class Overlays {
  #reactions = new Map();
  #redactions = new Map();

  /** @param who { nick, account, isOwn }: two guests of one name are two people, of whom the user may be one */
  react(id, emoji, who) {
    const reactions = this.#reactions.get(id) ?? new Map();
    this.#reactions.set(id, reactions.set(emoji, (reactions.get(emoji) ?? new Map()).set(personOf(who), who)));
  }

  unreact(id, emoji, who) {
    const reactions = this.#reactions.get(id);
    reactions?.get(emoji)?.delete(personOf(who));
    if (reactions?.get(emoji)?.size === 0) {
      reactions.delete(emoji);
    }
  }

  /** Who has reacted with what to a message: [{ emoji, nicks, isOwn }], in the order of the first of each. */
  reactionsTo(id) {
    return id === null ? [] : [...this.#reactions.get(id) ?? []].map(([emoji, people]) => {
      const all = [...people.values()];
      return { emoji, nicks: all.map(({ nick }) => nick), isOwn: all.some(({ isOwn }) => isOwn) };
    });
  }

  redact(id, by, reason) {
    this.#redactions.set(id, { by, reason });
  }

  /** Who has taken a message back and why; undefined if nobody has. */
  redactionOf(id) {
    return id === null ? undefined : this.#redactions.get(id);
  }
}

const personOf = ({ nick, account, isOwn }) => (isOwn ? 'own' : account === null ? `guest ${nick}` : `account ${account}`);
