import { t } from '../language/text.js';
import { EMOJI, searchEmoji } from './emoji.js';
import { h } from './element.js';
import { openDialog } from './dialogs/dialog.js';

/** Lets the user choose an emoji. */
export function pickEmoji(title, chosen) {
  const grid = h('div', { class: 'emoji-grid', role: 'group', 'aria-label': t('emoji') });
  const search = h('input', { type: 'text', role: 'searchbox', placeholder: t('searchEmoji'), 'aria-label': t('searchEmoji'), autocomplete: 'off', oninput: () => show() });
  const dialog = openDialog(title, [search, grid], { class: 'dialog-emoji' });
  const choose = emoji => {
    dialog.close();
    chosen(emoji);
  };
  const show = () => grid.replaceChildren(...(search.value.trim() === '' ? EMOJI : searchEmoji(search.value)).map(([emoji, words]) =>
    h('button', { type: 'button', title: words, 'aria-label': words, onclick: () => choose(emoji) }, emoji)));
  search.addEventListener('keydown', event => {
    if (event.key === 'Enter') {
      event.preventDefault();
      grid.querySelector('button')?.click();
    }
  });
  grid.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    const buttons = [...grid.children];
    const next = buttons[buttons.indexOf(document.activeElement) + (step ?? NaN)];
    if (next !== undefined) {
      event.preventDefault();
      next.focus();
    }
  });
  show();
  search.focus();
}
