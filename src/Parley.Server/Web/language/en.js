// The texts of the page in English, by key. `{name}` is filled in; a text with a plural has one for each form of `count`.

export const en = {
  // The frame of the page
  rooms: 'Rooms', directMessages: 'Direct messages', directMessage: 'Direct message', goToRoom: 'Go to a room', goToRoomKey: 'Go to a room (Ctrl+K)',
  help: 'Help', helpKey: 'Help (Ctrl+/)', settings: 'Settings', search: 'Search', searchKey: 'Search (Ctrl+Shift+F)', whoIsHere: 'Who is here', whoIsHereCount: 'Who is here: {count}',
  aboutRoom: 'About this room', messages: 'Messages', messagesIn: 'Messages in {room}', message: 'Message', messageTo: 'Message {room}',
  emoji: 'Emoji', send: 'Send', sendKey: 'Send (Enter)', cancel: 'Cancel', close: 'Close', closeKey: 'Close (Esc)', save: 'Save', or: 'or', more: 'More',
  menuOf: 'Menu of {name}', suggestions: 'Suggestions', countPeople: { one: '{count} person', other: '{count} people' }, andMore: 'and {count} more',
  guest: 'guest', asAccount: 'account {account}', you: 'you', bot: 'bot', notice: 'notice',

  // The connection
  connecting: 'Connecting…', connected: 'Connected', notConnected: 'Not connected.', notConnectedBecause: 'Not connected: {reason}.',
  nextTry: 'Next try in {count} seconds.', connectNow: 'Connect now', youHaveLeft: 'You have left', noAnswer: 'The server did not answer',
  passwordNeeded: 'the server asks for a password', serverPassword: 'Password', serverPasswordText: 'This server asks everyone for its password.',
  wrongPassword: 'Wrong password: {reason}', connect: 'Connect', newVersion: 'There is a new version of this page: reload to use it',

  // The first visit, and no room
  welcome: 'Welcome', welcomeTitle: 'Where to?', welcomeText: 'You are not in a room yet. Choose one, or make your own.', yourName: 'Your name', change: 'Change',
  nameRefused: '{name} cannot be used: {reason}', nameTaken: '{name} cannot be used ({reason}), so you are {nick} for now.', anotherName: 'Choose a name',
  accountKeepsName: 'An account keeps your name for you.', logInOrSignUp: 'Log in or sign up', logIn: 'Log in', roomsHere: 'Open rooms',
  noRooms: 'No rooms yet: make the first one.', makeAccount: 'Create account', noAccounts: 'This server has no accounts.', account: 'Account', password: 'Password',
  oneMoment: 'One moment…', logInWith: 'Log in with {name}', loggedInAs: 'You are logged in as {account}', notLoggedIn: 'You are not logged in: {reason}', accountIsYours: '{account} is yours now',

  // Rooms
  roomOrPerson: 'Room or person', conversation: 'conversation', youAreHere: 'you are in it', notInRoom: 'you are not in it', makeRoom: 'create this room',
  talkToPerson: 'talk to this person', cannotJoin: '{room}: {reason}', join: 'Join', joinAgain: 'Join again', closeRoom: 'Close',
  gateKicked: '{by} removed you from {room}.', gateKickedBecause: '{by} removed you from {room}: {reason}', gateFull: '{room} is full.',
  gateInvited: '{room} is by invitation only.', gateBanned: 'You are banned from {room}.', gateKey: '{room} needs a key.',
  gateAccount: '{room} is for people with an account.', roomKey: 'Key', wrongKey: 'Wrong key.',
  invited: '{by} invites you to {room}', notNow: 'Not now', roomSettings: 'Topic and rules…', topic: 'Topic', rules: 'Rules',
  copyLink: 'Copy link', linkCopied: 'Link copied', attentionAll: 'All messages', attentionMentions: 'Mentions only', attentionNone: 'Mute',
  muted: 'muted', roomIsMuted: '{room} is muted: /unmute undoes that', roomIsNotMuted: '{room} is no longer muted',
  muteIsForRooms: 'Nobody was muted: /{command} takes no name, as it is for this room’s notifications. To silence {name} here, choose “Mute…” in their menu; to hear them no more yourself, type /ignore {name}',
  keepRoom: 'Keep this room', roomRoles: 'Roles…', roomGoes: 'This room goes when the last person leaves.', roomStays: 'This room stays when it is empty.',
  keepNeedsAccount: 'Log in to keep rooms.', roles: 'Roles', noRole: 'No role', giveRole: 'Give role',
  roomFilter: 'Word filter…', filterText: 'Messages with these words are refused, except from people with a rank. * stands for any characters.',
  filterWord: 'Word', filterAdd: 'Refuse', filterTry: 'Try',
  closeConversation: 'Close', leaveRoom: 'Leave', noTopic: 'No topic is set', topicIs: 'Topic: {topic}',

  // People
  profile: 'Profile', mentionPerson: 'Mention', ignore: 'Ignore', unignore: 'Stop ignoring', unignoreName: 'Stop ignoring {nick}', ignoredPeople: 'Ignored',
  nowIgnored: 'You ignore {nick}', nowHeard: 'You no longer ignore {nick}', giveOperator: 'Make operator', takeOperator: 'Remove as operator', giveVoice: 'Give voice',
  takeVoice: 'Remove voice', removePerson: 'Remove…', banPerson: 'Ban…', removeText: 'Remove {nick} from {room}? They may come back.',
  mutePerson: 'Mute…', muteText: 'Silence {nick} in {room}? They may stay.', howLong: 'How long', untilLifted: 'Until lifted', forAnHour: 'For an hour', forADay: 'For a day', forAWeek: 'For a week',
  banText: 'Remove {nick} from {room} for good?', keepOut: 'Ban', thisAccount: 'This account', thisAddress: 'This address', thisName: 'This name', reason: 'Reason',
  presenceHere: 'here', presenceAway: 'away', presenceGone: 'not connected', isAway: '{nick} is away: {text}', isAwayBecause: 'away: {text}', nobodyOfThatName: 'Nobody here is called {nick}.',
  state: 'State', kind: 'Kind', program: 'program', serverOperator: 'operator of this server', address: 'Address', connectedSince: 'Connected since', quietFor: 'Idle for',
  connection: 'Connection', encrypted: 'encrypted', guestAnybody: 'none (a guest: anyone could use this name)', groupOperators: 'Operators', groupHere: 'Here', groupAway: 'Away', groupPrograms: 'Programs',
  rankOwner: 'owner', rankAdmin: 'admin', rankOperator: 'operator', rankHalfOperator: 'half-operator', rankVoice: 'voice',

  // Messages
  loading: 'Loading…', roomBegins: 'This is where {name} begins', conversationBegins: 'This is where your conversation with {name} begins', latest: 'Latest',
  countNew: '{count} new', manyNew: '99+ new', countForYou: '{count} for you', newMessages: 'New', unreadSince: { one: '{count} new since {time}', other: '{count} new since {time}' },
  unreadSinceMore: 'More than {count} new', today: 'Today', yesterday: 'Yesterday', messageLabel: '{who}, {time}: {text}', inReplyTo: '{from} to {to}', answersWhat: 'Answers {to}: {text}',
  belongsToRoom: 'In {room}, to you alone', earlierMessage: 'An earlier message', messageDeleted: 'This message was deleted.', messageDeletedBecause: 'This message was deleted: {reason}', undo: 'Undo', waitsForConnection: 'Waiting for a connection.',
  discard: 'Discard', notSent: 'Not sent.', notSentBecause: 'Not sent: {reason}.', sendAgain: 'Send again', messageTools: 'About this message', react: 'React', reactKey: 'React (E)',
  reply: 'Reply', replyKey: 'Reply (R)', delete: 'Delete', deleteKey: 'Delete (Delete)', edit: 'Edit', edited: 'edited', editing: 'Editing: your next message replaces it',
  replyingTo: 'Reply to {name} {text}', copyText: 'Copy text', copy: 'Copy', copied: 'Copied', markUnread: 'Mark as unread', codeBlock: 'Code {language}', spoiler: 'Hidden: select to show',
  countReplies: { one: '{count} reply', other: '{count} replies' }, showThread: 'Show the thread', thread: 'Thread', replyInThread: 'Reply to {name}',
  roomEmpty: 'Nothing has been said here yet. Say hello, or send others the link to this room.',
  tooFarBack: 'That message is too old, or gone', personInRoom: '{from} in {room}', countNewMessages: '{count} new messages.', searchEmoji: 'Search emoji',
  messageEdited: 'Message edited', saveMessage: 'Save', unsave: 'Remove from saved', nowSaved: 'Saved on this device', nowUnsaved: 'No longer saved', showSaved: 'Show saved', savedMessages: 'Saved messages',
  noneSaved: 'Nothing is saved yet: choose Save in the menu of a message.', pin: 'Pin', unpin: 'Unpin', pinnedMessages: 'Pinned messages', nonePinned: 'Nothing is pinned here.',
  attach: 'Attach a file', files: 'Files', dropHere: 'Drop files to share them here', uploading: 'Uploading {name}', removeFile: 'Remove {name}', fileTooLarge: 'Too large: at most {size}',
  logInToShare: 'Log in to share files', tryAgain: 'Try again', longPaste: 'That is a long text.', sendAsFile: 'Send as a file', picture: 'Picture {name}', openPicture: 'Open in a new tab',
  fileGone: '{name} is gone', connectionLost: 'The connection was lost',
  typing: { one: '{names} is typing…', other: '{names} are typing…' }, manyType: 'Several people are typing…', muchTitle: 'Long message', muchText: 'This will be sent as {count} messages.',

  // What happened
  eventJoined: { one: '{names} joined', other: '{names} joined' }, eventLeft: { one: '{names} left', other: '{names} left' }, eventRenamed: '{from} is now {to}', withReason: '{text} ({reason})',
  others: '{count} others', sentenceComma: ', ', eventRemoved: '{from} removed {who}', eventRemovedBecause: '{from} removed {who} ({reason})', eventTopic: '{from} set the topic: {topic}',
  eventNoTopic: '{from} cleared the topic', eventModes: '{from} set {modes}', eventRule: '{from} set a rule: {rule}', eventNoRule: '{from} lifted a rule: {rule}',

  // Search
  words: 'Words', wordsToLookFor: 'Words to look for', results: 'Results', onlyIn: 'Only in {room}', onlyLoaded: 'This server cannot search: only loaded messages are looked through.',
  looking: 'Searching…', nothingFound: 'No messages found.', countMessages: { one: '{count} message', other: '{count} messages' },

  // Settings
  keepMessages: 'Keep recent messages on this device, to read them offline',
  look: 'Theme', themeSystem: 'Same as device', themeLight: 'Light', themeDark: 'Dark', compact: 'Compact messages', notifyMe: 'Notify me of mentions and direct messages',
  showPresence: 'Show people joining and leaving', sendTyping: 'Let others see when I am typing', youAreGuest: 'You are a guest: the name is yours while you are connected.',

  // Help
  keys: 'Keys', commands: 'Commands', formatting: 'Formatting',
  key_send: 'sends; Shift+Enter starts a new line', key_complete: 'completes names, #rooms, /commands and :emoji', key_recall: 'recalls what you typed before',
  key_go: 'goes to a room or a person', key_search: 'searches', key_rooms: 'goes to the previous or next room', key_unread: 'goes to the next unread room',
  key_scroll: 'scrolls the messages', key_escape: 'closes what is open, then goes to the newest message', key_region: 'moves to the next part of the page', key_help: 'shows this help',
  key_inMessages: 'in the messages: moves from one to the next', key_reply: 'in the messages: replies', key_react: 'in the messages: reacts', key_delete: 'in the messages: deletes one of yours',
  key_menu: 'opens the menu of a room, a person or a message',
  format_bold: 'bold', format_italic: 'italic', format_struck: 'strikethrough', format_spoiler: 'hidden until selected', format_code: 'code', format_codeFence: 'on a line before and after: a code block',
  format_quote: 'a quotation', format_list: 'a list',

  // Commands
  command_away: 'says that you are away', command_back: 'says that you are back', command_deop: 'takes operator rank away', command_help: 'shows this help',
  command_ignore: 'ignores somebody', command_invite: 'invites somebody to this room', command_join: 'goes to a room', command_kick: 'removes somebody from this room',
  command_list: 'lists rooms', command_login: 'logs in to an account, or creates one', command_me: 'says what you do', command_mode: 'changes this room’s modes',
  command_msg: 'says something to one person', command_mute: 'mutes this room', command_nick: 'changes your name', command_notice: 'sends a notice, which programs do not answer',
  command_op: 'makes somebody an operator of this room', command_part: 'leaves this room, or closes this conversation', command_query: 'opens a conversation with one person',
  command_quit: 'ends the connection', command_quote: 'sends a raw command to the server', command_report: 'tell the server’s moderators about somebody', command_saved: 'shows saved messages', command_search: 'searches messages', command_topic: 'changes the topic of this room',
  command_unignore: 'stops ignoring somebody', command_unmute: 'unmutes this room', command_whois: 'shows who somebody is', onlyInRooms: 'Join a room first',
  sayToWhom: 'Name a person: /msg nick text', notInRoomNamed: 'You are not in {room}', noSuchCommand: 'There is no /{word}: see /help. To send it as text, type //{word}',

  // Accounts
  invitations: 'Invitations', makeInvitation: 'Make an invitation', invitationUses: 'Accounts', invitationNote: 'Note', invitationShown: 'Shown this once',
  pushMe: 'Push them to this browser also while the page is closed', notPushed: 'Messages are not pushed: {reason}',
  forgotPassword: 'Forgot the password?', forgotText: 'A code is sent to the e-mail address of the account, if it has one that was confirmed.',
  stayLoggedIn: 'Stay logged in on this device', email: 'E-mail', emailOptional: 'E-mail (optional)',
  emailText: 'A code is sent to this address. With it you can set another password, should you forget yours.', emailSet: 'The e-mail address is confirmed',
  invitation: 'Invitation', codeFromMail: 'Code from the e-mail', codeSent: 'A code was sent by e-mail.', confirm: 'Confirm', sendCode: 'Send a code',
  currentPassword: 'Current password', changePassword: 'Change the password', passwordChanged: 'Your account has another password.',
  changePasswordText: 'Everything else that is logged in to your account is logged out.',
  proofText: 'Your password once more: whoever has this device for a moment is not to get hold of your account.',
  newPassword: 'New password', setPassword: 'Set the password', devices: 'Devices', thisDevice: 'this device', lastSeen: 'last seen {when}', logOut: 'Log out',
  logOutOf: 'Log {name} out', passkeys: 'Passkeys', addPasskey: 'Add a passkey', logInPasskey: 'Use a passkey', takeAway: 'Remove',
  removePasskey: 'Remove the passkey {name}', accountNeeded: 'This server is for people with an account.',
};
