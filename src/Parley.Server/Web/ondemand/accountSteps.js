import { RequestError } from '../irc/labels.js';
import { refusalOf } from '../irc/client.js';
import { t } from '../language/text.js';
import { loginChunks } from '../irc/sasl.js';
import { accountFeatures, callAccount } from './accountCalls.js';
import { isKeptForGood, keepLogin } from '../session/login.js';
import { logOut } from './logOut.js';
import { addPasskey, logInWithPasskey } from './passkeys.js';

const FAILURES = ['FAIL', '902', '904', '905', '906', '907', '908'];
const TIMEOUT_MS = 20_000;

/**
 * What the user does about an account. Where the server has devices, the password is exchanged for a token, which the browser keeps; else the password is
 * kept as long as the page is, to log in again after a lost connection.
 */
export class AccountSteps {
  #client;
  #session;

  constructor(client, session) {
    this.#client = client;
    this.#session = session;
  }

  /** Logs in; the promise says how it went, or is rejected with the reason that it did not. */
  async logIn(account, password, stays = false) {
    const known = await accountFeatures() === null ? { account } : await callAccount('login', { account, password });
    return this.#enter(known, password, stays);
  }

  /** Logs in with a passkey of this device. */
  async logInWithPasskey(stays = false) {
    return this.#enter(await logInWithPasskey(), '', stays);
  }

  /** Makes an account of that name, and logs in to it; { pending } with words if a code has to come back first, else { done }. */
  async register(account, password, { email = '', invitation = '', stays = false } = {}) {
    if (!this.#client.registered) {
      const made = await callAccount('register', { account, password, email, invitation });
      return made.pending ? { pending: made.detail } : { done: await this.#enter(made, password, stays) };
    }

    this.#client.send('REGISTER', [account, [email, invitation].filter(Boolean).join(',') || '*', password]);
    return this.#registered(await this.#next(line => line.command === 'REGISTER'), account, password, stays);
  }

  /** Gives back the code that was sent for a new account. */
  async verify(account, code, password, stays = false) {
    if (!this.#client.registered) {
      return this.#enter(await callAccount('verify', { account, code }), password, stays);
    }

    this.#client.send('VERIFY', [account, code]);
    return (await this.#registered(await this.#next(line => line.command === 'VERIFY'), account, password, stays)).done;
  }

  /** Adds a passkey of this device to the account, which takes the password. */
  addPasskey(password) {
    return addPasskey(this.#session.login, password);
  }

  /** Sets another password: this browser stays logged in, and nothing else does. */
  async setPassword(password, newPassword) {
    const known = await callAccount('password', { password, newPassword }, this.#session.login);
    this.#keep(known, newPassword, isKeptForGood());
    return t('passwordChanged');
  }

  /** Logs this browser out, which keeps nothing of whoever it was, and leaves the server. */
  logOut() {
    return logOut(this.#client, this.#session);
  }

  async #registered({ params: [outcome, , words = ''] }, account, password, stays) {
    if (outcome === 'VERIFICATION_REQUIRED') {
      return { pending: words };
    }

    if (outcome !== 'SUCCESS') {
      throw new RequestError(words, true);
    }

    const known = await accountFeatures() === null || password === '' ? { account } : await callAccount('login', { account, password }).catch(() => ({ account }));
    const login = this.#keep(known, password, stays);
    if (login.token !== undefined) {
      // The connection is logged in by the password: as one of this browser it ends with it.
      await this.#authenticate(login);
    }

    return { done: t('accountIsYours', { account }) };
  }

  async #enter(known, password, stays) {
    const login = this.#keep(known, password, stays, false);
    if (this.#client.registered) {
      await this.#authenticate(login);
      this.#session.login = login;

      // An account gives its name; another connection of it may wear that already.
      await this.#session.rename(login.account).catch(() => {});
    } else {
      this.#session.login = login;
      this.#session.connectAs(login.account);
    }

    known.token !== undefined && keepLogin(login, stays);
    return t('loggedInAs', { account: known.account });
  }

  async #authenticate(login) {
    this.#client.send('AUTHENTICATE', ['PLAIN']);
    await this.#next(line => line.command === 'AUTHENTICATE');
    loginChunks(login).forEach(chunk => this.#client.send('AUTHENTICATE', [chunk]));
    await this.#next(line => line.command === '903');
  }

  #keep({ account, token }, password, stays, isNow = true) {
    const login = token === undefined ? { account, password } : { account, password: token, token };
    if (isNow) {
      this.#session.login = login;
      token !== undefined && keepLogin(login, stays);
    }

    return login;
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
