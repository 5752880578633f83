// What the server says about rooms and their members, put into the store.

/** Tells our own questions from those of the user. */
export const WHO_TOKEN = '354';

/** The key of the room's value that has the ids of pinned messages. */
export const PINS = 'pins';

const roomOf = (store, name) => store.find(name ?? '');

function topicIs(store, name, topic) {
  const room = roomOf(store, name);
  if (room !== undefined) {
    room.topic = topic;
    store.emit('topic', room);
  }
}

function valueIs(store, name, key, value = '') {
  const room = key === PINS ? roomOf(store, name) : undefined;
  if (room !== undefined) {
    room.pins = value.split(' ').filter(Boolean);
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

const isRank = (store, letter) => store.support.ranks.some(rank => rank.mode === letter);

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

  // WHOX, as whoList.js asks for it: https://ircv3.net/specs/extensions/whox
  354(store, { params: [, token, name, nick = '', flags = '', account = '0'] }) {
    const room = token === WHO_TOKEN ? roomOf(store, name) : undefined;
    if (room?.members.has(nick)) {
      room.members.add(nick, { away: flags.startsWith('G'), bot: flags.includes(store.support.get('BOT', 'B')), account: account === '0' ? null : account });
      store.emit('members', room);
    }
  },

  366(store, { params }) {
    const room = roomOf(store, params[1]);
    if (room !== undefined) {
      room.isListing = false;
      store.emit('members', room);
      store.emit('listed', room);
    }
  },

  324(store, { params: [, name, ...modes] }) {
    roomOf(store, name)?.modes.clear();
    ROOM_STATE.MODE(store, { params: [name, ...modes] });
  },

  MODE(store, { params: [target, modes = '', ...parameters] }) {
    if (store.isSelf(target)) {
      store.isOperator = isOperatorAfter(store.isOperator, modes);
    }

    const room = roomOf(store, target);
    if (room === undefined) {
      return;
    }

    let adding = true;
    for (const letter of modes) {
      if (letter === '+' || letter === '-') {
        adding = letter === '+';
      } else {
        const parameter = store.support.takesParameter(letter, adding) ? parameters.shift() ?? '' : '';
        isRank(store, letter) ? room.members.setRank(parameter, letter, adding) : adding ? room.modes.set(letter, parameter) : room.modes.delete(letter);
      }
    }

    store.emit('members', room);
  },

  // https://ircv3.net/specs/extensions/metadata: which messages are pinned is a value of the room.
  METADATA: (store, { params: [name, key, , value] }) => valueIs(store, name, key, value),
  761: (store, { params: [, name, key, , value] }) => valueIs(store, name, key, value),
  766: (store, { params: [, name, key] }) => valueIs(store, name, key),
  770() {},

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
  everywhere(store, store.nick, room => Object.assign(room.members.get(store.nick), { account }));
  store.emit('self');
}

/** Whether the user is an operator of the server, once its own modes have changed. */
function isOperatorAfter(was, modes) {
  const found = /([+-])[^+-]*o/.exec(modes);
  return found === null ? was : found[1] === '+';
}
