import { Batch } from '../irc/batches.js';
import { refusalOf } from '../irc/client.js';
import { presenceOf } from '../history/presence.js';
import { multilineMessage, replay } from '../history/replay.js';
import { CONVERSATION, showSaid } from './conversation.js';
import { MEMBERSHIP } from './membership.js';
import { ROOM_STATE } from './roomState.js';
import { showReply } from './serverReplies.js';

const DAY_MS = 86_400_000;

// Conversations that are older are opened when somebody wants them.
const MAX_AGE_MS = 30 * DAY_MS;

/** What goes on between the server and the store: takes what comes in, and keeps the user in the rooms. */
export class Session {
  endReason = '';
  login = null;
  #client;
  #backfill;
  #preferences;
  #firstRoom;
  #wantedNick = null;
  #wantedRoom = null;
  #keys = new Map();

  /** @param firstRoom the room that somebody who has none begins in */
  constructor({ store, client, backfill, history, preferences, connection, firstRoom }) {
    this.store = store;
    this.history = history;
    this.#client = client;
    this.#backfill = backfill;
    this.#preferences = preferences;
    this.#firstRoom = firstRoom;
    this.connection = connection;
    client.on('registered', () => this.#registered());
    client.on('closed', (reason, delay) => this.#closed(reason, delay));
    client.on('refused', reason => this.store.tell(`You are not logged in: ${reason}`, 'error'));
    client.on('item', (item, isAnswer) => this.#take(item, isAnswer));
  }

  join(name, key = '') {
    const room = this.store.support.isRoom(name) ? name : `#${name}`;
    this.#wantedRoom = this.store.support.fold(room);
    if (key !== '') {
      this.#keys.set(this.#wantedRoom, key);
    }

    if (this.store.find(room)?.joined) {
      this.store.select(this.store.find(room));
    } else {
      this.#sendJoin(room);
    }
  }

  /** Leaves a room, or ends a conversation. */
  leave(room, reason = '') {
    if (room.isDirect || !room.joined) {
      this.left(room);
    } else {
      this.#client.send('PART', reason === '' ? [room.name] : [room.name, reason]);
    }
  }

  /** Opens a conversation with somebody. */
  talkTo(nick) {
    this.store.select(this.conversation(nick));
  }

  /** Changes the user's name; remembered once the server agrees. */
  rename(nick) {
    this.#wantedNick = null;
    this.#preferences.set('nickChosen', true);
    this.#client.send('NICK', [nick]);
  }

  /** Ends the connection, until the user wants it again. */
  quit(reason) {
    this.#client.send('QUIT', reason === '' ? [] : [reason]);
    this.connection.end('You have left');
  }

  /** The newest message of a room was seen. */
  sawLatest(room) {
    const time = room.log.last?.time ?? 0;
    if (!this.store.markRead(room, time)) {
      return;
    }

    this.#preferences.set('lastRead', { ...this.#preferences.get('lastRead'), [room.name.toLowerCase()]: time });
    if (this.#client.has('draft/read-marker')) {
      this.#client.send('MARKREAD', [room.name, `timestamp=${new Date(time).toISOString()}`]);
    }
  }

  // ---- What the handlers of lines tell ----

  /** The conversation with somebody, which begins if there is none. */
  conversation(nick) {
    const known = this.store.find(nick);
    if (known !== undefined) {
      return known;
    }

    const room = this.store.open(nick);
    this.#bringUpToDate(room);
    this.keepRooms();
    return room;
  }

  joined(room) {
    room.joined = true;
    room.members.clear();
    if (this.store.current === null || this.#wantedRoom === this.store.support.fold(room.name)) {
      this.#wantedRoom = null;
      this.store.select(room);
    }

    this.keepRooms();
    this.store.emit('rooms');
    this.#bringUpToDate(room);
  }

  left(room) {
    this.store.close(room);
    this.keepRooms();
  }

  removed(room) {
    room.joined = false;
    this.keepRooms();
    this.store.emit('rooms');
  }

  renamed(nick) {
    this.store.nick = nick;
    this.#client.nick = nick;
    this.#preferences.set('nick', nick);
    this.store.emit('self');
  }

  /** Somebody gave a name up: it may be the one that the user had before the connection was lost. */
  nameIsFree(nick) {
    if (this.#wantedNick !== null && this.store.support.fold(nick) === this.store.support.fold(this.#wantedNick)) {
      this.#client.send('NICK', [this.#wantedNick]);
    }
  }

  /** Remembers which rooms to be in the next time. */
  keepRooms() {
    this.#preferences.set('rooms', this.store.sorted().filter(room => room.joined || room.isDirect).map(room => room.name));
  }

  // ---- Inside ----

  /** With the key that opened the room before, which is known as long as the page is open. */
  #sendJoin(name) {
    const key = this.#keys.get(this.store.support.fold(name));
    this.#client.send('JOIN', key === undefined ? [name] : [name, key]);
  }

  #registered() {
    const { store } = this;
    const before = this.#preferences.get('nick');
    store.support = this.#client.support;
    store.nick = this.#client.nick;
    store.epoch++;
    this.#wantedNick = before !== '' && before !== store.nick ? before : null;
    if (before === '') {
      this.#preferences.set('nick', store.nick);
    }

    store.setConnection('online');
    store.emit('self');
    const names = this.#roomsToBeIn();
    names.filter(name => store.support.isRoom(name)).forEach(name => this.#sendJoin(name));
    names.filter(name => !store.support.isRoom(name)).forEach(name => this.#bringUpToDate(store.open(name)));
    this.#findConversations();
  }

  /** Opens the conversations that an account has had elsewhere. */
  async #findConversations() {
    if (this.store.account === null || !this.history.isOffered) {
      return;
    }

    try {
      const targets = await this.history.targets(Date.now() - MAX_AGE_MS, Date.now() + DAY_MS);
      targets.filter(({ name }) => name !== '' && !this.store.support.isRoom(name)).forEach(({ name }) => this.conversation(name));
    } catch {
      // A server may have none, or not say.
    }
  }

  #roomsToBeIn() {
    const open = this.store.sorted().map(room => room.name);
    const known = open.length > 0 ? open : this.#preferences.get('rooms');
    const first = this.#firstRoom();
    this.#wantedRoom = open.length > 0 ? null : this.store.support.fold(first ?? '');
    return [...new Set([...(first === null ? [] : [first]), ...known])];
  }

  async #bringUpToDate(room) {
    const read = this.#preferences.get('lastRead')[room.name.toLowerCase()] ?? 0;
    room.isNew &&= read === 0;
    room.lastRead = Math.max(room.lastRead, read);
    await this.#backfill.fill(room);
    if (room.isNew) {
      room.isNew = false;
      this.store.markRead(room, room.log.messages.findLast(message => message.epoch === 0)?.time ?? 0);
    }
  }

