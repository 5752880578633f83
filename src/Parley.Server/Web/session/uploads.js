// https://soju.im/filehost, https://github.com/ircv3/ircv3-specifications/pull/562
const TOKENS = ['draft/FILEHOST', 'soju.im/FILEHOST'];

/** Uploads files to the server, with a token of the connection in place of the password. */
export class Uploads {
  #client;
  #terms = null;

  constructor(client) {
    this.#client = client;
    client.on('registered', () => this.#terms = null);
  }

  /** Where files go; '' if nowhere that this page may reach: its policy leads to its own server alone. */
  get address() {
    const token = TOKENS.find(name => this.#client.support.has(name));
    const url = token === undefined ? '' : this.#client.support.get(token);
    return URL.canParse(url) && new URL(url).origin === location.origin && this.#client.support.has('draft/AUTHTOKEN') ? url : '';
  }

  /** The bytes that a file may have at most. */
  async maxBytes() {
    this.#terms ??= fetch(this.address, { method: 'OPTIONS' }).then(answer => answer.headers.get('Upload-Limit') ?? '', () => '');
    return Number(/max-size=(\d+)/.exec(await this.#terms)?.[1] ?? Infinity);
  }

  /**
   * Uploads a file; the promise says where it is then, or is rejected with the reason that it is nowhere.
   * @param progress is told how much of it is there, from 0 to 1
   * @param signal gives it up
   */
  async send(file, room, given) {
    const { upload } = await import('../ondemand/upload.js');
    return upload(this.#client, this.address, file, room, given);
  }
}
