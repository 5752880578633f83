import { t } from '../language/text.js';
import { byId, h, icon } from './element.js';
import { nameForm } from './nameForm.js';

const MAX_ROOMS = 6;

/** The page without a room: the user's nick, the way to an account, and open rooms. A skeleton stands in while the page connects. */
export class Welcome {
  #parts;
  #asked = 0;

  constructor(parts) {
    this.#parts = parts;
    const { store } = parts;
    ['current', 'connection', 'self'].forEach(topic => store.on(topic, () => this.#draw()));
    this.#draw();
  }

  #draw() {
    const { store, session } = this.#parts;
    const isEmpty = store.current === null;
    const isOnline = store.connection.state === 'online' && !session.entrance.isJoining;
    document.body.classList.toggle('is-empty', isEmpty);
    byId('skeleton').hidden = !isEmpty || isOnline || store.connection.state === 'offline';
    byId('welcome').hidden = !isEmpty || !isOnline;
    if (!isEmpty) {
      byId('welcome').replaceChildren();
    } else if (isOnline && !byId('welcome').contains(document.activeElement)) {
      byId('welcome').replaceChildren(this.#render());
      this.#listRooms();
    }
  }

  #render() {
    const { store, session, account, dialogs } = this.#parts;
    return h('div', { class: 'welcome-card' }, h('img', { src: document.querySelector('.brand img').src, alt: '', width: 56, height: 56 }),
      h('h2', {}, t('welcomeTitle')), h('p', {}, t('welcomeText')),
      nameForm({ store, session }),
      account.canLogIn && store.account === null && h('p', { class: 'welcome-account' }, t('accountKeepsName'), ' ',
        h('button', { type: 'button', class: 'link-button', onclick: () => dialogs.account() }, t('logInOrSignUp'))),
      h('h3', {}, t('roomsHere')), h('ul', { class: 'choices', id: 'welcome-rooms' }),
      h('button', { type: 'button', class: 'button', onclick: () => dialogs.join() }, t('goToRoom')));
  }

  async #listRooms() {
    const asked = ++this.#asked;
    const rooms = await this.#parts.roomDirectory.list();
    const list = byId('welcome-rooms');
    if (asked !== this.#asked || list === null) {
      return;
    }

    list.replaceChildren(...rooms.length === 0 ? [h('li', { class: 'empty' }, t('noRooms'))]
      : rooms.slice(0, MAX_ROOMS).map(({ name, users, topic }) => h('li', {}, h('button', { type: 'button', onclick: () => this.#parts.session.join(name) },
        icon('hash'), h('b', {}, name), h('span', {}, [t('countPeople', { count: users }), topic].filter(Boolean).join(' · '))))));
  }
}
