import { eventMessage } from '../state/message.js';

/** Who came, went or changed something, as a message of a log; null if a line says nothing of the kind. */
export function presenceOf(store, line) {
  const [first = '', second = '', third = ''] = line.params;
  switch (line.command) {
    case 'JOIN':
      return eventMessage(line, 'presence', { what: 'joined' });
    case 'PART':
      return eventMessage(line, 'presence', { what: 'left', reason: second });
    case 'QUIT':
      return eventMessage(line, 'presence', { what: 'left', reason: first });
    case 'NICK':
      return eventMessage(line, 'presence', { what: 'renamed', to: first });
    case 'KICK':
      return eventMessage(line, 'event', { what: 'removed', who: second, reason: third });
    case 'TOPIC':
      return eventMessage(line, 'event', { what: 'topic', topic: second });
    case 'MODE':
      return store.support.isRoom(first) ? eventMessage(line, 'event', { what: 'modes', modes: line.params.slice(1) }) : null;
    default:
      return null;
  }
}
