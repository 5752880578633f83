import { byId, h, oncePerFrame } from './element.js';
import { KeyedList } from './keyedList.js';
import { colourByName, initialsOf } from './nameColour.js';

// More than these are counted, not listed: nobody reads a thousand names, and completion knows them all.
const MAX_LISTED = 400;

// By mode letter: which sign stands for it, the server says.
const RANKS = { q: 'owner', a: 'admin', o: 'operator', h: 'half-operator', v: 'voice' };

/** Who is in the current room. */
export class MemberList {
  #store;
  #openPerson;
  #list = new KeyedList(byId('members'), {
    keyOf: member => member.nick,
    signatureOf: member => JSON.stringify([member.signs[0], member.away, member.account, this.#store.isSelf(member.nick)]),
    render: member => this.#render(member),
  });

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
    this.#list.show(members.slice(0, MAX_LISTED));
    byId('members-more').textContent = members.length > MAX_LISTED ? `and ${members.length - MAX_LISTED} more` : '';
  }

  #render(member) {
    const sign = member.signs[0] ?? '';
    const rank = RANKS[this.#store.support.ranks.find(each => each.sign === sign)?.mode] ?? sign;
    const isSelf = this.#store.isSelf(member.nick);
    const about = [rank, member.away && 'away', isSelf && 'you'].filter(Boolean).join(', ');
    return h('li', {}, h('button', {
      type: 'button', class: member.away ? 'member is-away' : 'member', title: member.account === null ? null : `Account ${member.account}`,
      'aria-label': about === '' ? member.nick : `${member.nick}, ${about}`, disabled: isSelf, onclick: () => this.#openPerson(member.nick),
    }, colourByName(h('span', { class: 'avatar avatar-small', 'aria-hidden': 'true' }, initialsOf(member.nick)), member.nick),
    h('span', { class: 'member-name' }, member.nick), sign !== '' && h('span', { class: 'member-rank', title: rank }, sign),
    isSelf && h('span', { class: 'badge' }, 'you')));
  }
}
