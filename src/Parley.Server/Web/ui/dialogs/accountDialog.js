import { t } from '../../language/text.js';
import { accountFeatures } from '../../ondemand/accountCalls.js';
import { knowsPasskeys } from '../../ondemand/passkeys.js';
import { goToProvider, providerName } from '../../ondemand/provider.js';
import { h } from '../element.js';
import { field, openDialog } from './dialog.js';
import { openCode, openRecovery } from './codeDialogs.js';
import { openOwnAccount, openOwnAccountOffline } from './ownAccountDialog.js';

/**
 * Logs in to an account, or makes one: https://ircv3.net/specs/extensions/account-registration. Whoever is logged in sees their own.
 *
 * @param link what a link was about that opened the page: { invitation }, or { what: 'verify' | 'reset', account, code }
 */
export async function openAccount(parts, link = {}) {
  const { store, account, connection } = parts;
  if (link?.what === undefined && account.login !== null && store.connection.state === 'offline' && !connection.hasEnded) {
    openOwnAccountOffline(account);
    return;
  }

  const [provider, features] = await Promise.all([providerName(), accountFeatures()]);
  if (link?.what === 'reset') {
    openRecovery(parts, link);
  } else if (link?.what === 'verify') {
    openCode(parts, { account: link.account, code: link.code });
  } else if (store.account !== null && features !== null) {
    openOwnAccount(parts, features);
  } else {
    openEntrance(parts, { provider, features, invitation: link?.invitation ?? '' });
  }
}

function openEntrance(parts, { provider, features, invitation }) {
  const { store, account, client } = parts;
  const canLogIn = account.canLogIn || (features !== null && !client.registered);
  const canRegister = account.canRegister || invitation !== '' || (features?.registration === true && !client.registered);
  const note = store.account !== null ? t('loggedInAs', { account: store.account }) : !client.registered && features?.needsAccount === true ? t('accountNeeded') : t('accountKeepsName');
  const state = h('p', { class: 'dialog-note', role: 'status' }, note);
  const name = field(t('account'), { type: 'text', name: 'username', value: store.account ?? store.nick, required: true, autocomplete: 'username', spellcheck: false });
  const password = field(t('password'), { type: 'password', name: 'password', required: true, autocomplete: invitation === '' ? 'current-password' : 'new-password' });
  const email = field(features?.needsEmail === true ? t('email') : t('emailOptional'), { type: 'email', name: 'email', autocomplete: 'email' });
  const invited = field(t('invitation'), { type: 'text', name: 'invitation', value: invitation, readOnly: true });
  const stay = h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: true }), t('stayLoggedIn'));
  const value = label => label.querySelector('input').value.trim();
  const secret = () => password.querySelector('input').value;
  const stays = () => stay.querySelector('input').checked;
  let isBusy = false;
  const attempt = async action => {
    // Whoever presses again wants the same, once.
    if (isBusy) {
      return;
    }

    isBusy = true;
    state.classList.remove('is-error');
    state.textContent = t('oneMoment');
    try {
      const outcome = await action();
      if (outcome.pending !== undefined) {
        openCode(parts, { account: value(name), password: secret(), stays: stays() }, outcome.pending);
        return;
      }

      dialog.close();
      store.tell(outcome.done);
    } catch (error) {
      state.classList.add('is-error');
      state.textContent = error.message;
    } finally {
      isBusy = false;
    }
  };
  const register = () => attempt(() => account.run('register', value(name), secret(), { email: value(email), invitation, stays: stays() }));
  const logIn = event => {
    event.preventDefault();
    attempt(async () => (invitation === '' ? { done: await account.run('logIn', value(name), secret(), stays()) } : account.run('register', value(name), secret(), { email: value(email), invitation, stays: stays() })));
  };
  const withPasskey = () => attempt(async () => ({ done: await account.run('logInWithPasskey', stays()) }));
  const button = (text, onclick) => h('button', { type: 'button', class: 'button is-quiet', onclick }, text);
  const form = h('form', { class: 'stack', onsubmit: logIn },
    name, password, canRegister && features !== null && (features.needsEmail || features.recovery) && email, invitation !== '' && invited, features !== null && stay, state,
    h('div', { class: 'buttons' },
      invitation === '' && canRegister && button(t('makeAccount'), () => form.reportValidity() && register()),
      h('button', { type: 'submit', class: 'button', disabled: !canLogIn && invitation === '' }, invitation === '' ? t('logIn') : t('makeAccount'))),
    features?.recovery === true && invitation === '' && h('button', { type: 'button', class: 'link-button', onclick: () => openRecovery(parts, { account: value(name) }) }, t('forgotPassword')));
  const elsewhere = (provider !== null || (features?.takesPasskeys === true && knowsPasskeys())) && invitation === '' && h('div', { class: 'buttons' },
    features?.takesPasskeys === true && knowsPasskeys() && button(t('logInPasskey'), withPasskey),
    provider !== null && h('button', { type: 'button', class: 'button', onclick: goToProvider }, t('logInWith', { name: provider })));
  const content = canLogIn || canRegister ? form : provider === null && h('p', {}, t('noAccounts'));
  const dialog = openDialog(t('account'), h('div', { class: 'stack' }, elsewhere, content));

  // A link opens this ahead of the connection, which says what the user is called.
  const suggest = () => {
    const input = name.querySelector('input');
    input.value = input.value || store.nick;
  };
  dialog.addEventListener('close', store.on('self', suggest));
}
