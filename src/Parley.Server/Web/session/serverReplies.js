import { t } from '../language/text.js';

// What the server says to the user, in words.

const SILENT = new Set([
  '001', '002', '003', '004', '005', '221', '250', '251', '252', '253', '254', '255', '265', '266', '315', '318', '321', '322', '323', '329', '331', '333',
  '332', '352', '353', '354', '366', '368', '372', '375', '376', '396', '422', '900', '901', '903', '730', '731', '732', '733',
  '276', '307', '311', '312', '313', '314', '317', '319', '320', '330', '335', '338', '369', '378', '379', '671',
]);

/** What a numeric says: its parameters after the user's own name. */
const wordsOf = line => line.params.slice(1).join(' ');

/** Shows what nothing else deals with, in the room that it is about if there is one. */
export function showReply(session, line) {
  const { store } = session;
  if (['FAIL', 'WARN', 'NOTE'].includes(line.command)) {
    store.tell(line.params.at(-1) ?? '', line.command === 'FAIL' ? 'error' : 'system');
  } else if (line.command === 'ERROR') {
    session.endReason = line.params[0] ?? '';
  } else if (line.command === 'INVITE') {
    store.emit('invited', line.source.nick, line.params[1] ?? '');
  } else if (line.command === '301') {
    tellAway(store, line);
  } else if (/^[45]\d\d$/.test(line.command) && session.entrance.takeRefusal(line)) {
    // The room itself says so.
  } else if (/^[45]\d\d$/.test(line.command) && line.command !== '422') {
    const about = line.params.slice(1, -1).map(name => store.find(name)).find(Boolean);
    const what = line.params.length > 2 ? `${line.params[1]}: ` : '';
    store.tell(what + (line.params.at(-1) ?? ''), 'error', about);
  } else if (/^\d\d\d$/.test(line.command) && !SILENT.has(line.command)) {
    store.tell(wordsOf(line));
  }
}

/** Somebody who is written to is away: said once, until they are back. */
function tellAway(store, { params: [, nick = '', text = ''] }) {
  const room = store.find(nick);
  if (room !== undefined && room.awayText !== text) {
    room.awayText = text;
    store.tell(t('isAway', { nick, text }), 'system', room);
  }
}
