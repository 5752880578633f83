import { mentions } from '../state/mention.js';
import { h } from './element.js';

// https://modern.ircdocs.horse/formatting.html
const STYLES = { '\x02': 'bold', '\x1d': 'italic', '\x1f': 'underline', '\x1e': 'struck', '\x11': 'mono' };
const COLOUR = /^(?:\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9a-f]{6}(?:,[0-9a-f]{6})?)?)/i;

// Addresses of the web, code between backticks, and rooms, as words.
const PARTS = /(?<url>https?:\/\/[^\s<>"]+)|(?<code>`[^`\n]+`)|(?<![\p{L}\p{N}/&])(?<room>#[\p{L}\p{N}_-]+)/giu;

/** What is shown of a text: an array of elements and strings. `nick` is the user's own name. */
export function renderText(text, nick, onRoom) {
  return styledRuns(text).flatMap(({ text: run, styles }) => {
    const parts = renderParts(run, nick, onRoom);
    return styles.length === 0 ? parts : [h('span', { class: styles.map(style => `text-${style}`).join(' ') }, parts)];
  });
}

/** A text without the codes that format it. */
export const plainText = text => styledRuns(text).map(run => run.text).join('');

function styledRuns(text) {
  const runs = [];
  let styles = new Set();
  let run = '';
  const close = () => {
    if (run !== '') {
      runs.push({ text: run, styles: [...styles] });
      run = '';
    }
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    const colour = COLOUR.exec(text.slice(at, at + 14));
    if (colour !== null) {
      // Colours are for a background that is not ours.
      at += colour[0].length - 1;
    } else if (letter === '\x0f') {
      close();
      styles = new Set();
    } else if (letter in STYLES) {
      close();
      styles = new Set(styles);
      styles.delete(STYLES[letter]) || styles.add(STYLES[letter]);
    } else if (letter >= ' ' || letter === '\n' || letter === '\t') {
      run += letter;
    }
  }

  close();
  return runs;
}

function renderParts(text, nick, onRoom) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(PARTS)) {
    const found = match.groups.url === undefined ? match[0] : withoutTail(match[0]);
    const element = match.groups.url !== undefined ? linkTo(found)
      : match.groups.code !== undefined ? h('code', {}, found.slice(1, -1))
        : h('a', { class: 'room-link', href: found, onclick: event => { event.preventDefault(); onRoom(found); } }, found);
    parts.push(...withMentions(text.slice(from, match.index), nick), element);
    from = match.index + found.length;
  }

  return [...parts, ...withMentions(text.slice(from), nick)];
}

const linkTo = url => h('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow', referrerPolicy: 'no-referrer' }, url);

/** An address without the full stop or the bracket of the sentence that it is in. */
function withoutTail(url) {
  let end = url.length;
  while (end > 0) {
    const last = url[end - 1];
    const opening = { ')': '(', ']': '[' }[last];
    const isOpen = opening !== undefined && url.slice(0, end).split(opening).length < url.slice(0, end).split(last).length;
    if (!/[.,;:!?'*_]/.test(last) && !isOpen) {
      break;
    }

    end--;
  }

  return url.slice(0, end);
}

function withMentions(text, nick) {
  if (text === '' || !mentions(text, nick)) {
    return text === '' ? [] : [text];
  }

  const name = new RegExp(`(${nick.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'iu');
  return text.split(name).filter(Boolean).map(part => (name.test(part) && part.length === nick.length ? h('mark', {}, part) : part));
}
