import { h } from '../element.js';
import { plainText } from '../messageText.js';
import { fullTime } from '../time.js';
import { openDialog } from './dialog.js';

/** Looks for messages: on the server where it can, among those that are here where it cannot. */
export function openSearch(text, { store, search, openRoom, jumpTo }) {
  const room = store.current;
  const results = h('ol', { class: 'results', 'aria-label': 'Results' });
  const state = h('p', { class: 'dialog-note', role: 'status' }, search.isOffered ? '' : 'This server has no search: only what is loaded is looked through.');
  const words = h('input', { type: 'text', role: 'searchbox', value: text, placeholder: 'Words', 'aria-label': 'Words to look for', autocomplete: 'off' });
  const onlyHere = h('input', { type: 'checkbox', checked: room !== null });
  const form = h('form', { class: 'search-form', onsubmit: event => { event.preventDefault(); look(); } }, words,
    h('button', { type: 'submit', class: 'button' }, 'Search'), room !== null && h('label', { class: 'check' }, onlyHere, `Only in ${room.name}`));
  const dialog = openDialog('Search', [form, state, results], { class: 'dialog-wide' });

  const show = found => {
    state.textContent = found.length === 0 ? 'Nothing was found.' : found.length === 1 ? '1 message' : `${found.length} messages`;
    results.replaceChildren(...found.map(({ message, where }) => h('li', {}, h('button', { type: 'button', onclick: () => go(message, where) },
      h('span', { class: 'result-about' }, h('b', {}, message.from), ` in ${where} · ${fullTime(message.time)}`), h('span', {}, plainText(message.text))))));
  };
  const go = (message, where) => {
    dialog.close();
    openRoom(where);
    jumpTo(message.msgid, message.time);
  };
  const look = async () => {
    const wanted = words.value.trim();
    if (wanted === '') {
      return;
    }

    const within = onlyHere.checked ? room : null;
    state.textContent = 'Looking…';
    try {
      show(search.isOffered ? await search.find(wanted, { room: within }) : findLoaded(store, wanted, within));
    } catch (error) {
      state.textContent = error.message;
    }
  };
  words.focus();
  look();
}

function findLoaded(store, text, within) {
  const wanted = text.toLowerCase().split(/\s+/);
  return [...store.rooms.values()].filter(room => within === null || room === within)
    .flatMap(room => room.log.messages.map(message => ({ message, where: room.name })))
    .filter(({ message }) => wanted.every(word => message.text.toLowerCase().includes(word)))
    .sort((a, b) => b.message.time - a.message.time);
}
