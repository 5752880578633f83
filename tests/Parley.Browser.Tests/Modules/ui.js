import { KeyedList } from '../Web/ui/keyedList.js';
import { hashOfRoom, messageOfHash, roomOfHash } from '../Web/ui/deepLink.js';
import { InputHistory } from '../Web/ui/inputHistory.js';
import { initialsOf, hueOf } from '../Web/ui/nameColour.js';
import { eventText, presenceText } from '../Web/ui/eventText.js';
import { renderRow } from '../Web/ui/messageRow.js';
import { rowsOf } from '../Web/ui/messageRows.js';
import { bytesText } from '../Web/ui/text/bytes.js';
import { blocksOf, renderMessageText } from '../Web/ui/text/blocks.js';
import { highlight } from '../Web/ui/text/highlight.js';
import { renderInline } from '../Web/ui/text/inline.js';
import { previewText } from '../Web/ui/text/preview.js';
import { plainText } from '../Web/ui/text/runs.js';
import { withMarks } from '../Web/ui/dialogs/searchDialog.js';
import { rolesOf } from '../Web/ui/dialogs/rolesDialog.js';
import { completionsFor } from '../Web/ui/completion.js';
import { ROOM_MODES, changesOf, ruleText, rulesOf } from '../Web/session/roomModes.js';
import { LANGUAGES } from '../Web/language/text.js';
import { Store } from '../Web/state/store.js';
import { parseLine } from '../Web/irc/line.js';
import { createMessage, messageOfLine } from '../Web/state/message.js';
import { equal, ok, test } from './harness.js';

const html = (text, nick = 'me') => {
  const paragraph = document.createElement('p');
  paragraph.append(...renderInline(text, nick, () => {}));
  return paragraph;
};

test('Roles are read from what ChanServ answers, and nothing else is', () => {
  equal(rolesOf(['Channel #a has 2 persistent modes set', 'Account ann receives mode +o', 'Account Zoë receives mode +v', 'Account x y receives mode +o']),
    [{ account: 'ann', letter: 'o' }, { account: 'Zoë', letter: 'v' }]);
});

test('Nothing that is said becomes an element', () => {
  for (const text of ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '&lt;b&gt;', 'javascript:alert(1)', '`<b>`']) {
    const shown = html(text);
    equal([shown.querySelectorAll('img, script, b, a').length, shown.textContent], [0, text.replaceAll('`', '')]);
  }
});

test('Addresses are links, without the sentence around them', () => {
  const found = text => [...html(text).querySelectorAll('a[target]')].map(link => link.getAttribute('href'));
  equal(found('see https://a.example/x_(y). Or (https://b.example/?q=1), ok?'), ['https://a.example/x_(y)', 'https://b.example/?q=1']);
  equal(found('ftp://x javascript:x http:// https://... https://. http://?x'), []);
  const [link] = html('https://a.example').querySelectorAll('a');
  equal([link.rel, link.target], ['noopener noreferrer nofollow', '_blank']);
});

test('Rooms are links, mentions and code are marked', () => {
  const shown = html('hey Me, see #garden and `x < y` in a#b');
  equal([shown.querySelector('.room-link').textContent, shown.querySelector('mark').textContent, shown.querySelector('code').textContent, shown.querySelectorAll('.room-link').length], ['#garden', 'Me', 'x < y', 1]);
});

test('Formatting codes are styles, and colours are left out', () => {
  const text = '\x02bold\x02 \x0304,01red\x03 \x1ditalic\x0f plain \x07';
  equal(plainText(text), 'bold red italic plain ');
  equal(html(text).querySelector('.text-bold').textContent, 'bold');
});

test('A name is marked where it is a word, and nowhere else', () => {
  const marked = (text, nick) => [...html(text, nick).querySelectorAll('mark')].map(mark => mark.textContent);
  equal([marked('ann and Joanna, Ann!', 'ann'), marked('annual', 'ann'), marked('ann', '')], [['ann', 'Ann'], [], []]);
  equal(html('ann and Joanna', 'ann').textContent, 'ann and Joanna');
});

