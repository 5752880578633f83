import { KeyedList } from '../Web/ui/keyedList.js';
import { hashOfRoom, roomOfHash } from '../Web/ui/deepLink.js';
import { InputHistory } from '../Web/ui/inputHistory.js';
import { initialsOf, hueOf } from '../Web/ui/nameColour.js';
import { plainText, renderText } from '../Web/ui/messageText.js';
import { presenceText, rowsOf } from '../Web/ui/messageRows.js';
import { createMessage } from '../Web/state/message.js';
import { equal, ok, test } from './harness.js';

const html = (text, nick = 'me') => {
  const paragraph = document.createElement('p');
  paragraph.append(...renderText(text, nick, () => {}));
  return paragraph;
};

test('Nothing that is said becomes an element', () => {
  for (const text of ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '&lt;b&gt;', 'javascript:alert(1)', '`<b>`']) {
    const shown = html(text);
    equal([shown.querySelectorAll('img, script, b, a').length, shown.textContent], [0, text.replaceAll('`', '')]);
  }
});

test('Addresses are links, without the sentence around them', () => {
  const found = text => [...html(text).querySelectorAll('a[target]')].map(link => link.getAttribute('href'));
  equal(found('see https://a.example/x_(y). Or (https://b.example/?q=1), ok?'), ['https://a.example/x_(y)', 'https://b.example/?q=1']);
  equal(found('ftp://x javascript:x http://'), []);
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

test('Messages of one person are put together, and comings and goings too', () => {
  const at = (minute, from, text, kind = 'message') => createMessage({ time: minute * 60_000, from, text, kind });
  const rows = rowsOf([at(0, 'ann', '1'), at(1, 'ann', '2'), at(2, 'bob', 'joined', 'presence'), at(3, 'cy', 'joined', 'presence'), at(3, 'bob', 'left (bye)', 'presence'), at(4, 'ann', '3'), at(30, 'ann', '4')], { firstUnread: 4 * 60_000 });
  equal(rows.map(row => row.type + (row.grouped ? '+' : '')), ['day', 'message', 'message+', 'presence', 'new', 'message', 'message']);
  equal(presenceText(rows[3].messages), 'cy joined');
});

test('Addresses of the page are rooms and people', () => {
  equal(['#garden', '#%23garden', '#@ann', '#', '', '#a%20b', '#%zz', '#a,b'].map(roomOfHash), ['#garden', '#garden', 'ann', null, null, null, null, null]);
  for (const name of ['#garden', '##deep', '&local', '#ä/b']) {
    equal(roomOfHash(hashOfRoom({ name, isDirect: false })), name);
  }

  equal(roomOfHash(hashOfRoom({ name: 'ann', isDirect: true })), 'ann');
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
