/** Tells listeners what has happened, in the order in which they came. One that fails does not keep it from the others. */
export class Emitter {
  #listeners = new Map();

  /** Listens; returns what stops that. */
  on(topic, listener) {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit(topic, ...values) {
    for (const listener of this.#listeners.get(topic) ?? []) {
      try {
        listener(...values);
      } catch (error) {
        console.error(`${topic}:`, error);
      }
    }
  }
}
