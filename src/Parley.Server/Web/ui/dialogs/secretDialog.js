import { h } from '../element.js';
import { field, formButtons, openDialog } from './dialog.js';

/** Asks for a password or a key, with the error of the last attempt. */
export function openSecret({ title, text, label, action, error = '', autocomplete = 'off' }, given) {
  const input = field(label, { type: 'password', name: 'password', required: true, autocomplete });
  const form = h('form', { class: 'stack', onsubmit: event => { event.preventDefault(); dialog.close(); given(input.querySelector('input').value); } },
    h('p', {}, text), input, error !== '' && h('p', { class: 'field-error', role: 'alert' }, error), formButtons(action, () => dialog.close()));
  const dialog = openDialog(title, form);
  input.querySelector('input').focus();
}
