// Emoji by the words that one looks for them by. A table of data.

export const EMOJI = [
  ['👍', 'thumbs up yes good agree'], ['👎', 'thumbs down no bad'], ['❤️', 'heart love'], ['😂', 'laugh tears joy'], ['🎉', 'party tada celebrate'],
  ['🚀', 'rocket ship launch'], ['👀', 'eyes look'], ['✅', 'check done ok'], ['🙏', 'thanks please pray'], ['🔥', 'fire hot'],
  ['😀', 'grin happy'], ['😄', 'smile happy'], ['😅', 'sweat phew'], ['🤣', 'rofl laugh'], ['🙂', 'slight smile'], ['🙃', 'upside down'],
  ['😉', 'wink'], ['😊', 'blush smile'], ['😇', 'angel halo'], ['🥰', 'love hearts'], ['😍', 'heart eyes love'], ['😘', 'kiss'],
  ['😋', 'yum tasty'], ['😎', 'cool sunglasses'], ['🤓', 'nerd'], ['🧐', 'monocle inspect'], ['🤔', 'thinking hmm'], ['🤨', 'raised eyebrow'],
  ['😐', 'neutral'], ['😑', 'expressionless'], ['🙄', 'eye roll'], ['😬', 'grimace'], ['😴', 'sleep tired'], ['🤒', 'sick ill'],
  ['🤯', 'mind blown'], ['🥳', 'party face'], ['😕', 'confused'], ['😟', 'worried'], ['😮', 'surprised wow'], ['😢', 'cry sad'],
  ['😭', 'sob cry'], ['😱', 'scream shock'], ['😤', 'huff'], ['😡', 'angry mad'], ['💀', 'skull dead'], ['🤖', 'robot bot'],
  ['👋', 'wave hello bye'], ['👌', 'ok perfect'], ['✌️', 'peace victory'], ['🤞', 'fingers crossed luck'], ['👏', 'clap bravo'], ['🙌', 'hooray hands'],
  ['🤝', 'handshake deal'], ['💪', 'strong muscle'], ['🫡', 'salute'], ['🤷', 'shrug'], ['🤦', 'facepalm'], ['👉', 'point right'],
  ['🧡', 'orange heart'], ['💛', 'yellow heart'], ['💚', 'green heart'], ['💙', 'blue heart'], ['💜', 'purple heart'], ['💔', 'broken heart'],
  ['⭐', 'star'], ['✨', 'sparkles shiny'], ['⚡', 'lightning fast'], ['💡', 'idea bulb'], ['💯', 'hundred perfect'], ['💥', 'boom bang'],
  ['❌', 'cross no wrong'], ['⚠️', 'warning careful'], ['❓', 'question'], ['❗', 'exclamation'], ['🔒', 'lock secure'], ['🔑', 'key'],
  ['🐛', 'bug'], ['🔧', 'wrench fix'], ['🔨', 'hammer build'], ['📦', 'package box'], ['📈', 'chart up'], ['📉', 'chart down'],
  ['📌', 'pin'], ['📎', 'paperclip'], ['📝', 'memo note write'], ['📅', 'calendar date'], ['⏰', 'alarm clock time'], ['🔍', 'search find'],
  ['💻', 'laptop computer'], ['☕', 'coffee'], ['🍵', 'tea'], ['🍕', 'pizza'], ['🍰', 'cake'], ['🍻', 'beer cheers'],
  ['🌞', 'sun'], ['🌧️', 'rain'], ['🌈', 'rainbow'], ['❄️', 'snow cold'], ['🌱', 'plant grow'], ['🌍', 'world earth'],
  ['🐶', 'dog'], ['🐱', 'cat'], ['🦊', 'fox'], ['🦉', 'owl'], ['🐢', 'turtle slow'], ['🦄', 'unicorn'],
];

/** The ones that most people use, for one press. */
export const COMMON_EMOJI = EMOJI.slice(0, 8).map(([emoji]) => emoji);

/** Emoji of which a word begins like this. */
export function searchEmoji(text) {
  const wanted = text.toLowerCase().split(/[\s_-]+/).filter(Boolean);
  return EMOJI.filter(([, words]) => wanted.every(part => words.split(' ').some(word => word.startsWith(part))));
}
