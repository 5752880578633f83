import { Batch } from '../irc/batches.js';
import { refusalOf } from '../irc/client.js';
import { t } from '../language/text.js';
import { forgetPerson } from '../state/person.js';
import { presenceOf } from '../history/presence.js';
import { multilineMessage, replay } from '../history/replay.js';
import { CONVERSATION, showSaid } from './conversation.js';
import { MEMBERSHIP } from './membership.js';
import { Entrance } from './entrance.js';
import { forgetLogin } from './login.js';
import { Reading } from './reading.js';
import { PINS, ROOM_STATE, WHO_TOKEN } from './roomState.js';
import { showReply } from './serverReplies.js';

const DAY_MS = 86_400_000;

// https://modern.ircdocs.horse/#numerics: what a server says to a name that it does not give.
const NAME_REFUSALS = ['431', '432', '433', '436', '437', '447', '484'];

// Servers find it dear to say: of more people than this it is not asked who they are.
const MAX_ASKED = 200;

// Conversations that are older are opened when somebody wants them.
const MAX_AGE_MS = 30 * DAY_MS;

/** What goes on between the server and the store: takes what comes in, and keeps the user in the rooms. */
export class Session {
  endReason = '';
  login = null;
  serverPassword = '';
  #client;
  #preferences;
  #wantedNick = null;

  // Rooms of whose people only the names are known.
  #unknown = new WeakSet();

