import { Announcer } from './announcer.js';
import { Composer } from './composer.js';
import { followAddress } from './deepLink.js';
import { openAccount } from './dialogs/accountDialog.js';
import { openConfirm } from './dialogs/confirmDialog.js';
import { openHelp } from './dialogs/helpDialog.js';
import { openJoin } from './dialogs/joinDialog.js';
import { openSearch } from './dialogs/searchDialog.js';
import { openSettings } from './dialogs/settingsDialog.js';
import { followDrawers } from './drawers.js';
import { byId } from './element.js';
import { pickEmoji } from './emojiPicker.js';
import { MemberList } from './memberList.js';
import { MessageList } from './messageList.js';
import { Notifications } from './notifications.js';
import { RoomHeader } from './roomHeader.js';
import { RoomList } from './roomList.js';
import { followShortcuts } from './shortcuts.js';

/** Puts the parts of the page together. */
export function startInterface(parts) {
  const { store, client, session, connection, preferences, outgoing, paging, search, account, roomDirectory } = parts;
  const openRoom = name => {
    const known = store.find(name);
    if (known !== undefined) {
      store.select(known);
    } else if (store.support.isRoom(name)) {
      session.join(name);
    } else {
      session.talkTo(name);
    }
  };
  const jumpTo = async (msgid, time = 0) => {
    const room = store.current;
    if (msgid === null || messageList.jumpTo(msgid)) {
      return;
    }

    const isThere = await paging.loadBackTo(room, msgid, time);
    if (room === store.current && !(isThere && messageList.jumpTo(msgid))) {
      store.tell('That message is too far back, or gone');
    }
  };
  const actions = {
    openRoom,
    enterRoom(room) {
      store.select(room);
      if (!room.joined && !room.isDirect) {
        session.join(room.name);
      }
    },
    openPerson: nick => !store.isSelf(nick) && session.talkTo(nick),
    leave: room => session.leave(room),
    react: (message, emoji) => outgoing.react(store.current, message, emoji),
    pickReaction: message => pickEmoji('React', emoji => outgoing.react(store.current, message, emoji)),
    reply: message => composer.replyTo(message),
    redact: message => outgoing.redact(store.current, message),
    again: message => outgoing.again(store.current, message),
    discard: message => outgoing.discard(store.current, message),
    jumpTo,
  };
  const dialogs = {
    account: () => openAccount({ store, account }),
    confirm: openConfirm,
    help: () => openHelp(),
    join: () => openJoin({ store, session, roomDirectory }),
    search: (text = '') => openSearch(text, { store, search, openRoom, jumpTo }),
    settings: () => openSettings({ store, session, preferences, notifications, dialogs }),
  };
  const notifications = new Notifications({ store, preferences, openRoom });
  const messageList = new MessageList({
    store, paging, session, preferences,
    context: () => ({ actions, canReact: client.has('message-tags'), canRedact: client.has('draft/message-redaction') }),
  });
  const composer = new Composer({ store, session, outgoing, client, dialogs, follow: () => messageList.follow() });

  new RoomList(store, actions);
  new MemberList(store, actions.openPerson);
  new RoomHeader(store, { openRoom, connectNow: () => connection.connectNow() });
  new Announcer(store);
  followDrawers(store);
  followAddress(store, openRoom);
  followShortcuts({ store, messageList, composer, dialogs, actions });
  followNetwork(connection);
  store.on('typing', room => room === store.current && showTyping(room));
  store.on('current', () => store.current !== null && showTyping(store.current));
  const buttons = { 'join-open': dialogs.join, 'search-open': () => dialogs.search(), 'settings-open': dialogs.settings, 'help-open': dialogs.help };
  Object.entries(buttons).forEach(([id, open]) => byId(id).addEventListener('click', () => open()));
}

/** Tries again as soon as there may be a network. */
function followNetwork(connection) {
  const again = () => !connection.hasEnded && connection.connectNow();
  addEventListener('online', again);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && again());
}

function showTyping(room) {
  const { nicks } = room.typing;
  const who = nicks.length > 3 ? 'Several people' : nicks.length > 1 ? `${nicks.slice(0, -1).join(', ')} and ${nicks.at(-1)}` : nicks[0];
  byId('typing').textContent = nicks.length === 0 ? '' : `${who} ${nicks.length > 1 ? 'are' : 'is'} typing…`;
}
