import { t } from '../language/text.js';
import { Drafts } from '../state/drafts.js';
import { byId, h } from './element.js';
import { replyingTo } from './eventText.js';
import { InputHistory } from './inputHistory.js';
import { previewText } from './text/preview.js';
import { toast } from './toast.js';

// More messages than this at a time are not sent without asking: they were pasted, perhaps by mistake.
const MAX_UNASKED = 5;

// https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode
const COMPOSING = 229;

/** Whether a text says nothing in the room, but does something. */
const isQuiet = text => isCommand(text) && !text.startsWith('/me ');

/** Whether a text is a command. Two slashes say something that begins with one. */
const isCommand = text => text.startsWith('/') && !text.startsWith('//') && isOneLine(text);

/** Whether a text may be more than what is said: several lines are said as they are, such as a part of a program or of a file. */
const isOneLine = text => !text.trimEnd().includes('\n');

/** What a text that is no command says. */
const saidBy = text => (text.startsWith('//') && isOneLine(text) ? text.slice(1) : text);

/** Where the user types. Each room keeps what was begun in it. */
export class Composer {
  #context;
  #input = byId('message-input');
  #history = new InputHistory();
  #drafts = new Drafts();
  #room = null;
  #replyTo = null;
  #editing = null;

  /** @param context what commands work on (see commands.js), and `follow`, which goes to the newest message */
  constructor(context) {
    this.#context = context;
    context.store.on('current', () => this.#open());
    this.#input.addEventListener('keydown', event => this.#pressed(event));
    this.#input.addEventListener('input', () => this.#typed());
    byId('composer').addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    byId('reply-cancel').addEventListener('click', () => this.cancel());
    byId('emoji-button').addEventListener('click', () => context.dialogs.emoji(t('emoji'), emoji => this.insert(emoji)));
  }

  /** Whether what is typed answers or changes a message. */
  get isAbout() {
    return this.#replyTo !== null || this.#editing !== null;
  }

  /** The field in which one types. */
  get input() {
    return this.#input;
  }

  focus() {
    this.#input.focus();
  }

  insert(text) {
    this.focus();
    const before = this.#input.value.slice(0, this.#input.selectionStart);
    const blank = before === '' || /\s$/.test(before) || !text.startsWith('@') ? '' : ' ';
    this.#input.setRangeText(blank + text, this.#input.selectionStart, this.#input.selectionEnd, 'end');
    this.changed();
  }

  /** The next message answers this one; null for none. */
  replyTo(message) {
    this.#editing = null;
    this.#replyTo = message;
    this.#showAbout(message === null ? null : replyingTo(message, h('b', {}, message.from), previewText(message.text).slice(0, 140)));
    this.focus();
  }

  /** What is sent next takes the place of a message of the user's own. */
  edit(message) {
    this.#replyTo = null;
    this.#editing = message;
    this.#set(message.text);
    this.#showAbout([t('editing')]);
    this.focus();
  }

  /** Answers or changes nothing any more. */
  cancel() {
    if (this.#editing !== null) {
      this.#set('');
    }

    this.replyTo(null);
  }

  #showAbout(parts) {
    byId('reply').hidden = parts === null;
    byId('reply-text').replaceChildren(...parts ?? []);
  }

  #open() {
    this.#room = this.#context.store.current;
    this.#replyTo = null;
    this.#editing = null;
    this.#showAbout(null);
    this.#set(this.#room === null ? '' : this.#drafts.get(this.#room.name));

