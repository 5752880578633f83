import { t } from '../language/text.js';
import { linkOf } from './deepLink.js';
import { plainText } from './text/runs.js';
import { toast } from './toast.js';

/** The actions behind buttons, menus and keys, by name. `parts` are those of interface.js. */
export function actionsOf(parts) {
  const { store, session, outgoing, gestures, paging, rest } = parts;
  const openRoom = name => {
    const known = store.find(name);
    if (known !== undefined) {
      store.select(known);
    } else if (store.support.isRoom(name)) {
      session.join(name);
    } else {
      session.talkTo(name);
    }
  };
  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      toast(t(done));
    } catch {
      // Forbidden, or no safe connection: then it is shown, to be copied by hand.
      toast(text, { stays: true, actions: [{ label: t('close'), run() {} }] });
    }
  };
  return {
    openRoom,
    enterRoom(room) {
      store.select(room);
      if (!room.joined && !room.isDirect && room.refusal === null) {
        session.join(room.name);
      }
    },
    leave: room => session.leave(room),
    personMenu: (nick, where) => rest(({ menus }) => menus.person(nick, where)),
    roomMenu: (room, where) => rest(({ menus }) => menus.room(room, where)),
    messageMenu: (message, where) => rest(({ menus }) => menus.message(message, where)),
    ignore(nick, isIgnored) {
      session.ignore(nick, isIgnored);
      toast(t(isIgnored ? 'nowIgnored' : 'nowHeard', { nick }), { actions: [{ label: t('undo'), run: () => session.ignore(nick, !isIgnored) }] });
    },
    copyLink: (room, message = null) => copy(linkOf(room, message), 'linkCopied'),
    copyText: message => copy(plainText(message.text), 'copied'),
    markUnread: (room, message) => session.reading.markUnread(room, message),
    react: (message, emoji) => gestures.react(store.current, message, emoji),
    pickReaction(message) {
      const room = store.current;
      parts.dialogs.emoji(t('react'), emoji => gestures.react(room, message, emoji));
    },
    showPicture: picture => parts.dialogs.picture(picture),
    thread: message => parts.dialogs.thread(store.current, message),
    reply: message => parts.composer.replyTo(message),
    edit: message => parts.composer.edit(message),
    pin: message => gestures.pin(store.current, message),
    /** The preview of a message's link; asked for the first time, and shown once it is there. */
    previewOf(message) {
      const room = store.current;
      if (message.preview === undefined && store.support.has('parley/PREVIEWS') && message.msgid !== null && !room.isDirect && message.text.includes('://')) {
        message.preview = null;
        import('../ondemand/linkPreview.js').then(({ showPreview }) => showPreview(message, room, store, session.login));
      }

      return message.preview?.();
    },
    save(message) {
      const room = store.current.name;
      rest(({ saved }) => {
        saved.toggle(message, room);
        toast(t(saved.has(message) ? 'nowSaved' : 'nowUnsaved'), { actions: [{ label: t('showSaved'), run: () => parts.dialogs.saved() }] });
      });
    },
    redact: message => gestures.redact(store.current, message),
    undo: message => gestures.undo(store.current, message),
    again: message => outgoing.again(store.current, message),
    discard: message => outgoing.discard(store.current, message),
    async jumpTo(msgid, time = 0) {
      const room = store.current;
      if (msgid === null || parts.messageList.jumpTo(msgid)) {
        return;
      }

      const isThere = await paging.loadBackTo(room, msgid, time);
      if (room === store.current && !(isThere && parts.messageList.jumpTo(msgid))) {
        toast(t('tooFarBack'));
      }
    },
  };
}
