import { RequestError } from '../irc/labels.js';
import { refusalOf } from '../irc/client.js';
import { t } from '../language/text.js';
import { loginChunks, offers } from '../irc/sasl.js';

const FAILURES = ['FAIL', '902', '904', '905', '906', '907', '908'];
const TIMEOUT_MS = 20_000;

/** The user's account. The password is kept as long as the page is, to log in again after a lost connection. */
export class Account {
  #client;
  #session;

  constructor(client, session) {
    this.#client = client;
    this.#session = session;
  }

  get canLogIn() {
    return this.#client.has('sasl') && offers(this.#client.capabilities.offered.get('sasl') ?? '', 'PLAIN');
  }

  get canRegister() {
    return this.#client.has('draft/account-registration');
  }

  /** Logs in; the promise says how it went, or is rejected with the reason that it did not. */
  async logIn(account, password) {
    this.#client.send('AUTHENTICATE', ['PLAIN']);
    await this.#next(line => line.command === 'AUTHENTICATE');
    loginChunks({ account, password }).forEach(chunk => this.#client.send('AUTHENTICATE', [chunk]));
    await this.#next(line => line.command === '903');
    this.#session.login = { account, password };
    return t('loggedInAs', { account });
  }

  /** Makes an account of that name, and logs in to it. */
  async register(account, password) {
    this.#client.send('REGISTER', [account, '*', password]);
    const answer = await this.#next(line => line.command === 'REGISTER');
    if (answer.params[0] !== 'SUCCESS') {
      throw new RequestError(answer.params.at(-1) ?? '', true);
    }

    this.#session.login = { account, password };
    return t('accountIsYours', { account });
  }

  #next(isWanted) {
    return new Promise((resolve, reject) => {
      const settle = how => {
        stop();
        clearTimeout(timer);
        how();
      };
      const stop = this.#client.on('item', item => {
        if (item.command !== undefined && isWanted(item)) {
          settle(() => resolve(item));
        } else if (FAILURES.includes(item.command)) {
          settle(() => reject(refusalOf(item) ?? new RequestError(item.params.at(-1) ?? '', true)));
        }
      });
      const timer = setTimeout(() => settle(() => reject(new RequestError(t('noAnswer'), false))), TIMEOUT_MS);
    });
  }
}
