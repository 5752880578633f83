import { t } from '../../language/text.js';
import { callAccount } from '../../ondemand/accountCalls.js';
import { h } from '../element.js';
import { field, formButtons, openDialog } from './dialog.js';

const inputOf = label => label.querySelector('input');

/** A form in a dialog, which closes when it is done and says why if it is not. */
function ask(title, text, fields, action, run) {
  const state = h('p', { class: 'dialog-note', role: 'status' }, text);
  const form = h('form', {
    class: 'stack',
    onsubmit: async event => {
      event.preventDefault();
      state.classList.remove('is-error');
      state.textContent = t('oneMoment');
      try {
        await run(() => dialog.close());
      } catch (error) {
        state.classList.add('is-error');
        state.textContent = error.message;
      }
    },
  }, state, fields, formButtons(action, () => dialog.close()));
  const dialog = openDialog(title, form);
  (fields.map(inputOf).find(input => input.value === '') ?? inputOf(fields[0])).focus();
}

const nameField = account => field(t('account'), { type: 'text', name: 'username', value: account, required: true, autocomplete: 'username', spellcheck: false });
const codeField = (code = '') => field(t('codeFromMail'), { type: 'text', name: 'code', value: code, required: true, autocomplete: 'one-time-code', spellcheck: false });

/** Takes the code that was sent for a new account. */
export function openCode({ account: own, store }, { account, code, password = '', stays = true }, text = t('codeSent')) {
  const given = codeField(code);
  ask(t('makeAccount'), text, [given], t('confirm'), async close => {
    const words = await own.run('verify', account, inputOf(given).value.trim(), password, stays);
    close();
    store.tell(words);
  });
}

/** Has a code sent for a forgotten password, and then sets another. */
export function openRecovery(parts, { account = '', code = '' }) {
  if (code !== '') {
    setPassword(parts, account, code);
    return;
  }

  const name = nameField(account);
  ask(t('forgotPassword'), t('forgotText'), [name], t('sendCode'), async () => {
    await callAccount('recover', { account: inputOf(name).value.trim() });
    setPassword(parts, inputOf(name).value.trim(), '');
  });
}

function setPassword({ account: own, store }, account, code) {
  const [name, given] = [nameField(account), codeField(code)];
  const password = field(t('newPassword'), { type: 'password', name: 'password', required: true, autocomplete: 'new-password' });
  ask(t('forgotPassword'), code === '' ? t('codeSent') : '', [name, given, password], t('setPassword'), async close => {
    await callAccount('reset', { account: inputOf(name).value.trim(), code: inputOf(given).value.trim(), password: inputOf(password).value });
    const words = await own.run('logIn', inputOf(name).value.trim(), inputOf(password).value, true);
    close();
    store.tell(words);
  });
}

const currentField = () => field(t('currentPassword'), { type: 'password', name: 'current', required: true, autocomplete: 'current-password' });

/** Sets another password. */
export function openPassword({ account: own, store }) {
  const current = currentField();
  const password = field(t('newPassword'), { type: 'password', name: 'password', required: true, autocomplete: 'new-password' });
  ask(t('changePassword'), t('changePasswordText'), [current, password], t('setPassword'), async close => {
    const words = await own.run('setPassword', inputOf(current).value, inputOf(password).value);
    close();
    store.tell(words);
  });
}

/** Adds a passkey of this device, which takes the password where there is one. */
export function openPasskey({ account: own }, show) {
  const current = currentField();
  ask(t('addPasskey'), t('proofText'), [current], t('addPasskey'), async close => {
    await own.run('addPasskey', inputOf(current).value);
    close();
    show();
  });
}

/** Sends a code to an e-mail address, and takes it back. */
export function openEmail({ account: own, store }) {
  const email = field(t('email'), { type: 'email', name: 'email', required: true, autocomplete: 'email' });
  const current = own.login.token !== undefined && currentField();
  ask(t('email'), t('emailText'), [email, current].filter(Boolean), t('sendCode'), async () => {
    await callAccount('email', { email: inputOf(email).value.trim(), password: current ? inputOf(current).value : undefined }, own.login);
    const given = codeField();
    ask(t('email'), t('codeSent'), [given], t('confirm'), async close => {
      await callAccount('email/verify', { code: inputOf(given).value.trim() }, own.login);
      close();
      store.tell(t('emailSet'));
    });
  });
}
