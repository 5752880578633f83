import { Batch } from '../irc/batches.js';
import { messageOfLine } from '../state/message.js';
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
export function applyToOverlays(room, line) {
  const id = line.tags.get('+draft/reply') ?? line.tags.get('+reply');
  const [react, unreact] = [line.tags.get('+draft/react'), line.tags.get('+draft/unreact')];
  if (line.command === 'REDACT') {
    room.overlays.redact(line.params[1] ?? '', line.source.nick, line.params[2] ?? '');
    return true;
  }

  if (line.command !== 'TAGMSG' || id === undefined || (react ?? unreact ?? '') === '') {
    return false;
  }

  if (react !== undefined) {
    room.overlays.react(id, react, line.source.nick);
  } else {
    room.overlays.unreact(id, unreact, line.source.nick);
  }

  return true;
}

/** What is in a batch of history: messages for a room's log, oldest first. The rest of it goes where it belongs. */
export function replay(store, room, batch) {
  const messages = [];
  for (const item of batch.items) {
    const { line, text } = item instanceof Batch ? multilineMessage(item) ?? {} : { line: item };
    if (line === undefined || applyToOverlays(room, line)) {
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
