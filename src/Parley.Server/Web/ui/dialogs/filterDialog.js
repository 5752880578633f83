import { Batch } from '../../irc/batches.js';
import { t } from '../../language/text.js';
import { h } from '../element.js';
import { field, openDialog } from './dialog.js';

/** The parameters of those lines of an answer that have a command. */
const linesOf = (answer, command) => (answer instanceof Batch ? [...answer.lines()] : [answer]).filter(line => line?.command === command).map(line => line.params);

/** Shows the word filter of a room, changes it, and tries a word on what was said before. */
export async function openFilter(room, { client }) {
  const status = h('p', { class: 'dialog-note', role: 'status' });
  const list = h('ul', { class: 'roles' });
  const word = field(t('filterWord'), { type: 'text', name: 'word', pattern: '[^\\s?]+', required: true, autocomplete: 'off', spellcheck: false });
  const input = word.querySelector('input');
  const tell = error => {
    status.textContent = error.message;
  };
  const row = pattern => h('li', { class: 'buttons' }, h('span', {}, pattern),
    h('button', { type: 'button', class: 'button is-quiet', onclick: () => change('-g', pattern) }, t('takeAway')));

  async function show() {
    const answer = await client.request('MODE', [room.name, 'g'], { isAnswer: line => line.command === '940' });
    list.replaceChildren(...linesOf(answer, '941').map(([, , pattern]) => row(pattern)));
  }

  async function change(letter, pattern) {
    try {
      const answer = await client.request('MODE', [room.name, letter, pattern], { isAnswer: line => line.command === 'MODE' });
      const refused = ['482', '478', '696'].flatMap(numeric => linesOf(answer, numeric)).map(params => params.at(-1));
      status.textContent = refused.join(' ');
      input.value = refused.length === 0 ? '' : input.value;
      await show();
    } catch (error) {
      tell(error);
    }
  }

  const attempt = async () => {
    const answer = await client.request('FILTER', [room.name, input.value.trim()], { isAnswer: line => line.command === 'NOTICE' });
    status.replaceChildren(...linesOf(answer, 'NOTICE').map(params => h('div', {}, params.at(-1))));
  };
  const form = h('form', {
    class: 'stack',
    onsubmit: event => {
      event.preventDefault();
      change('+g', input.value.trim());
    },
  }, word, h('div', { class: 'buttons' },
    h('button', { type: 'button', class: 'button is-quiet', onclick: () => form.reportValidity() && attempt().catch(tell) }, t('filterTry')),
    h('button', { type: 'submit', class: 'button' }, t('filterAdd'))));
  openDialog(room.name, h('div', { class: 'stack' }, h('p', {}, t('filterText')), list, form, status));
  await show().catch(tell);
}
