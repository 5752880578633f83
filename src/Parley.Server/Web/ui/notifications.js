import { t } from '../language/text.js';
import { isSaid } from '../state/message.js';
import { hashOfRoom } from './deepLink.js';
import { previewText } from './text/preview.js';

/** Notifications of what is for the user while the page is not looked at; only when the user has asked for them. */
export class Notifications {
  #preferences;
  #client;
  #store;

  constructor({ store, client, preferences, openRoom }) {
    [this.#store, this.#client, this.#preferences] = [store, client, preferences];
    store.on('arrived', (room, message) => {
      const isForUser = isSaid(message) && !message.self && room.attention !== 'none' && (room.isDirect || message.mention);
      if (isForUser && (document.visibilityState === 'hidden' || !document.hasFocus())) {
        this.#show(room, message, openRoom);
      }
    });
    client.on('registered', () => this.#pushAgain());
    this.#pushAgain();
    navigator.serviceWorker?.addEventListener('message', ({ data }) => typeof data?.openRoom === 'string' && openRoom(data.openRoom));
  }

  /** Turns them on or off; whether they are on, as the browser has the last word. */
  async turn(wanted) {
    const granted = wanted && 'Notification' in globalThis && await Notification.requestPermission() === 'granted';
    this.#preferences.set('notify', granted);
    return granted;
  }

  /** Whether messages can be pushed while the page is closed. */
  get canPush() {
    return 'serviceWorker' in navigator && 'PushManager' in globalThis && this.#client.support.get('VAPID') !== '';
  }

  /** Has messages pushed while the page is closed, or no more; whether they are. */
  async turnPush(wanted) {
    let isOn = false;
    try {
      const { endPush, startPush } = await import('../ondemand/push.js');
      isOn = wanted && 'Notification' in globalThis && await Notification.requestPermission() === 'granted';
      await (isOn ? startPush(this.#client) : endPush(this.#client));
    } catch (error) {
      isOn = false;
      this.#store.tell(t('notPushed', { reason: error.message }), 'error');
    }

    this.#preferences.set('push', isOn);
    return isOn;
  }

  /** The server forgets those who do not say so again; a browser may have another address by now. */
  async #pushAgain() {
    if (this.#preferences.get('push') && this.#store.account !== null && this.canPush) {
      await (await import('../ondemand/push.js')).startPush(this.#client).catch(() => {});
    }
  }

  async #show(room, message, openRoom) {
    if (!this.#preferences.get('notify') || !('Notification' in globalThis) || Notification.permission !== 'granted') {
      return;
    }

    const title = room.isDirect ? message.from : t('personInRoom', { from: message.from, room: room.name });
    const options = { body: previewText(message.text).slice(0, 200), tag: room.name, data: { room: room.name, address: hashOfRoom(room) } };

    // On phones only a service worker may.
    const worker = await navigator.serviceWorker?.getRegistration();
    if (worker !== undefined) {
      await worker.showNotification(title, options);
    } else {
      new Notification(title, options).onclick = () => {
        window.focus();
        openRoom(room.name);
      };
    }
  }
}
