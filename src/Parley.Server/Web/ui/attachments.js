import { t } from '../language/text.js';
import { byId, h, icon, iconButton } from './element.js';
import { bytesText } from './text/bytes.js';

/** The files that go with the next message of a room: each is uploaded at once, and can be taken away again. */
export class Attachments {
  #uploads;
  #dialogs;
  #store;
  #box = byId('attachments');
  #ofRoom = new Map();

  constructor({ store, uploads, dialogs }) {
    this.#uploads = uploads;
    this.#dialogs = dialogs;
    this.#store = store;
    store.on('current', () => this.#draw());
  }

  get isOffered() {
    return this.#uploads.address !== '' && this.#store.current !== null;
  }

  /** Those of the room that is open. */
  get #all() {
    return this.#ofRoom.get(this.#store.current) ?? [];
  }

  get isEmpty() {
    return this.#all.length === 0;
  }

  add(files) {
    const room = this.#store.current;
    for (const file of files) {
      const one = { file, room, progress: 0, url: null, error: null, given: null };
      this.#ofRoom.set(room, [...this.#ofRoom.get(room) ?? [], one]);
      one.done = this.#upload(one);
    }

    this.#draw();
  }

  /** The addresses of all files, once they are there; null if one of them is not, which says why where it is shown. The files go with them. */
  async take() {
    const room = this.#store.current;
    const all = this.#all;
    await Promise.all(all.map(one => one.done));
    const left = (this.#ofRoom.get(room) ?? []).filter(one => all.includes(one));
    if (left.some(one => one.url === null)) {
      return null;
    }

    this.#ofRoom.set(room, (this.#ofRoom.get(room) ?? []).filter(one => !all.includes(one)));
    this.#draw();
    return left.map(one => one.url);
  }

  async #upload(one) {
    one.given = new AbortController();
    Object.assign(one, { error: null, progress: 0, isRefused: false });
    try {
      const most = await this.#uploads.maxBytes();
      if (one.file.size > most) {
        throw new Error(t('fileTooLarge', { size: bytesText(most) }));
      }

      const { url } = await this.#uploads.send(one.file, one.room, { signal: one.given.signal, progress: part => this.#show(one, part) });
      one.url = url;
    } catch (error) {
      one.error = one.given.signal.aborted ? null : error.code === 'ACCOUNT_REQUIRED' ? t('logInToShare') : error.message;
      one.needsAccount = error.code === 'ACCOUNT_REQUIRED';
    }

    this.#draw();
  }

  #remove(one) {
    one.given.abort();
    this.#ofRoom.set(one.room, this.#ofRoom.get(one.room).filter(each => each !== one));
    this.#draw();
    byId('message-input').focus();
  }

  #again(one) {
    one.done = this.#upload(one);
    this.#draw();
  }

  #show(one, part) {
    one.progress = part;
    const bar = one.element?.querySelector('progress');
    if (bar) {
      bar.value = part;
    }
  }

  #draw() {
    this.#box.hidden = this.isEmpty;
    this.#box.replaceChildren(...this.#all.map(one => one.element = this.#chip(one)));
  }

  #chip(one) {
    const { name, size } = one.file;
    const state = one.error !== null ? h('span', { class: 'attachment-error', role: 'alert' }, one.error)
      : one.url !== null ? h('span', { role: 'status' }, bytesText(size))
        : h('progress', { max: 1, value: one.progress, 'aria-label': t('uploading', { name }) });
    return h('div', { class: one.error === null ? 'attachment' : 'attachment is-failed' }, icon(one.url === null && one.error === null ? 'upload' : 'file'),
      h('div', { class: 'attachment-about' }, h('b', {}, name), state),
      one.needsAccount && h('button', { type: 'button', class: 'link-button', onclick: () => this.#dialogs.account() }, t('logIn')),
      one.error !== null && h('button', { type: 'button', class: 'link-button', onclick: () => this.#again(one) }, t('tryAgain')),
      iconButton('close', t('removeFile', { name }), () => this.#remove(one)));
  }
}
