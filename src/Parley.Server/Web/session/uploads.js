import { Batch } from '../irc/batches.js';
import { RequestError } from '../irc/labels.js';
import { t } from '../language/text.js';

// https://soju.im/filehost, https://github.com/ircv3/ircv3-specifications/pull/562
const TOKENS = ['draft/FILEHOST', 'soju.im/FILEHOST'];
const SERVICE = 'FILEHOST';

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
  async send(file, room, { progress, signal }) {
    const token = await this.#token(room);
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      // The one way for a page to know how far an upload is.
      const request = new XMLHttpRequest();
      request.open('POST', this.address);
      request.setRequestHeader('Authorization', `Bearer ${token}`);
      request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
      request.setRequestHeader('Content-Disposition', `attachment; filename*=UTF-8\'\'${encodeURIComponent(file.name).replaceAll("'", '%27')}`);
      request.upload.onprogress = event => event.lengthComputable && progress(event.loaded / event.total);
      request.onload = () => (request.status === 201 ? resolve(JSON.parse(request.response)) : reject(new RequestError(detailOf(request.response), true)));
      request.onerror = () => reject(new RequestError(t('connectionLost'), false));
      signal.addEventListener('abort', () => {
        request.abort();
        reject(signal.reason);
      });
      request.send(file);
    });
  }

  async #token(room) {
    const isIt = line => line.command === 'TOKEN' && line.params[0] === 'GENERATE';
    const isAnswer = item => (item instanceof Batch ? item.type === 'draft/authtoken' : isIt(item) || (item.command === 'FAIL' && item.params[0] === 'TOKEN'));
    const answer = await this.#client.request('TOKEN', ['GENERATE', SERVICE, room.name], { isAnswer });
    const line = answer instanceof Batch ? [...answer.lines()].find(isIt) : answer;
    return line.params.at(-1);
  }
}

function detailOf(response) {
  try {
    return JSON.parse(response).detail;
  } catch {
    return t('noAnswer');
  }
}
