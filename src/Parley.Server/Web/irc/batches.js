// https://ircv3.net/specs/extensions/batch

/** A batch: what it is, and its lines and batches in the order in which they came. */
export class Batch {
  items = [];

  constructor(line) {
    this.tags = line.tags;
    this.source = line.source;
    this.type = line.params[1] ?? '';
    this.params = line.params.slice(2);
  }

  /** All its lines, those of the batches in it too. */
  * lines() {
    for (const item of this.items) {
      if (item instanceof Batch) {
        yield* item.lines();
      } else {
        yield item;
      }
    }
  }

  /** The first batch of a type: this or one in it; undefined if there is none. */
  find(type) {
    return this.type === type ? this : this.items.filter(item => item instanceof Batch).map(item => item.find(type)).find(Boolean);
  }
}

/** Puts lines together that belong together. */
export class Batches {
  #open = new Map();

  /** Takes a line; returns a line or a whole batch that is to be dealt with now, or null while one is being put together. */
  take(line) {
    const parent = this.#open.get(line.tags.get('batch'));
    if (line.command !== 'BATCH') {
      parent?.items.push(line);
      return parent === undefined ? line : null;
    }

    const [reference = ''] = line.params;
    const id = reference.slice(1);
    if (reference.startsWith('+')) {
      const batch = new Batch(line);
      parent?.items.push(batch);
      batch.isInner = parent !== undefined;
      this.#open.set(id, batch);
      return null;
    }

    const batch = this.#open.get(id);
    this.#open.delete(id);
    return batch === undefined || batch.isInner ? null : batch;
  }

  clear() {
    this.#open.clear();
  }
}
