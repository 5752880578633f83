import { h } from '../element.js';
import { openDialog } from './dialog.js';

/** Asks before something is done that cannot be taken back. */
export function openConfirm(title, text, action, confirmed) {
  const form = h('form', { class: 'stack', onsubmit: event => { event.preventDefault(); dialog.close(); confirmed(); } },
    h('p', {}, text), h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'button is-quiet', onclick: () => dialog.close() }, 'Cancel'), h('button', { type: 'submit', class: 'button' }, action)));
  const dialog = openDialog(title, form);
  form.querySelector('[type="submit"]').focus();
}
