import { counted, t } from '../language/text.js';
import { byId, h, oncePerFrame } from './element.js';
import { renderInline } from './text/inline.js';
import { plainText } from './text/runs.js';

const PRESENCE = { here: 'presenceHere', away: 'presenceAway', gone: 'presenceGone' };

/** What is above the messages: the room's name and topic, and how the connection is. */
export class RoomHeader {
  #store;
  #actions;
  #countdown = null;

  /** @param actions { openRoom, connectNow, roomMenu, pins } */
  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    const render = oncePerFrame(() => this.#draw());
    ['current', 'topic', 'self'].forEach(topic => store.on(topic, render));
    ['rooms', 'current'].forEach(topic => store.on(topic, () => this.#title()));
    store.on('connection', () => this.#connection());
    byId('connect-now').addEventListener('click', actions.connectNow);
    byId('pins-open').addEventListener('click', () => actions.pins(store.current));
    byId('room-menu').addEventListener('click', event => actions.roomMenu(store.current, event.currentTarget));
  }

  #draw() {
    const { current: room, nick, account, away } = this.#store;
    byId('room-title').textContent = room?.name ?? 'Parley';
    byId('room-menu').hidden = room === null;
    byId('search-open').hidden = room === null;
    const pins = room?.pins.length ?? 0;
    byId('pins-open').hidden = pins === 0;
    byId('pins-count').textContent = pins === 0 ? '' : counted(pins);
    const topic = room?.isDirect ? t(PRESENCE[room.presence] ?? 'directMessage') : room?.topic ?? '';
    byId('topic').replaceChildren(...renderInline(topic, '', this.#actions.openRoom));
    byId('topic').title = plainText(topic);
    byId('self-name').textContent = nick;
    byId('self-state').textContent = away ? t('presenceAway') : account !== null ? t('asAccount', { account }) : t('guest');
    byId('message-input').placeholder = room === null ? t('message') : t('messageTo', { room: room.name });
    byId('message-input').setAttribute('aria-label', byId('message-input').placeholder);
    byId('messages').setAttribute('aria-label', room === null ? t('messages') : t('messagesIn', { room: room.name }));
  }

  #title() {
    const news = [...this.#store.rooms.values()].map(room => room.news);
    const count = news.filter(({ isForUser }) => isForUser).reduce((sum, each) => sum + each.count, 0);
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
      const count = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
      const next = retryAt === null ? '' : ` ${count > 1 ? t('nextTry', { count }) : t('connecting')}`;
      byId('connection-text').replaceChildren(state === 'connecting' ? t('connecting')
        : h('span', {}, `${reason === '' ? t('notConnected') : t('notConnectedBecause', { reason })}${next}`));
    };
    say();
    if (retryAt !== null) {
      this.#countdown = setInterval(say, 1000);
    }
  }
}
