import { COMMANDS } from '../commands.js';
import { t } from '../language/text.js';
import { searchEmoji } from './emoji.js';

const MAX_CHOICES = 8;

/**
 * What the word before the caret may become: names, rooms (`#`), commands (`/`), emoji (`:`).
 * Returns { from, kind, choices: [{ text, label, about }] }, or null if there is nothing to complete.
 */
export function completionsFor(text, caret, store) {
  const before = text.slice(0, caret);

  // A name may stand behind a bracket or a quotation mark, as in `(ann`.
  const from = caret - /[^\s([{"'“‘«]*$/u.exec(before)[0].length;
  const word = before.slice(from);
  if (word === '') {
    return null;
  }

  const kind = { '/': 'command', ':': 'emoji', '@': 'person' }[word[0]] ?? (store.support.isRoom(word) ? 'room' : 'name');
  const after = /^\s/.test(text.slice(caret)) ? '' : ' ';
  const choices = CHOICES[kind](word, from === 0, store, after).slice(0, kind === 'name' ? Infinity : MAX_CHOICES);
  return choices.length === 0 ? null : { from, kind, choices };
}

const starts = (name, word) => name.toLowerCase().startsWith(word.toLowerCase());

const CHOICES = {
  command: (word, isFirst) => (isFirst ? COMMANDS : []).filter(({ name }) => starts(`/${name}`, word))
    .map(({ name, args }) => ({ text: `/${name} `, label: `/${name}`, about: `${args} ${t(`command_${name}`)}`.trim() })),

  emoji: (word, _, __, after) => (word.length < 3 ? [] : searchEmoji(word.slice(1)))
    .map(([emoji, name]) => ({ text: emoji + after, label: emoji, about: name })),

  person: (word, _, store, after) => people(word.slice(1), store).map(nick => ({ text: `@${nick}${after}`, label: nick, about: '' })),

  room: (word, _, store, after) => store.sorted().filter(room => !room.isDirect && starts(room.name, word))
    .map(room => ({ text: room.name + after, label: room.name, about: room.topic })),

  name: (word, isFirst, store, after) => people(word, store).map(nick => ({ text: isFirst ? `${nick}:${after}` : nick + after, label: nick, about: '' })),
};

function people(word, store) {
  const room = store.current;
  const nicks = room === null ? [] : room.isDirect ? [room.name] : speakersFirst(room);
  return nicks.filter(nick => !store.isSelf(nick) && starts(nick, word));
}

/** Who is in a room, those who spoke last first: it is they who are answered. */
function speakersFirst(room) {
  const speakers = [...new Set(room.log.messages.slice(-200).reverse().map(message => message.from))].filter(nick => room.members.has(nick));
  return [...new Set([...speakers, ...room.members.sorted().map(member => member.nick)])];
}