  /** @param parts also those of Reading and Entrance */
  constructor(parts) {
    const { store, client, history, preferences, connection } = parts;
    this.store = store;
    this.history = history;
    this.#client = client;
    this.#preferences = preferences;
    this.connection = connection;
    this.reading = new Reading(parts);
    this.entrance = new Entrance(parts);
    client.on('registered', () => this.#registered());
    client.on('closed', (reason, delay) => this.#closed(reason, delay));
    client.on('refused', reason => this.store.tell(t('notLoggedIn', { reason }), 'error'));
    client.on('password', text => this.#passwordNeeded(text));
    store.on('listed', room => this.#unknown.add(room) && this.#askWho());
    store.on('current', () => this.#askWho());
    this.#applyIgnored();
    client.on('item', (item, isAnswer) => this.#take(item, isAnswer));
  }

  join(name, key = '') {
    this.entrance.join(name, key);
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

  /** Whether a name is that of the server, which has none of the signs of one on every network. */
  isServer(name) {
    return name === '' || name.includes('.') || name === this.#client.serverName;
  }

  /** Whether somebody has chosen the user's name, so that another in its place is worth a word. */
  get hasChosenName() {
    return this.#preferences.get('nickChosen');
  }

  /** Changes the user's name; remembered once the server agrees. The promise is rejected with what it says if it does not. */
  rename(nick) {
    this.#wantedNick = null;
    this.#preferences.set('nickChosen', true);
    if (nick === this.store.nick) {
      return Promise.resolve(null);
    }

    const isAnswer = line => (line.command === 'NICK' && this.store.isSelf(line.source.nick)) || NAME_REFUSALS.includes(line.command)
      || (line.command === 'FAIL' && line.params[0] === 'NICK');

    // InspIRCd has the new name, in place of the old, as the source of a labelled answer.
    return this.#client.request('NICK', [nick], { isAnswer, canLabel: false });
  }

  /** This browser is logged out: keeps nothing of the person who was at it. */
  forgetPerson() {
    this.login = null;
    forgetLogin();
    forgetPerson(this.#preferences);
  }

  /** Hears somebody no more, or again: by this name, and under any other if they have an account. */
  ignore(nick, isIgnored) {
    const { store } = this;
    const account = store.accountOf(nick);
    const accounts = new Map(Object.entries(this.#preferences.get('ignoredAccounts')));
    const isNamed = each => store.support.fold(each) === store.support.fold(nick);
    const others = this.#preferences.get('ignored').filter(each => !isNamed(each) && (isIgnored || account === null || accounts.get(each) !== account));
    const kept = [...accounts].filter(([each]) => others.includes(each));
    this.#preferences.set('ignored', isIgnored ? [...others, nick] : others);
    this.#preferences.set('ignoredAccounts', Object.fromEntries(isIgnored && account !== null ? [...kept, [nick, account]] : kept));
    this.#applyIgnored();
  }

  /** Sets of what in a room the user is told: 'all', 'mentions', or 'none'. */
  attend(room, attention) {
    room.attention = attention;
    this.#preferences.set('attention', { ...this.#preferences.get('attention'), [room.name.toLowerCase()]: attention });
    this.store.emit('rooms');
  }

  /** Connects with the server's password. */
  connectWith(password) {
    this.serverPassword = password;
    this.connection.connect();
  }

  /** Connects as whoever has just logged in. */
  connectAs(nick) {
    this.#preferences.set('nick', nick);
    this.#preferences.set('nickChosen', true);
    this.connection.connect();
  }

  /** Ends the connection, until the user wants it again. */
  quit(reason) {
    this.#client.send('QUIT', reason === '' ? [] : [reason]);
    this.connection.end(t('youHaveLeft'));
  }

  // ---- What the handlers of lines tell ----

  /** The conversation with somebody, which begins if there is none. */
  conversation(nick) {
    const known = this.store.find(nick);
    if (known !== undefined) {
      return known;
    }

    const room = this.store.open(nick);
    this.reading.bringUpToDate(room);
    this.keepRooms();
    return room;
  }

  joined(room) {
    room.joined = true;
    this.#unknown.delete(room);
    room.refusal = null;
    room.members.clear();
    this.reading.recall(room);
    this.store.emit('refusal', room);
    if (this.entrance.entered(room) || this.store.current === null) {
      this.store.select(room);
    }

    this.keepRooms();
    this.store.emit('rooms');
    this.reading.bringUpToDate(room);
  }

  left(room) {
    this.store.close(room);
    this.keepRooms();
  }

  removed(room, by, text) {
    room.joined = false;
    this.keepRooms();
    this.store.refuse(room, { code: 'kick', by, text });
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

  #registered() {
    const { store } = this;
    const before = this.#preferences.get('nick');
    store.support = this.#client.support;
    store.nick = this.#client.nick;
    store.epoch++;
    store.isOperator = false;
    store.guestSince = Math.min(store.guestSince, this.#client.welcomedAt);
    store.knowsAccounts = this.#client.has('account-tag');
    this.#applyIgnored();
    // All connections of an account wear one name.
    this.#wantedNick = before !== '' && before !== store.nick && store.account === null ? before : null;
    if (before === '') {
      this.#preferences.set('nick', store.nick);
    }

    if (this.#client.has('draft/metadata-2')) {
      this.#client.send('METADATA', ['*', 'SUB', PINS]);
    }

    const people = this.entrance.begin();
    store.setConnection('online');
    store.emit('self');
    people.forEach(name => this.reading.bringUpToDate(store.open(name)));
    this.#findConversations();
  }

  #applyIgnored() {
    this.store.ignore(this.#preferences.get('ignored'), Object.values(this.#preferences.get('ignoredAccounts')));
  }

  /** Who is away, a program, or has an account, which a list of names does not say: asked when the room is looked at. */
  #askWho() {
    const room = this.store.current;
    if (room?.joined && this.#unknown.delete(room) && this.store.support.has('WHOX') && room.members.size <= MAX_ASKED) {
      this.#client.send('WHO', [room.name, `%tcnfa,${WHO_TOKEN}`]);
    }
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

  #closed(reason, delay) {
    for (const room of this.store.rooms.values()) {
      room.joined = false;
      room.typing.nicks.forEach(nick => room.typing.set(nick, 'done'));
    }

    this.store.account = null;
    this.store.setConnection('offline', reason || this.endReason, delay === null ? null : Date.now() + delay);
    this.endReason = '';
  }

  /** Trying again would be no use: the user has to say the password, or another. */
  #passwordNeeded(text) {
    this.connection.end(t('passwordNeeded'));
    this.store.emit('password', this.serverPassword === '' ? '' : text);
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
    if (line.command === 'FAIL' && line.params[1] === 'ACCOUNT_REQUIRED' && line.params[0] === '*') {
      this.connection.end(t('accountNeeded'));
      this.store.emit('accountNeeded');
      return;
    }

    // What a service, or the server, answers to the page is shown where the page asked.
    if (isAnswer && line.command === 'NOTICE' && (['chanserv', 'nickserv'].includes(line.source.nick.toLowerCase()) || this.isServer(line.source.nick))) {
      return;
    }

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
