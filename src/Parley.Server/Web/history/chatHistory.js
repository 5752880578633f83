import { Batch } from '../irc/batches.js';
import { refusalOf } from '../irc/client.js';
import { RequestError } from '../irc/labels.js';

// https://ircv3.net/specs/extensions/chathistory

/** Asks the server for what was said. All of it gives batches; where the server keeps no history, `isOffered` is false. */
export class ChatHistory {
  #client;

  constructor(client) {
    this.#client = client;
  }

  get isOffered() {
    return this.#client.has('draft/chathistory') && this.#client.has('batch');
  }

  get pageSize() {
    return this.#client.support.historyPage;
  }

  latest(target) {
    return this.#ask(['LATEST', target, '*', this.pageSize], target);
  }

  /** Those before and after a message. By its time, with a millisecond more, so that none of the same moment is missed. */
  before(target, message) {
    return this.#askFrom('BEFORE', target, message, 1);
  }

  after(target, message) {
    return this.#askFrom('AFTER', target, message, -1);
  }

  /** Names of those that were talked with between two times, with the time of the last message. */
  async targets(from, to) {
    const stamp = time => `timestamp=${new Date(time).toISOString()}`;
    const batch = await this.#ask(['TARGETS', stamp(from), stamp(to), this.pageSize], null, 'draft/chathistory-targets');
    return [...batch.lines()].filter(line => line.command === 'CHATHISTORY').map(line => ({ name: line.params[1] ?? '', time: Date.parse(line.params[2] ?? '') }));
  }

  async #askFrom(direction, target, message, slack) {
    const byTime = `timestamp=${new Date(message.time + slack).toISOString()}`;
    if (message.msgid === null || !this.#takes('msgid')) {
      return this.#ask([direction, target, byTime, this.pageSize], target);
    }

    try {
      return await this.#ask([direction, target, `msgid=${message.msgid}`, this.pageSize], target);
    } catch (error) {
      // A server may have forgotten a message, and still know what time it is.
      if (error instanceof RequestError && error.refused) {
        return this.#ask([direction, target, byTime, this.pageSize], target);
      }

      throw error;
    }
  }

  #takes(reference) {
    const types = this.#client.support.get('MSGREFTYPES');
    return types === '' || types.split(',').includes(reference);
  }

  async #ask(params, target, type = 'chathistory') {
    const fold = name => this.#client.support.fold(name);
    const isAnswer = item => (item instanceof Batch
      ? item.type === type && (target === null || fold(item.params[0] ?? '') === fold(target))
      : refusalOf(item) !== undefined && item.params.includes('CHATHISTORY'));
    const item = await this.#client.request('CHATHISTORY', params, { isAnswer });
    return (item instanceof Batch ? item.find(type) : undefined) ?? EMPTY;
  }
}

const EMPTY = new Batch({ tags: new Map(), source: { nick: '' }, params: [] });
