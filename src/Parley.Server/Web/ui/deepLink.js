/** The room that an address names: `/#garden` is `#garden`, `/#@ann` is a conversation with ann; null for none. */
export function roomOfHash(hash) {
  let name = '';
  try {
    name = decodeURIComponent(hash.replace(/^#/, ''));
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

/** Keeps the address at the room that is looked at, and goes to the room that the address is changed to. */
export function followAddress(store, openRoom) {
  store.on('current', () => {
    if (store.current !== null && roomOfHash(location.hash) !== store.current.name) {
      history.replaceState(null, '', hashOfRoom(store.current));
    }
  });
  addEventListener('hashchange', () => {
    const name = roomOfHash(location.hash);
    if (name !== null) {
      openRoom(name);
    }
  });
}
