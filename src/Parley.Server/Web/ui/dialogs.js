// Fetched when they are first opened: a first visit waits for nothing that it does not show. Those that one opens by a key, to type
// on in them, come with the rest of the page: what is typed must not get there before they do.
const dialog = {
  account: () => import('./dialogs/accountDialog.js'), confirm: () => import('./dialogs/confirmDialog.js'), filter: () => import('./dialogs/filterDialog.js'), help: () => import('./dialogs/helpDialog.js'),
  invitations: () => import('./dialogs/invitationsDialog.js'),
  picture: () => import('./dialogs/pictureDialog.js'), profile: () => import('./dialogs/profileDialog.js'), remove: () => import('./dialogs/removeDialog.js'),
  room: () => import('./dialogs/roomDialog.js'), roles: () => import('./dialogs/rolesDialog.js'), secret: () => import('./dialogs/secretDialog.js'),
  saved: () => import('./dialogs/savedDialog.js'), settings: () => import('./dialogs/settingsDialog.js'), thread: () => import('./dialogs/threadDialog.js'),
};

/** The dialogs of the page, by name. `parts` are those of interface.js. */
export function dialogsOf(parts) {
  const { rest } = parts;
  return {
    account: async link => (await dialog.account()).openAccount(parts, link),
    confirm: async (...given) => (await dialog.confirm()).openConfirm(...given),
    filter: async room => (await dialog.filter()).openFilter(room, parts),
    help: async () => (await dialog.help()).openHelp(),
    emoji: (...given) => atOnce(rest, ({ pickEmoji }) => pickEmoji(...given)),
    invitations: async () => (await dialog.invitations()).openInvitations(parts),
    join: () => atOnce(rest, ({ openJoin }) => openJoin(parts)),
    picture: async picture => (await dialog.picture()).openPicture(picture),
    profile: async nick => (await dialog.profile()).openProfile(nick, parts),
    pins: async room => (await dialog.saved()).openPins(room, parts),
    remove: async (room, nick, isBan, isMute = false) => (await dialog.remove()).openRemove({ room, nick, isBan, isMute }, parts),
    room: async room => (await dialog.room()).openRoomSettings(room, parts),
    roles: async room => (await dialog.roles()).openRoles(room, parts),
    saved: () => rest(async () => (await dialog.saved()).openSaved(parts)),
    search: (text = '') => atOnce(rest, ({ openSearch }) => openSearch(text, { ...parts, openRoom: parts.actions.openRoom, jumpTo: parts.actions.jumpTo })),
    secret: async (...given) => (await dialog.secret()).openSecret(...given),
    thread: async (room, message) => (await dialog.thread()).openThread(room, message, parts),
    settings: () => rest(async () => (await dialog.settings()).openSettings(parts)),
  };
}

/** Opens what one types on in. Where that has yet to come, the page takes no keys until then, as they are not meant for it. */
async function atOnce(rest, open) {
  if (rest.there === undefined) {
    document.body.inert = true;
    try {
      await rest.fetch();
    } finally {
      document.body.inert = false;
    }
  }

  rest(open);
}
