import { Members } from './members.js';
import { isSaid } from './message.js';
import { MessageLog } from './messageLog.js';
import { Overlays } from './overlays.js';
import { Typing } from './typing.js';

// More are shown as "99+" anyway.
const MAX_COUNTED = 100;

/** A room, or a conversation with one other person (`direct`). */
export class Room {
  log = new MessageLog();
  overlays = new Overlays();
  pending = [];
  topic = '';
  joined = false;
  lastRead = 0;

  // Nothing was read here before, on any device: what history has is not news.
  isNew = true;
  unread = 0;
  mentions = 0;

  // The first message that was not read when the room was opened, for the line above it; 0 for none.
  firstUnread = 0;

  // The last message up to which nothing is missing, while what came after it is being filled in; null when all is there.
  place = null;

  // What history has: whether there may be older messages than the oldest here, and whether it is being asked.
  history = { reachedStart: false, loading: false, askAgainAt: 0 };

  /**
   * @param store the Store it is in
   * @param isDirect whether it is a conversation with one person
   */
  constructor(store, name, isDirect) {
    this.name = name;
    this.isDirect = isDirect;
    this.members = new Members(() => store.support);
    this.typing = new Typing(() => store.emit('typing', this));
  }

  /** Counts what was not read yet, from the newest on. */
  count() {
    this.unread = 0;
    this.mentions = 0;
    for (let at = this.log.length - 1; at >= 0 && this.unread < MAX_COUNTED; at--) {
      const message = this.log.messages[at];
      if (message.time <= this.lastRead || (this.isNew && message.epoch === 0)) {
        break;
      }

      if (isSaid(message) && !message.self && this.overlays.redactionOf(message.msgid) === undefined) {
        this.unread++;
        this.mentions += this.isDirect || message.mention ? 1 : 0;
      }
    }
  }
}
