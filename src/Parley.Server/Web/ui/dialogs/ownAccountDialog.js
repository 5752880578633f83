import { t } from '../../language/text.js';
import { callAccount } from '../../ondemand/accountCalls.js';
import { knowsPasskeys } from '../../ondemand/passkeys.js';
import { h } from '../element.js';
import { moment } from '../time.js';
import { openEmail, openPasskey, openPassword } from './codeDialogs.js';
import { openDialog } from './dialog.js';

/** The user's own account: what is logged in to it, its passkeys and its e-mail address. */
export async function openOwnAccount(parts, features) {
  const { store, account } = parts;
  const state = h('p', { class: 'dialog-note', role: 'status' }, t('loggedInAs', { account: store.account }));
  const content = h('div', { class: 'stack' });
  const attempt = action => action().then(show).catch(error => {
    state.classList.add('is-error');
    state.textContent = error.message;
  });
  const link = (text, label, onclick) => h('button', { type: 'button', class: 'link-button', 'aria-label': label, onclick }, text);
  const list = (title, items, row) => items.length > 0 && [h('h3', {}, title), h('ul', { class: 'chips' }, items.map(item => h('li', {}, row(item))))];

  const deviceRow = ({ device, name, lastSeen, isThis }) => [
    `${name} · ${isThis ? t('thisDevice') : t('lastSeen', { when: moment(Date.parse(lastSeen)) })} `,
    link(t('logOut'), t('logOutOf', { name }), () => (isThis ? account.run('logOut') : attempt(() => callAccount('logout', { device }, account.login)))),
  ];
  const passkeyRow = ({ passkey, name, added }) => [
    `${name} · ${moment(Date.parse(added))} `,
    link(t('takeAway'), t('removePasskey', { name }), () => attempt(() => callAccount('passkeys/remove', { passkey }, account.login))),
  ];

  // Whoever has come from a provider has no password.
  const addPasskey = () => (account.login.token === undefined
    ? attempt(() => account.run('addPasskey'))
    : openPasskey(parts, () => openOwnAccount(parts, features)));

  async function show() {
    const login = account.login;
    const hasToken = login?.token !== undefined || login?.ticket !== undefined;
    const devices = hasToken ? (await callAccount('devices', {}, login)).devices : [];
    const passkeys = hasToken && features.takesPasskeys ? (await callAccount('passkeys', {}, login)).passkeys : [];
    const button = (text, onclick) => h('button', { type: 'button', class: 'button is-quiet', onclick }, text);
    content.replaceChildren(...[
      state,
      list(t('devices'), devices, deviceRow), list(t('passkeys'), passkeys, passkeyRow),
      h('div', { class: 'buttons' },
        hasToken && features.takesPasskeys && knowsPasskeys() && button(t('addPasskey'), addPasskey),
        login?.token !== undefined && features.passwords && button(t('changePassword'), () => openPassword(parts)),
        hasToken && features.recovery && button(t('email'), () => openEmail(parts)),
        button(t('logOut'), () => account.run('logOut'))),
    ].flat().filter(Boolean));
  }

  await show().catch(error => {
    state.textContent = error.message;
    content.replaceChildren(state, logOutButton(account));
  });
  openDialog(t('account'), content);
}

/** What can be done about it while the server cannot be reached. */
export function openOwnAccountOffline(account) {
  openDialog(t('account'), h('div', { class: 'stack' }, h('p', { class: 'dialog-note' }, t('loggedInAs', { account: account.login.account })), logOutButton(account)));
}

const logOutButton = account => h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button is-quiet', onclick: () => account.run('logOut') }, t('logOut')));
