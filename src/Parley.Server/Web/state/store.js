import { Emitter } from '../irc/emitter.js';
import { Support } from '../irc/support.js';
import { mentions } from './mention.js';
import { createMessage, isSaid } from './message.js';
import { compareNames } from './nameOrder.js';
import { Room } from './room.js';

/**
 * All that the page knows: rooms, who is in them, what was said. Only the session changes it; what is shown follows.
 * Emits `rooms` (which there are, and their counts), `current`, `topic`, `members`, `log`, `typing` (each with the room),
 * `arrived` (room, message: something new was said), `connection`, `self`.
 */
export class Store extends Emitter {
  rooms = new Map();
  current = null;

  // What is told while no room is open, such as why none can be joined. It is in no list.
  lobby = new Room(this, '', false);
  support = new Support();
  nick = '';
  account = null;
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
      this.current = null;
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
    if (room !== null) {
      room.firstUnread = room.log.messages.find(message => message.time > room.lastRead && !message.self)?.time ?? 0;
    }

    this.emit('current');
  }

  /** Sees whose a message is, and whether it is for the user. */
  judge(message) {
    message.self = this.isSelf(message.from);
    message.mention = isSaid(message) && !message.self && mentions(message.text, this.nick);
    return message;
  }

  /** Puts in something new; false if it was there. */
  add(room, message) {
    this.judge(message).epoch = this.epoch;
    if (!room.log.add(message)) {
      return false;
    }

    this.logChanged(room);
    this.emit('arrived', room, message);
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

  setConnection(state, reason = '', retryAt = null) {
    this.connection = { state, reason, retryAt };
    this.emit('connection');
  }
}
