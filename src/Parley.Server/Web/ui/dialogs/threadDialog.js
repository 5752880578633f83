import { t } from '../../language/text.js';
import { h } from '../element.js';
import { avatarOf } from '../person.js';
import { renderMessageText } from '../text/blocks.js';
import { moment } from '../time.js';
import { openDialog } from './dialog.js';

/** Shows a message with all its replies, as they arrive, and a field to reply. */
export function openThread(room, message, { store, outgoing, actions }) {
  const list = h('ol', { class: 'thread', 'aria-label': t('thread') });
  const input = h('input', { type: 'text', 'aria-label': t('replyInThread', { name: message.from }), placeholder: t('replyInThread', { name: message.from }), autocomplete: 'off' });
  const reply = event => {
    event.preventDefault();
    const text = input.value.trim();
    if (text !== '') {
      outgoing.say(room, text, { replyTo: message.msgid });
      input.value = '';
    }
  };
  const form = h('form', { class: 'inline-form thread-form', onsubmit: reply }, h('div', { class: 'field' }, input), h('button', { type: 'submit', class: 'button' }, t('reply')));
  const dialog = openDialog(t('thread'), [list, form], { class: 'dialog-wide' });
  const open = name => {
    dialog.close();
    actions.openRoom(name);
  };
  const render = each => h('li', {}, avatarOf(each.from, 'avatar-small'), h('div', {},
    h('b', {}, each.from), h('time', { dateTime: new Date(each.time).toISOString() }, moment(each.time)),
    h('div', { class: 'message-text' }, room.overlays.redactionOf(each.msgid) === undefined ? renderMessageText(each.text, store.nick, open) : h('p', {}, t('messageDeleted')))));
  const show = () => list.replaceChildren(...room.log.threadOf(message).filter(each => !each.ignored).map(render));
  const stop = store.on('log', changed => changed === room && show());
  dialog.addEventListener('close', stop);
  show();
  input.focus();
}
