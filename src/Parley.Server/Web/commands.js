import { t } from './language/text.js';

// What one can type after a slash. Each has a name, and what comes after it; what it does is said by the text `command_name`.
// `run` takes what was typed after the name, and { room, store, session, outgoing, client, dialogs, actions, replyTo }. It returns false if
// it is known at once that nothing comes of it.

/** The first word, and what comes after it. */
function firstWord(text) {
  const match = /^(\S+)\s*(.*)$/s.exec(text);
  return match === null ? ['', ''] : [match[1], match[2]];
}

/** Says why nothing comes of a command. */
function refuse({ store }, key, values = {}) {
  store.tell(t(key, values), 'error');
  return false;
}

/** A command that needs a room that the user is in. */
const inRoom = run => (text, context) => {
  if (context.room === null || context.room.isDirect) {
    return refuse(context, 'onlyInRooms');
  }

  return run(text, context);
};

/** A command that says something. */
const saying = kind => (text, { outgoing, room }) => room !== null && text !== '' && outgoing.say(room, text, { kind });

const mode = (letter, adding) => inRoom((text, { client, room }) => {
  const nicks = text.split(/\s+/).filter(Boolean);
  return client.send('MODE', [room.name, (adding ? '+' : '-') + letter.repeat(nicks.length), ...nicks]);
});

/** A command that sets of what in this room the user is told. */
const attending = (command, attention) => (text, { room, session, store }) => {
  // Elsewhere a name that follows is that of somebody who is to be silent.
  if (text !== '') {
    return refuse({ store }, 'muteIsForRooms', { command, name: firstWord(text)[0] });
  }

  if (room !== null) {
    session.attend(room, attention);
    store.tell(t(attention === 'none' ? 'roomIsMuted' : 'roomIsNotMuted', { room: room.name }));
  }

  return room !== null;
};

export const COMMANDS = [
  { name: 'away', args: '[why]', run: (text, { client }) => client.send('AWAY', [text || 'away']) },
  { name: 'back', args: '', run: (_, { client }) => client.send('AWAY', []) },
  { name: 'deop', args: 'nick…', run: mode('o', false) },
  { name: 'help', args: '', run: (_, { dialogs }) => dialogs.help() },
  {
    name: 'ignore', args: '[nick]', run: (text, { actions, dialogs }) => (text === '' ? dialogs.settings() : actions.ignore(firstWord(text)[0], true)),
  },
  {
    name: 'invite', args: 'nick',
    run: inRoom((text, { client, room }) => client.send('INVITE', [firstWord(text)[0], room.name])),
  },
  {
    name: 'join', args: '[#room [key]]', run: (text, { session, dialogs }) => {
      const [room, key] = firstWord(text);
      return room === '' ? dialogs.join() : session.join(room, key);
    },
  },
  {
    name: 'kick', args: 'nick [why]', run: inRoom((text, { client, room }) => {
      const [nick, reason] = firstWord(text);
      return client.send('KICK', reason === '' ? [room.name, nick] : [room.name, nick, reason]);
    }),
  },
  { name: 'list', args: '', run: (_, { dialogs }) => dialogs.join() },
  { name: 'login', args: '', run: (_, { dialogs }) => dialogs.account() },
  { name: 'me', args: 'does', run: saying('action') },
  {
    name: 'mode', args: '[+x-y …]',
    run: inRoom((text, { client, room, dialogs }) => (text === '' ? dialogs.room(room) : client.send('MODE', [room.name, ...text.split(/\s+/).filter(Boolean)]))),
  },
  {
    name: 'msg', args: 'nick text', run: (text, { session, outgoing, store }) => {
      const [target, said] = firstWord(text);
      if (target === '') {
        return refuse({ store }, 'sayToWhom');
      }

      const room = store.support.isRoom(target) ? store.find(target) : session.conversation(target);
      if (room === undefined) {
        return refuse({ store }, 'notInRoomNamed', { room: target });
      }

      if (said !== '') {
        outgoing.say(room, said);
      }

      if (room.isDirect) {
        store.select(room);
      }

      return true;
    },
  },
  { name: 'mute', args: '', run: attending('mute', 'none') },
  {
    name: 'nick', args: 'name',
    run: (text, { session, dialogs, store }) => {
      const [name] = firstWord(text);
      return name === '' ? dialogs.settings() : session.rename(name).catch(error => store.tell(t('nameRefused', { name, reason: error.message }), 'error'));
    },
  },
  { name: 'notice', args: 'text', run: saying('notice') },
  { name: 'op', args: 'nick…', run: mode('o', true) },
  {
    name: 'part', args: '[why]',
    run: (text, { session, room }) => room !== null && session.leave(room, text),
  },
  { name: 'query', args: 'nick', run: (text, { session }) => text !== '' && session.talkTo(firstWord(text)[0]) },
  { name: 'quit', args: '', run: (text, { session }) => session.quit(text) },
  {
    name: 'quote', args: 'command', run: (text, { client }) => {
      const [command, rest] = firstWord(text);
      const [, middle, trailing] = /^(.*?)(?:(?:^| ):(.*))?$/s.exec(rest);
      return client.send(command.toUpperCase(), [...middle.split(' ').filter(Boolean), ...(trailing === undefined ? [] : [trailing])]);
    },
  },
  {
    name: 'report', args: 'nick why', run: (text, { client, store }) => {
      const [nick, why] = firstWord(text);
      return why === '' ? refuse({ store }, 'sayToWhom') : client.send('REPORT', [nick, why]);
    },
  },
  { name: 'saved', args: '', run: (_, { dialogs }) => dialogs.saved() },
  { name: 'search', args: '[words]', run: (text, { dialogs }) => dialogs.search(text) },
  {
    name: 'topic', args: '[text]',
    run: inRoom((text, { client, store, room }) => {
      if (text === '') {
        store.tell(room.topic === '' ? t('noTopic') : t('topicIs', { topic: room.topic }));
        return true;
      }

      return client.send('TOPIC', [room.name, text]);
    }),
  },
  { name: 'unignore', args: 'nick', run: (text, { actions }) => text !== '' && actions.ignore(firstWord(text)[0], false) },
  { name: 'unmute', args: '', run: attending('unmute', 'all') },
  { name: 'whois', args: '[nick]', run: (text, { dialogs, store, room }) => dialogs.profile(firstWord(text)[0] || (room?.isDirect ? room.name : store.nick)) },
];

const ALIASES = { j: 'join', leave: 'part', close: 'part', raw: 'quote', w: 'whois', rooms: 'list', name: 'nick', disconnect: 'quit' };

/** Runs a command, as it was typed. Where it says something, the promise of that is returned; false if it did nothing. */
export function runCommand(text, context) {
  const [word, rest] = firstWord(text.slice(1));
  const name = word.toLowerCase();
  const command = COMMANDS.find(each => each.name === (ALIASES[name] ?? name));
  if (command === undefined) {
    return refuse(context, 'noSuchCommand', { word });
  }

  return command.run(rest, context);
}
