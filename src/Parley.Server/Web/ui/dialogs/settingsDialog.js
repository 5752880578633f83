import { h } from '../element.js';
import { field, openDialog } from './dialog.js';

const THEMES = [['system', 'Like this device'], ['light', 'Light'], ['dark', 'Dark']];

/** The user's name, and how the page looks and behaves. */
export function openSettings({ store, session, preferences, notifications, dialogs }) {
  const name = field('Your name', {
    type: 'text', value: store.nick, required: true, maxLength: store.support.number('NICKLEN', 30), autocomplete: 'nickname', spellcheck: false,
  });
  const rename = event => {
    event.preventDefault();
    const nick = name.querySelector('input').value.trim();
    if (nick !== '' && nick !== store.nick) {
      session.rename(nick);
    }

    dialog.close();
  };
  const check = (label, preference, onchange = checked => preferences.set(preference, checked)) => {
    const changed = async () => {
      box.checked = await onchange(box.checked) ?? box.checked;
    };
    const box = h('input', { type: 'checkbox', checked: preferences.get(preference), onchange: changed });
    return h('label', { class: 'check' }, box, label);
  };
  const choice = ([value, label]) => h('label', {}, h('input', {
    type: 'radio', name: 'theme', value, checked: preferences.get('theme') === value, onchange: () => preferences.set('theme', value),
  }), h('span', {}, label));
  const theme = h('fieldset', { class: 'segments' }, h('legend', {}, 'Look'), THEMES.map(choice));
  const dialog = openDialog('Settings', [
    h('form', { class: 'inline-form', onsubmit: rename }, name, h('button', { type: 'submit', class: 'button' }, 'Change')),
    h('div', { class: 'account-line' },
      h('span', {}, store.account === null ? 'You are a guest: your name is yours while you are here.' : `You are logged in as ${store.account}.`),
      h('button', { type: 'button', class: 'button is-quiet', onclick: () => dialogs.account() }, store.account === null ? 'Log in or sign up' : 'Account')),
    theme,
    check('Notify me of mentions and direct messages', 'notify', wanted => notifications.turn(wanted)),
    check('Show who comes and goes', 'showPresence'),
    check('Let others see that I am typing', 'sendTyping'),
  ]);
  name.querySelector('input').focus();
}
