import { t } from '../../language/text.js';
import { h, icon } from '../element.js';
import { openDialog } from './dialog.js';

const MAX_LISTED = 200;

/** Goes to a room or a person: those that are open, those that there are, or a new one. Filters as one types. */
export function openJoin({ store, session, roomDirectory }) {
  let known = [];
  const list = h('ul', { class: 'choices' });
  const input = h('input', {
    type: 'text', placeholder: t('roomOrPerson'), 'aria-label': t('roomOrPerson'), autocomplete: 'off', spellcheck: false, maxLength: 64, oninput: () => show(),
  });
  const form = h('form', { method: 'dialog', onsubmit: () => go(list.querySelector('button')?.dataset.name ?? input.value.trim()) }, input, list);
  const dialog = openDialog(t('goToRoom'), form);
  const go = name => {
    dialog.close();
    if (name !== '') {
      store.find(name)?.isDirect || name.startsWith('@') ? session.talkTo(name.replace(/^@/, '')) : session.join(name);
    }
  };
  const choice = ({ name, about, mark }) => h('li', {}, h('button', { type: 'button', 'data-name': name, onclick: () => go(name) }, icon(mark), h('b', {}, name), h('span', {}, about)));
  const openOne = ({ name, isDirect, joined }) => ({ name, about: t(isDirect ? 'conversation' : joined ? 'youAreHere' : 'notInRoom'), mark: isDirect ? 'person' : 'hash' });
  const show = () => {
    const text = input.value.trim().toLowerCase();
    const open = store.sorted().map(openOne);
    const names = new Set(open.map(({ name }) => store.support.fold(name)));
    const all = [...open, ...known.filter(({ name }) => !names.has(store.support.fold(name)))].filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(text));
    const wanted = store.support.isRoom(text) ? text : `#${text}`;
    const isNew = text !== '' && !text.startsWith('@') && !all.some(({ name }) => name.toLowerCase() === wanted);
    list.replaceChildren(
      ...all.slice(0, MAX_LISTED).map(choice),
      ...isNew ? [choice({ name: wanted, about: t('makeRoom'), mark: 'plus' })] : [],
      ...text.startsWith('@') && text.length > 1 ? [choice({ name: text, about: t('talkToPerson'), mark: 'person' })] : []);
  };
  input.addEventListener('keydown', event => event.key === 'ArrowDown' && (event.preventDefault(), list.querySelector('button')?.focus()));
  list.addEventListener('keydown', event => {
    const buttons = [...list.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      (buttons[buttons.indexOf(document.activeElement) + step] ?? input).focus();
    }
  });
  show();
  input.focus();
  roomDirectory.list().then(rooms => {
    known = rooms.map(({ name, users, topic }) => ({ name, about: [t('countPeople', { count: users }), topic].filter(Boolean).join(' · '), mark: 'hash' }));
    show();
  });
}
