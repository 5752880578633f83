// A line of the protocol: https://modern.ircdocs.horse/#message-format

import { formatTags, parseTags } from './tags.js';

/** Who a line is from, parted; a server has neither user nor host. */
export function parseSource(text) {
  const match = /^([^!@]*)(?:!([^@]*))?(?:@(.*))?$/s.exec(text);
  return { nick: match?.[1] ?? text, user: match?.[2] ?? '', host: match?.[3] ?? '' };
}

/** A line as an object; null if it has no command, which a client passes over. */
export function parseLine(text) {
  let rest = text.replace(/[\r\n\0]+$/, '');
  let tags = new Map();
  let source = { nick: '', user: '', host: '' };
  if (rest.startsWith('@')) {
    const end = rest.indexOf(' ');
    if (end < 0) {
      return null;
    }

    tags = parseTags(rest.slice(1, end));
    rest = rest.slice(end).trimStart();
  }

  if (rest.startsWith(':')) {
    const end = rest.indexOf(' ');
    if (end < 0) {
      return null;
    }

    source = parseSource(rest.slice(1, end));
    rest = rest.slice(end).trimStart();
  }

  const params = [];
  while (rest !== '') {
    if (rest.startsWith(':') && params.length > 0) {
      params.push(rest.slice(1));
      break;
    }

    const end = rest.indexOf(' ');
    params.push(end < 0 ? rest : rest.slice(0, end));
    rest = end < 0 ? '' : rest.slice(end).replace(/^ +/, '');
  }

  const command = params.shift()?.toUpperCase() ?? '';
  return /^([A-Z]+|[0-9]{3})$/.test(command) ? { tags, source, command, params } : null;
}

/** A line to send. What would break the line is taken out of it: one call is never two commands. */
export function formatLine(command, params = [], tags = {}) {
  const words = params.map(param => String(param).replace(/[\r\n\0]+/g, ' '));
  const last = words.length - 1;
  const written = words.map((word, at) => (at === last && (word === '' || word.startsWith(':') || word.includes(' ')) ? `:${word}` : word));
  const prefix = formatTags(tags);
  return (prefix === '' ? '' : `@${prefix} `) + [command, ...written].join(' ');
}
