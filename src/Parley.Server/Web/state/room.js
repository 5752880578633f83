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

  // Its rules by their letters, each with its parameter or ''.
  modes = new Map();
  joined = false;
  lastRead = 0;

  // Nothing was read here before, on any device: what history has is not news.
  isNew = true;
  unread = 0;
  mentions = 0;

  // Up to when the room was read when it was opened: what came after has a line above it; 0 for no line.
  mark = 0;

  // The user has marked it as unread: it stays so until it is opened again.
  isHeldUnread = false;

  // Of the other one in a conversation: 'here', 'away', 'gone'; null if the server does not say.
  presence = null;

  // The ids of the messages that are pinned here, the newest first.
  pins = [];

  // What is in the log is from another visit: it makes way for what the server says.
  isRestored = false;

  // Of what the user wants to be told: 'all', 'mentions', or 'none'.
  attention = 'all';

  // Why the user is not in it; null if nothing keeps them out. See Store.refuse.
  refusal = null;

  // The last message up to which nothing is missing, while what came after it is being filled in; null when all is there.
  place = null;

  // What history has: whether there may be older messages than the oldest here, and whether it is being asked.
  // `oldest` is the earliest entry that came, which need not be a message: { msgid, time }, or null.
  history = { reachedStart: false, loading: false, askAgainAt: 0, oldest: null };

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

  /** How much of what is new the user wants to be told: how many, and whether they are for the user. */
  get news() {
    const forUser = this.attention === 'none' ? 0 : this.mentions;
    return forUser > 0 ? { count: forUser, isForUser: true } : { count: this.attention === 'all' ? this.unread : 0, isForUser: false };
  }

  /** Puts the line where the unread begins: when the room is opened, or nobody looks at it any more. */
  markUnread() {
    this.mark = this.isNew ? 0 : this.lastRead;
    this.isHeldUnread = false;
  }

  /** What came after the line and is for people to read, oldest first. */
  get afterMark() {
    return this.mark === 0 ? [] : this.log.after(this.mark).filter(message => isWorthReading(message, this));
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

      if (isWorthReading(message, this)) {
        this.unread++;
        this.mentions += this.isDirect || message.mention ? 1 : 0;
      }
    }
  }
}

/** Whether a message counts as unread until it was seen. */
function isWorthReading(message, room) {
  return isSaid(message) && !message.self && !message.ignored && room.overlays.redactionOf(message.msgid) === undefined;
}
