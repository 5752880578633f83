import { parseSource } from '../irc/line.js';
import { compareNames } from './nameOrder.js';

/** Who is in a room, by their folded names. A member is { nick, signs, away, bot, account, host }. */
export class Members {
  #byName = new Map();
  #support;

  /** @param support gives what the server supports */
  constructor(support) {
    this.#support = support;
  }

  get size() {
    return this.#byName.size;
  }

  get(nick) {
    return this.#byName.get(this.#fold(nick));
  }

  has(nick) {
    return this.#byName.has(this.#fold(nick));
  }

  add(nick, fields = {}) {
    const member = { signs: '', away: false, bot: false, account: null, host: '', ...this.get(nick), ...fields, nick };
    this.#byName.set(this.#fold(nick), member);
    return member;
  }

  remove(nick) {
    return this.#byName.delete(this.#fold(nick));
  }

  rename(before, after) {
    const member = this.get(before);
    if (member !== undefined) {
      this.remove(before);
      this.add(after, member);
    }

    return member !== undefined;
  }

  clear() {
    this.#byName.clear();
  }

  /** Takes in a word of a list of names: ranks, a name, and perhaps an address. */
  addListed(word) {
    const signs = this.#support().ranks.map(rank => rank.sign).join('');
    let at = 0;
    while (at < word.length && signs.includes(word[at])) {
      at++;
    }

    const { nick, host } = parseSource(word.slice(at));
    this.add(nick, host === '' ? { signs: word.slice(0, at) } : { signs: word.slice(0, at), host });
  }

  /** Gives or takes a rank. */
  setRank(nick, mode, adding) {
    const member = this.get(nick);
    const ranks = this.#support().ranks;
    const sign = ranks.find(rank => rank.mode === mode)?.sign;
    if (member !== undefined && sign !== undefined) {
      const kept = new Set([...member.signs].filter(each => each !== sign).concat(adding ? [sign] : []));
      member.signs = ranks.map(rank => rank.sign).filter(each => kept.has(each)).join('');
    }
  }

  /** Everybody: highest rank first, then by name. */
  sorted() {
    const order = this.#support().ranks.map(rank => rank.sign);
    const rank = member => (member.signs === '' ? order.length : order.indexOf(member.signs[0]));
    return [...this.#byName.values()].sort((a, b) => rank(a) - rank(b) || compareNames(a.nick, b.nick));
  }

  #fold(nick) {
    return this.#support().fold(nick);
  }
}
