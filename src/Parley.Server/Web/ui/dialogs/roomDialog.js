import { says, t } from '../../language/text.js';
import { ROOM_MODES, changesOf, ruleText } from '../../session/roomModes.js';
import { h } from '../element.js';
import { field, formButtons, openDialog } from './dialog.js';

/** Shows a room's topic and rules, and lets those change them who may. */
export async function openRoomSettings(room, { client, store }) {
  await client.request('MODE', [room.name], { isAnswer: line => line.command === '324' }).catch(() => {});
  const mayRule = store.mayRule(room);
  const topic = field(t('topic'), { type: 'text', name: 'topic', value: room.topic, maxLength: store.support.number('TOPICLEN', 390), disabled: !mayRule && room.modes.has('t'), autocomplete: 'off' });
  const known = ROOM_MODES.filter(({ letter, isList }) => !isList && store.support.hasMode(letter));
  const fields = known.filter(mode => mode.input !== undefined).map(mode => [mode.letter, field(says(mode.label), {
    ...mode.input, value: room.modes.get(mode.letter) ?? '', placeholder: says(mode.none), disabled: !mayRule, autocomplete: 'off',
  })]);
  const boxes = known.filter(mode => mode.input === undefined)
    .map(({ letter }) => [letter, h('input', { type: 'checkbox', checked: room.modes.has(letter), disabled: !mayRule }), ruleText({ letter, value: '' })]);
  const value = label => label.querySelector('input').value.trim();
  const submit = event => {
    event.preventDefault();
    if (value(topic) !== room.topic) {
      client.send('TOPIC', [room.name, value(topic)]);
    }

    const before = Object.fromEntries(known.filter(({ letter }) => room.modes.has(letter)).map(({ letter }) => [letter, room.modes.get(letter)]));
    const changes = changesOf(before, wantedOf(fields.map(([letter, label]) => [letter, value(label)]), boxes), store.support);
    if (mayRule && changes !== null) {
      client.send('MODE', [room.name, ...changes]);
    }

    dialog.close();
  };
  const dialog = openDialog(room.name, h('form', { class: 'stack', onsubmit: submit }, topic, ...fields.map(([, label]) => label),
    h('fieldset', { class: 'radios' }, h('legend', {}, t('rules')), boxes.map(([, box, label]) => h('label', { class: 'check' }, box, label))),
    formButtons(t('save'), () => dialog.close())));
}

/** The rules that are wanted: those with a value, and those that are checked. */
function wantedOf(values, boxes) {
  return Object.fromEntries([...values.filter(([, value]) => value !== ''), ...boxes.filter(([, box]) => box.checked).map(([letter]) => [letter, ''])]);
}
