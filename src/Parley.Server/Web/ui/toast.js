import { h } from './element.js';

const SHOWN_MS = 8000;

/** Shows a short notice at the edge of the page, with actions [{ label, run }]. It disappears by itself unless `stays`. */
export function toast(text, { actions = [], stays = false } = {}) {
  document.querySelector('.toast')?.remove();
  const close = () => element.remove();
  const element = h('div', { class: 'toast', role: 'status' }, h('span', {}, text),
    actions.map(({ label, run }) => h('button', { type: 'button', class: 'link-button', onclick: () => { close(); run(); } }, label)));
  document.body.append(element);
  if (!stays) {
    setTimeout(close, SHOWN_MS);
  }
}
