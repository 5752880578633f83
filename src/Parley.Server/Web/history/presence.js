import { eventMessage } from '../state/message.js';

/** Who came, went or changed something, as a message of a log; null if a line says nothing of the kind. */
export function presenceOf(store, line) {
  const from = line.source.nick;
  const [first = '', second = '', third = ''] = line.params;
  const because = reason => (reason === '' ? '' : ` (${reason})`);
  switch (line.command) {
    case 'JOIN':
      return eventMessage(line, 'presence', from, 'joined');
    case 'PART':
      return eventMessage(line, 'presence', from, `left${because(second)}`);
    case 'QUIT':
      return eventMessage(line, 'presence', from, `left${because(first)}`);
    case 'NICK':
      return eventMessage(line, 'presence', from, `is now ${first}`);
    case 'KICK':
      return eventMessage(line, 'event', from, `removed ${second}${because(third)}`);
    case 'TOPIC':
      return eventMessage(line, 'event', from, second === '' ? 'took the topic away' : `set the topic: ${second}`);
    case 'MODE':
      return store.support.isRoom(first) ? eventMessage(line, 'event', from, `set ${line.params.slice(1).join(' ')}`) : null;
    default:
      return null;
  }
}
