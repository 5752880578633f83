import { t } from '../language/text.js';

// https://modern.ircdocs.horse/#errbadchannelkey-475
const KEY_NEEDED = '475';

/** Joins rooms, remembers their keys as long as the page is open, and handles refusals. */
export class Entrance {
  #store;
  #client;
  #preferences;
  #firstRoom;
  #wanted = null;
  #keys = new Map();
  #joining = new Set();

  /** @param firstRoom the room that somebody who has none begins in */
  constructor({ store, client, preferences, firstRoom }) {
    this.#store = store;
    this.#client = client;
    this.#preferences = preferences;
    this.#firstRoom = firstRoom;
  }

  /** Whether the user may be in a room in a moment. */
  get isJoining() {
    return this.#joining.size > 0;
  }

  /** Goes to a room, which is looked at as soon as the user is in it. */
  join(name, key = '') {
    const room = this.#store.support.isRoom(name) ? name : `#${name}`;
    this.#wanted = this.#store.support.fold(room);
    if (key !== '') {
      this.#keys.set(this.#wanted, key);
    }

    if (this.#store.find(room)?.joined) {
      this.#store.select(this.#store.find(room));
    } else {
      this.#send(room);
    }
  }

  /** Goes to all rooms that the user was in, on a new connection; the names of the conversations that were open, too. */
  begin() {
    const open = this.#store.sorted().map(room => room.name);
    const known = open.length > 0 ? open : this.#preferences.get('rooms');
    const first = this.#firstRoom();
    this.#wanted = this.#store.epoch > 1 ? null : this.#store.support.fold(first ?? '');
    this.#joining.clear();
    const names = [...new Set([...(first === null ? [] : [first]), ...known])];
    names.filter(name => this.#store.support.isRoom(name)).forEach(name => this.#send(name));
    return names.filter(name => !this.#store.support.isRoom(name));
  }

  /** The user is in a room now; whether it is the one to look at. */
  entered(room) {
    const name = this.#store.support.fold(room.name);
    const isWanted = this.#wanted === name;
    this.#wanted = isWanted ? null : this.#wanted;
    this.#joining.delete(name);
    return isWanted;
  }

  /** Takes an error that may say why the user is not let into a room; false if it says something else. */
  takeRefusal(line) {
    const [, name = ''] = line.params;
    const folded = this.#store.support.fold(name);
    if (!this.#joining.delete(folded)) {
      return false;
    }

    const room = this.#store.find(name);
    const text = line.params.at(-1) ?? '';
    if (room !== undefined) {
      this.#store.refuse(room, { code: line.command, text });
    } else if (line.command === KEY_NEEDED) {
      this.#store.emit('key', name, this.#keys.has(folded));
    } else {
      this.#store.tell(t('cannotJoin', { room: name, reason: text }), 'error');
    }

    this.#keys.delete(folded);
    this.#store.emit('self');
    return true;
  }

  /** With the key that opened the room before, which is known as long as the page is open. */
  #send(name) {
    const folded = this.#store.support.fold(name);
    const key = this.#keys.get(folded);
    this.#joining.add(folded);
    this.#client.send('JOIN', key === undefined ? [name] : [name, key]);
  }
}
