import { t } from '../../language/text.js';
import { byId, h, iconButton } from '../element.js';

/** Opens a dialog of the page; it takes itself away when it closes, and the browser gives the focus back to where it was. */
export function openDialog(title, content, { class: name = '' } = {}) {
  document.querySelector('dialog[open]')?.close();
  const id = `dialog-${Date.now()}`;

  // What scrolls can be scrolled by the keyboard, too.
  const body = h('div', { class: 'dialog-content', tabIndex: 0 }, content);
  const dialog = h('dialog', { class: `dialog ${name}`, 'aria-labelledby': id },
    h('header', {}, h('h2', { id }, title), iconButton('close', t('closeKey'), () => dialog.close())), body);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (document.activeElement === document.body) {
      byId('message-input').focus();
    }
  });
  dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** An input with its label. */
export function field(label, properties) {
  return h('label', { class: 'field' }, h('span', {}, label), h('input', properties));
}

/** The buttons below a form: to leave it, and to do what it is for. */
export function formButtons(action, cancel, { isDanger = false } = {}) {
  return h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button is-quiet', onclick: cancel }, t('cancel')),
    h('button', { type: 'submit', class: isDanger ? 'button is-danger' : 'button' }, action));
}
