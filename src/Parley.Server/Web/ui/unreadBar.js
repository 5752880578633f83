import { t } from '../language/text.js';
import { byId } from './element.js';
import { moment } from './time.js';

/** A bar with the unread count and a jump to the first unread message, shown while that message is out of sight. */
export class UnreadBar {
  #store;
  #messageList;
  #paging;
  #dismissed = null;

  constructor({ store, messageList, paging }) {
    this.#store = store;
    this.#messageList = messageList;
    this.#paging = paging;
    store.on('drawn', () => this.#draw());
    byId('messages').addEventListener('scroll', () => this.#draw(), { passive: true });
    byId('unread-jump').addEventListener('click', () => this.#jump());
    byId('unread-dismiss').addEventListener('click', () => this.#dismiss());
    this.#draw();
  }

  get #room() {
    return this.#store.current;
  }

  #draw() {
    const room = this.#room;
    const unread = room === null || room.history.loading || this.#dismissed === `${room.name} ${room.mark}` ? [] : room.afterMark;
    const [first] = unread;
    const isAbove = first !== undefined && this.#isAbove(first);
    byId('unread-bar').hidden = !isAbove;
    if (isAbove) {
      const count = unread.length;
      byId('unread-text').textContent = t(this.#isAll(room) ? 'unreadSince' : 'unreadSinceMore', { count, time: moment(first.time) });
    } else if (first !== undefined && this.#isAll(room)) {
      // It was seen: it need not be said again.
      this.#dismissed = `${room.name} ${room.mark}`;
    }
  }

  /** Whether what is before the first unread is here, so that it is the first indeed. */
  #isAll(room) {
    return room.history.reachedStart || room.log.messages.some(message => message.time <= room.mark);
  }

  #isAbove(message) {
    const row = this.#messageList.rowOf(message);
    return row === null || row.getBoundingClientRect().bottom < byId('messages').getBoundingClientRect().top;
  }

  async #jump() {
    const room = this.#room;
    await this.#paging.loadBackToTime(room, room.mark);
    const [first] = room.afterMark;
    if (room === this.#room && first !== undefined) {
      this.#messageList.goTo(first);
    }
  }

  #dismiss() {
    this.#dismissed = `${this.#room.name} ${this.#room.mark}`;
    this.#draw();
    byId('message-input').focus();
  }
}
