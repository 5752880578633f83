import { reconcile } from './element.js';

/**
 * The elements of a list of things, each made anew only when what it shows is different: so what one has scrolled to stays
 * where it is, what has the focus keeps it, and what is being pressed stays until it is let go.
 */
export class KeyedList {
  #parent;
  #keyOf;
  #signatureOf;
  #render;
  #known = new Map();
  #things = [];
  #pressed = null;
  #isLate = false;

  /**
   * @param keyOf says which thing it is
   * @param signatureOf says, as text, all that its look depends on
   */
  constructor(parent, { keyOf, signatureOf, render }) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#signatureOf = signatureOf;
    this.#render = render;
    parent.addEventListener('pointerdown', event => this.#press(event.target));
  }

  show(things) {
    this.#things = things;
    this.#known = new Map(things.map(thing => [this.#keyOf(thing), this.#itemOf(thing)]));
    reconcile(this.#parent, [...this.#known.values()].map(({ element }) => element));
  }

  /** Has everything made anew the next time. */
  forget() {
    this.#known.clear();
  }

  /** Browsers make a click of a press and a release on the same element: an element made anew in between would have none. */
  #press(target) {
    this.#pressed = [...this.#parent.children].find(element => element.contains(target)) ?? null;
    const given = new AbortController();
    const release = () => {
      given.abort();

      // The click comes first.
      setTimeout(() => {
        this.#pressed = null;
        if (this.#isLate) {
          this.#isLate = false;
          this.show(this.#things);
        }
      });
    };
    ['pointerup', 'pointercancel'].forEach(name => document.addEventListener(name, release, { signal: given.signal }));
  }

  #itemOf(thing) {
    const signature = this.#signatureOf(thing);
    const known = this.#known.get(this.#keyOf(thing));
    if (known?.signature === signature) {
      return known;
    }

    if (known !== undefined && known.element === this.#pressed) {
      this.#isLate = true;
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
