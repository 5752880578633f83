import { h } from '../element.js';
import { field, openDialog } from './dialog.js';

/** Logs in to an account, or makes one: https://ircv3.net/specs/extensions/account-registration */
export function openAccount({ store, account }) {
  const about = store.account === null ? 'An account keeps your name for you.' : `You are logged in as ${store.account}.`;
  const state = h('p', { class: 'dialog-note', role: 'status' }, about);
  const known = store.account ?? store.nick;
  const name = field('Account', { type: 'text', name: 'username', value: known, required: true, autocomplete: 'username', spellcheck: false });
  const password = field('Password', { type: 'password', name: 'password', required: true, autocomplete: 'current-password' });
  const value = label => label.querySelector('input').value;
  const attempt = async action => {
    state.textContent = 'One moment…';
    try {
      state.textContent = await action(value(name).trim(), value(password));
      dialog.close();
      store.tell(state.textContent);
    } catch (error) {
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
      account.canRegister && h('button', { type: 'button', class: 'button is-quiet', onclick: () => form.reportValidity() && register() }, 'Make this account'),
      h('button', { type: 'submit', class: 'button', disabled: !account.canLogIn }, 'Log in')));
  const dialog = openDialog('Account', account.canLogIn ? form : h('p', {}, 'This server has no accounts.'));
}
