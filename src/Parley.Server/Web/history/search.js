import { Batch } from '../irc/batches.js';
import { formatTags } from '../irc/tags.js';
import { replay } from './replay.js';

const MAX_RESULTS = 50;

// https://soju.im/search: SEARCH <attributes>, answered with a batch of messages

/** Full-text search on the server. */
export class Search {
  #client;
  #store;

  constructor(client, store) {
    this.#client = client;
    this.#store = store;
  }

  get isOffered() {
    return this.#client.has('soju.im/search');
  }

  /** What was said with words, newest first: [{ message, where }]. */
  async find(text, { room = null, from = '' } = {}) {
    const attributes = formatTags({ in: room?.name, from: from === '' ? undefined : from, text, limit: String(MAX_RESULTS) });
    const isAnswer = item => (item instanceof Batch ? item.type === 'soju.im/search' : item.command === 'FAIL' && item.params[0] === 'SEARCH');
    const answer = await this.#client.request('SEARCH', [attributes], { isAnswer });
    const batch = answer instanceof Batch ? answer.find('soju.im/search') : undefined;
    const results = [];
    for (const item of batch?.items ?? []) {
      const single = Object.assign(new Batch({ tags: new Map(), source: {}, params: [] }), { items: [item] });
      const target = (item instanceof Batch ? [...item.lines()][0] : item)?.params[0] ?? '';
      const where = this.#store.isSelf(target) ? item.source.nick : target;
      replay(this.#store, SCRATCH, single).forEach(message => results.push({ message, where }));
    }

    return results.sort((a, b) => b.message.time - a.message.time);
  }
}

// Search finds messages; what is said about them is no message.
const SCRATCH = { overlays: { react() {}, unreact() {}, redact() {} } };
