import { compareNames } from '../state/nameOrder.js';

// What comes by then is all that is shown.
const TIMEOUT_MS = 5000;
const MAX_ROOMS = 1000;

/** The rooms that there are on the server, those with most people first. */
export class RoomDirectory {
  #client;

  constructor(client) {
    this.#client = client;
  }

  /** Asks for them: [{ name, users, topic }]. */
  list() {
    const rooms = [];
    return new Promise(resolve => {
      const take = item => {
        const lines = item.lines?.() ?? [item];
        for (const line of lines) {
          if (line.command === '322' && rooms.length < MAX_ROOMS) {
            rooms.push({ name: line.params[1] ?? '', users: Number.parseInt(line.params[2], 10) || 0, topic: line.params[3] ?? '' });
          } else if (line.command === '323') {
            end();
          }
        }
      };
      const stop = this.#client.on('item', take);
      const end = () => {
        stop();
        clearTimeout(timer);
        resolve(rooms.sort((a, b) => b.users - a.users || compareNames(a.name, b.name)));
      };
      const timer = setTimeout(end, TIMEOUT_MS);
      this.#client.send('LIST');
    });
  }
}
