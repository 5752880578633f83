import { counted, t } from '../language/text.js';
import { byId, h, icon, iconButton, oncePerFrame } from './element.js';
import { KeyedList } from './keyedList.js';
import { avatarOf } from './person.js';

/** The rooms and conversations that the user is in, with what is new in each. */
export class RoomList {
  #store;
  #actions;
  #rooms = this.#listIn('rooms');
  #people = this.#listIn('people');

  /** @param actions { enterRoom, roomMenu } */
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
    document.body.classList.toggle('has-unread', rooms.some(room => room !== this.#store.current && room.news.isForUser));
    byId('rooms-title').hidden = !rooms.some(room => !room.isDirect);
  }

  #listIn(id) {
    return new KeyedList(byId(id), {
      keyOf: room => room,
      signatureOf: room => JSON.stringify([room.name, room === this.#store.current, this.#isAway(room), room.news, room.attention, room.presence]),
      render: room => this.#render(room),
    });
  }

  /** Whether the user is not in it, though there is a connection: removed from it, or not let in. */
  #isAway(room) {
    return this.#store.connection.state === 'online' && !room.joined && !room.isDirect;
  }

  #render(room) {
    const isCurrent = room === this.#store.current;
    const { count, isForUser } = room.news;
    const news = count === 0 ? '' : t(isForUser ? 'countForYou' : 'countNew', { count });
    const isMuted = room.attention === 'none';
    const classes = ['room-item', isCurrent && 'is-current', count > 0 && 'is-unread', this.#isAway(room) && 'is-away', isMuted && 'is-muted'];
    const about = [news, isMuted && t('muted'), this.#isAway(room) && t('notInRoom'), room.presence === 'here' && t('presenceHere')].filter(Boolean);
    return h('li', { class: classes.filter(Boolean).join(' '), 'data-room': room.name },
      h('button', {
        type: 'button', class: 'room-open', 'aria-current': isCurrent ? 'page' : null,
        'aria-label': [room.name, ...about].join(', '), onclick: () => this.#actions.enterRoom(room),
      }, room.isDirect ? personMark(room) : icon('hash'), h('span', { class: 'room-name' }, room.isDirect ? room.name : room.name.replace(/^#/, '')),
      isMuted && icon('mute'), count > 0 && h('span', { class: isForUser ? 'count is-mention' : 'count' }, count > 99 ? `${counted(99)}+` : counted(count))),
      iconButton('more', t('menuOf', { name: room.name }), event => this.#actions.roomMenu(room, event.currentTarget), { class: 'icon-button room-more', 'aria-haspopup': 'menu' }));
  }
}

const personMark = room => h('span', { class: 'presence', 'data-presence': room.presence }, avatarOf(room.name, 'avatar-small'));
