import { h, icon, iconButton } from './element.js';
import { plainText, renderText } from './messageText.js';
import { presenceText } from './messageRows.js';
import { colourByName, initialsOf } from './nameColour.js';
import { clockTime, dayName, fullTime } from './time.js';

/**
 * Makes the element of a row.
 * @param context { room, store, actions: { reply, react, pickReaction, redact, again, discard, openRoom, openPerson, jumpTo }, canReact, canRedact }
 */
export function renderRow(row, context) {
  switch (row.type) {
    case 'day':
      return h('div', { class: 'row-day', role: 'separator' }, h('span', {}, dayName(row.time)));
    case 'new':
      return h('div', { class: 'row-new', role: 'separator' }, h('span', {}, 'New'));
    case 'presence':
      return renderPresence(row.messages);
    case 'event':
      return renderEvent(row.message, context);
    default:
      return renderMessage(row, context);
  }
}

function renderPresence(messages) {
  const all = messages.map(each => `${fullTime(each.time)} ${each.from} ${each.text}`).join('\n');
  return h('div', { class: 'row-event' }, h('span', { title: all }, presenceText(messages)));
}

function renderEvent(message, { store, actions }) {
  const text = renderText(message.text, store.nick, actions.openRoom);
  return h('div', { class: `row-event row-${message.kind}`, title: fullTime(message.time) }, h('span', {}, message.from === '' ? '' : `${message.from} `, text));
}

function renderMessage({ message, grouped }, context) {
  const { room, store, actions } = context;
  const redaction = room.overlays.redactionOf(message.msgid);
  const classes = [
    'row-message', `is-${message.kind}`, message.state && `is-${message.state}`, redaction && 'is-redacted',
    grouped && 'is-grouped', message.mention && 'is-mention', message.self && 'is-own',
  ];
  const name = colourByName(h('button', { type: 'button', class: 'message-name', tabIndex: -1, onclick: () => actions.openPerson(message.from) }, message.from), message.from);
  const time = h('time', { class: 'message-time', dateTime: new Date(message.time).toISOString(), title: fullTime(message.time) }, clockTime(message.time));
  const text = redaction !== undefined
    ? h('p', { class: 'message-text' }, redaction.reason === '' ? 'This message was deleted' : `This message was deleted: ${redaction.reason}`)
    : h('p', { class: 'message-text' }, message.kind === 'action' ? `${message.from} ` : '', renderText(message.text, store.nick, actions.openRoom));
  const avatar = colourByName(h('span', { class: 'avatar', 'aria-hidden': 'true' }, initialsOf(message.from)), message.from);
  return h('article', {
    class: classes.filter(Boolean).join(' '), tabIndex: -1, 'data-key': message.key,
    'aria-label': `${message.from}, ${clockTime(message.time)}: ${plainText(message.text)}`,
  }, grouped ? time : avatar, h('div', { class: 'message-body' },
    quoteOf(message, context),
    grouped ? null : h('header', {}, name, badge(message.bot, 'bot'), badge(message.kind === 'notice', 'notice'), time),
    text, reactionsOf(message, context), stateOf(message, context)), redaction === undefined && message.state === undefined && toolsOf(message, context));
}

const badge = (isOne, text) => isOne && h('span', { class: 'badge' }, text);

function quoteOf(message, { room, actions }) {
  if (message.replyTo === null) {
    return null;
  }

  const original = room.log.get(message.replyTo);
  return h('button', { type: 'button', class: 'message-quote', tabIndex: -1, onclick: () => actions.jumpTo(message.replyTo) }, icon('reply'),
    original === undefined ? 'An earlier message' : [h('b', {}, original.from), ` ${plainText(original.text).slice(0, 120)}`]);
}

function reactionsOf(message, { room, store, actions, canReact }) {
  const reactions = room.overlays.reactionsTo(message.msgid);
  return reactions.length === 0 ? null : h('div', { class: 'reactions' }, reactions.map(([emoji, nicks]) => {
    const isOwn = nicks.some(nick => store.isSelf(nick));
    return h('button', {
      type: 'button', class: isOwn ? 'reaction is-own' : 'reaction', title: nicks.join(', '), tabIndex: -1, disabled: !canReact, 'aria-pressed': String(isOwn),
      'aria-label': `${emoji}, ${nicks.length}: ${nicks.join(', ')}`, onclick: () => actions.react(message, emoji),
    }, h('bdi', {}, emoji), h('span', {}, String(nicks.length)));
  }));
}

function stateOf(message, { actions }) {
  if (message.state !== 'failed') {
    return null;
  }

  return h('div', { class: 'message-failure', role: 'status' }, `Not sent${message.error ? `: ${message.error}` : ''}. `,
    h('button', { type: 'button', class: 'link-button', onclick: () => actions.again(message) }, 'Send again'),
    h('button', { type: 'button', class: 'link-button', onclick: () => actions.discard(message) }, 'Discard'));
}

function toolsOf(message, { actions, canReact, canRedact }) {
  if (message.msgid === null || !canReact) {
    return null;
  }

  const tool = (name, label, onclick) => iconButton(name, label, onclick, { tabIndex: -1 });
  return h('div', { class: 'message-tools', role: 'toolbar', 'aria-label': 'About this message' },
    tool('react', 'React (E)', event => actions.pickReaction(message, event.currentTarget)),
    tool('reply', 'Reply (R)', () => actions.reply(message)),
    message.self && canRedact && tool('delete', 'Delete (Delete)', () => actions.redact(message)));
}
