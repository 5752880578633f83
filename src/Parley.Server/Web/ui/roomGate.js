import { currentLanguage, t } from '../language/text.js';
import { byId, h } from './element.js';

const KEY_NEEDED = '475';

const REASONS = { kick: 'gateKicked', 471: 'gateFull', 473: 'gateInvited', 474: 'gateBanned', 475: 'gateKey', 477: 'gateAccount' };

/** The bar that replaces the composer while the user is not in the current room: it gives the reason and a way back. */
export class RoomGate {
  #store;
  #session;
  #dialogs;

  constructor({ store, session, dialogs }) {
    this.#store = store;
    this.#session = session;
    this.#dialogs = dialogs;
    ['current', 'refusal', 'connection'].forEach(topic => store.on(topic, () => this.#draw()));
  }

  #draw() {
    const { current: room, connection } = this.#store;
    const refusal = connection.state === 'online' ? room?.refusal ?? null : null;
    byId('composer').hidden = room === null || refusal !== null;
    byId('room-gate').hidden = refusal === null;
    byId('room-gate').replaceChildren(...refusal === null ? [] : [this.#render(room, refusal)]);
  }

  #render(room, refusal) {
    const key = refusal.code === KEY_NEEDED && h('input', {
      type: 'password', name: 'key', required: true, autocomplete: 'off', placeholder: t('roomKey'), 'aria-label': t('roomKey'),
    });
    const submit = event => {
      event.preventDefault();
      this.#session.join(room.name, key ? key.value : '');
    };
    return h('form', { class: 'gate', onsubmit: submit }, h('p', {}, reasonOf(room, refusal)), h('div', { class: 'gate-actions' }, key,
      refusal.code === '477' && h('button', { type: 'button', class: 'button is-quiet', onclick: () => this.#dialogs.account() }, t('logIn')),
      h('button', { type: 'submit', class: 'button' }, key ? t('join') : t('joinAgain')),
      h('button', { type: 'button', class: 'button is-quiet', onclick: () => this.#session.left(room) }, t('closeRoom'))));
  }
}

function reasonOf(room, { code, by, text }) {
  const known = REASONS[code];
  const reason = code === 'kick' ? (text === '' || text === by ? '' : text) : '';
  if (code === '474') {
    return [t(known, { room: room.name }), banOf(text)].filter(part => part !== '').join(' ');
  }
  return known === undefined ? t('cannotJoin', { room: room.name, reason: text }) : t(reason === '' ? known : 'gateKickedBecause', { room: room.name, by, reason });
}

/** End and reason of a ban, as the server's 474 gives them: in brackets; empty where it gives neither. */
function banOf(text) {
  const [, end = '', reason = ''] = /: banned(?: until (\S+ \S+) UTC)?(?: \((.*)\))?$/u.exec(text) ?? [];
  const until = end === '' ? '' : `→ ${new Date(`${end.replace(' ', 'T')}Z`).toLocaleString(currentLanguage(), { dateStyle: 'medium', timeStyle: 'short' })}`;
  const parts = [until, reason].filter(part => part !== '');
  return parts.length === 0 ? '' : `(${parts.join(': ')})`;
}
