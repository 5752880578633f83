import { offers } from '../irc/sasl.js';

/** The user's account. What takes more than a look is fetched when it is first done: see ondemand/accountSteps.js. */
export class Account {
  #client;
  #session;
  #steps = null;

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

  /** What this browser is logged in with. */
  get login() {
    return this.#session.login;
  }

  /** Does one of the steps of AccountSteps, by its name. */
  async run(step, ...given) {
    this.#steps ??= import('../ondemand/accountSteps.js').then(({ AccountSteps }) => new AccountSteps(this.#client, this.#session));
    return (await this.#steps)[step](...given);
  }
}
