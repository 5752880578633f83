import { Batch } from '../irc/batches.js';
import { RequestError } from '../irc/labels.js';
import { packLines, splitText } from '../irc/text.js';
import { createMessage } from '../state/message.js';
import { multilineText } from '../history/replay.js';

// https://ircv3.net/specs/client-tags/typing: no more often than this
const TYPING_EVERY_MS = 3000;

/** Says things. What the server has not confirmed yet is shown as such, and can be said again if it was lost. */
export class Outgoing {
  #store;
  #client;
  #preferences;
  #typing = { room: null, at: 0 };
  #nextBatch = 1;

  constructor(store, client, preferences) {
    this.#store = store;
    this.#client = client;
    this.#preferences = preferences;
    store.on('filled', room => this.#settle(room));
    store.on('arrived', (room, message) => message.self && this.#heard(room, message));
  }

  /** Says a text, of one line or more, in as many messages as it takes. */
  say(room, text, { replyTo = null, kind = 'message' } = {}) {
    this.#typing = { room: null, at: 0 };
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

  /** Puts a reaction to a message, or takes it back. */
  react(room, message, emoji) {
    const mine = this.#store.isSelf.bind(this.#store);
    const reacted = room.overlays.reactionsTo(message.msgid).some(([each, nicks]) => each === emoji && nicks.some(mine));
    const tag = reacted ? '+draft/unreact' : '+draft/react';
    this.#client.send('TAGMSG', [room.name], { [tag]: emoji, '+draft/reply': message.msgid });
    if (!this.#client.has('echo-message')) {
      room.overlays[reacted ? 'unreact' : 'react'](message.msgid, emoji, this.#store.nick);
      this.#store.logChanged(room);
    }
  }

  /** Takes back what was said. */
  redact(room, message) {
    this.#client.send('REDACT', [room.name, message.msgid]);
  }

  /** Lets others know that the user types, or has stopped to. */
  typing(room, isTyping) {
    const now = Date.now();
    const wasTyping = this.#typing.room === room;
    const isKnown = isTyping ? wasTyping && now - this.#typing.at < TYPING_EVERY_MS : !wasTyping;
    if (isKnown || !this.#client.has('message-tags') || !this.#preferences.get('sendTyping')) {
      return;
    }

    this.#typing = isTyping ? { room, at: now } : { room: null, at: 0 };
    this.#client.send('TAGMSG', [room.name], { '+typing': isTyping ? 'active' : 'done' });
  }

  async #post(room, { text, kind, replyTo }) {
    const message = createMessage({ from: this.#store.nick, kind, text, replyTo, self: true, state: 'sending' });
    room.pending.push(message);
    this.#store.emit('log', room);
    try {
      const answer = await this.#send(room, message);
      if (answer === null && !this.#client.has('echo-message')) {
        this.#store.add(room, Object.assign(message, { state: undefined }));
      }

      // With an echo, what the server has made of it is in the log already.
      this.discard(room, message);
    } catch (error) {
      // Refused is refused. Lost with the connection may have been said all the same: history will tell.
      const refused = error instanceof RequestError && error.refused;
      Object.assign(message, { state: refused || !this.#client.has('draft/chathistory') ? 'failed' : 'unsure', error: error.message });
      this.#store.emit('log', room);
    }
  }

  #send(room, message) {
    const tags = message.replyTo === null ? {} : { '+draft/reply': message.replyTo };
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

  /** All that was said is known now: what of ours was lost is not in it. */
  #settle(room) {
    // By the name that it was said under: whoever comes back while the server holds the old one has another now.
    const fold = name => this.#store.support.fold(name);
    for (const message of room.pending.filter(each => each.state === 'unsure')) {
      const said = room.log.messages.findLast(each => fold(each.from) === fold(message.from) && each.text === message.text && each.kind === message.kind && each.epoch === 0 && !each.claimed);
      if (said !== undefined && said.time >= message.time - CLOCK_SLACK_MS) {
        said.claimed = true;
        this.discard(room, message);
      } else {
        message.state = 'failed';
      }
    }

    this.#store.emit('log', room);
  }
}

// How far the server's clock may be from this computer's.
const CLOCK_SLACK_MS = 120_000;
