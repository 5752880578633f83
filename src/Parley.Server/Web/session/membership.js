import { presenceOf } from '../history/presence.js';

// Who comes and goes, and under which name.

function show(store, room, line) {
  const message = presenceOf(store, line);
  if (message !== null) {
    store.add(room, message);
  }
}

function leave(store, room, nick) {
  room.members.remove(nick);
  room.typing.set(nick, 'done');
  store.emit('members', room);
}

/** By command; each takes the session and a line. */
export const MEMBERSHIP = {
  JOIN(session, line) {
    const { store } = session;
    const [name, account = '*'] = line.params;
    if (!store.support.isRoom(name)) {
      return;
    }

    if (store.isSelf(line.source.nick)) {
      session.joined(store.open(name));
      return;
    }

    const room = store.find(name);
    if (room !== undefined) {
      room.members.add(line.source.nick, { host: line.source.host, account: account === '*' ? null : account });
      store.emit('members', room);
      show(store, room, line);
    }
  },

  PART(session, line) {
    const { store } = session;
    const room = store.find(line.params[0] ?? '');
    if (room === undefined) {
      return;
    }

    if (store.isSelf(line.source.nick)) {
      session.left(room);
    } else {
      leave(store, room, line.source.nick);
      show(store, room, line);
    }
  },

  KICK(session, line) {
    const { store } = session;
    const room = store.find(line.params[0] ?? '');
    const nick = line.params[1] ?? '';
    if (room !== undefined) {
      show(store, room, line);
      leave(store, room, nick);
      if (store.isSelf(nick)) {
        session.removed(room, line.source.nick, line.params[2] ?? '');
      }
    }
  },

  QUIT(session, line) {
    const { store } = session;
    for (const room of store.rooms.values()) {
      if (room.members.has(line.source.nick)) {
        leave(store, room, line.source.nick);
        show(store, room, line);
      }
    }

    session.nameIsFree(line.source.nick);
  },

  NICK(session, line) {
    const { store } = session;
    const [before, after = ''] = [line.source.nick, line.params[0]];
    const own = store.isSelf(before);
    if (after === '') {
      return;
    }

    for (const room of store.rooms.values()) {
      if (room.members.rename(before, after)) {
        room.typing.set(before, 'done');
        store.emit('members', room);
        show(store, room, line);
      }
    }

    if (own) {
      session.renamed(after);
    } else {
      const conversation = store.find(before);
      if (conversation !== undefined && store.find(after) === undefined) {
        store.rename(conversation, after);
      }

      session.nameIsFree(before);
    }
  },

  RENAME(session, { params: [before = '', after = ''] }) {
    const room = session.store.find(before);
    if (room !== undefined && after !== '') {
      session.store.rename(room, after);
      session.keepRooms();
    }
  },
};
