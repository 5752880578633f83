import { Emitter } from './emitter.js';
import { parseLine } from './line.js';

// https://ircv3.net/specs/extensions/websocket; InspIRCd has names of its own for the same before its version 4.
const PROTOCOLS = ['text.ircv3.net', 'binary.ircv3.net', 'text.inspircd.org', 'binary.inspircd.org'];
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;

// A connection that says nothing for this long is asked whether it is there, and given up after as long again.
const QUIET_MS = 40_000;

/**
 * A WebSocket that comes back when it is lost. Emits `open`, `line` (an object of line.js), and `close` (a reason, the
 * milliseconds until the next try or null if there is none).
 */
export class Connection extends Emitter {
  #url;
  #socket = null;
  #failures = 0;
  #retry = null;
  #watch = null;
  #asked = false;
  #ended = false;
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();

  constructor(url) {
    super();
    this.#url = url;
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    this.#ended = false;
    clearTimeout(this.#retry);
    const socket = new WebSocket(this.#url, PROTOCOLS);
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#current(socket) && this.#opened();
    socket.onmessage = event => this.#current(socket) && this.#receive(event.data);
    socket.onclose = event => this.#current(socket) && this.#closed(event.reason);
  }

  get hasEnded() {
    return this.#ended;
  }

  /** Tries now, instead of when it would. */
  connectNow() {
    if (this.#socket === null || this.#socket.readyState === WebSocket.CLOSED) {
      this.connect();
    }
  }

  /** Sends a line; false if there is no connection. */
  send(line) {
    if (!this.isOpen) {
      return false;
    }

    this.#socket.send(this.#socket.protocol.startsWith('binary.') ? this.#encoder.encode(line) : line);
    return true;
  }

  /** The session works: the next loss is a first one. */
  succeeded() {
    this.#failures = 0;
  }

  /** Closes for good, until somebody connects again. */
  end(reason = '') {
    this.#ended = true;
    clearTimeout(this.#retry);
    this.#socket?.close(1000);
    this.#closed(reason);
  }

  #current(socket) {
    return socket === this.#socket;
  }

  #opened() {
    this.#keepWatch();
    this.emit('open');
  }

  #receive(data) {
    this.#asked = false;
    this.#keepWatch();
    const text = typeof data === 'string' ? data : this.#decoder.decode(data);
    for (const part of text.split(/\r?\n/)) {
      const line = parseLine(part);
      if (line !== null) {
        this.emit('line', line);
      }
    }
  }

  #closed(reason) {
    clearTimeout(this.#watch);
    clearTimeout(this.#retry);
    this.#socket = null;
    this.#asked = false;
    let delay = null;
    if (!this.#ended) {
      // Spread, so that a server that comes back is not met by everybody in one moment.
      delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures) * (0.5 + Math.random() / 2);
      this.#failures++;
      this.#retry = setTimeout(() => this.connect(), delay);
    }

    this.emit('close', reason, delay);
  }

  #keepWatch() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      const socket = this.#socket;
      if (this.#asked) {
        socket?.close();
        this.#closed('The server does not answer');
      } else {
        this.#asked = true;
        this.send('PING :still-there');
        this.#keepWatch();
      }
    }, QUIET_MS);
  }
}
