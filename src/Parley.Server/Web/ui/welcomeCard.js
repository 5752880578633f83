import { t } from '../language/text.js';
import { h, icon } from './element.js';
import { nameForm } from './nameForm.js';

const MAX_ROOMS = 6;

/** What the page shows without a room: the user's nick, the way to an account, and open rooms. */
export function welcomeCard(parts) {
  const { store, session, account, dialogs } = parts;
  const rooms = h('ul', { class: 'choices', id: 'welcome-rooms' });
  listRooms(rooms, parts);
  return h('div', { class: 'welcome-card' }, h('img', { src: document.querySelector('.brand img').src, alt: '', width: 56, height: 56 }),
    h('h2', {}, t('welcomeTitle')), h('p', {}, t('welcomeText')),
    nameForm({ store, session }),
    account.canLogIn && store.account === null && h('p', { class: 'welcome-account' }, t('accountKeepsName'), ' ',
      h('button', { type: 'button', class: 'link-button', onclick: () => dialogs.account() }, t('logInOrSignUp'))),
    h('h3', {}, t('roomsHere')), rooms,
    h('button', { type: 'button', class: 'button', onclick: () => dialogs.join() }, t('goToRoom')));
}

async function listRooms(list, { roomDirectory, session }) {
  const rooms = await roomDirectory.list();
  list.replaceChildren(...rooms.length === 0 ? [h('li', { class: 'empty' }, t('noRooms'))]
    : rooms.slice(0, MAX_ROOMS).map(({ name, users, topic }) => h('li', {}, h('button', { type: 'button', onclick: () => session.join(name) },
      icon('hash'), h('b', {}, name), h('span', {}, [t('countPeople', { count: users }), topic].filter(Boolean).join(' · '))))));
}
