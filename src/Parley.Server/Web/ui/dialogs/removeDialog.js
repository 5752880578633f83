import { t } from '../../language/text.js';
import { h } from '../element.js';
import { field, formButtons, openDialog } from './dialog.js';

// How long a ban or a mute holds: as TBAN has it, and the text that says so.
const TIMES = [['', 'untilLifted'], ['1h', 'forAnHour'], ['1d', 'forADay'], ['1w', 'forAWeek']];

/** Asks for a reason, then removes a user from a room; a ban also keeps them out, by account, address or nick. A mute only silences. */
export function openRemove({ room, nick, isBan, isMute }, { client, store }) {
  const subjects = isBan ? subjectsOf(room.members.get(nick), store.support) : [];
  const [sign] = store.support.get('EXTBAN').split(',');

  // The dots of a menu say that a dialog follows: here it is.
  const title = t(isMute ? 'mutePerson' : isBan ? 'banPerson' : 'removePerson').replace(/\s?…$/, '');
  const reason = field(t('reason'), { type: 'text', name: 'reason', maxLength: store.support.number('KICKLEN', 200), autocomplete: 'off' });
  const time = isBan && /^~,.*q/.test(store.support.get('EXTBAN')) && h('label', { class: 'field' }, h('span', {}, t('howLong')), h('select', { name: 'time' }, TIMES.map(([value, label]) => h('option', { value }, t(label)))));
  const submit = event => {
    event.preventDefault();
    const subject = form.elements.subject?.value ?? subjects[0]?.mask;
    const mask = isMute ? `${sign}q:${subject}` : subject;
    const length = form.elements.time?.value ?? '';
    if (subject !== undefined) {
      client.send(length === '' ? 'MODE' : 'TBAN', length === '' ? [room.name, '+b', mask] : [room.name, length, mask]);
    }

    if (!isMute) {
      const why = reason.querySelector('input').value.trim();
      client.send('KICK', why === '' ? [room.name, nick] : [room.name, nick, why]);
    }

    dialog.close();
  };
  const choices = subjects.length > 1 && h('fieldset', { class: 'radios' }, h('legend', {}, t('keepOut')), subjects.map(({ mask, label }, at) => h('label', { class: 'check' },
    h('input', { type: 'radio', name: 'subject', value: mask, checked: at === 0 }), h('span', {}, label, ' ', h('code', {}, mask)))));
  const form = h('form', { class: 'stack', onsubmit: submit }, h('p', {}, t(isMute ? 'muteText' : isBan ? 'banText' : 'removeText', { nick, room: room.name })), choices, time, !isMute && reason,
    formButtons(title, () => dialog.close(), { isDanger: true }));
  const dialog = openDialog(title, form);
  (isMute ? form.elements.time : reason.querySelector('input')).focus();
}

/** By what somebody can be kept out, the surest first: https://modern.ircdocs.horse/#extban-parameter */
function subjectsOf(member, support) {
  const [sign = '', letters = ''] = support.get('EXTBAN').split(',');
  return [
    member?.account && /a/.test(letters) && { label: t('thisAccount'), mask: `${sign}a:${member.account}` },
    member?.host && { label: t('thisAddress'), mask: `*!*@${member.host}` },
    { label: t('thisName'), mask: `${member?.nick}!*@*` },
  ].filter(Boolean);
}
