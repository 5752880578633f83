import { isSaid } from '../state/message.js';
import { byId } from './element.js';
import { plainText } from './messageText.js';

// What comes faster than a screen reader reads is summed up.
const GATHER_MS = 700;
const MAX_READ = 3;

/** Tells screen readers what is said in the current room, and what is for the user elsewhere. */
export class Announcer {
  #waiting = [];
  #timer = null;

  constructor(store) {
    store.on('arrived', (room, message) => {
      if (isSaid(message) && !message.self && (room === store.current || room.isDirect || message.mention)) {
        this.#add(`${message.from}${room === store.current ? '' : ` in ${room.name}`}: ${plainText(message.text)}`);
      }
    });
    store.on('connection', () => this.#add({ online: 'Connected', offline: `Not connected. ${store.connection.reason}`, connecting: 'Connecting' }[store.connection.state]));
  }

  #add(text) {
    this.#waiting.push(text);
    this.#timer ??= setTimeout(() => {
      const all = this.#waiting;
      this.#timer = null;
      this.#waiting = [];
      byId('announcer').textContent = all.length > MAX_READ ? `${all.length} new messages. ${all.at(-1)}` : all.join('. ');
    }, GATHER_MS);
  }
}
