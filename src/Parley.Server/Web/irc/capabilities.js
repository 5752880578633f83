// https://ircv3.net/specs/extensions/capability-negotiation

/** What this client makes use of. Each is optional: what a server has not, the client does without. */
export const WANTED = [
  'account-notify', 'account-tag', 'away-notify', 'batch', 'cap-notify', 'chghost', 'draft/account-registration', 'draft/channel-rename',
  'draft/chathistory', 'draft/event-playback', 'draft/message-redaction', 'draft/metadata-2', 'draft/multiline', 'draft/read-marker', 'echo-message',
  'extended-join', 'extended-monitor', 'invite-notify', 'labeled-response', 'message-tags', 'multi-prefix', 'sasl', 'server-time', 'setname',
  'soju.im/search', 'standard-replies', 'userhost-in-names',
];

// Room for the command, and for the blanks between.
const MAX_REQUEST_LENGTH = 400;

/** What the server offers and what of it is on. */
export class Capabilities {
  offered = new Map();
  enabled = new Set();
  #send;
  #pending = 0;
  #listed = false;

  /** @param send sends a command with its parameters */
  constructor(send) {
    this.#send = send;
  }

  has(name) {
    return this.enabled.has(name);
  }

  /** Begins anew, on a new connection. */
  begin() {
    this.offered.clear();
    this.enabled.clear();
    this.#pending = 0;
    this.#listed = false;
    this.#send('CAP', ['LS', '302']);
  }

  /** Takes in a CAP line; true once all that was asked for is settled. */
  take(line) {
    const [, subcommand = '', ...rest] = line.params;
    const names = (rest.at(-1) ?? '').split(' ').filter(Boolean);
    switch (subcommand.toUpperCase()) {
      case 'LS':
        this.#offer(names);
        if (rest.length > 1 && rest[0] === '*') {
          return false;
        }

        this.#listed = true;
        this.#request();
        break;
      case 'NEW':
        this.#offer(names);
        this.#request();
        break;
      case 'DEL':
        names.forEach(name => this.offered.delete(name) && this.enabled.delete(name));
        break;
      case 'ACK':
        this.#pending--;
        names.forEach(name => (name.startsWith('-') ? this.enabled.delete(name.slice(1)) : this.enabled.add(name)));
        break;
      case 'NAK':
        this.#pending--;
        break;
    }

    return this.#listed && this.#pending <= 0;
  }

  #offer(names) {
    for (const name of names) {
      const equals = name.indexOf('=');
      this.offered.set(equals < 0 ? name : name.slice(0, equals), equals < 0 ? '' : name.slice(equals + 1));
    }
  }

  #request() {
    let request = [];
    for (const name of WANTED.filter(each => this.offered.has(each) && !this.enabled.has(each))) {
      if ([...request, name].join(' ').length > MAX_REQUEST_LENGTH) {
        this.#ask(request);
        request = [];
      }

      request.push(name);
    }

    if (request.length > 0) {
      this.#ask(request);
    }
  }

  #ask(names) {
    this.#pending++;
    this.#send('CAP', ['REQ', names.join(' ')]);
  }
}
