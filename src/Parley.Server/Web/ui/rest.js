import { followIgnored } from '../state/ignoredCopy.js';
import { Saved } from '../state/saved.js';
import { Search } from '../history/search.js';
import { RoomDirectory } from '../session/roomDirectory.js';
import { Uploads } from '../session/uploads.js';
import { Watch } from '../session/watch.js';
import { runCommand } from '../commands.js';
import { Attachments } from './attachments.js';
import { openJoin } from './dialogs/joinDialog.js';
import { openSearch } from './dialogs/searchDialog.js';
import { pickEmoji } from './emojiPicker.js';
import { followFiles } from './fileInput.js';
import { startServiceWorker } from './install.js';
import { Menus } from './menus.js';
import { Notifications } from './notifications.js';
import { Suggestions } from './suggestions.js';
import { UnreadBar } from './unreadBar.js';
import { welcomeCard } from './welcomeCard.js';

/**
 * Puts together what a first message does not need, and so comes after it: see interface.js, which uses it by `parts.rest`.
 * What it returns is what others make use of.
 */
export function startRest(parts) {
  const { store, client, composer, preferences, actions, serviceWorker } = parts;
  Object.assign(parts, {
    saved: new Saved(), search: new Search(client, store), roomDirectory: new RoomDirectory(client), uploads: new Uploads(client),
    notifications: new Notifications({ store, client, preferences, openRoom: actions.openRoom }),
  });
  new Watch(store, client);
  new UnreadBar(parts);
  parts.attachments = new Attachments(parts);
  followFiles(parts);
  followIgnored(preferences);
  startServiceWorker(serviceWorker, store);
  document.body.dataset.parts = 'all';
  return {
    saved: parts.saved, attachments: parts.attachments, menus: new Menus(parts), suggestions: new Suggestions(composer.input, store, () => composer.changed()),
    runCommand, pickEmoji, openJoin, openSearch, welcomeCard,
  };
}
