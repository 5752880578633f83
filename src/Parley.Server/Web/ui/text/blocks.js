import { t } from '../../language/text.js';
import { h } from '../element.js';
import { later } from '../later.js';
import { fileOf, renderFile } from './files.js';
import { renderInline } from './inline.js';

// What people type for more than a line: fences of code, quotes, lists. Everything else is lines as they are.
const FENCE = /^```([\w+#.-]*)\s*$/;
const QUOTE = /^>\s?(?=\S)/;
const BULLET = /^\s{0,3}[-*•]\s+(?=\S)/;
const NUMBER = /^\s{0,3}(\d{1,4})[.)]\s+(?=\S)/;

const highlighting = later(() => import('./highlight.js'));

/** What is shown of a message: an array of elements. `nick` is the user's own name. */
export function renderMessageText(text, nick, onRoom, onPicture = () => {}) {
  return blocksOf(text).map(block => {
    switch (block.type) {
      case 'code':
        return codeBlock(block);
      case 'quote':
        return h('blockquote', {}, lines(block.lines, nick, onRoom));
      case 'bullets':
        return h('ul', {}, block.lines.map(line => h('li', {}, renderInline(line, nick, onRoom))));
      case 'files':
        return h('div', { class: 'files' }, block.lines.map(line => renderFile(fileOf(line), onPicture)));
      case 'numbers':
        return h('ol', { start: block.start }, block.lines.map(line => h('li', {}, renderInline(line, nick, onRoom))));
      default:
        return h('p', {}, lines(block.lines, nick, onRoom));
    }
  });
}

const lines = (all, nick, onRoom) => renderInline(all.join('\n'), nick, onRoom);

function codeBlock({ language, lines: all }) {
  const code = all.join('\n');
  const copy = async event => {
    await navigator.clipboard.writeText(code);
    button.textContent = t('copied');
    event.stopPropagation();
  };
  const button = h('button', { type: 'button', class: 'code-copy', tabIndex: -1, onclick: copy }, t('copy'));
  return h('div', { class: 'code-block' }, h('pre', { tabIndex: 0, 'aria-label': t('codeBlock', { language }) }, coloured(code, language)), button);
}

/** Code as it is, and with its colours as soon as there is what makes them. */
function coloured(code, language) {
  const element = h('code', {}, code);
  highlighting.fetch().then(({ highlight }) => element.replaceChildren(...highlight(code, language)), () => {});
  return element;
}

/** The blocks of a text: [{ type, lines }]. A fence that is never closed is no fence. */
export function blocksOf(text) {
  const blocks = [];
  const all = text.split('\n');
  for (let at = 0; at < all.length; at++) {
    const fence = FENCE.exec(all[at]);
    const end = fence === null ? -1 : all.findIndex((line, i) => i > at && line.trimEnd() === '```');
    if (end > at + 1) {
      blocks.push({ type: 'code', language: fence[1].toLowerCase(), lines: all.slice(at + 1, end) });
      at = end;
      continue;
    }

    const oneLine = /^```(?!`)(.+?)```$/.exec(all[at]);
    if (oneLine !== null) {
      blocks.push({ type: 'code', language: '', lines: [oneLine[1].trim()] });
      continue;
    }

    const [type, line] = blockOfLine(all[at]);
    const last = blocks.at(-1);
    if (last?.type === type && type !== 'code') {
      last.lines.push(line);
    } else {
      blocks.push({ type, lines: [line], start: Number(NUMBER.exec(all[at])?.[1] ?? 1) });
    }
  }

  return asItIs(blocks);
}

function blockOfLine(line) {
  if (line.startsWith('http') && fileOf(line.trim()) !== null) {
    return ['files', line.trim()];
  }

  for (const [type, pattern] of [['quote', QUOTE], ['bullets', BULLET], ['numbers', NUMBER]]) {
    if (pattern.test(line)) {
      return [type, line.replace(pattern, '')];
    }
  }

  return ['text', line];
}

/** A list of one number is a sentence that begins with one (`2026. was a good year`): it stays as it was typed. */
function asItIs(blocks) {
  return blocks.map(block => (block.type === 'numbers' && block.lines.length === 1 ? { type: 'text', lines: [`${block.start}. ${block.lines[0]}`] } : block));
}
