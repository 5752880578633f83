import { t } from '../language/text.js';
import { isSaid } from '../state/message.js';
import { byId, oncePerFrame } from './element.js';
import { KeyedList } from './keyedList.js';
import { renderRow } from './messageRow.js';
import { rowsOf } from './messageRows.js';

// Messages that are in the document at most, and by how many they become more as one scrolls on.
const MAX_SHOWN = 240;
const STEP = 80;

// How near the end of what is shown one has to be for more.
const NEAR_PX = 900;
const AT_BOTTOM_PX = 30;

/**
 * The messages of the current room. Of however many there are, only a window is in the document: it moves as one scrolls,
 * and what one looks at stays where it is, whatever comes in above or below it.
 */
export class MessageList {
  #store;
  #paging;
  #session;
  #context;
  #preferences;
  #view = byId('messages');
  #rows = new KeyedList(byId('message-rows'), {
    keyOf: row => row.key,
    signatureOf: row => this.#signatureOf(row),
    render: row => renderRow(row, { ...this.#context(), room: this.#room, store: this.#store }),
  });
  #room;
  #first = null;
  #following = true;

  // The row at the top of the view and where it is, for holding it there when the size of the view changes; and the sizes it was so at.
  #held = null;
  #sizes = '';
  #render = oncePerFrame(() => this.#draw());

  /** @param context what rows are made with: see messageRow.js */
  constructor({ store, paging, session, preferences, context }) {
    this.#store = store;
    this.#paging = paging;
    this.#session = session;
    this.#preferences = preferences;
    this.#context = context;
    this.#room = store.lobby;
    store.on('current', () => this.#open());
    store.on('log', room => room === this.#room && this.#render());
    store.on('self', () => this.refresh());
    preferences.onChange(name => ['showPresence', 'compact'].includes(name) && this.refresh());
    this.#view.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    byId('to-latest').addEventListener('click', () => this.follow());
    document.addEventListener('visibilitychange', () => this.#looked());
    window.addEventListener('focus', () => this.#seen());
    const observer = new ResizeObserver(() => this.#resized());
    observer.observe(this.#view);
    observer.observe(byId('message-rows'));
  }

  get #messages() {
    return this.#room.log.messages;
  }

  /** Goes to the newest message and stays there. */
  follow() {
    this.#following = true;
    this.#first = null;
    this.#draw();
    this.#toBottom();
  }

  /** Makes everything anew. */
  refresh() {
    this.#rows.forget();
    this.#render();
  }

  /** Goes to a message; false if it is not here. */
  jumpTo(msgid) {
    const at = this.#messages.findIndex(message => message.msgid === msgid);
    if (at >= 0) {
      this.goTo(this.#messages[at]);
    }

    return at >= 0;
  }

  /** Goes to a message that is here. */
  goTo(message) {
    const at = this.#room.log.indexOf(message);
    this.#following = false;
    this.#first = this.#messages[Math.max(0, at - STEP)];
    this.#draw();
    const row = this.rowOf(message);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
    this.#hold();
  }

  /** The element of a message; null if it is not in the document. */
  rowOf(message) {
    return this.#view.querySelector(`[data-key="${message.key}"]`);
  }

  /** Moves by pages, from the keyboard. */
  page(direction) {
    this.#view.scrollBy({ top: direction * this.#view.clientHeight * 0.85 });
  }

  #open() {
    this.#room = this.#store.current ?? this.#store.lobby;
    this.#rows.forget();
    this.follow();
  }

  /** The part of the messages that is shown: from, and up to but not including. */
  #window() {
    const length = this.#messages.length;
    const kept = this.#first === null ? -1 : this.#room.log.indexOf(this.#first);
    let from = kept < 0 ? Math.max(0, length - STEP) : kept;
    if (this.#following && length - from > MAX_SHOWN) {
      from = length - STEP;
    }

    return [from, Math.min(length, from + MAX_SHOWN)];
  }

  #draw() {
    const room = this.#room;
    const [from, to] = this.#window();
    const anchor = this.#following ? null : this.#anchor();
    const shown = this.#messages.slice(from, to);
    this.#first = shown[0] ?? null;
    const isEnd = to === this.#messages.length;
    this.#rows.show(rowsOf(isEnd ? [...shown, ...room.pending] : shown, {
      firstUnread: room.afterMark[0] ?? null, showPresence: this.#preferences.get('showPresence'),
    }));
    byId('history-state').textContent = this.#stateOfHistory(from);
    byId('room-empty').hidden = room.history.loading || !room.history.reachedStart || !(room.joined || room.isDirect) || room.pending.length > 0 || room.log.messages.some(isSaid);
    if (this.#following) {
      this.#toBottom();
    } else {
      this.#restore(anchor);
    }

    byId('to-latest').hidden = this.#following;
    byId('to-latest-count').textContent = room.unread > 99 ? t('manyNew') : room.unread > 0 ? t('countNew', { count: room.unread }) : t('latest');
    this.#hold();
    this.#seen();
    this.#fillView();
    this.#store.emit('drawn', room);
  }