  #closed(reason, delay) {
    for (const room of this.store.rooms.values()) {
      room.joined = false;
      room.typing.nicks.forEach(nick => room.typing.set(nick, 'done'));
    }

    this.store.account = null;
    this.store.setConnection('offline', reason || this.endReason, delay === null ? null : Date.now() + delay);
    this.endReason = '';
  }

  #take(item, isAnswer) {
    if (!(item instanceof Batch)) {
      this.#takeLine(item, isAnswer);
    } else if (item.type === 'draft/multiline') {
      const message = multilineMessage(item);
      if (message !== null) {
        showSaid(this, message.line, message.text);
      }
    } else if (item.type === 'labeled-response' || !isAnswer) {
      this.#takeBatch(item, isAnswer);
    }
  }

  #takeBatch(batch, isAnswer) {
    if (batch.type === 'chathistory') {
      const room = this.store.find(batch.params[0] ?? '');
      if (room !== undefined && !isAnswer) {
        room.log.merge(replay(this.store, room, batch));
        this.store.logChanged(room);
      }

      return;
    }

    batch.items.forEach(each => this.#take(each, isAnswer));
  }

  #takeLine(line, isAnswer) {
    if (Object.hasOwn(ROOM_STATE, line.command)) {
      ROOM_STATE[line.command](this.store, line);
    }

    if (Object.hasOwn(MEMBERSHIP, line.command)) {
      MEMBERSHIP[line.command](this, line);
    } else if (Object.hasOwn(CONVERSATION, line.command)) {
      CONVERSATION[line.command](this, line);
    } else if (['TOPIC', 'MODE'].includes(line.command)) {
      this.#showEvent(line);
    } else if (!Object.hasOwn(ROOM_STATE, line.command) && line.command !== 'ACK' && !(isAnswer && refusalOf(line) !== undefined)) {
      // Whoever has asked deals with a refusal.
      showReply(this, line);
    }
  }

  #showEvent(line) {
    const room = this.store.find(line.params[0] ?? '');
    const message = presenceOf(this.store, line);
    if (room !== undefined && message !== null) {
      this.store.add(room, message);
    }
  }
}
