import { Batch } from '../irc/batches.js';
import { clientTag } from '../irc/tags.js';
import { messageOfLine, timeOf } from '../state/message.js';
import { presenceOf } from './presence.js';

/** The text of a multiline batch: https://ircv3.net/specs/extensions/multiline */
export function multilineText(batch) {
  return [...batch.lines()].reduce((text, line, at) => text + (at === 0 || line.tags.has('draft/multiline-concat') ? '' : '\n') + (line.params[1] ?? ''), '');
}

/** A multiline batch as the one message that it is; null if there is nothing in it. */
export function multilineMessage(batch) {
  const [first] = batch.lines();
  if (first === undefined) {
    return null;
  }

  const tags = new Map([...first.tags, ...batch.tags]);
  const source = first.source.nick === '' ? batch.source : first.source;
  return { line: { ...first, tags, source }, text: multilineText(batch) };
}

/** What a tag message or a redaction says about another message is put where that message is or will be. */
export function applyToOverlays(store, room, line) {
  const id = clientTag(line.tags, 'reply');
  const [react, unreact] = ['react', 'unreact'].map(name => clientTag(line.tags, name));
  if (line.command === 'REDACT') {
    room.overlays.redact(line.params[1] ?? '', line.source.nick, line.params[2] ?? '');
    return true;
  }

  if (line.command !== 'TAGMSG' || id === undefined || (react ?? unreact ?? '') === '') {
    return false;
  }

  const who = { nick: line.source.nick, account: line.tags.get('account') ?? null };
  who.isOwn = store.owns({ ...who, time: timeOf(line) });
  if (react !== undefined) {
    room.overlays.react(id, react, who);
  } else {
    room.overlays.unreact(id, unreact, who);
  }

  return true;
}

/**
 * The first or last entry of a batch, whatever it is, as one asks on from it: { id, msgid, time }; null for an empty one. What is there as
 * context is of another time than the page.
 */
export function entryOf(batch, at) {
  const item = batch.items.filter(each => !each.tags.has('draft/chathistory-context')).at(at);
  const tags = item instanceof Batch ? new Map([...[...item.lines()][0]?.tags ?? [], ...item.tags]) : item?.tags;
  const msgid = tags?.get('msgid') ?? null;
  return item === undefined ? null : { id: msgid, msgid, time: timeOf({ tags }) };
}

/** Whether the server says that there is nothing more behind a batch; one that does not say so may be the last all the same. */
export const isEnd = batch => batch.items.length === 0 || batch.tags.has('draft/chathistory-end');

/** What is in a batch of history: messages for a room's log, oldest first. The rest of it goes where it belongs. */
export function replay(store, room, batch) {
  const messages = [];
  for (const item of batch.items) {
    const { line, text } = item instanceof Batch ? multilineMessage(item) ?? {} : { line: item };
    if (line === undefined || applyToOverlays(store, room, line)) {
      continue;
    }

    const said = ['PRIVMSG', 'NOTICE'].includes(line.command);
    const message = said ? messageOfLine(line, text) : presenceOf(store, line);
    if (message !== null) {
      messages.push(store.judge(message));
    }
  }

  return messages;
}
