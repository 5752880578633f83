import { counted, t } from '../language/text.js';
import { isSaid } from '../state/message.js';
import { h, icon, iconButton } from './element.js';
import { eventText, presenceText } from './eventText.js';
import { colourByName } from './nameColour.js';
import { avatarOf, verifiedMark } from './person.js';
import { renderMessageText } from './text/blocks.js';
import { renderInline } from './text/inline.js';
import { previewText } from './text/preview.js';
import { clockTime, dayName, fullTime, shortTime } from './time.js';

/**
 * Makes the element of a row.
 * @param context { room, store, actions (see interface.js), canReact, canRedact }
 */
export function renderRow(row, context) {
  switch (row.type) {
    case 'day':
      return h('div', { class: 'row-day', role: 'separator' }, h('span', {}, dayName(row.time)));
    case 'new':
      return h('div', { class: 'row-new', role: 'separator' }, h('span', {}, t('newMessages')));
    case 'presence':
      return renderPresence(row.messages);
    case 'event':
      return renderEvent(row.message, context);
    default:
      return renderMessage(row, context);
  }
}

function renderPresence(messages) {
  const all = messages.map(each => `${fullTime(each.time)} ${eventText(each)}`).join('\n');
  return h('div', { class: 'row-event' }, h('span', { title: all }, presenceText(messages)));
}

function renderEvent(message, { store, actions }) {
  const text = message.event === null ? message.text : eventText(message);
  // What others do to the user is marked, not what the user does, or alone is told.
  const nick = message.event === null || store.isSelf(message.from) ? '' : store.nick;
  return h('div', { class: `row-event row-${message.kind}`, title: fullTime(message.time) }, h('span', {}, renderInline(text, nick, actions.openRoom)));
}

function renderMessage({ message, grouped }, context) {
  const { room, actions } = context;
  const redaction = room.overlays.redactionOf(message.msgid);
  const isGone = redaction !== undefined || message.isLeaving;
  const classes = [
    'row-message', `is-${message.kind}`, message.state && `is-${message.state}`, isGone && 'is-redacted',
    grouped && 'is-grouped', message.mention && 'is-mention', message.self && 'is-own',
  ];
  const name = colourByName(h('button', {
    type: 'button', class: 'message-name', tabIndex: -1, 'aria-haspopup': 'menu', onclick: event => actions.personMenu(message.from, event.currentTarget),
  }, message.from), message.from);
  return h('article', { class: classes.filter(Boolean).join(' '), tabIndex: -1, 'data-key': message.key, 'aria-label': labelOf(message, room, isGone) },
    grouped ? timeOf(message, shortTime) : avatarOf(message.from),
    h('div', { class: 'message-body' },
      contextOf(message, context), quoteOf(message, context),
      grouped ? null : h('header', {}, name, verifiedMark(message.account), badge(message.bot, t('bot')), badge(message.kind === 'notice', t('notice')), timeOf(message, clockTime)),
      isGone ? goneText(message, redaction, context) : [textOf(message, context), actions.previewOf(message)], reactionsOf(message, context), repliesOf(message, context), stateOf(message, context)),
    !isGone && message.state === undefined && toolsOf(message, context));
}

const timeOf = (message, show) => h('time', { class: 'message-time', dateTime: new Date(message.time).toISOString(), title: fullTime(message.time) }, show(message.time));

const badge = (isOne, text) => isOne && h('span', { class: 'badge' }, text);

function labelOf(message, room, isGone) {
  const original = message.replyTo === null ? undefined : room.log.get(message.replyTo);
  const who = message.replyTo === null ? message.from : t('inReplyTo', { from: message.from, to: original?.from ?? t('earlierMessage') });
  return t('messageLabel', { who, time: clockTime(message.time), text: isGone ? t('messageDeleted') : previewText(message.text) });
}

function textOf(message, { store, actions }) {
  return h('div', { class: 'message-text' }, message.kind === 'action'
    ? h('p', {}, `${message.from} `, renderInline(message.text, store.nick, actions.openRoom))
    : renderMessageText(message.text, store.nick, actions.openRoom, actions.showPicture));
}

