import { h } from '../element.js';
import { blocksOf } from './blocks.js';
import { fileOf } from './files.js';
import { renderInline } from './inline.js';

// What stands for a spoiler where it cannot be pressed.
const HIDDEN = '▒▒▒▒';

/** A message as a line of plain text, for quotations, notifications and screen readers: without its marks, and what it hides stays hidden. */
export function previewText(text) {
  return blocksOf(text).flatMap(({ type, lines }) => (type === 'code' ? lines : type === 'files' ? lines.map(line => fileOf(line).name) : lines.map(inlineText))).join(' ').trim();
}

function inlineText(line) {
  const box = h('span', {}, renderInline(line, '', () => {}));
  box.querySelectorAll('.text-spoiler').forEach(each => each.textContent = HIDDEN);
  return box.textContent;
}
