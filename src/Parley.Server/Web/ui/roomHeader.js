import { byId, h, oncePerFrame } from './element.js';
import { plainText, renderText } from './messageText.js';

/** What is above the messages: the room's name and topic, and how the connection is. */
export class RoomHeader {
  #store;
  #openRoom;
  #countdown = null;

  constructor(store, { openRoom, connectNow }) {
    this.#store = store;
    this.#openRoom = openRoom;
    const render = oncePerFrame(() => this.#draw());
    ['current', 'topic', 'self'].forEach(topic => store.on(topic, render));
    ['rooms', 'current'].forEach(topic => store.on(topic, () => this.#title()));
    store.on('connection', () => this.#connection());
    byId('connect-now').addEventListener('click', connectNow);
  }

  #draw() {
    const { current: room, nick, account, away } = this.#store;
    byId('room-title').textContent = room?.name ?? 'Parley';
    const topic = room?.topic ?? '';
    byId('topic').replaceChildren(...renderText(topic, '', this.#openRoom));
    byId('topic').title = plainText(topic);
    byId('self-name').textContent = nick;
    byId('self-state').textContent = away ? 'away' : account !== null ? `as ${account}` : 'guest';
    byId('message-input').placeholder = room === null ? 'Join a room first' : `Message ${room.name}`;
    byId('message-input').setAttribute('aria-label', byId('message-input').placeholder);
    byId('messages').setAttribute('aria-label', room === null ? 'Messages' : `Messages in ${room.name}`);
  }

  #title() {
    const rooms = [...this.#store.rooms.values()];
    const count = rooms.reduce((sum, room) => sum + (room.isDirect ? room.unread : room.mentions), 0);
    const name = this.#store.current?.name ?? '';
    document.title = `${count > 0 ? `(${count}) ` : ''}${name === '' ? '' : `${name} · `}Parley`;
  }

  #connection() {
    const { state, reason, retryAt } = this.#store.connection;
    const bar = byId('connection');
    clearInterval(this.#countdown);
    bar.hidden = state === 'online';
    bar.dataset.state = state;
    byId('connect-now').hidden = state !== 'offline';
    document.body.dataset.connection = state;
    const say = () => {
      const seconds = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
      const next = retryAt === null ? '' : seconds > 1 ? ` Next try in ${seconds} seconds.` : ' Connecting…';
      byId('connection-text').replaceChildren(state === 'connecting' ? 'Connecting…' : h('span', {}, `Not connected${reason === '' ? '' : `: ${reason}`}.${next}`));
    };
    say();
    if (retryAt !== null) {
      this.#countdown = setInterval(say, 1000);
    }
  }
}
