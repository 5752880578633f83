import { h } from '../ui/element.js';

// Previews that the server of this page has fetched: docs/web.md#link-previews

/** Asks what is behind the link of a message, and has it shown; nothing happens where there is nothing. */
export async function showPreview(message, room, store, login) {
  try {
    const answer = await fetch(`previews/${encodeURIComponent(message.msgid)}`, login?.token === undefined ? {} : { headers: { Authorization: `Bearer ${login.token}` } });
    if (answer.ok) {
      const { title, description, site } = await answer.json();
      message.preview = () => h('div', { class: 'link-preview' },
        h('span', { class: 'link-preview-site' }, h('bdi', {}, site)), h('b', { dir: 'auto' }, title), description !== '' && h('span', { dir: 'auto' }, description));
      store.logChanged(room);
    }
  } catch {
    // Without a connection there is no preview, and the link is there.
  }
}
