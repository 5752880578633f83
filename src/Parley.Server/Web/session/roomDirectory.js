import { compareNames } from '../state/nameOrder.js';

// What comes by then is all that is shown.
const TIMEOUT_MS = 5000;
const MAX_ROOMS = 1000;

// Servers find it dear to say: a list is good for this long.
const KEPT_MS = 30_000;

// InspIRCd says a room's modes before its topic.
const MODES = /^\[\+[^\]]*\] ?/;

/** The rooms that there are on the server, those with most people first. */
export class RoomDirectory {
  #client;
  #listing = null;
  #listedAt = 0;

  constructor(client) {
    this.#client = client;
    client.on('closed', () => this.#listing = null);
  }

  /** Asks for them: [{ name, users, topic }]. */
  list() {
    if (this.#listing === null || Date.now() - this.#listedAt > KEPT_MS) {
      this.#listedAt = Date.now();
      this.#listing = this.#ask();
    }

    return this.#listing;
  }

  #ask() {
    const rooms = [];
    return new Promise(resolve => {
      const take = item => {
        const lines = item.lines?.() ?? [item];
        for (const line of lines) {
          if (line.command === '322' && rooms.length < MAX_ROOMS) {
            rooms.push({ name: line.params[1] ?? '', users: Number.parseInt(line.params[2], 10) || 0, topic: (line.params[3] ?? '').replace(MODES, '') });
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
