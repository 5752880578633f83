/** Tracks whether the people of open conversations are online: https://ircv3.net/specs/extensions/monitor */
export class Watch {
  #store;
  #client;
  #watched = new Set();

  constructor(store, client) {
    this.#store = store;
    this.#client = client;
    client.on('closed', () => {
      this.#watched.clear();
      this.#people.forEach(room => room.presence = null);
    });
    store.on('rooms', () => this.#follow());
    client.on('item', item => item.command !== undefined && this.#take(item));
    this.#follow();
  }

  get #people() {
    return [...this.#store.rooms.values()].filter(room => room.isDirect);
  }

  #follow() {
    if (!this.#client.registered || !this.#client.support.has('MONITOR')) {
      return;
    }

    const wanted = new Set(this.#people.map(room => this.#store.support.fold(room.name)));
    const change = (sign, names) => names.length > 0 && this.#client.send('MONITOR', [sign, names.join(',')]);
    change('-', [...this.#watched].filter(name => !wanted.has(name)));
    change('+', [...wanted].filter(name => !this.#watched.has(name)));
    this.#watched = wanted;
  }

  #take({ command, source, params }) {
    if (command === '730' || command === '731') {
      (params[1] ?? '').split(',').forEach(target => this.#is(target.split('!')[0], command === '730' ? 'here' : 'gone'));
    } else if (command === 'AWAY') {
      this.#is(source.nick, params.length > 0 ? 'away' : 'here');
    } else if (command === '301') {
      this.#is(params[1], 'away');
    }
  }

  #is(nick, presence) {
    const room = this.#store.find(nick);
    if (room?.isDirect && room.presence !== presence) {
      room.presence = presence;
      room.awayText = presence === 'away' ? room.awayText : undefined;
      this.#store.emit('rooms');
      this.#store.emit('topic', room);
    }
  }
}
