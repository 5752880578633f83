import { t } from '../language/text.js';
import { toast } from './toast.js';

/** Asks the user for what the server needs: its password, a room's key, another nick. */
export function followQuestions({ store, session, client, dialogs, link }) {
  store.on('password', error => dialogs.secret({
    title: t('serverPassword'), text: t('serverPasswordText'), label: t('password'), action: t('connect'), autocomplete: 'current-password',
    error: error === '' ? '' : t('wrongPassword', { reason: error }),
  }, password => session.connectWith(password)));

  // A link opens the same, with what it is about.
  store.on('accountNeeded', () => link === null && document.querySelector('dialog[open]') === null && dialogs.account());

  store.on('key', (name, hadKey) => dialogs.secret({
    title: name, text: t('gateKey', { room: name }), label: t('roomKey'), action: t('join'), error: hadKey ? t('wrongKey') : '',
  }, key => session.join(name, key)));

  store.on('invited', (by, room) => toast(t('invited', { by, room }), { stays: true, actions: [{ label: t('join'), run: () => session.join(room) }, { label: t('notNow'), run() {} }] }));

  client.on('registered', () => {
    const refusal = client.nameRefusal;
    if (refusal !== null && session.hasChosenName) {
      toast(t('nameTaken', { name: refusal.nick, reason: refusal.text, nick: client.nick }), {
        stays: true, actions: [{ label: t('anotherName'), run: dialogs.settings }, { label: t('logIn'), run: dialogs.account }, { label: t('close'), run() {} }],
      });
    }
  });
}
