import { h } from '../element.js';

// A tokenizer that knows what most languages have in common: comments, strings, numbers, words. Not a parser: what it does not
// know is shown as it is, and nothing is ever left out.

const C_WORDS = 'abstract as async await bool break byte case catch char class const continue decimal default delegate do double else enum event export extends extern false final finally fixed float for foreach from fn func function get goto if impl implements import in int interface internal is let lock long match mod module mut namespace new nil null object operator out override package params private protected pub public readonly record ref return sealed select self set short static string struct super switch this throw trait true try type typeof uint ulong undefined union unsafe use using var virtual void volatile when where while with yield';
const PYTHON_WORDS = 'and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return self True try while with yield';
const SHELL_WORDS = 'case do done echo elif else esac exit export fi for function if in local return set shift source then unset until while';
const SQL_WORDS = 'add all alter and as asc begin between by case commit create delete desc distinct drop else end exists foreign from group having in index inner insert into is join key left like limit not null offset on or order outer primary references returning right rollback select set table then union unique update values view when where with';

const LINE_COMMENTS = { hash: '#.*', slashes: '\\/\\/.*', dashes: '--.*', percent: ';.*' };
const language = (words, comment, { block = false, strings = '"\'`', ignoreCase = false } = {}) => ({ words: new Set(words.split(' ')), comment, block, strings, ignoreCase });

const C_LIKE = language(C_WORDS, 'slashes', { block: true });
const PYTHON = language(PYTHON_WORDS, 'hash');
const SHELL = language(SHELL_WORDS, 'hash');
const SQL = language(SQL_WORDS, 'dashes', { block: true, ignoreCase: true });
const DATA = language('true false null yes no on off', 'hash');

const LANGUAGES = {
  python: PYTHON, py: PYTHON, ruby: PYTHON, rb: PYTHON, sh: SHELL, bash: SHELL, shell: SHELL, zsh: SHELL, console: SHELL, sql: SQL,
  yaml: DATA, yml: DATA, toml: DATA, ini: DATA, dockerfile: SHELL, make: SHELL, text: null, txt: null, plain: null, log: null,
};

/** The elements of a piece of code. Without a language it is taken for one that writes comments as C does. */
export function highlight(code, name = '') {
  const known = Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : C_LIKE;
  if (known === null) {
    return [code];
  }

  const parts = [];
  let from = 0;
  for (const match of code.matchAll(patternOf(known))) {
    const kind = kindOf(match, known);
    if (kind !== null) {
      parts.push(code.slice(from, match.index), h('span', { class: `code-${kind}` }, match[0]));
      from = match.index + match[0].length;
    }
  }

  return [...parts, code.slice(from)].filter(part => part !== '');
}

function patternOf({ comment, block, strings }) {
  const string = [...strings].map(quote => `${quote}(?:\\\\.|[^\\\\${quote}${quote === '`' ? '' : '\\n'}])*${quote}`).join('|');
  return new RegExp(`(?<comment>${block ? '\\/\\*[\\s\\S]*?\\*\\/|' : ''}${LINE_COMMENTS[comment]})|(?<string>${string})`
    + '|(?<number>\\b(?:0x[\\da-f]+|\\d[\\d_]*(?:\\.\\d+)?(?:e[+-]?\\d+)?)\\b)|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)', 'giu');
}

function kindOf({ groups }, { words, ignoreCase }) {
  if (groups.word === undefined) {
    return groups.comment !== undefined ? 'comment' : groups.string !== undefined ? 'string' : 'number';
  }

  return words.has(ignoreCase ? groups.word.toLowerCase() : groups.word) ? 'word' : null;
}
