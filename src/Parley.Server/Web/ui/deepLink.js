/** The room that an address names: `/#garden` is `#garden`, `/#@ann` is a conversation with ann; null for none. */
export function roomOfHash(hash) {
  let name = '';
  try {
    name = decodeURIComponent(hash.replace(/^#/, '').split('?')[0]);
  } catch {
    // Not an address of ours.
  }

  if (name === '' || /[\s,\x00-\x1f]/.test(name)) {
    return null;
  }

  return name.startsWith('@') ? name.slice(1) : /^[#&]/.test(name) ? name : `#${name}`;
}

/** The address of a room on this page. */
export function hashOfRoom(room) {
  return `#${encodeURIComponent(room.isDirect ? `@${room.name}` : room.name.replace(/^#(?=[^#&])/, ''))}`;
}

/** The message that an address names, behind its room: `/#garden?id`; null for none. */
export function messageOfHash(hash) {
  const at = hash.indexOf('?');
  try {
    return at < 0 ? null : decodeURIComponent(hash.slice(at + 1));
  } catch {
    return null;
  }
}

/** The whole address of a room, or of a message in it, for others to open. */
export function linkOf(room, message = null) {
  return `${location.origin}${location.pathname}${hashOfRoom(room)}${message === null ? '' : `?${encodeURIComponent(message.msgid)}`}`;
}

/** Keeps the address at the room that is looked at, and goes to the room, and the message, that the address is changed to. */
export function followAddress(store, openRoom, jumpTo) {
  let wanted = messageOfHash(location.hash);
  const jump = room => {
    if (wanted !== null && room === store.current && !room.history.loading) {
      jumpTo(wanted);
      wanted = null;
    }
  };
  store.on('current', () => {
    const { current } = store;
    if (current === null) {
      history.replaceState(null, '', location.pathname);
    } else if (roomOfHash(location.hash) !== current.name) {
      history.replaceState(null, '', hashOfRoom(current));
    }
  });
  store.on('filled', jump);
  addEventListener('hashchange', () => {
    const name = roomOfHash(location.hash);
    if (name !== null) {
      wanted = messageOfHash(location.hash);
      openRoom(name);
      store.current !== null && jump(store.current);
    }
  });
}
