import { reconcile } from './element.js';

/**
 * The elements of a list of things, each made anew only when what it shows is different: so what one has scrolled to stays
 * where it is, and what has the focus keeps it.
 */
export class KeyedList {
  #parent;
  #keyOf;
  #signatureOf;
  #render;
  #known = new Map();

  /**
   * @param keyOf says which thing it is
   * @param signatureOf says, as text, all that its look depends on
   */
  constructor(parent, { keyOf, signatureOf, render }) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#signatureOf = signatureOf;
    this.#render = render;
  }

  show(things) {
    this.#known = new Map(things.map(thing => [this.#keyOf(thing), this.#itemOf(thing)]));
    reconcile(this.#parent, [...this.#known.values()].map(({ element }) => element));
  }

  /** Has everything made anew the next time. */
  forget() {
    this.#known.clear();
  }

  #itemOf(thing) {
    const signature = this.#signatureOf(thing);
    const known = this.#known.get(this.#keyOf(thing));
    if (known?.signature === signature) {
      return known;
    }

    const element = this.#render(thing);
    if (known?.element.contains(document.activeElement)) {
      known.element.replaceWith(element);
      (element.matches('[tabindex]') ? element : element.querySelector('button'))?.focus({ preventScroll: true });
    }

    return { signature, element };
  }
}
