import { t } from '../language/text.js';
import { isSaid } from '../state/message.js';
import { byId } from './element.js';
import { previewText } from './text/preview.js';

// What comes faster than a screen reader reads is summed up.
const GATHER_MS = 700;
const MAX_READ = 3;

/** Tells screen readers what is said in the current room, and what is for the user elsewhere. */
export class Announcer {
  #waiting = [];
  #timer = null;

  constructor(store) {
    store.on('arrived', (room, message) => {
      if (isSaid(message) && !message.self && (room === store.current || room.news.count > 0)) {
        const who = room === store.current ? message.from : t('personInRoom', { from: message.from, room: room.name });
        this.#add(`${who}: ${previewText(message.text)}`);
      }
    });
    store.on('connection', () => this.#add({
      online: t('connected'), offline: `${t('notConnected')} ${store.connection.reason}`, connecting: t('connecting'),
    }[store.connection.state]));
  }

  #add(text) {
    this.#waiting.push(text);
    this.#timer ??= setTimeout(() => {
      const all = this.#waiting;
      this.#timer = null;
      this.#waiting = [];
      byId('announcer').textContent = all.length > MAX_READ ? `${t('countNewMessages', { count: all.length })} ${all.at(-1)}` : all.join('. ');
    }, GATHER_MS);
  }
}
