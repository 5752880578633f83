import { clientTag } from '../irc/tags.js';
import { actionOf } from '../irc/text.js';

let nextKey = 1;

/** The time of a line by the server's clock, in milliseconds; by this computer's if the server does not say. */
export function timeOf(line, now = Date.now()) {
  const time = Date.parse(line.tags.get('time') ?? '');
  return Number.isNaN(time) ? now : time;
}

/**
 * A message as rooms keep it. `key` tells it from all others on this page, `msgid` is what the server calls it (null if it
 * does not), `id` is what is the same each time the server sends it, and `epoch` says on which connection it came live (0
 * for history).
 */
export function createMessage(fields) {
  return {
    key: nextKey++, id: null, msgid: null, epoch: 0, time: Date.now(), from: '', kind: 'message', text: '', event: null,
    account: null, bot: false, replyTo: null, context: null, self: false, mention: false, ignored: false, ...fields,
  };
}

/** What a PRIVMSG or NOTICE says, as a message. */
export function messageOfLine(line, text = line.params[1] ?? '') {
  const action = actionOf(text);
  return createMessage({
    ...identityOf(line, 'said', text),
    from: line.source.nick,
    account: line.tags.get('account') ?? null,
    bot: line.tags.has('bot'),
    kind: action !== null ? 'action' : line.command === 'NOTICE' ? 'notice' : 'message',
    text: action ?? text,
    replyTo: clientTag(line.tags, 'reply') ?? null,
    context: clientTag(line.tags, 'channel-context') ?? null,
  });
}

/** Something that happened: who came and went, a topic. `event` says what it was, as { what, ... }; ui/eventText.js has the words. */
export function eventMessage(line, kind, event) {
  const time = timeOf(line);
  const msgid = line.tags.get('msgid') ?? null;

  // History may know an event by an id that it did not have as it happened: it is told by its time, who it was by, and what it was.
  const id = line.tags.has('time') ? [time, event.what, line.source.nick, event.to ?? event.who ?? modesOf(event)].join(' ') : msgid;
  return createMessage({ time, msgid, id, kind, from: line.source.nick, account: line.tags.get('account') ?? null, event });
}

/** Modes as they are told by all: of a key, history says no more than that it was set. */
const modesOf = ({ modes = [] }) => (modes[0]?.includes('k') ? modes[0] : modes.join(' '));

function identityOf(line, kind, text) {
  const time = timeOf(line);
  const msgid = line.tags.get('msgid') ?? null;
  return { time, msgid, id: msgid ?? (line.tags.has('time') ? `${time} ${kind} ${line.source.nick} ${text}` : null) };
}

/** Whether somebody has said it, in contrast to what has happened. */
export const isSaid = message => ['message', 'notice', 'action'].includes(message.kind);
