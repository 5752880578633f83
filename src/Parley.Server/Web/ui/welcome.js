import { byId } from './element.js';

/** The page without a room. A skeleton stands in while the page connects. */
export class Welcome {
  #parts;

  constructor(parts) {
    this.#parts = parts;
    const { store } = parts;
    ['current', 'connection', 'self'].forEach(topic => store.on(topic, () => this.#draw()));
    this.#draw();
  }

  get #isShown() {
    const { store, session } = this.#parts;
    return store.current === null && store.connection.state === 'online' && !session.entrance.isJoining;
  }

  #draw() {
    const { store, rest } = this.#parts;
    const isEmpty = store.current === null;
    document.body.classList.toggle('is-empty', isEmpty);
    byId('skeleton').hidden = !isEmpty || this.#isShown || store.connection.state === 'offline';
    byId('welcome').hidden = !this.#isShown;
    if (!isEmpty) {
      byId('welcome').replaceChildren();
    } else if (this.#isShown && !byId('welcome').contains(document.activeElement)) {
      rest(({ welcomeCard }) => this.#isShown && byId('welcome').replaceChildren(welcomeCard(this.#parts)));
    }
  }
}
