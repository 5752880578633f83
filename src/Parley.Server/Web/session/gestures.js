import { replyTags } from '../irc/tags.js';
import { t } from '../language/text.js';
import { PINS } from './roomState.js';

// https://ircv3.net/specs/client-tags/typing: no more often than this
const TYPING_EVERY_MS = 3000;

// How long what was deleted can be had back.
const UNDO_MS = 6000;

// Of more than this the oldest is no longer pinned: they have to fit into one value.
const MAX_PINS = 10;

/** Sends reactions, deletions and typing notices. */
export class Gestures {
  #store;
  #client;
  #preferences;
  #typing = { room: null, at: 0 };
  #leaving = new Map();

  constructor(store, client, preferences) {
    this.#store = store;
    this.#client = client;
    this.#preferences = preferences;
    store.on('arrived', (_, message) => message.self && (this.#typing = { room: null, at: 0 }));
    globalThis.addEventListener?.('pagehide', () => [...this.#leaving.values()].forEach(({ redact }) => redact()));
  }

  /** Puts a reaction to a message, or takes it back. */
  react(room, message, emoji) {
    const reacted = room.overlays.reactionsTo(message.msgid).some(each => each.emoji === emoji && each.isOwn);
    const tag = reacted ? '+draft/unreact' : '+draft/react';
    this.#client.send('TAGMSG', [room.name], { [tag]: emoji, ...replyTags(message.msgid) });
    if (!this.#client.has('echo-message')) {
      room.overlays[reacted ? 'unreact' : 'react'](message.msgid, emoji, { nick: this.#store.nick, account: this.#store.account, isOwn: true });
      this.#store.logChanged(room);
    }
  }

  /** Pins a message in its room, or no more. */
  pin(room, message) {
    const others = room.pins.filter(msgid => msgid !== message.msgid);
    const pins = others.length < room.pins.length ? others : [message.msgid, ...others].slice(0, MAX_PINS);
    this.#client.send('METADATA', [room.name, 'SET', PINS, ...(pins.length === 0 ? [] : [pins.join(' ')])]);
  }

  /** Deletes a message in a moment; until then `undo` keeps it. */
  redact(room, message) {
    const redact = async () => {
      this.undo(room, message);
      try {
        const isAnswer = line => line.command === 'REDACT' || (line.command === 'FAIL' && line.params[0] === 'REDACT');
        await this.#client.request('REDACT', [room.name, message.msgid], { isAnswer });
      } catch (error) {
        error.refused && this.#store.tell(error.message, 'error', room);
      }
    };
    this.#leaving.set(message, { redact, timer: setTimeout(redact, UNDO_MS) });
    message.isLeaving = true;
    this.#store.logChanged(room);
  }

  /** Deletes a message at once, as another takes its place. */
  replace(room, message) {
    this.#client.send('REDACT', [room.name, message.msgid, t('edited')]);
  }

  /** Keeps a message that was about to be deleted. */
  undo(room, message) {
    clearTimeout(this.#leaving.get(message)?.timer);
    this.#leaving.delete(message);
    message.isLeaving = false;
    this.#store.logChanged(room);
  }

  /** Tells others that the user types, or has stopped. A refusal is ignored: a typing notice is worth no error. */
  typing(room, isTyping) {
    const now = Date.now();
    const wasTyping = this.#typing.room === room;
    const isKnown = isTyping ? wasTyping && now - this.#typing.at < TYPING_EVERY_MS : !wasTyping;
    if (isKnown || !this.#client.registered || !this.#client.has('message-tags') || !this.#preferences.get('sendTyping') || !this.#isThere(room)) {
      return;
    }

    this.#typing = isTyping ? { room, at: now } : { room: null, at: 0 };
    this.#client.request('TAGMSG', [room.name], { tags: { '+typing': isTyping ? 'active' : 'done' } }).catch(() => {});
  }

  /** Whether anybody is there to be told. Without labels a refusal could not be told from that of a message. */
  #isThere(room) {
    const hasSpoken = room.log.messages.slice(-50).some(message => message.epoch === this.#store.epoch && !message.self);
    return room.isDirect ? room.presence !== 'gone' && (this.#client.has('labeled-response') || hasSpoken) : room.joined;
  }
}
