import { applyToOverlays } from '../history/replay.js';
import { isCtcp } from '../irc/text.js';
import { messageOfLine } from '../state/message.js';

// What people say: https://modern.ircdocs.horse/#sending-messages

/** The room that a message belongs to: where it was said, or the conversation with the other one. */
function roomFor(session, line) {
  const { store } = session;
  const target = (line.params[0] ?? '').replace(/^[~&@%+]+(?=[#&])/, '');
  if (store.support.isRoom(target)) {
    return store.find(target);
  }

  const nick = store.isSelf(line.source.nick) ? target : line.source.nick;
  return nick === '' ? undefined : session.conversation(nick);
}

/** Shows what was said; `text` is that of a message of several lines. */
export function showSaid(session, line, text = line.params[1] ?? '') {
  const { store } = session;
  if (isCtcp(text)) {
    return;
  }

  // A server speaks to the user, not in a conversation of its own.
  if (line.command === 'NOTICE' && session.isServer(line.source.nick)) {
    store.tell(text);
    return;
  }

  const room = roomFor(session, line);
  if (room !== undefined) {
    room.typing.set(line.source.nick, 'done');
    store.add(room, messageOfLine(line, text));
  }
}

/** By command; each takes the session and a line. */
export const CONVERSATION = {
  PRIVMSG: showSaid,
  NOTICE: showSaid,

  TAGMSG(session, line) {
    const { store } = session;
    const typing = line.tags.get('+typing');
    const isRoom = store.support.isRoom(line.params[0] ?? '');
    const room = isRoom || !store.isSelf(line.source.nick) ? store.find(isRoom ? line.params[0] : line.source.nick) : store.find(line.params[0] ?? '');
    if (room === undefined) {
      return;
    }

    if (typing !== undefined && !store.isSelf(line.source.nick)) {
      room.typing.set(line.source.nick, typing);
    }

    if (applyToOverlays(store, room, line)) {
      store.logChanged(room);
    }
  },

  REDACT(session, line) {
    const room = roomFor(session, line);
    if (room !== undefined) {
      applyToOverlays(session.store, room, line);
      session.store.logChanged(room);
    }
  },

  MARKREAD({ store }, { params: [target = '', stamp = ''] }) {
    const room = store.find(target);
    const time = Date.parse(stamp.replace(/^timestamp=/, ''));
    if (room !== undefined && !Number.isNaN(time)) {
      store.markRead(room, time);
    }
  },
};
