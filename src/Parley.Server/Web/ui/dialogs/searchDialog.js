import { t } from '../../language/text.js';
import { isSaid } from '../../state/message.js';
import { h } from '../element.js';
import { fold } from '../text/folding.js';
import { previewText } from '../text/preview.js';
import { fullTime } from '../time.js';
import { openDialog } from './dialog.js';

/** Looks for messages: on the server where it can, among those that are here where it cannot. */
export function openSearch(text, { store, search, openRoom, jumpTo }) {
  const room = store.current;
  const results = h('ol', { class: 'results', 'aria-label': t('results') });
  const state = h('p', { class: 'dialog-note', role: 'status' }, search.isOffered ? '' : t('onlyLoaded'));
  const words = h('input', { type: 'text', role: 'searchbox', value: text, placeholder: t('words'), 'aria-label': t('wordsToLookFor'), autocomplete: 'off' });
  const onlyHere = h('input', { type: 'checkbox', checked: room !== null, onchange: () => look() });
  const form = h('form', { class: 'search-form', onsubmit: event => { event.preventDefault(); look(); } }, words,
    h('button', { type: 'submit', class: 'button' }, t('search')), room !== null && h('label', { class: 'check' }, onlyHere, t('onlyIn', { room: room.name })));
  const dialog = openDialog(t('search'), [form, state, results], { class: 'dialog-wide' });

  const show = (found, wanted) => {
    state.textContent = found.length === 0 ? t('nothingFound') : t('countMessages', { count: found.length });
    results.replaceChildren(...found.map(({ message, where }) => h('li', {}, h('button', { type: 'button', onclick: () => go(message, where) },
      h('span', { class: 'result-about' }, h('b', {}, message.from), ` · ${where} · ${fullTime(message.time)}`), h('span', {}, withMarks(previewText(message.text), wanted))))));
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
    state.textContent = t('looking');
    try {
      show(search.isOffered ? await search.find(wanted, { room: within }) : findLoaded(store, wanted, within), wanted);
    } catch (error) {
      state.textContent = error.message;
    }
  };
  words.focus();
  look();
}

/** A text with the words that were looked for marked, without regard to case and accents. */
export function withMarks(text, wanted) {
  // By letters as they are seen, so that a place in the folded text is a place in the text.
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const folded = letters.map(fold);
  const isMarked = letters.map(() => false);
  for (const word of wanted.split(/\s+/).map(fold).filter(Boolean)) {
    for (let at = 0; at < letters.length; at++) {
      let [end, found] = [at, ''];
      while (end < letters.length && found.length < word.length) {
        found += folded[end++];
      }

      if (found.startsWith(word)) {
        isMarked.fill(true, at, end);
      }
    }
  }

  const parts = [];
  for (let from = 0, to; from < letters.length; from = to) {
    for (to = from; to < letters.length && isMarked[to] === isMarked[from];) {
      to++;
    }

    const part = letters.slice(from, to).join('');
    parts.push(isMarked[from] ? h('mark', {}, part) : part);
  }

  return parts;
}

function findLoaded(store, text, within) {
  const wanted = fold(text).split(/\s+/);
  return [...store.rooms.values()].filter(room => within === null || room === within)
    .flatMap(room => room.log.messages.filter(isSaid).map(message => ({ message, where: room.name })))
    .filter(({ message }) => wanted.every(word => fold(message.text).includes(word)))
    .sort((a, b) => b.message.time - a.message.time);
}
