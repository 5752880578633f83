import { t } from '../language/text.js';
import { byId, h } from './element.js';
import { completionsFor } from './completion.js';

// These are shown as one types; plain names only when Tab asks for them.
const SHOWN_AS_TYPED = ['command', 'emoji', 'person', 'room'];

// Of these Enter takes the first: a sign before the word has asked for it. The others may be meant as they are.
const TAKEN_BY_ENTER = ['emoji', 'person'];

/** A list of completions for the word at the caret, chosen by keys or by tap. */
export class Suggestions {
  #input;
  #store;
  #changed;
  #found = null;
  #list = byId('completion');

  /** @param changed is told when a choice was put in */
  constructor(input, store, changed) {
    this.#input = input;
    this.#store = store;
    this.#changed = changed;
    input.addEventListener('blur', () => this.close());
  }

  /** Looks at what was typed. */
  update() {
    const found = this.#find();
    this.#show(found !== null && SHOWN_AS_TYPED.includes(found.kind) ? { ...found, at: 0, isChosen: false } : null);
  }

  close() {
    this.#show(null);
  }

  /** Whether a key was for the list. */
  take(event) {
    const found = this.#found;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Tab') {
      return this.#tab(event.shiftKey ? -1 : 1);
    }

    if (found === null || found.isCycling) {
      return false;
    }

    if (step !== undefined) {
      this.#show({ ...found, at: (found.at + step + found.choices.length) % found.choices.length, isChosen: true });
    } else if (event.key === 'Enter' && !event.shiftKey && this.#isTaken(found)) {
      this.#accept(found.choices[found.at]);
    } else if (event.key === 'Escape') {
      this.close();
    } else {
      return false;
    }

    return true;
  }

  #isTaken({ kind, isChosen, from, to, at, choices }) {
    const isWhole = choices[at].text.trim() === this.#input.value.slice(from, to);
    return (isChosen || TAKEN_BY_ENTER.includes(kind)) && !isWhole;
  }

  /** Puts the first choice in, and with each further press the next. With nothing to complete, Tab goes on to the next control. */
  #tab(direction) {
    const found = this.#found ?? this.#begin();
    if (found === null) {
      return false;
    }

    const at = found.isCycling ? (found.at + direction + found.choices.length) % found.choices.length : found.at;
    const { text } = found.choices[at];
    this.#input.setRangeText(text, found.from, found.to, 'end');
    this.#changed();
    this.#show({ ...found, at, to: found.from + text.length, isCycling: true });
    return true;
  }

  #begin() {
    const found = this.#find();
    return found === null ? null : { ...found, at: 0 };
  }

  #find() {
    const to = this.#input.selectionStart;
    const found = completionsFor(this.#input.value, to, this.#store);
    return found === null ? null : { ...found, to };
  }

  #accept({ text }) {
    const { from, to } = this.#found;
    this.#input.setRangeText(text, from, to, 'end');
    this.#changed();
    this.close();
  }

  #show(found) {
    this.#found = found;
    const isOpen = found !== null && (!found.isCycling || found.choices.length > 1);
    this.#list.hidden = !isOpen;
    isOpen ? this.#input.setAttribute('aria-activedescendant', `choice-${found.at}`) : this.#input.removeAttribute('aria-activedescendant');
    this.#list.setAttribute('aria-label', t('suggestions'));
    this.#list.replaceChildren(...isOpen ? found.choices.slice(0, 8).map((choice, at) => this.#render(choice, at, found.at)) : []);
  }

  #render(choice, at, chosen) {
    // A press must not take the focus away from what is typed.
    return h('div', {
      id: `choice-${at}`, role: 'option', class: at === chosen ? 'is-chosen' : '', 'aria-selected': String(at === chosen),
      onpointerdown: event => event.preventDefault(), onclick: () => this.#accept(choice),
    }, h('b', {}, choice.label), h('span', {}, choice.about));
  }
}
