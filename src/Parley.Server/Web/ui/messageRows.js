import { isSaid } from '../state/message.js';
import { dayOf } from './time.js';

// What one person says within this time is shown under one name.
const GROUP_MS = 5 * 60_000;

/**
 * The rows that show messages: a line for a new day, a line before what is new, and messages, of which those of one person
 * are grouped and comings and goings are put together. Each has a key by which it is the same the next time.
 */
export function rowsOf(messages, { firstUnread = null, showPresence = true } = {}) {
  const rows = [];
  let before = null;
  let isMarked = firstUnread === null;
  for (const message of messages) {
    if (message.ignored || (message.kind === 'presence' && (!showPresence || message.self))) {
      continue;
    }

    if (before === null || dayOf(before.time) !== dayOf(message.time)) {
      rows.push({ type: 'day', key: `day ${dayOf(message.time)}`, time: message.time });
      before = null;
    }

    if (!isMarked && (message === firstUnread || message.time > firstUnread.time)) {
      isMarked = true;
      rows.push({ type: 'new', key: 'new' });
      before = null;
    }

    const last = rows.at(-1);
    if (message.kind === 'presence' && last?.type === 'presence') {
      last.messages.push(message);
    } else if (message.kind === 'presence') {
      rows.push({ type: 'presence', key: `presence ${message.key}`, messages: [message] });
    } else {
      rows.push({ type: isSaid(message) ? 'message' : 'event', key: `message ${message.key}`, message, grouped: isGrouped(before, message) });
    }

    before = message;
  }

  return rows;
}

function isGrouped(before, message) {
  return before !== null && isSaid(before) && before.kind !== 'action' && message.kind === before.kind && before.from === message.from
    && message.replyTo === null && message.time - before.time < GROUP_MS;
}
