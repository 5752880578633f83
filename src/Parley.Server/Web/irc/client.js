import { Batch, Batches } from './batches.js';
import { Capabilities } from './capabilities.js';
import { Emitter } from './emitter.js';
import { Labels, RequestError } from './labels.js';
import { formatLine } from './line.js';
import { Registration } from './registration.js';
import { Support } from './support.js';

/**
 * A session with a server, over connections that come and go. Emits `registered` (each time anew), `item` (a line or a
 * batch, whether it answers something, and if so how), `refused` (a login), `password` (the server wants one, or another),
 * and `closed`.
 */
export class Client extends Emitter {
  support = new Support();
  registered = false;
  nick = '';

  // When the server let the user in, by its clock; and what it said about the name that was asked for, or null.
  welcomedAt = 0;
  serverName = '';
  nameRefusal = null;
  #connection;
  #batches = new Batches();
  #labels = new Labels();
  #registration = null;
  #identity;

  /**
   * @param connection a Connection
   * @param identity gives what to register with, each time anew
   */
  constructor(connection, identity) {
    super();
    this.#connection = connection;
    this.#identity = identity;
    this.capabilities = new Capabilities((command, params) => this.send(command, params));
    connection.on('open', () => this.#opened());
    connection.on('line', line => this.#take(line));
    connection.on('close', (reason, delay) => this.#closed(reason, delay));
  }

  has(capability) {
    return this.capabilities.has(capability);
  }

  /** Sends a command that no answer is waited for; false if there is no connection. */
  send(command, params = [], tags = {}) {
    return this.#connection.send(formatLine(command, params, this.has('message-tags') ? tags : {}));
  }

  /**
   * Sends a command and waits for its answer: a line or a batch.
   * @param isAnswer says whether something is the answer, for servers without labels; without it, they give none (null)
   * @param canLabel whether a server with labels may be sent one
   */
  async request(command, params, { tags = {}, isAnswer = null, canLabel = true } = {}) {
    const labelled = canLabel && this.has('labeled-response');
    if (!this.registered) {
      throw new RequestError('There is no connection', false);
    }

    if (!labelled && isAnswer === null) {
      this.send(command, params, tags);
      return null;
    }

    const { label, answer } = this.#labels.open(labelled ? null : isAnswer);
    this.#connection.send(formatLine(command, params, labelled ? { ...tags, label } : this.has('message-tags') ? tags : {}));
    const item = await answer;
    const refusal = item instanceof Batch ? undefined : refusalOf(item);
    if (refusal !== undefined) {
      throw refusal;
    }

    return item;
  }

  #opened() {
    this.support = new Support();
    this.capabilities.enabled.clear();
    this.#registration = new Registration((command, params) => this.send(command, params), this.capabilities, this.#identity());
    this.#registration.begin();
  }

  #closed(reason, delay) {
    this.registered = false;
    this.#batches.clear();
    this.#labels.abandon();
    this.emit('closed', reason, delay);
  }

  #take(line) {
    if (line.command === 'PING') {
      this.send('PONG', line.params);
    } else if (line.command === 'PONG') {
      // It is there: that was all it was asked.
    } else if (line.command === '001') {
      this.nick = line.params[0] ?? this.#registration.nick;
      this.serverName = line.source.nick;
      this.welcomedAt = Date.parse(line.tags.get('time') ?? '') || Date.now();
      this.nameRefusal = this.#registration.nameRefusal;
      this.#connection.succeeded();
      if (this.#registration.loginError !== null) {
        this.emit('refused', this.#registration.loginError);
      }
    } else if (!this.registered && line.command === '464') {
      this.emit('password', line.params.at(-1) ?? '');
    } else if (!this.registered && this.#registration?.take(line)) {
      // Said between the two of them.
    } else if (line.command === 'CAP') {
      this.capabilities.take(line);
    } else if (line.command === '005') {
      this.support.apply(line.params.slice(1, -1));
    } else if (!this.registered && ['376', '422'].includes(line.command)) {
      // Only now is it known what the server supports.
      this.registered = true;
      this.emit('registered');
    } else {
      const item = this.#batches.take(line);
      if (item !== null) {
        this.emit('item', item, this.#labels.take(item));
      }
    }
  }
}

/** The error that a line says; undefined if it says none. */
export function refusalOf(line) {
  if (line.command === 'FAIL') {
    return new RequestError(line.params.at(-1) ?? '', true, line.params[1] ?? '');
  }

  return /^[45]\d\d$/.test(line.command) ? new RequestError(line.params.at(-1) ?? '', true, line.command) : undefined;
}
