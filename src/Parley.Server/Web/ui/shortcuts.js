import { byId } from './element.js';
import { closeDrawers } from './drawers.js';

/** For people to read: ways to press, and the text that says what each does. See helpDialog.js. */
export const SHORTCUTS = [
  [['Enter'], 'key_send'], [['Tab'], 'key_complete'], [['↑', '↓'], 'key_recall'], [['Ctrl+K'], 'key_go'], [['Ctrl+Shift+F'], 'key_search'],
  [['Alt+↑', 'Alt+↓'], 'key_rooms'], [['Alt+Shift+↑', 'Alt+Shift+↓'], 'key_unread'], [['PageUp', 'PageDown'], 'key_scroll'],
  [['Esc'], 'key_escape'], [['F6'], 'key_region'], [['Ctrl+/'], 'key_help'], [['↑', '↓'], 'key_inMessages'], [['R'], 'key_reply'],
  [['E'], 'key_react'], [['Delete'], 'key_delete'], [['Shift+F10'], 'key_menu'],
];

const REGIONS = ['message-input', 'rooms', 'messages', 'members'];

/** Keys that work wherever the focus is. */
export function followShortcuts({ store, messageList, composer, dialogs, actions }) {
  addEventListener('keydown', event => {
    if (document.querySelector('dialog[open], .menu') !== null || event.defaultPrevented) {
      return;
    }

    const command = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const done = command && key === 'k' ? dialogs.join
      : command && event.shiftKey && key === 'f' ? dialogs.search
        : command && key === '/' ? dialogs.help
          : event.altKey && key === 'ArrowUp' ? () => step(store, actions, -1, event.shiftKey)
            : event.altKey && key === 'ArrowDown' ? () => step(store, actions, 1, event.shiftKey)
              : key === 'PageUp' || key === 'PageDown' ? () => messageList.page(key === 'PageUp' ? -1 : 1)
                : key === 'F6' ? () => nextRegion(event.shiftKey ? -1 : 1)
                  : key === 'Escape' ? () => escape(messageList, composer)
                    : null;
    if (done !== null) {
      event.preventDefault();
      done();
    } else if (isTyping(event) && !isInControl(event.target)) {
      composer.focus();
    }
  });
  byId('messages').addEventListener('keydown', event => inMessages(event, store, actions));
}

const isTyping = event => event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
const isInControl = target => target.closest('input, textarea, select, .row-message') !== null;

function escape(messageList, composer) {
  if (closeDrawers()) {
    return;
  }

  if (composer.isAbout) {
    composer.cancel();
  } else {
    messageList.follow();
  }

  composer.focus();
}

function step(store, actions, direction, onlyNew) {
  const rooms = store.sorted();
  const at = rooms.indexOf(store.current);
  const next = rooms.map((_, i) => rooms[(at + direction * (i + 1) + rooms.length * 2) % rooms.length]).find(room => !onlyNew || room.news.count > 0);
  if (next !== undefined) {
    actions.openRoom(next.name);
  }
}

function nextRegion(direction) {
  const visible = REGIONS.filter(id => byId(id).offsetParent !== null);
  const at = visible.findIndex(id => byId(id).contains(document.activeElement));
  const region = byId(visible[(at + direction + visible.length) % visible.length]);
  const target = region.id === 'messages' ? [...region.querySelectorAll('.row-message')].at(-1)
    : region.matches('textarea') ? region
      : region.querySelector('[aria-current], button:not(:disabled)');
  (target ?? region).focus();
}

function inMessages(event, store, actions) {
  const row = event.target.closest('.row-message');
  if (row === null || event.target !== row || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }

  const rows = [...byId('messages').querySelectorAll('.row-message')];
  const next = { ArrowUp: rows[rows.indexOf(row) - 1], ArrowDown: rows[rows.indexOf(row) + 1] }[event.key];
  const message = store.current.log.messages.find(each => String(each.key) === row.dataset.key);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = { r: actions.reply, e: actions.pickReaction, Delete: message?.self ? actions.redact : undefined }[key];
  if (next !== undefined) {
    event.preventDefault();
    next.focus();
  } else if (act !== undefined && message?.msgid) {
    event.preventDefault();
    act(message);
  }
}
