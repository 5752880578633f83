import { Backfill } from './history/backfill.js';
import { ChatHistory } from './history/chatHistory.js';
import { Paging } from './history/paging.js';
import { Client } from './irc/client.js';
import { Connection } from './irc/connection.js';
import { suggestName } from './irc/names.js';
import { Account } from './session/account.js';
import { chooseLanguage, t as translated, translate, useLanguage } from './language/text.js';
import { Gestures } from './session/gestures.js';
import { onLogOut, onRenewed, owesLogOut, takeLogin } from './session/login.js';
import { Outgoing } from './session/outgoing.js';
import { Session } from './session/session.js';
import { Kept } from './state/kept.js';
import { Preferences } from './state/preferences.js';
import { Store } from './state/store.js';
import { roomOfHash } from './ui/deepLink.js';
import { startInterface } from './ui/interface.js';
import { followTheme } from './ui/theme.js';

// Composed here and nowhere else: server -> Connection -> Client -> Session -> Store -> what is shown.

const setting = name => document.querySelector(`meta[name="${name}"]`)?.content ?? '';
const preferences = new Preferences();
followTheme(preferences);
await useLanguage(chooseLanguage(navigator.languages));
translate(document);

const name = preferences.get('nick') || suggestName();
const store = new Store();
const url = new URL(setting('irc-address'), location.href);
url.protocol = url.protocol.replace('http', 'ws');
const connection = new Connection(url.href);

// Ahead of what the client says: who has logged out while the server could not be reached is logged out first.
connection.on('open', () => owesLogOut() && import('./ondemand/logOut.js').then(({ settleLogOuts }) => settleLogOuts()).catch(() => {}));
const client = new Client(connection, () => ({
  nick: preferences.get('nick') || name,
  chosen: preferences.get('nickChosen') || store.epoch > 0,
  realName: preferences.get('realName'),
  serverPassword: session.serverPassword,
  login: session.login,
}));
const history = new ChatHistory(client);
const session = new Session({
  store, client, preferences, connection, history,
  backfill: new Backfill(store, history, client),
  firstRoom: () => (store.epoch > 1 ? null : roomOfHash(location.hash) ?? (preferences.get('rooms').length > 0 ? null : setting('irc-room'))),
});

const link = /^#(invite|verify|reset)=/.test(location.hash) ? (await import('./ondemand/accountLink.js')).takeAccountLink() : null;
const back = await takeLogin();
session.login = back.login;
if (back.isNew) {
  preferences.set('nick', back.login.account);
  preferences.set('nickChosen', true);
}

onRenewed(login => session.login?.token !== undefined && session.login.account === login.account && (session.login = login));

// Who could not be logged in now may be later; who is logged out is not any more.
client.on('refused', async () => (await import('./ondemand/logOut.js')).forgetIfLoggedOut(session));
onLogOut(async hash => (await import('./ondemand/logOut.js')).followLogOut(hash, session));

// What is kept on this device can be read before there is a connection, or without one.
const kept = new Kept(preferences);
kept.restore(store, preferences.get('rooms'));
store.rooms.forEach(room => session.reading.recall(room));
kept.follow(store);
const parts = {
  link, store, client, session, connection, preferences,
  outgoing: new Outgoing(store, client),
  gestures: new Gestures(store, client, preferences),
  paging: new Paging(store, history),
  account: new Account(client, session),
  serviceWorker: setting('service-worker'),
};
startInterface(parts);
store.select(store.find(roomOfHash(location.hash) ?? '') ?? store.sorted()[0] ?? null);
if (link !== null) {
  parts.dialogs.account(link);
}

if (back.error !== null) {
  // Where the person looks: here, and in the first room, if there is none yet.
  let isTold = store.current !== null;
  const tell = () => store.tell(translated('notLoggedIn', { reason: back.error }), 'error');
  tell();
  store.on('current', () => {
    if (!isTold && store.current !== null) {
      isTold = true;
      tell();
    }
  });
}

connection.connect();