  #stateOfHistory(from) {
    const { history, isDirect, name } = this.#room;
    const begins = isDirect ? t('conversationBegins', { name }) : t('roomBegins', { name });
    return this.#room === this.#store.lobby ? '' : history.loading ? t('loading') : from === 0 && history.reachedStart ? begins : '';
  }

  /** All that the look of a row depends on, apart from what never changes. */
  #signatureOf({ type, message, grouped, messages, time }) {
    if (type !== 'message') {
      return `${type} ${messages?.length} ${time}`;
    }

    const { overlays, log } = this.#room;
    return JSON.stringify([
      grouped, Boolean(message.preview), message.state, message.error, message.isLeaving, message.mention, overlays.reactionsTo(message.msgid), overlays.redactionOf(message.msgid), log.has(message.replyTo), message.msgid !== null && log.repliesTo(message.msgid).length,
    ]);
  }

  /** The first row that can be seen, and where in the view it is. */
  #anchor() {
    const top = this.#view.getBoundingClientRect().top;
    for (const element of byId('message-rows').children) {
      const box = element.getBoundingClientRect();
      if (box.bottom > top && element.matches('.row-message, .row-event')) {
        return { element, top: box.top - top };
      }
    }

    return null;
  }

  #restore(anchor) {
    if (anchor?.element.isConnected) {
      // A row that has become less high by a wider view is still the first one.
      const { top, height } = anchor.element.getBoundingClientRect();
      this.#view.scrollTop += top - this.#view.getBoundingClientRect().top - Math.max(anchor.top, 1 - height);
    }
  }

  /** Remembers what is at the top, of what is laid out now. */
  #hold() {
    this.#held = this.#anchor();
    this.#sizes = this.#sizesNow();
  }

  #sizesNow() {
    const { clientWidth, clientHeight, scrollHeight } = this.#view;
    return `${clientWidth} ${clientHeight} ${scrollHeight}`;
  }

  /** Stays at the end, or has what is held where it was. */
  #resized() {
    if (this.#following) {
      this.#toBottom();
    } else {
      this.#restore(this.#held);
    }

    this.#sizes = this.#sizesNow();
  }

  #toBottom() {
    this.#view.scrollTop = this.#view.scrollHeight;
  }

  #scrolled() {
    // Where other sizes have put the view says nothing of where one reads: the end may have come up to it.
    if (this.#sizes !== this.#sizesNow()) {
      this.#resized();
      return;
    }

    this.#hold();
    const { scrollTop, scrollHeight, clientHeight } = this.#view;
    const [, to] = this.#window();
    const wasFollowing = this.#following;
    this.#following = to === this.#messages.length && scrollHeight - scrollTop - clientHeight < AT_BOTTOM_PX;
    if (wasFollowing !== this.#following) {
      this.#render();
    }

    this.#fillView();
  }

  /** Has more at the end of what is shown that one comes near to. */
  #fillView() {
    const { scrollTop, scrollHeight, clientHeight } = this.#view;
    const [from, to] = this.#window();
    if (clientHeight === 0) {
      return;
    }

    if (scrollTop < NEAR_PX && from > 0 && !(this.#following && scrollHeight > clientHeight + NEAR_PX)) {
      this.#first = this.#messages[Math.max(0, from - STEP)];
      this.#render();
    } else if (scrollTop < NEAR_PX && from === 0) {
      this.#paging.loadOlder(this.#room);
    } else if (to < this.#messages.length && scrollHeight - scrollTop - clientHeight < NEAR_PX) {
      this.#first = this.#messages[Math.min(from + STEP, this.#messages.length - 1)];
      this.#render();
    }
  }

  /** Who looks away and comes back finds a line where they were. */
  #looked() {
    if (document.visibilityState === 'hidden') {
      this.#room.markUnread();
    }

    this.#seen();
  }

  #seen() {
    if (this.#room !== this.#store.lobby && this.#following && document.visibilityState === 'visible' && document.hasFocus()) {
      this.#session.reading.sawLatest(this.#room);
    }
  }
}
