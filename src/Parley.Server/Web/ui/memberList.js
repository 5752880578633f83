import { byId, h, oncePerFrame } from './element.js';
import { colourByName, initialsOf } from './nameColour.js';

// More than these are counted, not listed: nobody reads a thousand names, and completion knows them all.
const MAX_LISTED = 400;

const RANKS = { '~': 'owner', '&': 'admin', '@': 'operator', '%': 'half-operator', '+': 'voice' };

/** Who is in the current room. */
export class MemberList {
  #store;
  #openPerson;

  constructor(store, openPerson) {
    this.#store = store;
    this.#openPerson = openPerson;
    const render = oncePerFrame(() => this.#draw());
    store.on('current', render);
    store.on('members', room => room === store.current && render());
  }

  #draw() {
    const room = this.#store.current;
    const members = room?.isDirect ? [] : room?.members.sorted() ?? [];
    document.body.classList.toggle('has-members', members.length > 0);
    byId('member-count').textContent = String(members.length);
    byId('members-title').textContent = members.length === 1 ? '1 person' : `${members.length} people`;
    byId('members').replaceChildren(
      ...members.slice(0, MAX_LISTED).map(member => this.#render(member)),
      ...members.length > MAX_LISTED ? [h('li', { class: 'member-more' }, `and ${members.length - MAX_LISTED} more`)] : []);
  }

  #render(member) {
    const rank = RANKS[member.signs[0]] ?? '';
    const isSelf = this.#store.isSelf(member.nick);
    const about = [rank, member.away && 'away', isSelf && 'you'].filter(Boolean).join(', ');
    return h('li', {}, h('button', {
      type: 'button', class: member.away ? 'member is-away' : 'member', title: member.account === null ? null : `Account ${member.account}`,
      'aria-label': about === '' ? member.nick : `${member.nick}, ${about}`, disabled: isSelf, onclick: () => this.#openPerson(member.nick),
    }, colourByName(h('span', { class: 'avatar avatar-small', 'aria-hidden': 'true' }, initialsOf(member.nick)), member.nick),
    h('span', { class: 'member-name' }, member.nick), rank !== '' && h('span', { class: 'member-rank', title: rank }, member.signs[0]),
    isSelf && h('span', { class: 'badge' }, 'you')));
  }
}
