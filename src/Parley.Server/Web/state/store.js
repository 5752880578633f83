import { Emitter } from '../irc/emitter.js';
import { Support } from '../irc/support.js';
import { mentions } from './mention.js';
import { createMessage, isSaid } from './message.js';
import { compareNames } from './nameOrder.js';
import { Room } from './room.js';

/**
 * All that the page knows: rooms, who is in them, what was said. Only the session changes it; what is shown follows.
 * Emits `rooms` (which there are, and their counts), `current`, `topic`, `members`, `log`, `typing` (each with the room),
 * `arrived` (room, message: something new was said), `refusal` (a room: the user is not let in, or no more), `connection`, `self`.
 */
export class Store extends Emitter {
  rooms = new Map();
  current = null;

  // What is told while no room is open, such as why none can be joined. It is in no list.
  lobby = new Room(this, '', false);
  support = new Support();
  nick = '';
  account = null;

  // Whether the user helps to run the server, on this connection.
  isOperator = false;

  // Whether the server says whose account a message is from, and since when the user is the guest that this page is.
  knowsAccounts = false;
  guestSince = Infinity;

  // Folded names of those whom the user does not want to hear, and their accounts, by which they are known under other names.
  ignored = new Set();
  ignoredAccounts = new Set();
  away = false;

  // Goes up with each connection.
  epoch = 0;

  // 'connecting', 'online', 'offline'; when offline, why, and when the next try is.
  connection = { state: 'connecting', reason: '', retryAt: null };

  find(name) {
    return this.rooms.get(this.support.fold(name));
  }

  isSelf(nick) {
    return this.support.fold(nick) === this.support.fold(this.nick);
  }

  /**
   * Whether something is from the user. A name alone proves nothing: what a guest of that name said before this page was there
   * is somebody else's, and what an account says is its own under any name.
   */
  owns({ nick, account = null, time }) {
    if (this.knowsAccounts && account !== null) {
      return account === this.account;
    }

    return this.isSelf(nick) && (time >= this.guestSince || (!this.knowsAccounts && this.account !== null));
  }

  /** The room of that name, which is made if there is none. */
  open(name) {
    const known = this.find(name);
    if (known !== undefined) {
      return known;
    }

    const room = new Room(this, name, !this.support.isRoom(name));
    this.rooms.set(this.support.fold(name), room);
    this.emit('rooms');
    return room;
  }

  close(room) {
    this.rooms.delete(this.support.fold(room.name));
    if (this.current === room) {
      this.select(this.sorted()[0] ?? null);
    }

    this.emit('rooms');
  }

  rename(room, name) {
    this.rooms.delete(this.support.fold(room.name));
    room.name = name;
    this.rooms.set(this.support.fold(name), room);
    this.emit('rooms');
    this.emit('current');
  }

  /** Rooms by name, then people. */
  sorted() {
    return [...this.rooms.values()].sort((a, b) => a.isDirect - b.isDirect || compareNames(a.name, b.name));
  }

  select(room) {
    if (this.current === room) {
      return;
    }

    this.current = room;
    room?.markUnread();
    this.emit('current');
  }

  /** Sees whose a message is, and whether it is for the user. */
  judge(message) {
    message.self = this.owns({ nick: message.from, account: message.account, time: message.time });
    message.ignored = !message.self && this.isIgnored(message.from, message.account);
    message.mention = isSaid(message) && !message.self && !message.ignored && (mentions(message.text, this.nick) || this.#answersUser(message));
    return message;
  }

  /** Puts in something new; false if it was there. */
  add(room, message) {
    this.judge(message).epoch = this.epoch;
    if (!room.log.add(message)) {
      return false;
    }

    this.logChanged(room);
    if (!message.ignored) {
      this.emit('arrived', room, message);
    }

    return true;
  }

  /** Something about the messages of a room is different. */
  logChanged(room) {
    room.count();
    this.emit('log', room);
    this.emit('rooms');
  }

  /** Tells the user something, in a room; where the user looks unless said. */
  tell(text, kind = 'system', room = this.current ?? this.lobby) {
    const time = Math.max(Date.now(), room.log.last?.time ?? 0);
    room.log.add(createMessage({ kind, text, time }));
    this.emit('log', room);
  }

  /** All up to a time was read, here or on another device; true if that is news. */
  markRead(room, time) {
    if (time <= room.lastRead) {
      return false;
    }

    room.lastRead = time;
    room.isNew = false;
    room.count();
    this.emit('rooms');
    return true;
  }

  /** Whether the user has a rank in a room that gives more than a voice. */
  mayRule(room) {
    const signs = room?.members.get(this.nick)?.signs ?? '';
    return this.support.ranks.filter(({ mode }) => mode !== 'v').some(({ sign }) => signs.includes(sign));
  }

  /** Why the user is not in a room: { code, text } or { code: 'kick', by, text }; null if that is over. */
  refuse(room, refusal) {
    room.refusal = refusal;
    this.emit('refusal', room);
    this.emit('rooms');
  }

  /** Whether the user does not want to hear somebody. */
  isIgnored(nick, account = this.accountOf(nick)) {
    return this.ignored.has(this.support.fold(nick)) || (account !== null && this.ignoredAccounts.has(account));
  }

  /** The account of whoever wears a name, as far as the server has said; null for none. */
  accountOf(nick) {
    const rooms = [...this.rooms.values()];
    const said = rooms.flatMap(room => room.log.messages.findLast(message => this.support.fold(message.from) === this.support.fold(nick)) ?? []);
    return rooms.map(room => room.members.get(nick)?.account).find(Boolean) ?? said.sort((a, b) => a.time - b.time).at(-1)?.account ?? null;
  }

  /** Whom the user does not hear from now on: by these names, or with these accounts. */
  ignore(nicks, accounts = []) {
    this.ignored = new Set(nicks.map(nick => this.support.fold(nick)));
    this.ignoredAccounts = new Set(accounts);
    for (const room of this.rooms.values()) {
      room.log.messages.forEach(message => message.ignored = !message.self && this.isIgnored(message.from, message.account));
      this.logChanged(room);
    }
  }

  #answersUser(message) {
    return message.replyTo !== null && [...this.rooms.values()].some(room => room.log.get(message.replyTo)?.self);
  }

  setConnection(state, reason = '', retryAt = null) {
    this.connection = { state, reason, retryAt };
    this.emit('connection');
  }
}
