import { h } from '../element.js';
import { formButtons, openDialog } from './dialog.js';

/** Asks before something is done that cannot be taken back. */
export function openConfirm(title, text, action, confirmed) {
  const form = h('form', { class: 'stack', onsubmit: event => { event.preventDefault(); dialog.close(); confirmed(); } },
    h('p', {}, text), formButtons(action, () => dialog.close()));
  const dialog = openDialog(title, form);
  form.querySelector('[type="submit"]').focus();
}
