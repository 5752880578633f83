import { Announcer } from './announcer.js';
import { actionsOf } from './actions.js';
import { Composer } from './composer.js';
import { ComposerNote } from './composerNote.js';
import { followMenus } from './contextMenus.js';
import { followAddress } from './deepLink.js';
import { dialogsOf } from './dialogs.js';
import { followDrawers } from './drawers.js';
import { byId } from './element.js';
import { typingText } from './eventText.js';
import { later } from './later.js';
import { MemberList } from './memberList.js';
import { MessageList } from './messageList.js';
import { followQuestions } from './questions.js';
import { RoomGate } from './roomGate.js';
import { RoomHeader } from './roomHeader.js';
import { RoomList } from './roomList.js';
import { followShortcuts } from './shortcuts.js';
import { Welcome } from './welcome.js';

// A moment in which the first room comes, and what a quick hand says in it.
const REST_AFTER_MS = 400;

/** Puts the parts of the page together. What they need of each other they find in one object, each part by its name. */
export function startInterface(parts) {
  const { store, client, connection, preferences } = parts;
  parts.rest = later(async () => (await import('./rest.js')).startRest(parts));
  parts.actions = actionsOf(parts);
  parts.dialogs = dialogsOf(parts);
  parts.messageList = new MessageList({
    ...parts, context: () => ({ actions: parts.actions, canReact: client.has('message-tags'), canRedact: client.has('draft/message-redaction') }),
  });

  parts.composerNote = new ComposerNote(parts);

  // Before the composer, which is shown or hidden by it, and takes the focus when it is shown.
  new RoomGate(parts);
  parts.composer = new Composer({ ...parts, follow: () => parts.messageList.follow() });
  new RoomList(store, parts.actions);
  new MemberList(store, parts.actions.personMenu);
  new RoomHeader(store, { ...parts.actions, connectNow: () => connection.connectNow(), pins: room => parts.dialogs.pins(room) });
  new Welcome(parts);
  new Announcer(store);
  followQuestions(parts);
  followDrawers(store);
  followAddress(store, parts.actions.openRoom, parts.actions.jumpTo);
  followShortcuts(parts);
  followMenus(parts.actions, store);
  followNetwork(parts);
  followTyping(store);
  fetchRest(store, parts.rest);
  const { dialogs } = parts;
  const buttons = { 'join-open': dialogs.join, 'search-open': () => dialogs.search(), 'saved-open': dialogs.saved, 'settings-open': dialogs.settings, 'help-open': dialogs.help };
  buttons['room-empty-link'] = () => parts.actions.copyLink(store.current);
  Object.entries(buttons).forEach(([id, open]) => byId(id).addEventListener('click', () => open()));
  const dress = () => document.body.classList.toggle('is-compact', preferences.get('compact'));
  preferences.onChange(dress);
  dress();
}

/** Fetches the rest of the page when the user is in, or cannot be; not before what is being said by then. */
function fetchRest(store, rest) {
  const stop = store.on('connection', () => {
    if (store.connection.state !== 'connecting') {
      stop();
      setTimeout(() => rest.fetch().catch(() => {}), REST_AFTER_MS);
    }
  });
}

/** Tries again as soon as there may be a network, and asks before what was not sent is lost with the page. */
function followNetwork({ connection, outgoing }) {
  const again = () => !connection.hasEnded && connection.connectNow();
  addEventListener('online', again);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again());
  addEventListener('beforeunload', event => outgoing.isBusy && event.preventDefault());
}

function followTyping(store) {
  const show = room => {
    if (room !== null && room === store.current) {
      byId('typing').textContent = typingText(room.typing.nicks);
    }
  };
  store.on('typing', show);
  store.on('current', () => show(store.current));
}
