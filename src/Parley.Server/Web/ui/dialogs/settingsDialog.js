import { t } from '../../language/text.js';
import { h } from '../element.js';
import { nameForm } from '../nameForm.js';
import { openDialog } from './dialog.js';

const THEMES = [['system', 'themeSystem'], ['light', 'themeLight'], ['dark', 'themeDark']];

/** The user's name, and how the page looks and behaves. */
export function openSettings({ store, session, preferences, notifications, dialogs }) {
  const check = (label, preference, onchange = checked => preferences.set(preference, checked)) => {
    const changed = async () => {
      box.checked = await onchange(box.checked) ?? box.checked;
    };
    const box = h('input', { type: 'checkbox', checked: preferences.get(preference), onchange: changed });
    return h('label', { class: 'check' }, box, label);
  };
  const choice = ([value, key]) => h('label', {}, h('input', {
    type: 'radio', name: 'theme', value, checked: preferences.get('theme') === value, onchange: () => preferences.set('theme', value),
  }), h('span', {}, t(key)));
  const ignored = preferences.get('ignored');
  const dialog = openDialog(t('settings'), [
    nameForm({ store, session, onDone: () => dialog.close() }),
    h('div', { class: 'account-line' },
      h('span', {}, store.account === null ? t('youAreGuest') : t('loggedInAs', { account: store.account })),
      h('button', { type: 'button', class: 'button is-quiet', onclick: () => dialogs.account() }, store.account === null ? t('logInOrSignUp') : t('account'))),
    store.isOperator && h('div', { class: 'account-line' },
      h('span', {}, t('serverOperator')), h('button', { type: 'button', class: 'button is-quiet', onclick: () => dialogs.invitations() }, t('invitations'))),
    h('fieldset', { class: 'segments' }, h('legend', {}, t('look')), THEMES.map(choice)),
    check(t('compact'), 'compact'),
    check(t('notifyMe'), 'notify', wanted => notifications.turn(wanted)),
    store.account !== null && notifications.canPush && check(t('pushMe'), 'push', wanted => notifications.turnPush(wanted)),
    check(t('showPresence'), 'showPresence'),
    check(t('sendTyping'), 'sendTyping'),
    check(t('keepMessages'), 'keepMessages'),
    ignored.length > 0 && [h('h3', {}, t('ignoredPeople')), h('ul', { class: 'chips' }, ignored.map(nick => h('li', {}, nick, h('button', {
      type: 'button', class: 'link-button', 'aria-label': t('unignoreName', { nick }), onclick: event => { session.ignore(nick, false); event.currentTarget.closest('li').remove(); },
    }, t('unignore')))))],
  ].filter(Boolean).flat());
  dialog.querySelector('input').focus();
}