test('What people type for emphasis is shown, and what only looks like it stays as it is', () => {
  const shown = html('**bold** and *it*, __b2__ _i2_ ~~gone~~ ||psst|| **a *b* c**');
  equal([...shown.querySelectorAll('[class]')].map(each => `${each.className}=${each.textContent}`), [
    'text-bold=bold', 'text-italic=it', 'text-bold=b2', 'text-italic=i2', 'text-struck=gone', 'text-spoiler=psst', 'text-bold=a b c', 'text-italic=b',
  ]);
  for (const text of ['2 * 3 * 4', 'snake_case_name', '** not **', '*', '****', 'a*b*c', '~~', '||', '_ _', '\\*x*', 'https://a.example/_x_/y']) {
    equal([text, html(text).textContent, html(text).querySelectorAll('[class^=text-]').length], [text, text, 0]);
  }
});

test('Blocks of code, quotes and lists are seen in what is typed, and a fence that is not closed is text', () => {
  const types = text => blocksOf(text).map(({ type, lines }) => `${type}:${lines.join('|')}`);
  equal(types('see\n```cs\nvar x;\n\n  y\n```\nend'), ['text:see', 'code:var x;||  y', 'text:end']);
  equal(types('> a\n> b\nc\n- x\n- y\n1. p\n2. q'), ['quote:a|b', 'text:c', 'bullets:x|y', 'numbers:p|q']);
  equal(types('```\nopen'), ['text:```|open']);
  equal(types('2026. was good\n-5 degrees\n>:('), ['text:2026. was good', 'text:-5 degrees', 'quote::(']);
  const shown = document.createElement('div');
  shown.append(...renderMessageText('```js\nconst a = "<b>"; // no\n```\n`x`', 'me', () => {}));
  equal([shown.querySelector('pre').textContent, shown.querySelectorAll('b').length], ['const a = "<b>"; // no', 0]);
});

test('A message in a line has no marks, and what it hides stays hidden', () => {
  equal(previewText('**Do** `not` tell: ||it leaks||\n> why\n```js\nx\n```'), 'Do not tell: ▒▒▒▒ why x');
});

test('Code is coloured and nothing of it is lost', () => {
  const look = (code, language) => { const box = document.createElement('pre'); box.append(...highlight(code, language)); return box; };
  const kinds = box => [...box.children].map(each => `${each.className.slice(5)}=${each.textContent}`);
  equal(kinds(look('if (x1 == 0x1F) return "a // b"; // c', 'cs')), ['word=if', 'number=0x1F', 'word=return', 'string="a // b"', 'comment=// c']);
  equal(kinds(look('SELECT 1 -- all', 'sql')), ['word=SELECT', 'number=1', 'comment=-- all']);
  equal(kinds(look('if # "x"', 'text')), []);
  for (const code of ['"open', '/* open', "it's 'so", '\\', '`${a}`', '💥 0x', '']) {
    equal(look(code, 'js').textContent, code);
  }
});

const at = (minute, from, text, fields = {}) => createMessage({ time: minute * 60_000, from, text, ...fields });
const happened = (minute, from, what, fields = {}) => createMessage({ time: minute * 60_000, from, kind: 'presence', event: { what, ...fields } });

test('Messages of one person are put together, and comings and goings too', () => {
  const marked = at(4, 'ann', '3');
  const rows = rowsOf([at(0, 'ann', '1'), at(1, 'ann', '2'), happened(2, 'bob', 'joined'), happened(3, 'cy', 'joined'), happened(3, 'bob', 'left', { reason: 'bye' }), marked, at(30, 'ann', '4')], { firstUnread: marked });
  equal(rows.map(row => row.type + (row.grouped ? '+' : '')), ['day', 'message', 'message+', 'presence', 'new', 'message', 'message']);
  equal(presenceText(rows[3].messages), 'cy joined');
});

test('Each change of a name is a sentence of its own, of who came under another name that name is told', () => {
  const rename = (from, to) => happened(0, from, 'renamed', { to });
  equal(presenceText([rename('Scarlet', 'Dora'), rename('Dora', 'Eva'), rename('Clever', 'Dora')]), 'Scarlet is now Eva, Clever is now Dora');
  equal(presenceText([happened(0, 'x', 'joined'), rename('x', 'y'), happened(0, 'b', 'joined'), happened(0, 'c', 'left')]), 'y and b joined, c left');
  equal(presenceText([rename('a', 'b'), rename('b', 'a'), happened(0, 'c', 'left'), happened(0, 'c', 'joined')]), '');
});

