import { Backfill } from './history/backfill.js';
import { ChatHistory } from './history/chatHistory.js';
import { Paging } from './history/paging.js';
import { Search } from './history/search.js';
import { Client } from './irc/client.js';
import { Connection } from './irc/connection.js';
import { suggestName } from './irc/names.js';
import { Account } from './session/account.js';
import { Outgoing } from './session/outgoing.js';
import { RoomDirectory } from './session/roomDirectory.js';
import { Session } from './session/session.js';
import { Preferences } from './state/preferences.js';
import { Store } from './state/store.js';
import { roomOfHash } from './ui/deepLink.js';
import { startInterface } from './ui/interface.js';
import { followTheme } from './ui/theme.js';
import { startServiceWorker } from './ui/install.js';

// Composed here and nowhere else: server -> Connection -> Client -> Session -> Store -> what is shown.

const setting = name => document.querySelector(`meta[name="${name}"]`)?.content ?? '';
const preferences = new Preferences();
followTheme(preferences);

const name = preferences.get('nick') || suggestName();
const store = new Store();
const url = new URL(setting('irc-address'), location.href);
url.protocol = url.protocol.replace('http', 'ws');
const connection = new Connection(url.href);
const client = new Client(connection, () => ({
  nick: preferences.get('nick') || name,
  chosen: preferences.get('nickChosen') || store.epoch > 0,
  realName: preferences.get('realName'),
  login: session.login,
}));
const history = new ChatHistory(client);
const session = new Session({
  store, client, preferences, connection, history,
  backfill: new Backfill(store, history, client),
  firstRoom: () => (store.epoch > 1 ? null : roomOfHash(location.hash) ?? (preferences.get('rooms').length > 0 ? null : setting('irc-room'))),
});

startInterface({
  store, client, session, connection, preferences,
  outgoing: new Outgoing(store, client, preferences),
  paging: new Paging(store, history),
  search: new Search(client, store),
  account: new Account(client, session),
  roomDirectory: new RoomDirectory(client),
});
connection.connect();
startServiceWorker(setting('service-worker'), store);
