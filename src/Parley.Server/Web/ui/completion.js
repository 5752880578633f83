import { COMMANDS } from '../commands.js';
import { searchEmoji } from './emoji.js';

/**
 * What the word before the caret may become: names, rooms (`#`), commands (`/`), emoji (`:`).
 * Returns { from, choices: [{ text, label }] }, or null if there is nothing to complete.
 */
export function completionsFor(text, caret, store) {
  const from = Math.max(text.lastIndexOf(' ', caret - 1), text.lastIndexOf('\n', caret - 1)) + 1;
  const word = text.slice(from, caret);
  if (word === '') {
    return null;
  }

  const choices = choicesFor(word, from === 0, store);
  return choices.length === 0 ? null : { from, choices };
}

function choicesFor(word, isFirst, store) {
  const starts = name => name.toLowerCase().startsWith(word.toLowerCase());
  if (word.startsWith('/')) {
    return isFirst ? COMMANDS.map(({ name }) => `/${name}`).filter(starts).map(name => ({ text: `${name} `, label: name })) : [];
  }

  if (word.startsWith(':')) {
    return word.length < 3 ? [] : searchEmoji(word.slice(1)).slice(0, 12).map(([emoji, name]) => ({ text: `${emoji} `, label: `${emoji} ${name}` }));
  }

  if (store.support.isRoom(word)) {
    return store.sorted().map(room => room.name).filter(starts).map(name => ({ text: `${name} `, label: name }));
  }

  const at = word.startsWith('@') ? '@' : '';
  const room = store.current;
  const nicks = room === null ? [] : room.isDirect ? [room.name] : speakersFirst(room);
  return nicks.filter(nick => !store.isSelf(nick) && nick.toLowerCase().startsWith(word.slice(at.length).toLowerCase()))
    .map(nick => ({ text: isFirst && at === '' ? `${nick}: ` : `${at}${nick} `, label: nick }));
}

/** Who is in a room, those who spoke last first: it is they who are answered. */
function speakersFirst(room) {
  const speakers = [...new Set(room.log.messages.slice(-200).reverse().map(message => message.from))].filter(nick => room.members.has(nick));
  return [...new Set([...speakers, ...room.members.sorted().map(member => member.nick)])];
}
