// What one can type after a slash. Each has a name, what comes after it, and what it does; `run` takes what was typed after
// the name, and { room, store, session, outgoing, client, dialogs, replyTo }.

/** The first word, and what comes after it. */
function firstWord(text) {
  const match = /^(\S+)\s*(.*)$/s.exec(text);
  return match === null ? ['', ''] : [match[1], match[2]];
}

/** A command that needs a room that the user is in. */
const inRoom = run => (text, context) => {
  if (context.room === null || context.room.isDirect) {
    context.store.tell('This is for rooms: go to one first', 'error');
  } else {
    run(text, context);
  }
};

/** A command that says something. */
const saying = kind => (text, { outgoing, room }) => room !== null && text !== '' && outgoing.say(room, text, { kind });

const mode = (letter, adding) => inRoom((text, { client, room }) => {
  const nicks = text.split(/\s+/).filter(Boolean);
  client.send('MODE', [room.name, (adding ? '+' : '-') + letter.repeat(nicks.length), ...nicks]);
});

export const COMMANDS = [
  { name: 'away', args: '[why]', does: 'says that you are away', run: (text, { client }) => client.send('AWAY', [text || 'away']) },
  { name: 'back', args: '', does: 'says that you are back', run: (_, { client }) => client.send('AWAY', []) },
  { name: 'deop', args: 'nick…', does: 'takes the operator’s rank', run: mode('o', false) },
  { name: 'help', args: '', does: 'shows what there is', run: (_, { dialogs }) => dialogs.help() },
  {
    name: 'invite', args: 'nick', does: 'invites somebody to this room',
    run: inRoom((text, { client, room }) => client.send('INVITE', [firstWord(text)[0], room.name])),
  },
  {
    name: 'join', args: '[#room [key]]', does: 'goes to a room', run: (text, { session, dialogs }) => {
      const [room, key] = firstWord(text);
      return room === '' ? dialogs.join() : session.join(room, key);
    },
  },
  {
    name: 'kick', args: 'nick [why]', does: 'removes somebody from this room', run: inRoom((text, { client, room }) => {
      const [nick, reason] = firstWord(text);
      client.send('KICK', reason === '' ? [room.name, nick] : [room.name, nick, reason]);
    }),
  },
  { name: 'list', args: '', does: 'lists the rooms that there are', run: (_, { dialogs }) => dialogs.join() },
  { name: 'login', args: '', does: 'logs in to an account, or makes one', run: (_, { dialogs }) => dialogs.account() },
  { name: 'me', args: 'does', does: 'says what you do', run: saying('action') },
  {
    name: 'mode', args: '+x-y …', does: 'changes this room’s modes',
    run: inRoom((text, { client, room }) => client.send('MODE', [room.name, ...text.split(/\s+/).filter(Boolean)])),
  },
  {
    name: 'msg', args: 'nick text', does: 'says something to one person', run: (text, { session, outgoing, store }) => {
      const [target, said] = firstWord(text);
      if (target === '') {
        store.tell('Say to whom: /msg nick text', 'error');
        return;
      }

      const room = store.support.isRoom(target) ? store.find(target) : session.conversation(target);
      if (room === undefined) {
        store.tell(`You are not in ${target}`, 'error');
      } else if (said !== '') {
        outgoing.say(room, said);
      }

      if (room !== undefined && room.isDirect) {
        store.select(room);
      }
    },
  },
  {
    name: 'nick', args: 'name', does: 'changes your name',
    run: (text, { session, dialogs }) => (text === '' ? dialogs.settings() : session.rename(firstWord(text)[0])),
  },
  { name: 'notice', args: 'text', does: 'says something that nobody need answer', run: saying('notice') },
  { name: 'op', args: 'nick…', does: 'makes somebody an operator of this room', run: mode('o', true) },
  {
    name: 'part', args: '[why]', does: 'leaves this room, or closes this conversation',
    run: (text, { session, room }) => room !== null && session.leave(room, text),
  },
  { name: 'query', args: 'nick', does: 'opens a conversation with one person', run: (text, { session }) => text !== '' && session.talkTo(firstWord(text)[0]) },
  { name: 'quit', args: '', does: 'ends the connection', run: (text, { session }) => session.quit(text) },
  {
    name: 'quote', args: 'command', does: 'sends the server a command as it is', run: (text, { client }) => {
      const [command, rest] = firstWord(text);
      const [, middle, trailing] = /^(.*?)(?:(?:^| ):(.*))?$/s.exec(rest);
      client.send(command.toUpperCase(), [...middle.split(' ').filter(Boolean), ...(trailing === undefined ? [] : [trailing])]);
    },
  },
  { name: 'search', args: '[words]', does: 'looks for messages', run: (text, { dialogs }) => dialogs.search(text) },
  {
    name: 'topic', args: '[text]', does: 'changes what this room is about',
    run: inRoom((text, { client, store, room }) => {
      if (text === '') {
        store.tell(room.topic === '' ? 'There is no topic' : `Topic: ${room.topic}`);
      } else {
        client.send('TOPIC', [room.name, text]);
      }
    }),
  },
  { name: 'whois', args: 'nick', does: 'says who somebody is', run: (text, { client }) => text !== '' && client.send('WHOIS', [firstWord(text)[0]]) },
];

const ALIASES = { j: 'join', leave: 'part', close: 'part', raw: 'quote', w: 'whois', rooms: 'list', name: 'nick', disconnect: 'quit' };

/** Does what was typed: a command, or something to say. Two slashes say something that begins with one. */
export function runInput(text, context) {
  if (!text.startsWith('/') || text.startsWith('//')) {
    if (context.room === null) {
      context.dialogs.join();
    } else {
      context.outgoing.say(context.room, text.startsWith('//') ? text.slice(1) : text, { replyTo: context.replyTo });
    }

    return;
  }

  const [word, rest] = firstWord(text.slice(1));
  const name = word.toLowerCase();
  const command = COMMANDS.find(each => each.name === (ALIASES[name] ?? name));
  if (command === undefined) {
    context.store.tell(`There is no /${word}: /help says what there is. To say it, type //${word}`, 'error');
  } else {
    command.run(rest, context);
  }
}
