import { t } from '../language/text.js';
import { openMenu } from './menu.js';

/** The menus of people, rooms and messages, opened at an element or a point. */
export class Menus {
  #parts;

  /** @param parts { store, session, client, actions, dialogs, composer } */
  constructor(parts) {
    this.#parts = parts;
  }

  person(nick, where) {
    const { store, client, session, actions, dialogs, composer } = this.#parts;
    const room = store.current;
    const member = room?.members.get(nick);
    const isSelf = store.isSelf(nick);
    const rules = !isSelf && member !== undefined && store.mayRule(room);
    const isIgnored = store.isIgnored(nick);
    const mode = (letter, adding) => client.send('MODE', [room.name, (adding ? '+' : '-') + letter, nick]);
    const has = letter => member?.signs.includes(store.support.ranks.find(rank => rank.mode === letter)?.sign ?? '\0');
    openMenu(where, nick, [
      { label: t('profile'), icon: 'person', run: () => dialogs.profile(nick) },
      !isSelf && { label: t('directMessage'), icon: 'message', run: () => session.talkTo(nick) },
      !isSelf && room !== null && !room.isDirect && { label: t('mentionPerson'), icon: 'at', run: () => composer.insert(`@${nick} `) },
      !isSelf && { label: isIgnored ? t('unignore') : t('ignore'), icon: 'mute', run: () => actions.ignore(nick, !isIgnored) },
      rules && null,
      rules && { label: has('o') ? t('takeOperator') : t('giveOperator'), icon: 'star', run: () => mode('o', !has('o')) },
      rules && { label: has('v') ? t('takeVoice') : t('giveVoice'), icon: 'voice', run: () => mode('v', !has('v')) },
      rules && /^~,.*q/.test(store.support.get('EXTBAN'))
        && { label: t('mutePerson'), icon: 'mute', isDanger: true, run: () => dialogs.remove(room, nick, true, true) },
      rules && { label: t('removePerson'), icon: 'leave', isDanger: true, run: () => dialogs.remove(room, nick, false) },
      rules && { label: t('banPerson'), icon: 'ban', isDanger: true, run: () => dialogs.remove(room, nick, true) },
    ]);
  }

  room(room, where) {
    const { store, client, session, actions, dialogs } = this.#parts;
    const attention = (value, label) => ({ label, isChecked: room.attention === value, run: () => session.attend(room, value) });
    openMenu(where, room.name, [
      room.isDirect && { label: t('profile'), icon: 'person', run: () => dialogs.profile(room.name) },
      { label: t('copyLink'), icon: 'link', run: () => actions.copyLink(room) },
      !room.isDirect && room.joined && { label: t('roomSettings'), icon: 'settings', run: () => dialogs.room(room) },
      !room.isDirect && room.joined && client.has('draft/account-registration') && { label: t('roomRoles'), icon: 'star', run: () => dialogs.roles(room) },
      !room.isDirect && room.joined && store.support.hasList('g') && store.mayRule(room) && { label: t('roomFilter'), icon: 'mute', run: () => dialogs.filter(room) },
      null,
      attention('all', t('attentionAll')),
      attention('mentions', t('attentionMentions')),
      attention('none', t('attentionNone')),
      null,
      { label: room.isDirect ? t('closeConversation') : t('leaveRoom'), icon: 'leave', isDanger: !room.isDirect, run: () => actions.leave(room) },
    ]);
  }

  message(message, where) {
    const { store, client, actions, saved } = this.#parts;
    const room = store.current;
    const isKept = message.msgid !== null;
    openMenu(where, t('messageTools'), [
      isKept && client.has('message-tags') && { label: t('react'), icon: 'react', run: () => actions.pickReaction(message) },
      isKept && client.has('message-tags') && { label: t('reply'), icon: 'reply', run: () => actions.reply(message) },
      isKept && room.log.threadOf(message).length > 1 && { label: t('showThread'), icon: 'thread', run: () => actions.thread(message) },
      isKept && { label: t(saved.has(message) ? 'unsave' : 'saveMessage'), icon: 'star', run: () => actions.save(message) },
      isKept && !room.isDirect && client.has('draft/metadata-2') && store.mayRule(room)
        && { label: t(room.pins.includes(message.msgid) ? 'unpin' : 'pin'), icon: 'pin', run: () => actions.pin(message) },
      { label: t('copyText'), icon: 'copy', run: () => actions.copyText(message) },
      isKept && { label: t('copyLink'), icon: 'link', run: () => actions.copyLink(room, message) },
      isKept && { label: t('markUnread'), icon: 'unread', run: () => actions.markUnread(room, message) },
      isKept && client.has('draft/message-redaction') && (message.self || store.mayRule(room)) && null,
      isKept && client.has('draft/message-redaction') && message.self && { label: t('edit'), icon: 'edit', run: () => actions.edit(message) },
      isKept && client.has('draft/message-redaction') && (message.self || store.mayRule(room)) && { label: t('delete'), icon: 'delete', isDanger: true, run: () => actions.redact(message) },
    ]);
  }
}
