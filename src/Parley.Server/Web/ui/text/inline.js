import { t } from '../../language/text.js';
import { mentionPattern } from '../../state/mention.js';
import { h } from '../element.js';
import { addressIn, linkTo } from './links.js';
import { styledRuns } from './runs.js';

// What people type for emphasis. A mark opens where a word begins and closes where one ends, so that `a * b` and `snake_case` stay.
const EMPHASIS = [
  ['\\*\\*', 'bold'], ['__', 'bold'], ['~~', 'struck'], ['\\|\\|', 'spoiler'], ['\\*', 'italic'], ['_', 'italic'],
].map(([mark, style]) => ({ style, pattern: `(?<![\\p{L}\\p{N}*_~|\\\\])${mark}(?=[^\\s*_~|])(?<${style}${mark.length}>(?:(?!${mark})[^\\n])*?[^\\s\\\\])${mark}(?![\\p{L}\\p{N}*_~|])` }));

// Addresses of the web, code between backticks, emphasis, and rooms, as words.
const PARTS = new RegExp([
  '(?<url>https?:\\/\\/[^\\s<>"]+)', '(?<code>`[^`\\n]+`)', ...EMPHASIS.map(({ pattern }) => pattern),
  '(?<![\\p{L}\\p{N}/&])(?<room>#[\\p{L}\\p{M}\\p{N}_-]+(?:[.+]+[\\p{L}\\p{M}\\p{N}_-]+)*\\+*)',
].join('|'), 'giu');

const STYLE_OF_GROUP = Object.fromEntries(EMPHASIS.map(({ style, pattern }) => [/\(\?<(\w+\d)>/.exec(pattern)[1], style]));

/** What is shown of a line of text: an array of elements and strings. `nick` is the user's own name. */
export function renderInline(text, nick, onRoom) {
  return styledRuns(text).flatMap(({ text: run, styles }) => {
    const parts = renderParts(run, nick, onRoom);
    return styles.reduce((inner, style) => [styled(style, inner)], parts);
  });
}

function renderParts(text, nick, onRoom) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(PARTS)) {
    const [element, length] = elementOf(match, nick, onRoom);
    if (element !== null) {
      parts.push(...withMentions(text.slice(from, match.index), nick), element);
      from = match.index + length;
    }
  }

  return [...parts, ...withMentions(text.slice(from), nick)];
}

/** The element of a match, and how many letters of it are in it; null if it is nothing after all. */
function elementOf({ 0: all, groups }, nick, onRoom) {
  if (groups.url !== undefined) {
    const address = addressIn(all);
    return [address === '' ? null : linkTo(address), address.length];
  }

  if (groups.code !== undefined) {
    return [h('code', {}, all.slice(1, -1)), all.length];
  }

  if (groups.room !== undefined) {
    return [h('a', { class: 'room-link', href: all, onclick: event => { event.preventDefault(); onRoom(all); } }, all), all.length];
  }

  const group = Object.keys(STYLE_OF_GROUP).find(each => groups[each] !== undefined);
  return [styled(STYLE_OF_GROUP[group], renderParts(groups[group], nick, onRoom)), all.length];
}

function styled(style, children) {
  return style === 'spoiler' ? spoiler(children) : h('span', { class: `text-${style}` }, children);
}

/** Hidden until one presses it. */
function spoiler(children) {
  const show = event => {
    if (event.type === 'click' || event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      element.classList.add('is-shown');
      ['role', 'tabindex', 'aria-label'].forEach(name => element.removeAttribute(name));
    }
  };
  const element = h('span', { class: 'text-spoiler', role: 'button', tabIndex: 0, 'aria-label': t('spoiler'), title: t('spoiler'), onclick: show, onkeydown: show }, h('span', {}, children));
  return element;
}

function withMentions(text, nick) {
  const pattern = mentionPattern(nick);
  if (text === '' || pattern === null) {
    return text === '' ? [] : [text];
  }

  const parts = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(from, match.index), h('mark', {}, match[0]));
    from = match.index + match[0].length;
  }

  return [...parts, text.slice(from)].filter(part => part !== '');
}
