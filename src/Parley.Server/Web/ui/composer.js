import { runInput } from '../commands.js';
import { plainText } from './messageText.js';
import { byId, h } from './element.js';
import { completionsFor } from './completion.js';
import { pickEmoji } from './emojiPicker.js';
import { InputHistory } from './inputHistory.js';

// More messages than this at a time are not sent without asking: they were pasted, perhaps by mistake.
const MAX_UNASKED = 5;

// https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode
const COMPOSING = 229;

/** Where the user types. Each room keeps what was begun in it. */
export class Composer {
  #context;
  #input = byId('message-input');
  #history = new InputHistory();
  #drafts = new WeakMap();
  #room = null;
  #replyTo = null;
  #completion = null;

  /** @param context what commands work on (see commands.js), and `follow`, which goes to the newest message */
  constructor(context) {
    this.#context = context;
    context.store.on('current', () => this.#open());
    this.#input.addEventListener('keydown', event => this.#pressed(event));
    this.#input.addEventListener('input', () => this.#changed());
    byId('composer').addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
    byId('reply-cancel').addEventListener('click', () => this.replyTo(null));
    byId('emoji-button').addEventListener('click', () => pickEmoji('Emoji', emoji => this.insert(emoji)));
  }

  get isReplying() {
    return this.#replyTo !== null;
  }

  focus() {
    this.#input.focus();
  }

  insert(text) {
    this.focus();
    this.#input.setRangeText(text, this.#input.selectionStart, this.#input.selectionEnd, 'end');
    this.#changed();
  }

  /** The next message answers this one; null for none. */
  replyTo(message) {
    this.#replyTo = message;
    byId('reply').hidden = message === null;
    byId('reply-text').replaceChildren(...message === null ? [] : ['Reply to ', h('b', {}, message.from), ` ${plainText(message.text).slice(0, 140)}`]);
    this.focus();
  }

  #open() {
    if (this.#room !== null) {
      this.#drafts.set(this.#room, this.#input.value);
    }

    this.#room = this.#context.store.current;
    this.#set(this.#room === null ? '' : this.#drafts.get(this.#room) ?? '');
    this.#replyTo = null;
    byId('reply').hidden = true;

    // On a phone this would bring up the keyboard each time.
    if (matchMedia('(hover: hover)').matches && document.querySelector('dialog[open]') === null) {
      this.focus();
    }
  }

  #submit() {
    const text = this.#input.value.replace(/\s+$/, '');
    if (text === '') {
      return;
    }

    const { dialogs, outgoing } = this.#context;
    const count = outgoing.partsOf(text).length;
    if (count > MAX_UNASKED) {
      dialogs.confirm('That is much', `This is sent as ${count} messages.`, 'Send', () => this.#send(text));
    } else {
      this.#send(text);
    }
  }

  #send(text) {
    this.#history.add(text);
    this.#set('');
    const replyTo = this.#replyTo;
    this.replyTo(null);
    runInput(text, { ...this.#context, room: this.#room, replyTo: replyTo?.msgid ?? null });
    this.#context.follow();
  }

  #set(text) {
    this.#input.value = text;
    this.#completion = null;
    this.#hint();
    this.#grow();
  }

  #changed() {
    this.#completion = null;
    this.#hint();
    this.#grow();
    const text = this.#input.value;
    if (this.#room !== null) {
      this.#context.outgoing.typing(this.#room, text !== '' && (!text.startsWith('/') || text.startsWith('/me ')));
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
    if (event.key === 'Enter' && !event.shiftKey && plain) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Tab' && plain) {
      this.#complete(event, event.shiftKey ? -1 : 1);
    } else if (event.key === 'ArrowUp' && plain && !this.#input.value.slice(0, this.#input.selectionStart).includes('\n')) {
      this.#recall(event, -1);
    } else if (event.key === 'ArrowDown' && plain && !this.#input.value.slice(this.#input.selectionEnd).includes('\n')) {
      this.#recall(event, 1);
    }
  }

  #recall(event, direction) {
    const text = this.#history.move(direction, this.#input.value);
    if (text !== null) {
      event.preventDefault();
      this.#set(text);
    }
  }

  /** Puts the first choice in, and with each further press the next. With nothing to complete, Tab goes on to the next control. */
  #complete(event, direction) {
    this.#completion ??= this.#begin();
    const completion = this.#completion;
    if (completion === null) {
      return;
    }

    event.preventDefault();
    completion.at = (completion.at + direction + completion.choices.length) % completion.choices.length;
    const { text } = completion.choices[completion.at];
    this.#input.setRangeText(text, completion.from, completion.to, 'end');
    completion.to = completion.from + text.length;
    this.#hint();
    this.#grow();
  }

  #begin() {
    const caret = this.#input.selectionStart;
    const found = completionsFor(this.#input.value, caret, this.#context.store);
    return found === null ? null : { ...found, to: caret, at: -1 };
  }

  #hint() {
    const completion = this.#completion;
    byId('completion').hidden = completion === null || completion.choices.length < 2;
    byId('completion').replaceChildren(...(completion?.choices ?? []).slice(0, 12).map(({ label }, at) =>
      h('span', { class: at === completion.at ? 'is-chosen' : '' }, label)));
  }
}
