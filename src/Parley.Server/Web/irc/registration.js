import { nextName } from './names.js';
import { loginChunks, mechanismOf, offers } from './sasl.js';

const NAME_TAKEN = ['433', '436', '437'];
const NAME_REFUSED = ['431', '432'];
const LOGIN_FAILED = ['902', '904', '905', '906', '907', '908'];
const MAX_NAME_TRIES = 10;

/**
 * What is said between the opening of a connection and the welcome: capabilities, a login if there is one, a name. One for
 * each connection.
 */
export class Registration {
  #send;
  #capabilities;
  #identity;
  #tries = 0;
  #negotiated = false;

  /**
   * @param send sends a command with its parameters
   * @param identity { nick, chosen (by somebody), realName, serverPassword, login: null, { account, password } or { account, ticket } }
   */
  constructor(send, capabilities, identity) {
    this.#send = send;
    this.#capabilities = capabilities;
    this.#identity = identity;
    this.nick = identity.nick;
    this.loginError = null;

    // What the server said about the name that was asked for: { nick, text }; null if it let the user have it.
    this.nameRefusal = null;
  }

  begin() {
    this.#capabilities.begin();
    if (this.#identity.serverPassword) {
      this.#send('PASS', [this.#identity.serverPassword]);
    }

    this.#send('NICK', [this.nick]);
    this.#send('USER', [this.#identity.user ?? 'web', '0', '*', this.#identity.realName || this.nick]);
  }

  /** Takes in a line; false if it is not about registration. */
  take(line) {
    switch (line.command) {
      case 'CAP':
        if (this.#capabilities.take(line) && !this.#negotiated) {
          this.#negotiated = true;
          this.#logIn();
        }

        return true;
      case 'AUTHENTICATE':
        if (line.params[0] === '+') {
          loginChunks(this.#identity.login).forEach(chunk => this.#send('AUTHENTICATE', [chunk]));
        }

        return true;
      case '421':
        // A server that knows no capabilities says so; it need not be said to anybody.
        return line.params[1] === 'CAP';
      case '903':
        this.#send('CAP', ['END']);
        return true;
      default:
        return this.#takeName(line);
    }
  }

  #logIn() {
    const offer = this.#capabilities.has('sasl') ? this.#capabilities.offered.get('sasl') : null;
    if (this.#identity.login === null) {
      this.#send('CAP', ['END']);
    } else if (offer === null || !offers(offer, mechanismOf(this.#identity.login))) {
      this.loginError = 'This server takes no such log-in';
      this.#send('CAP', ['END']);
    } else {
      this.#send('AUTHENTICATE', [mechanismOf(this.#identity.login)]);
    }
  }

  #takeName(line) {
    if (LOGIN_FAILED.includes(line.command)) {
      this.loginError ??= line.params.at(-1) ?? 'The login failed';
      this.#send('CAP', ['END']);
      return true;
    }

    const refused = NAME_REFUSED.includes(line.command);
    if ((!refused && !NAME_TAKEN.includes(line.command)) || this.#tries++ >= MAX_NAME_TRIES) {
      return false;
    }

    this.nameRefusal ??= { nick: this.nick, text: line.params.at(-1) ?? '' };

    // A refused name has something in it that this server does not want; one of ours has letters only.
    this.nick = nextName(this.nick, this.#identity.chosen && !refused && this.#tries < MAX_NAME_TRIES, 16);
    this.#send('NICK', [this.nick]);
    return true;
  }
}
