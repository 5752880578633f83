import { t } from '../language/text.js';
import { h } from './element.js';
import { field } from './dialogs/dialog.js';

/** A form for the user's nick. A refused nick is explained below the field, where it can be corrected. */
export function nameForm({ store, session, onDone = () => {} }) {
  const error = h('p', { class: 'field-error', id: 'name-error', role: 'alert', hidden: true });
  const name = field(t('yourName'), {
    type: 'text', name: 'nickname', value: store.nick, required: true, maxLength: store.support.number('NICKLEN', 30), autocomplete: 'nickname', spellcheck: false,
    'aria-describedby': 'name-error', oninput: () => complain(''),
  });
  const input = name.querySelector('input');
  const complain = text => {
    error.textContent = text;
    error.hidden = text === '';
    input.setAttribute('aria-invalid', String(text !== ''));
  };
  const rename = async event => {
    event.preventDefault();
    const nick = input.value.trim();
    try {
      await session.rename(nick);
      onDone(nick);
    } catch (refusal) {
      complain(t('nameRefused', { name: nick, reason: refusal.message }));
      input.focus();
      input.select();
    }
  };
  return h('form', { class: 'name-form', onsubmit: rename }, h('div', { class: 'inline-form' }, name, h('button', { type: 'submit', class: 'button' }, t('change'))), error);
}
