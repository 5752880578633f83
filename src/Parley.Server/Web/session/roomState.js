// What the server says about rooms and their members, put into the store.

const roomOf = (store, name) => store.find(name ?? '');

function topicIs(store, name, topic) {
  const room = roomOf(store, name);
  if (room !== undefined) {
    room.topic = topic;
    store.emit('topic', room);
  }
}

function everywhere(store, nick, change) {
  for (const room of store.rooms.values()) {
    if (room.members.has(nick)) {
      change(room);
      store.emit('members', room);
    }
  }
}

/** By command; each takes the store and a line. */
export const ROOM_STATE = {
  331: (store, { params }) => topicIs(store, params[1], ''),
  332: (store, { params }) => topicIs(store, params[1], params[2] ?? ''),
  TOPIC: (store, { params }) => topicIs(store, params[0], params[1] ?? ''),

  353(store, { params }) {
    const room = roomOf(store, params[2]);
    if (room === undefined) {
      return;
    }

    // The first line of a list takes the place of what was known.
    if (!room.isListing) {
      room.isListing = true;
      room.members.clear();
    }

    (params[3] ?? '').split(' ').filter(Boolean).forEach(word => room.members.addListed(word));
  },

  366(store, { params }) {
    const room = roomOf(store, params[1]);
    if (room !== undefined) {
      room.isListing = false;
      store.emit('members', room);
    }
  },

  MODE(store, { params: [target, modes = '', ...parameters] }) {
    const room = roomOf(store, target);
    if (room === undefined) {
      return;
    }

    let adding = true;
    for (const letter of modes) {
      if (letter === '+' || letter === '-') {
        adding = letter === '+';
      } else if (store.support.takesParameter(letter, adding)) {
        room.members.setRank(parameters.shift() ?? '', letter, adding);
      }
    }

    store.emit('members', room);
  },

  AWAY(store, { source, params }) {
    everywhere(store, source.nick, room => Object.assign(room.members.get(source.nick), { away: params.length > 0 }));
  },

  ACCOUNT(store, { source, params }) {
    everywhere(store, source.nick, room => Object.assign(room.members.get(source.nick), { account: params[0] === '*' ? null : params[0] }));
  },

  305: store => awayIs(store, false),
  306: store => awayIs(store, true),
  900: (store, { params }) => accountIs(store, params[2] ?? null),
  901: store => accountIs(store, null),
};

function awayIs(store, away) {
  store.away = away;
  store.emit('self');
}

function accountIs(store, account) {
  store.account = account;
  store.emit('self');
}
