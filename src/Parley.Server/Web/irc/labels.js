// https://ircv3.net/specs/extensions/labeled-response

// An answer that has not come by then will not.
const TIMEOUT_MS = 20_000;

/** Something that was asked for and not given: by the server (`refused`), or because the connection was lost before. */
export class RequestError extends Error {
  constructor(message, refused, code = '') {
    super(message);
    this.refused = refused;
    this.code = code;
  }
}

/** Requests that wait for their answers. */
export class Labels {
  #next = 1;
  #pending = new Map();

  /**
   * A new label and the promise of what comes under it.
   * @param isAnswer says whether something without a label is the answer, on servers that have no labels
   */
  open(isAnswer = null) {
    const label = `p${this.#next++}`;
    const answer = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(label, () => reject(new RequestError('The server did not answer', false))), TIMEOUT_MS);
      this.#pending.set(label, { resolve, reject, timer, isAnswer });
    });
    return { label, answer };
  }

  /** Takes a line or batch that may be an answer; true if it was one. */
  take(item) {
    const label = item.tags.get('label');
    const found = label !== undefined
      ? [label, this.#pending.get(label)]
      : [...this.#pending].find(([, pending]) => pending.isAnswer?.(item));
    const pending = found?.[1];
    if (pending === undefined) {
      return false;
    }

    this.#settle(found[0], () => pending.resolve(item));
    return true;
  }

  /** The connection is lost: nothing that was asked for will be answered. */
  abandon() {
    for (const [label, { reject }] of [...this.#pending]) {
      this.#settle(label, () => reject(new RequestError('The connection was lost', false)));
    }
  }

  #settle(label, how) {
    clearTimeout(this.#pending.get(label)?.timer);
    this.#pending.delete(label);
    how();
  }
}