test('A name is completed behind a bracket, and before a blank without another', () => {
  const store = new Store();
  store.nick = 'me';
  const room = store.open('#a');
  ['alan47', 'me'].forEach(nick => room.members.add(nick));
  store.select(room);
  const first = (text, caret = text.length) => { const found = completionsFor(text, caret, store); return found === null ? null : text.slice(0, found.from) + found.choices[0].text + text.slice(caret); };
  equal([first('al'), first('al rest', 2), first('hi @al'), first('(al'), first('hi al rest', 5), first('zz')], ['alan47: ', 'alan47: rest', 'hi @alan47 ', '(alan47 ', 'hi alan47 rest', null]);
});

test('Words that were looked for are marked, without regard to case and accents', () => {
  const marks = (text, wanted) => { const box = document.createElement('p'); box.append(...withMarks(text, wanted)); return [box.textContent, [...box.querySelectorAll('mark')].map(mark => mark.textContent)]; };
  equal(marks('Ein Café und cafe', 'cafe'), ['Ein Café und cafe', ['Café', 'cafe']]);
  equal(marks('👍🏽 ok OK', 'ok 👍🏽'), ['👍🏽 ok OK', ['👍🏽', 'ok', 'OK']]);
  equal(marks('nothing', 'x'), ['nothing', []]);
  equal(marks('Die Straße, GROẞE und Fuß', 'strasse fuss'), ['Die Straße, GROẞE und Fuß', ['Straße', 'Fuß']]);
});

test('Addresses of the page are rooms and people', () => {
  equal(['#garden', '#%23garden', '#@ann', '#', '', '#a%20b', '#%zz', '#a,b'].map(roomOfHash), ['#garden', '#garden', 'ann', null, null, null, null, null]);
  for (const name of ['#garden', '##deep', '&local', '#ä/b']) {
    equal(roomOfHash(hashOfRoom({ name, isDirect: false })), name);
  }

  equal(roomOfHash(hashOfRoom({ name: 'ann', isDirect: true })), 'ann');
  equal([roomOfHash('#garden?main.12'), messageOfHash('#garden?main.12'), messageOfHash('#garden'), messageOfHash('#a?%zz'), roomOfHash(hashOfRoom({ name: '#a?b', isDirect: false }))], ['#garden', 'main.12', null, null, '#a?b']);
});

test('What was typed comes back, and what was being typed too', () => {
  const history = new InputHistory();
  ['one', 'two'].forEach(text => history.add(text));
  equal([history.move(-1, 'draft'), history.move(-1, ''), history.move(-1, ''), history.move(1, ''), history.move(1, ''), history.move(1, '')], ['two', 'one', null, 'two', 'draft', null]);
});

test('A name has one colour and its initials', () => {
  equal([hueOf('Ann') === hueOf('ann'), initialsOf('AmberFox'), initialsOf('ann'), initialsOf('_'), initialsOf('ann-b')], [true, 'AF', 'A', '?', 'AB']);
});

test('A list makes anew what has changed, and keeps the rest and the focus', () => {
  const parent = document.createElement('ul');
  document.body.append(parent);
  const render = ({ name }) => Object.assign(document.createElement('li'), { innerHTML: `<button>${name}</button>` });
  const list = new KeyedList(parent, { keyOf: ({ id }) => id, signatureOf: ({ name }) => name, render });
  const names = () => [...parent.children].map(child => child.textContent).join(' ');
  list.show([{ id: 1, name: 'a' }, { id: 2, name: 'b' }]);
  const [first] = parent.children;
  parent.children[1].firstChild.focus();
  list.show([{ id: 3, name: 'c' }, { id: 1, name: 'a' }, { id: 2, name: 'B' }]);
  equal([names(), parent.children[1] === first, document.activeElement.textContent], ['c a B', true, 'B']);
  list.show([{ id: 2, name: 'B' }]);
  equal([names(), document.activeElement.textContent], ['B', 'B']);
  parent.remove();
});

