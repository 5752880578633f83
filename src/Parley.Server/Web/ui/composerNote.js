import { isSaid } from '../state/message.js';
import { ROOM_MODES } from '../session/roomModes.js';
import { byId } from './element.js';

const TICK_MS = 1000;

/** What is above the composer while the rules of the room keep the user from speaking, or will. */
export class ComposerNote {
  #store;
  #client;

  // By room: when the user's last message there came back from the server, by the clock of this computer.
  #said = new WeakMap();

  // The rooms whose rules were asked for on this connection.
  #asked = new WeakSet();
  #timer = null;

  constructor({ store, client }) {
    this.#store = store;
    this.#client = client;
    store.on('arrived', (room, message) => {
      if (message.self && isSaid(message)) {
        this.#said.set(room, Date.now());
        this.#show();
      }
    });
    store.on('members', room => room === store.current && this.#show());
    store.on('current', () => this.#show());
    client.on('closed', () => this.#asked = new WeakSet());
  }

  /** Whether the room takes nothing from the user just now, but will. */
  get isWaiting() {
    return this.#rules().some(({ until }) => until !== null && until > Date.now());
  }

  #rules() {
    const room = this.#store.current;
    if (room === null || room.isDirect || !room.joined || (room.members.get(this.#store.nick)?.signs ?? '') !== '') {
      return [];
    }

    return ROOM_MODES.filter(mode => mode.held !== undefined && room.modes.has(mode.letter))
      .map(mode => mode.held(room.modes.get(mode.letter), this.#said.get(room) ?? 0, Date.now()));
  }

  #show() {
    clearTimeout(this.#timer);
    this.#ask(this.#store.current);
    const rules = this.#rules();
    const note = byId('composer-note');
    note.hidden = rules.length === 0;
    note.textContent = rules.map(({ text }) => text).join(' ');
    if (this.isWaiting) {
      this.#timer = setTimeout(() => this.#show(), TICK_MS);
    }
  }

  /** The rules of a room are asked for when it is opened: nobody tells them by themselves. */
  #ask(room) {
    if (room !== null && !room.isDirect && room.joined && this.#client.registered && !this.#asked.has(room)) {
      this.#asked.add(room);
      this.#client.request('MODE', [room.name], { isAnswer: line => line.command === '324' }).catch(() => {});
    }
  }
}