function goneText(message, redaction, { actions }) {
  const text = redaction === undefined || redaction.reason === '' ? t('messageDeleted') : t('messageDeletedBecause', { reason: redaction.reason });
  return h('div', { class: 'message-text' }, h('p', {}, text, message.isLeaving && [' ', h('button', { type: 'button', class: 'link-button', onclick: () => actions.undo(message) }, t('undo'))]));
}

/** The room that a direct message belongs to, as its author says; nothing where that is no room. */
function contextOf(message, { room, store, actions }) {
  return message.context === null || !room.isDirect || !store.support.isRoom(message.context) ? null : h('button', {
    type: 'button', class: 'message-quote', tabIndex: -1, onclick: () => actions.openRoom(message.context),
  }, h('span', {}, t('belongsToRoom', { room: message.context })));
}

function quoteOf(message, { room, actions }) {
  if (message.replyTo === null) {
    return null;
  }

  const original = room.log.get(message.replyTo);
  const known = original !== undefined && isSaid(original);
  const text = known ? previewText(original.text).slice(0, 120) : '';
  return h('button', {
    type: 'button', class: 'message-quote', tabIndex: -1, onclick: () => actions.jumpTo(message.replyTo),
    'aria-label': known ? t('answersWhat', { to: original.from, text }) : t('earlierMessage'),
  }, icon('reply'), known ? [h('b', {}, original.from), h('span', {}, text)] : t('earlierMessage'));
}

function reactionsOf(message, { room, actions, canReact }) {
  const reactions = room.overlays.reactionsTo(message.msgid);
  return reactions.length === 0 ? null : h('div', { class: 'reactions' }, reactions.map(({ emoji, nicks, isOwn }) => h('button', {
    type: 'button', class: isOwn ? 'reaction is-own' : 'reaction', title: nicks.join(', '), tabIndex: -1, disabled: !canReact, 'aria-pressed': String(isOwn),
    'aria-label': `${emoji}, ${nicks.length}: ${nicks.join(', ')}`, onclick: () => actions.react(message, emoji),
  }, h('bdi', {}, emoji), h('span', {}, counted(nicks.length)))));
}

function repliesOf(message, { room, actions }) {
  const count = message.msgid === null ? 0 : room.log.threadOf(message).length - 1;
  return count === 0 ? null : h('button', { type: 'button', class: 'message-replies', tabIndex: -1, onclick: () => actions.thread(message) }, icon('thread'), t('countReplies', { count }));
}

function stateOf(message, { actions }) {
  if (message.state === 'waiting') {
    return h('div', { class: 'message-state' }, t('waitsForConnection'), ' ',
      h('button', { type: 'button', class: 'link-button', onclick: () => actions.discard(message) }, t('discard')));
  }

  return message.state !== 'failed' ? null : h('div', { class: 'message-failure', role: 'status' },
    message.error ? t('notSentBecause', { reason: message.error }) : t('notSent'), ' ',
    h('button', { type: 'button', class: 'link-button', onclick: () => actions.again(message) }, t('sendAgain')),
    h('button', { type: 'button', class: 'link-button', onclick: () => actions.discard(message) }, t('discard')));
}

function toolsOf(message, { actions, canReact, canRedact }) {
  if (message.msgid === null || !canReact) {
    return null;
  }

  const tool = (name, label, onclick) => iconButton(name, label, onclick, { tabIndex: -1 });
  return h('div', { class: 'message-tools', role: 'toolbar', 'aria-label': t('messageTools') },
    tool('react', t('reactKey'), () => actions.pickReaction(message)),
    tool('reply', t('replyKey'), () => actions.reply(message)),
    message.self && canRedact && tool('delete', t('deleteKey'), () => actions.redact(message)),
    tool('more', t('more'), event => actions.messageMenu(message, event.currentTarget)));
}
