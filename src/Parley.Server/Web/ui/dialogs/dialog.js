import { h, iconButton } from '../element.js';

/** Opens a dialog of the page; it takes itself away when it closes, and the focus goes back to where it was. */
export function openDialog(title, content, { class: name = '', onclose = null } = {}) {
  document.querySelector('dialog[open]')?.close();
  const before = document.activeElement;
  const id = `dialog-${Date.now()}`;
  const dialog = h('dialog', { class: `dialog ${name}`, 'aria-labelledby': id },
    h('header', {}, h('h2', { id }, title), iconButton('close', 'Close (Esc)', () => dialog.close())),
    h('div', { class: 'dialog-content' }, content));
  dialog.addEventListener('close', () => {
    dialog.remove();
    (before?.isConnected && before !== document.body ? before : document.getElementById('message-input')).focus();
    onclose?.();
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