test('What is being pressed in a list is made anew when it is let go', async () => {
  const parent = document.createElement('ul');
  document.body.append(parent);
  const render = ({ name }) => Object.assign(document.createElement('li'), { textContent: name });
  const list = new KeyedList(parent, { keyOf: ({ id }) => id, signatureOf: ({ name }) => name, render });
  const names = () => [...parent.children].map(child => child.textContent).join(' ');
  list.show([{ id: 1, name: 'a' }, { id: 2, name: 'b' }]);
  parent.firstChild.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  list.show([{ id: 1, name: 'A' }, { id: 2, name: 'B' }]);
  equal(names(), 'a B');
  parent.firstChild.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  equal(names(), 'a B');
  await new Promise(resolve => setTimeout(resolve));
  equal(names(), 'A B');
  parent.remove();
});

test('Each rule of a room has its words in all languages, with the values that those in English have', () => {
  for (const mode of ROOM_MODES) {
    for (const words of [mode.words, mode.label, mode.none].filter(Boolean)) {
      equal([mode.letter, Object.keys(words).sort()], [mode.letter, [...LANGUAGES].sort()]);
      equal(Object.values(words).filter(text => text === '' || text.includes('{value}') !== words.en.includes('{value}')), []);
    }

    equal(mode.input === undefined, mode.label === undefined);
  }
});

test('Changes of rules are told in words, and those of anything else as they are', () => {
  const told = modes => eventText({ from: 'Ann', event: { what: 'modes', modes } });
  equal(told(['+m']), 'Ann set a rule: Only people with a voice may speak');
  equal(told(['-m+i']), 'Ann lifted a rule: Only people with a voice may speak, Ann set a rule: By invitation only');
  equal(told(['+k', 'sesame']), 'Ann set a rule: Key');
  equal(told(['+g-g', 'spam', 'ham*']), 'Ann set a rule: The word filter refuses spam, Ann lifted a rule: The word filter refuses ham*');
  equal(told(['+o', 'Bob']), 'Ann set +o Bob');
  equal(told(['+mo', 'Bob']), 'Ann set +mo Bob');
  equal(rulesOf([]), null);
});

test('Of what is wanted of a room that alone is sent which is not so already', () => {
  const { support } = new Store();
  equal(changesOf({ i: '', k: 'old' }, { i: '', k: 'old' }, support), null);
  equal(changesOf({ i: '', k: 'old' }, { m: '', k: 'new' }, support), ['+mk-i', 'new']);
  equal(changesOf({ k: 'old' }, {}, support), ['-k', 'old']);
});

test('A direct message says which room it belongs to, and its button goes there', () => {
  const store = new Store();
  const [direct, room] = [store.open('bot'), store.open('#chan')];
  const opened = [];
  const buttonOf = (context, where) => {
    const message = messageOfLine(parseLine(`@+channel-context=${context} :bot!u@h NOTICE me :I'm helping.`));
    return renderRow({ type: 'message', message, grouped: false }, { room: where, store, actions: { openRoom: name => opened.push(name), previewOf() {} }, canReact: false, canRedact: false })
      .querySelector('.message-quote');
  };
  const button = buttonOf('#chan', direct);
  button.click();
  equal([button.textContent, opened], ['In #chan, to you alone', ['#chan']]);
  equal([buttonOf('chan', direct), buttonOf('#chan', room)], [null, null]);
});

test('An amount of bytes is read as people say it', () => {
  equal([1, 25, 2400, 240_000, 2_400_000].map(bytesText), ['1 byte', '25 bytes', '2.4 kB', '240 kB', '2.4 MB']);
});

test('What others do to one is marked in what happens, and what one does oneself is not', () => {
  const marked = (from, who) => renderRow({ type: 'event', message: happened(1, from, 'removed', { who, reason: '' }) }, { store, actions: {} }).querySelector('mark')?.textContent;
  const store = new Store();
  store.nick = 'Ann';
  equal([marked('Bo', 'Ann'), marked('Ann', 'Bo')], ['Ann', undefined]);
});
