import { createMessage } from '../state/message.js';
import { Batch } from '../irc/batches.js';
import { RequestError } from '../irc/labels.js';
import { replyTags } from '../irc/tags.js';
import { packLines, splitText } from '../irc/text.js';
import { multilineText } from '../history/replay.js';

// How far the server's clock may be from this computer's.
const CLOCK_SLACK_MS = 120_000;

/**
 * Sends messages, each once and in the order they were written. A message that the server has not confirmed is in
 * `room.pending`, with its state: `waiting` for a connection, `sending`, `unsure` (lost with the connection, and perhaps
 * heard: history will tell), or `failed`.
 */
export class Outgoing {
  #store;
  #client;
  #nextBatch = 1;

  // Rooms whose history has not been read since the connection was lost. Nothing is sent there yet: it would come too early.
  #unsettled = new Set();

  constructor(store, client) {
    this.#store = store;
    this.#client = client;
    client.on('closed', () => [...store.rooms.values()].filter(room => room.pending.length > 0).forEach(room => this.#unsettled.add(room)));
    store.on('filled', (room, isComplete) => this.#settle(room, isComplete));
    store.on('refusal', room => room.refusal !== null && this.#giveUp(room));
    store.on('arrived', (room, message) => message.self && this.#heard(room, message));
  }

  /** Whether anything was written that the server may not have. */
  get isBusy() {
    return [...this.#store.rooms.values()].some(room => room.pending.some(message => message.state !== 'failed'));
  }

  /** Says a text, of one line or more, in as many messages as it takes. */
  say(room, text, { replyTo = null, kind = 'message' } = {}) {
    return Promise.all(this.partsOf(text, kind).map((part, at) => this.#post(room, { text: part, kind, replyTo: at === 0 ? replyTo : null })));
  }

  /** The messages that a text becomes: one, unless it is longer, or has more lines, than the server takes at a time. */
  partsOf(text, kind = 'message') {
    const lines = text.split('\n').map(line => line.trimEnd());
    const limits = this.#multilineLimits();
    const parts = limits !== null && kind === 'message' ? packLines(lines, limits) : lines.flatMap(line => splitText(line));
    return parts.filter(part => part.trim() !== '');
  }

  /** Says again what was not said. */
  again(room, message) {
    this.discard(room, message);
    return this.#post(room, { text: message.text, kind: message.kind, replyTo: message.replyTo });
  }

  /** Gives up what was not said. */
  discard(room, message) {
    room.pending = room.pending.filter(each => each !== message);
    this.#store.emit('log', room);
  }

  #post(room, { text, kind, replyTo }) {
    const isReady = this.#client.registered && (room.isDirect || room.joined) && !this.#unsettled.has(room)
      && !room.pending.some(message => message.state === 'waiting');
    const message = createMessage({ from: this.#store.nick, account: this.#store.account, kind, text, replyTo, self: true, state: isReady ? 'sending' : 'waiting' });
    room.pending.push(message);
    this.#store.emit('log', room);
    return isReady ? this.#sendAndWait(room, message) : undefined;
  }

  async #sendAndWait(room, message) {
    message.state = 'sending';
    try {
      const answer = await this.#send(room, message);
      if (answer === null && !this.#client.has('echo-message')) {
        this.#store.add(room, Object.assign(message, { state: undefined }));
      }

      // With an echo, what the server has made of it is in the log already.
      this.discard(room, message);
    } catch (error) {
      // Refused is refused. Lost with the connection may have been said all the same.
      const refused = error instanceof RequestError && error.refused;
      Object.assign(message, { state: refused || !this.#client.has('draft/chathistory') ? 'failed' : 'unsure', error: error.message });
      this.#store.emit('log', room);
    }
  }

  #send(room, message) {
    const tags = message.replyTo === null ? {} : replyTags(message.replyTo);
    const target = room.name;
    if (message.text.includes('\n') || splitText(message.text).length > 1) {
      return this.#sendMultiline(target, message, tags);
    }

    const text = message.kind === 'action' ? `\x01ACTION ${message.text}\x01` : message.text;
    const command = message.kind === 'notice' ? 'NOTICE' : 'PRIVMSG';
    const isEcho = item => item.command === command && this.#store.isSelf(item.source.nick) && item.params[1] === text;
    const isAnswer = this.#client.has('echo-message') ? isEcho : null;
    return this.#client.request(command, [target, text], { tags, isAnswer });
  }

  #sendMultiline(target, message, tags) {
    const id = `m${this.#nextBatch++}`;
    const isEcho = item => item instanceof Batch && item.type === 'draft/multiline' && multilineText(item) === message.text;
    const isAnswer = this.#client.has('echo-message') ? isEcho : null;
    const answer = this.#client.request('BATCH', [`+${id}`, 'draft/multiline', target], { tags, isAnswer });
    for (const line of message.text.split('\n')) {
      splitText(line).forEach((part, at) => this.#client.send('PRIVMSG', [target, part], at === 0 ? { batch: id } : { batch: id, 'draft/multiline-concat': true }));
    }

    this.#client.send('BATCH', [`-${id}`]);
    return answer;
  }

  #multilineLimits() {
    if (!this.#client.has('draft/multiline')) {
      return null;
    }

    const value = this.#client.capabilities.offered.get('draft/multiline') ?? '';
    const limit = name => Number.parseInt(new RegExp(`${name}=(\\d+)`).exec(value)?.[1] ?? '0', 10) || Infinity;
    return { bytes: limit('max-bytes'), lines: limit('max-lines') };
  }

  /** What the server was too slow to confirm may still come. */
  #heard(room, message) {
    const late = room.pending.find(each => each.state === 'unsure' && each.text === message.text && each.kind === message.kind);
    if (late !== undefined) {
      this.discard(room, late);
    }
  }

  /** What was said is known now: what of ours is not in it goes out. Where not all is known, that is for the user to say. */
  #settle(room, isComplete) {
    this.#unsettled.delete(room);
    for (const message of room.pending.filter(each => each.state === 'unsure')) {
      const said = this.#findSaid(room, message);
      if (said !== undefined) {
        said.claimed = true;
        said.self = true;
        this.discard(room, message);
      } else {
        Object.assign(message, { state: isComplete ? 'waiting' : 'failed' });
      }
    }

    this.#flush(room);
    this.#store.emit('log', room);
  }

  #flush(room) {
    if (this.#client.registered && (room.isDirect || room.joined)) {
      room.pending.filter(message => message.state === 'waiting').forEach(message => this.#sendAndWait(room, message));
    }
  }

  #findSaid(room, message) {
    // By the name that it was said under: whoever comes back while the server holds the old one has another now.
    const fold = name => this.#store.support.fold(name);
    const isIt = each => fold(each.from) === fold(message.from) && each.text === message.text && each.kind === message.kind && each.epoch === 0 && !each.claimed;
    const said = room.log.messages.findLast(isIt);
    return said !== undefined && said.time >= message.time - CLOCK_SLACK_MS ? said : undefined;
  }

  /** The room does not let the user in any more. */
  #giveUp(room) {
    this.#unsettled.delete(room);
    room.pending.filter(message => ['waiting', 'unsure'].includes(message.state)).forEach(message => Object.assign(message, { state: 'failed', error: room.refusal.text ?? '' }));
    this.#store.emit('log', room);
  }
}
