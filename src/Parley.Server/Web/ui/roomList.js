import { byId, h, icon, iconButton, oncePerFrame, reconcile } from './element.js';
import { colourByName, initialsOf } from './nameColour.js';

/** The rooms and conversations that the user is in, with what is new in each. */
export class RoomList {
  #store;
  #actions;
  #items = new Map();

  /** @param actions { openRoom, leave } */
  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    const render = oncePerFrame(() => this.#draw());
    ['rooms', 'current', 'connection', 'typing'].forEach(topic => store.on(topic, render));
  }

  #draw() {
    const rooms = this.#store.sorted();
    this.#list(byId('rooms'), rooms.filter(room => !room.isDirect));
    this.#list(byId('people'), rooms.filter(room => room.isDirect));
    byId('people-title').hidden = !rooms.some(room => room.isDirect);
    const isOnline = this.#store.connection.state === 'online';
    document.body.classList.toggle('has-unread', rooms.some(room => room !== this.#store.current && (room.mentions > 0 || (room.isDirect && room.unread > 0))));
    byId('room-list').classList.toggle('is-offline', !isOnline);
  }

  #list(parent, rooms) {
    reconcile(parent, rooms.map(room => this.#itemOf(room)));
  }

  #itemOf(room) {
    const isCurrent = room === this.#store.current;
    const isOnline = this.#store.connection.state === 'online';
    const signature = JSON.stringify([room.name, isCurrent, isOnline, room.unread, room.mentions, room.joined]);
    const known = this.#items.get(room);
    if (known?.signature === signature) {
      return known.element;
    }

    const hadFocus = known?.element.contains(document.activeElement);
    const element = this.#render(room, isCurrent, isOnline);
    this.#items.set(room, { signature, element });
    if (hadFocus) {
      known.element.replaceWith(element);
      element.querySelector('button').focus();
    }

    return element;
  }

  #render(room, isCurrent, isOnline) {
    const news = room.mentions > 0 ? `${room.mentions} for you` : room.unread > 0 ? `${room.unread} new` : '';
    const count = Math.max(room.mentions, room.unread);
    const classes = ['room-item', isCurrent && 'is-current', room.unread > 0 && 'is-unread', isOnline && !room.joined && !room.isDirect && 'is-away'];
    const mark = room.isDirect ? colourByName(h('span', { class: 'avatar avatar-small', 'aria-hidden': 'true' }, initialsOf(room.name)), room.name) : icon('hash');
    return h('li', { class: classes.filter(Boolean).join(' ') },
      h('button', {
        type: 'button', class: 'room-open', 'aria-current': isCurrent ? 'page' : null,
        'aria-label': `${room.name}${news === '' ? '' : `, ${news}`}`, onclick: () => this.#actions.openRoom(room.name),
      }, mark, h('span', { class: 'room-name' }, room.isDirect ? room.name : room.name.replace(/^#/, '')),
      count > 0 && h('span', { class: room.mentions > 0 ? 'count is-mention' : 'count' }, count > 99 ? '99+' : String(room.mentions || room.unread))),
      iconButton('close', `${room.isDirect ? 'Close' : 'Leave'} ${room.name}`, () => this.#actions.leave(room), { class: 'icon-button room-leave' }));
  }
}