    // On a phone this would bring up the keyboard each time.
    if (matchMedia('(hover: hover)').matches && document.querySelector('dialog[open]') === null) {
      this.focus();
    }
  }

  /** Takes a text out again that was put in. */
  takeOut(text) {
    const at = this.#input.value.lastIndexOf(text);
    if (at >= 0) {
      this.#input.setRangeText('', at, at + text.length, 'end');
      this.changed();
    }
  }

  async #submit() {
    const { dialogs, outgoing, composerNote, rest } = this.#context;
    const attachments = rest.there?.attachments;
    const room = this.#room;
    const isSaid = !isQuiet(this.#input.value);
    if (composerNote.isWaiting && isSaid) {
      return;
    }

    // Files go with what is said, and stay where they are while something is done.
    if (isSaid && attachments !== undefined && !attachments.isEmpty) {
      const files = await attachments.take();
      if (files === null || room !== this.#room) {
        return;
      }

      // A command stays one: it is of one line.
      const typed = this.#input.value.trimEnd();
      this.#set([saidBy(typed), ...files].filter(Boolean).join(isCommand(typed) ? ' ' : '\n'));
    }

    const text = this.#input.value.replace(/\s+$/, '');
    if (text === '') {
      return;
    }

    const count = outgoing.partsOf(text).length;
    if (count > MAX_UNASKED) {
      dialogs.confirm(t('muchTitle'), t('muchText', { count }), t('send'), () => this.#send(text));
    } else {
      this.#send(text);
    }
  }

  #send(text) {
    const [replyTo, edited] = [this.#replyTo, this.#editing];
    this.#history.add(text);
    this.#set('');
    this.#keep();
    this.#editing = null;
    this.replyTo(null);
    const isEdit = edited !== null && !isQuiet(text);
    if (isEdit) {
      this.#context.gestures.replace(this.#room, edited);
    }

    const room = this.#room;
    const done = this.#run(text, room, replyTo?.msgid ?? edited?.replyTo ?? null);
    if (isEdit) {
      this.#offerUndo(room, edited, text, done);
    }

    if (isCommand(text)) {
      this.#giveBack(room, text, done);
    }

    this.#context.follow();
  }

  /** A command that did nothing is where it was typed, to be put right. */
  async #giveBack(room, text, done) {
    const isDone = await Promise.resolve(done).catch(() => false);
    if (isDone === false && room === this.#room && this.#input.value === '') {
      this.#set(text);
      this.#keep();
    }
  }

  #run(text, room, replyTo) {
    const { rest, outgoing, dialogs } = this.#context;
    return isCommand(text) ? rest(({ runCommand }) => runCommand(text, { ...this.#context, room, replyTo }))
      : room === null ? dialogs.join()
        : outgoing.say(room, saidBy(text), { replyTo });
  }

  /** An edit is undone by another, which says what was said before. */
  async #offerUndo(room, edited, text, done) {
    await done;
    const undo = () => {
      const now = room.log.messages.findLast(message => message.self && message.text === text);
      if (now !== undefined) {
        this.#context.gestures.replace(room, now);
        this.#context.outgoing.say(room, edited.text, { replyTo: edited.replyTo });
      }
    };
    toast(t('messageEdited'), { actions: [{ label: t('undo'), run: undo }] });
  }

  #set(text) {
    this.#input.value = text;
    this.#context.rest.there?.suggestions.close();
    this.#grow();
  }

  /** By the user's keys, so that suggestions may come up. */
  #typed() {
    this.#context.rest(({ suggestions }) => suggestions.update());
    this.changed();
  }

  /** Takes note of what is in the field now. */
  changed() {
    this.#grow();
    this.#keep();
    const text = this.#input.value;
    if (this.#room !== null) {
      this.#context.gestures.typing(this.#room, text !== '' && !isQuiet(text));
    }
  }

  #keep() {
    if (this.#room !== null && this.#editing === null) {
      this.#drafts.set(this.#room.name, this.#input.value);
    }
  }

  #grow() {
    this.#input.style.height = 'auto';
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }

  #pressed(event) {
    // A key that ends the choice of a character is not for us; not every browser says so by `isComposing`.
    if (event.isComposing || event.keyCode === COMPOSING) {
      return;
    }

    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plain && this.#isForSuggestions(event)) {
      event.preventDefault();
    } else if (event.key === 'Enter' && !event.shiftKey && plain) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'ArrowUp' && plain && !this.#input.value.slice(0, this.#input.selectionStart).includes('\n')) {
      this.#recall(event, -1);
    } else if (event.key === 'ArrowDown' && plain && !this.#input.value.slice(this.#input.selectionEnd).includes('\n')) {
      this.#recall(event, 1);
    }
  }

  /** Whether a key was for the list of suggestions; a word that is to be completed waits for it. */
  #isForSuggestions(event) {
    const { rest } = this.#context;
    if (rest.there !== undefined) {
      return rest.there.suggestions.take(event);
    }

    const isCompleting = event.key === 'Tab' && !event.shiftKey && this.#input.value !== '';
    if (isCompleting) {
      rest(({ suggestions }) => suggestions.take(event));
    }

    return isCompleting;
  }

  #recall(event, direction) {
    const text = this.#history.move(direction, this.#input.value);
    if (text !== null) {
      event.preventDefault();
      this.#set(text);
      this.#keep();
    }
  }
}
