import { t } from '../../language/text.js';
import { askService } from '../../session/services.js';
import { h } from '../element.js';
import { field, openDialog } from './dialog.js';

const RANKS = [['o', 'rankOperator'], ['h', 'rankHalfOperator'], ['v', 'rankVoice'], ['', 'noRole']];

const ask = (client, params) => askService(client, 'CHANSERV', params);

/** The accounts with a role, each with its letter, as ChanServ lists them. */
export function rolesOf(lines) {
  return lines.map(line => /^Account (\S+) receives mode \+(\w)$/.exec(line)).filter(Boolean).map(([, account, letter]) => ({ account, letter }));
}

/** Shows whether a room stays when it is empty, and who has a role in it; changes both. */
export async function openRoles(room, parts) {
  const { client, store } = parts;
  await client.request('MODE', [room.name], { isAnswer: line => line.command === '324' }).catch(() => {});
  const status = h('p', { class: 'dialog-note', role: 'status' });
  const content = h('div', { class: 'stack' });
  const tell = error => {
    status.textContent = error.message;
  };
  const change = params => ask(client, params).then(lines => {
    status.textContent = lines.join(' ');
    return show();
  }).catch(tell);

  async function show() {
    if (!room.modes.has('r')) {
      content.replaceChildren(h('p', {}, t('roomGoes')), ...store.account === null ? [h('p', {}, t('keepNeedsAccount'))] : [], status,
        h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button', disabled: store.account === null, onclick: () => change(['REGISTER', room.name]) }, t('keepRoom'))));
      return;
    }

    const roles = rolesOf(await ask(client, ['AMODE', room.name]));
    content.replaceChildren(h('p', {}, t('roomStays')), h('ul', { class: 'roles' }, roles.map(role => h('li', {}, rankField(role)))), addForm(), status);
  }

  const set = (account, letter, before) => change(['AMODE', room.name, letter === '' ? `-${before}` : `+${letter}`, account]);
  const options = chosen => RANKS.map(([letter, label]) => h('option', { value: letter, selected: letter === chosen }, t(label)));
  const rankField = ({ account, letter }) => h('label', { class: 'field' }, h('span', {}, account),
    h('select', { name: account, onchange: event => set(account, event.target.value, letter) }, options(letter)));
  const addForm = () => {
    const account = field(t('account'), { type: 'text', name: 'account', required: true, autocomplete: 'off', spellcheck: false });
    const rank = h('select', { name: 'rank', 'aria-label': t('roles') }, options('v').slice(0, -1));
    return h('form', {
      class: 'stack',
      onsubmit: event => {
        event.preventDefault();
        set(account.querySelector('input').value.trim(), rank.value, '');
      },
    }, account, rank, h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button' }, t('giveRole'))));
  };

  openDialog(room.name, content);
  await show().catch(tell);
}
