import { t } from '../../language/text.js';
import { goToProvider, providerName } from '../../session/provider.js';
import { h } from '../element.js';
import { field, openDialog } from './dialog.js';

/** Logs in to an account, or makes one: https://ircv3.net/specs/extensions/account-registration */
export async function openAccount({ store, account }) {
  const provider = await providerName();
  const state = h('p', { class: 'dialog-note', role: 'status' }, store.account === null ? t('accountKeepsName') : t('loggedInAs', { account: store.account }));
  const name = field(t('account'), { type: 'text', name: 'username', value: store.account ?? store.nick, required: true, autocomplete: 'username', spellcheck: false });
  const password = field(t('password'), { type: 'password', name: 'password', required: true, autocomplete: 'current-password' });
  const value = label => label.querySelector('input').value;
  const attempt = async action => {
    state.classList.remove('is-error');
    state.textContent = t('oneMoment');
    try {
      state.textContent = await action(value(name).trim(), value(password));
      dialog.close();
      store.tell(state.textContent);
    } catch (error) {
      state.classList.add('is-error');
      state.textContent = error.message;
    }
  };
  const register = () => attempt((...given) => account.register(...given));
  const logIn = event => {
    event.preventDefault();
    attempt((...given) => account.logIn(...given));
  };
  const form = h('form', { class: 'stack', onsubmit: logIn },
    name, password, state, h('div', { class: 'buttons' },
      account.canRegister && h('button', { type: 'button', class: 'button is-quiet', onclick: () => form.reportValidity() && register() }, t('makeAccount')),
      h('button', { type: 'submit', class: 'button', disabled: !account.canLogIn }, t('logIn'))));
  const elsewhere = provider !== null && h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button', onclick: goToProvider }, t('logInWith', { name: provider })));
  const content = account.canLogIn ? form : provider === null && h('p', {}, t('noAccounts'));
  const dialog = openDialog(t('account'), h('div', { class: 'stack' }, elsewhere, content));
}
