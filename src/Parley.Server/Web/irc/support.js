// What the server supports: https://modern.ircdocs.horse/#rplisupport-005

const RFC1459 = { '[': '{', ']': '}', '\\': '|', '^': '~' };

/** The server's tokens, with what the specifications say where there is none. */
export class Support {
  #tokens = new Map();

  /** Takes in the parameters of a 005, without the name before and the text after. */
  apply(tokens) {
    for (const token of tokens) {
      const equals = token.indexOf('=');
      if (token.startsWith('-')) {
        this.#tokens.delete(token.slice(1));
      } else {
        const value = equals < 0 ? '' : token.slice(equals + 1).replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
        this.#tokens.set(equals < 0 ? token : token.slice(0, equals), value);
      }
    }
  }

  has(name) {
    return this.#tokens.has(name);
  }

  get(name, otherwise = '') {
    return this.#tokens.get(name) ?? otherwise;
  }

  number(name, otherwise) {
    const value = Number.parseInt(this.get(name), 10);
    return Number.isNaN(value) ? otherwise : value;
  }

  /** A name as it is compared: two that fold to one are one. */
  fold(name = '') {
    const mapping = this.get('CASEMAPPING', 'rfc1459');
    if (mapping === 'rfc8265') {
      // Small letters one by one: `toLowerCase` of a whole word knows a final sigma.
      return [...name.normalize('NFC')].map(letter => letter.toLowerCase()).join('').normalize('NFC');
    }

    const lower = name.replace(/[A-Z]/g, letter => letter.toLowerCase());
    return mapping === 'ascii' ? lower : lower.replace(/[[\]\\^]/g, letter => (mapping === 'rfc1459-strict' && letter === '^' ? '^' : RFC1459[letter]));
  }

  isRoom(name = '') {
    return name !== '' && this.get('CHANTYPES', '#&').includes(name[0]);
  }

  /** The ranks of members, highest first: mode letters and the signs shown before names. */
  get ranks() {
    const match = /^\(([^)]*)\)(.*)$/.exec(this.get('PREFIX', '(ov)@+'));
    return match === null ? [] : [...match[1]].map((mode, at) => ({ mode, sign: match[2][at] ?? '' }));
  }

  /** Whether rooms here have a mode of that letter. */
  hasMode(letter) {
    return this.get('CHANMODES', 'b,k,l,imnpst').includes(letter);
  }

  /** Whether rooms here have a list of that letter. */
  hasList(letter) {
    return this.get('CHANMODES', 'b,k,l,imnpst').split(',')[0].includes(letter);
  }

  /** Whether a room's mode letter has a parameter. */
  takesParameter(mode, adding) {
    const [lists = '', always = '', whenSet = ''] = this.get('CHANMODES', 'b,k,l,imnpst').split(',');
    return lists.includes(mode) || always.includes(mode) || (adding && whenSet.includes(mode)) || this.ranks.some(rank => rank.mode === mode);
  }

  /** The most messages that one request for history may ask for. */
  get historyPage() {
    const most = this.number('CHATHISTORY', 100);
    return most === 0 ? 100 : Math.min(most, 100);
  }
}
