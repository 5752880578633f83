import { t } from '../../language/text.js';
import { whois } from '../../session/whois.js';
import { h } from '../element.js';
import { avatarOf } from '../person.js';
import { duration, fullTime } from '../time.js';
import { openDialog } from './dialog.js';

/** Shows a user's profile in words. */
export async function openProfile(nick, { client, store, session, actions }) {
  const content = h('div', { class: 'profile' }, h('p', { class: 'dialog-note', role: 'status' }, t('oneMoment')));
  const dialog = openDialog(t('profile'), content);
  const profile = await whois(client, nick);
  const act = run => () => {
    dialog.close();
    run();
  };
  content.replaceChildren(h('div', { class: 'profile-head' }, avatarOf(nick, 'avatar-large'), h('div', {}, h('b', {}, profile?.nick ?? nick), h('p', {}, profile?.realName ?? ''))),
    profile === null ? h('p', {}, t('nobodyOfThatName', { nick })) : facts(profile, store, act, actions),
    h('div', { class: 'buttons' }, !store.isSelf(nick) && h('button', { type: 'button', class: 'button', onclick: act(() => session.talkTo(nick)) }, t('directMessage'))));
}

function facts(profile, store, act, actions) {
  const rooms = profile.rooms.map(word => word.replace(/^[~&@%+]+(?=[#&])/, ''));
  const rows = [
    [t('account'), profile.account ?? (store.knowsAccounts ? t('guestAnybody') : '')],
    [t('state'), profile.away === undefined ? '' : t('isAwayBecause', { text: profile.away })],
    [t('kind'), profile.isBot ? t('program') : profile.isOperator ? t('serverOperator') : ''],
    [t('address'), profile.host === undefined ? '' : `${profile.user}@${profile.host}`],
    [t('connectedSince'), profile.since ? fullTime(profile.since) : ''],
    [t('quietFor'), profile.idle >= 60 ? duration(profile.idle) : ''],
    [t('connection'), profile.isSecure ? t('encrypted') : ''],
  ].filter(([, value]) => value !== '');
  const link = room => h('button', { type: 'button', class: 'link-button', onclick: act(() => actions.openRoom(room)) }, room);
  return h('dl', { class: 'pairs' }, rows.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
    rooms.length > 0 && [h('dt', {}, t('rooms')), h('dd', {}, rooms.map(link))]);
}
