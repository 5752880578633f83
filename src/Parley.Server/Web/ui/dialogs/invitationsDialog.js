import { t } from '../../language/text.js';
import { askService } from '../../session/services.js';
import { h } from '../element.js';
import { field, openDialog } from './dialog.js';

const TIMES = [['1d', 'forADay'], ['7d', 'forAWeek'], ['forever', 'untilLifted']];

/** The invitations that NickServ lists, each { id, words }. */
export function invitationsOf(lines) {
  return lines.map(line => /^(\d+) {2}(.*)$/.exec(line)).filter(Boolean).map(([, id, words]) => ({ id, words }));
}

/** The link of an invitation that NickServ has made: what it says, or a code, which is one for this page; null if it has made none. */
export function linkOf(lines, page) {
  const [, shown] = lines.map(line => /^Invitation \d+, shown this once: (\S+)$/.exec(line)).find(Boolean) ?? [];
  return shown === undefined ? null : shown.includes('#invite=') ? shown : `${page}#invite=${shown}`;
}

/** Makes invitations to make an account, lists and revokes them: for operators of the server. */
export async function openInvitations({ client }) {
  const status = h('div', { class: 'dialog-note', role: 'status' });
  const list = h('ul', { class: 'roles' });
  const uses = field(t('invitationUses'), { type: 'number', name: 'uses', min: 1, max: 1000, value: 1, required: true });
  const note = field(t('invitationNote'), { type: 'text', name: 'note', maxLength: 100, autocomplete: 'off' });
  const time = h('select', { name: 'time' }, TIMES.map(([value, label]) => h('option', { value, selected: value === '7d' }, t(label))));
  const value = label => label.querySelector('input').value.trim();
  const attempt = action => action().catch(error => {
    status.textContent = error.message;
  });
  const row = ({ id, words }) => h('li', { class: 'buttons' }, h('span', {}, `${id} · ${words}`), h('button', {
    type: 'button', class: 'button is-quiet', 'aria-label': `${t('takeAway')} ${id}`, onclick: () => attempt(async () => {
      status.textContent = (await askService(client, 'NICKSERV', ['UNINVITE', id])).join(' ');
      await show();
    }),
  }, t('takeAway')));

  async function show() {
    const lines = await askService(client, 'NICKSERV', ['INVITES']);
    const invitations = invitationsOf(lines);
    list.replaceChildren(...invitations.map(row));
    if (invitations.length === 0) {
      list.append(h('li', {}, lines.join(' ')));
    }
  }

  const make = event => {
    event.preventDefault();
    attempt(async () => {
      const lines = await askService(client, 'NICKSERV', ['INVITE', value(uses), time.value, ...value(note).split(/\s+/).filter(Boolean)]);
      const link = linkOf(lines, `${location.origin}${location.pathname}`);
      status.replaceChildren(...link === null ? [lines.join(' ')] : [
        field(t('invitationShown'), { type: 'text', name: 'link', value: link, readOnly: true, onfocus: shown => shown.target.select() }),
        h('button', { type: 'button', class: 'button is-quiet', onclick: () => navigator.clipboard?.writeText(link) }, t('copyLink')),
      ]);
      await show();
    });
  };
  openDialog(t('invitations'), h('div', { class: 'stack' }, list, h('form', { class: 'stack', onsubmit: make },
    uses, h('label', { class: 'field' }, h('span', {}, t('howLong')), time), note,
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'button' }, t('makeInvitation')))), status));
  await attempt(show);
}
