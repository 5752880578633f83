import { byId, h, icon, iconButton, oncePerFrame } from './element.js';
import { KeyedList } from './keyedList.js';
import { colourByName, initialsOf } from './nameColour.js';

/** The rooms and conversations that the user is in, with what is new in each. */
export class RoomList {
  #store;
  #actions;
  #rooms = this.#listIn('rooms');
  #people = this.#listIn('people');

  /** @param actions { enterRoom, leave } */
  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    const render = oncePerFrame(() => this.#draw());
    ['rooms', 'current', 'connection'].forEach(topic => store.on(topic, render));
  }

  #draw() {
    const rooms = this.#store.sorted();
    this.#rooms.show(rooms.filter(room => !room.isDirect));
    this.#people.show(rooms.filter(room => room.isDirect));
    byId('people-title').hidden = !rooms.some(room => room.isDirect);
    document.body.classList.toggle('has-unread', rooms.some(room => room !== this.#store.current && (room.mentions > 0 || (room.isDirect && room.unread > 0))));
  }

  #listIn(id) {
    return new KeyedList(byId(id), {
      keyOf: room => room,
      signatureOf: room => JSON.stringify([room.name, room === this.#store.current, this.#isAway(room), room.unread, room.mentions]),
      render: room => this.#render(room),
    });
  }

  /** Whether the user is not in it, though there is a connection: removed from it, or not let in. */
  #isAway(room) {
    return this.#store.connection.state === 'online' && !room.joined && !room.isDirect;
  }

  #render(room) {
    const isCurrent = room === this.#store.current;
    const news = room.mentions > 0 ? `${room.mentions} for you` : room.unread > 0 ? `${room.unread} new` : '';
    const count = Math.max(room.mentions, room.unread);
    const classes = ['room-item', isCurrent && 'is-current', room.unread > 0 && 'is-unread', this.#isAway(room) && 'is-away'];
    const mark = room.isDirect ? colourByName(h('span', { class: 'avatar avatar-small', 'aria-hidden': 'true' }, initialsOf(room.name)), room.name) : icon('hash');
    return h('li', { class: classes.filter(Boolean).join(' ') },
      h('button', {
        type: 'button', class: 'room-open', 'aria-current': isCurrent ? 'page' : null,
        'aria-label': `${room.name}${news === '' ? '' : `, ${news}`}`, onclick: () => this.#actions.enterRoom(room),
      }, mark, h('span', { class: 'room-name' }, room.isDirect ? room.name : room.name.replace(/^#/, '')),
      count > 0 && h('span', { class: room.mentions > 0 ? 'count is-mention' : 'count' }, count > 99 ? '99+' : String(room.mentions || room.unread))),
      iconButton('close', `${room.isDirect ? 'Close' : 'Leave'} ${room.name}`, () => this.#actions.leave(room), { class: 'icon-button room-leave' }));
  }
}
