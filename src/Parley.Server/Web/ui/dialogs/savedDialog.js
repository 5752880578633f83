import { t } from '../../language/text.js';
import { h } from '../element.js';
import { previewText } from '../text/preview.js';
import { fullTime } from '../time.js';
import { openDialog } from './dialog.js';

/** Messages that the user has set aside, whatever became of them since. */
export function openSaved({ saved, actions }) {
  openList(t('savedMessages'), saved.all, t('noneSaved'), actions, ({ room }) => room);
}

/** The messages that are pinned in a room; of those that are not here yet only that there is one. */
export function openPins(room, { actions }) {
  const pins = room.pins.map(msgid => room.log.get(msgid) ?? { msgid, from: '', text: '', time: 0 }).filter(({ msgid }) => room.overlays.redactionOf(msgid) === undefined);
  openList(t('pinnedMessages'), pins.map(pin => ({ ...pin, room: room.name })), t('nonePinned'), actions);
}

function openList(title, all, none, actions, whereOf = () => '') {
  const go = message => {
    dialog.close();
    actions.openRoom(message.room);
    actions.jumpTo(message.msgid, message.time);
  };
  const aboutOf = message => (message.time === 0 ? t('earlierMessage')
    : [h('b', {}, message.from), [whereOf(message), fullTime(message.time)].filter(Boolean).map(each => ` · ${each}`)]);
  const row = message => h('li', {}, h('button', { type: 'button', onclick: () => go(message) }, h('span', { class: 'result-about' }, aboutOf(message)), h('span', {}, previewText(message.text))));
  const dialog = openDialog(title, all.length === 0 ? h('p', { class: 'dialog-note' }, none) : h('ol', { class: 'results', 'aria-label': title }, all.map(row)), { class: 'dialog-wide' });
}
