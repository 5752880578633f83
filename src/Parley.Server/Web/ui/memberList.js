import { counted, t } from '../language/text.js';
import { byId, h, oncePerFrame } from './element.js';
import { KeyedList } from './keyedList.js';
import { avatarOf, verifiedMark } from './person.js';

// More than these are counted, not listed: nobody reads a thousand names, and completion knows them all.
const MAX_LISTED = 400;

// By mode letter: which sign stands for it, the server says.
const RANKS = { q: 'rankOwner', a: 'rankAdmin', o: 'rankOperator', h: 'rankHalfOperator', v: 'rankVoice' };

/** The groups of the list, in their order: each with a title, and who is in it. */
const GROUPS = [
  ['groupOperators', ({ isRuling, bot }) => isRuling && !bot],
  ['groupHere', ({ isRuling, away, bot }) => !isRuling && !away && !bot],
  ['groupAway', ({ isRuling, away, bot }) => !isRuling && away && !bot],
  ['groupPrograms', ({ bot }) => bot],
];

/** Who is in the current room. */
export class MemberList {
  #store;
  #openMenu;
  #list = new KeyedList(byId('members'), {
    keyOf: row => row.title ?? row.nick,
    signatureOf: row => JSON.stringify([row.title, row.count, row.signs?.[0], row.away, row.bot, row.account, row.nick !== undefined && this.#store.isSelf(row.nick)]),
    render: row => (row.title !== undefined ? this.#renderTitle(row) : this.#render(row)),
  });

  /** @param openMenu opens the menu of a person at an element */
  constructor(store, openMenu) {
    this.#store = store;
    this.#openMenu = openMenu;
    const render = oncePerFrame(() => this.#draw());
    store.on('current', render);
    store.on('members', room => room === store.current && render());
  }

  #draw() {
    const room = this.#store.current;
    const members = room?.isDirect ? [] : room?.members.sorted() ?? [];
    document.body.classList.toggle('has-members', members.length > 0);
    byId('member-count').textContent = counted(members.length);
    byId('members-open').setAttribute('aria-label', t('whoIsHereCount', { count: members.length }));
    byId('members-title').textContent = t('countPeople', { count: members.length });
    this.#list.show(this.#rowsOf(members.slice(0, MAX_LISTED), members));
    byId('members-more').textContent = members.length > MAX_LISTED ? t('andMore', { count: members.length - MAX_LISTED }) : '';
  }

  #rowsOf(shown, all) {
    const ruling = new Set(this.#store.support.ranks.filter(({ mode }) => mode !== 'v').map(({ sign }) => sign));
    const judged = member => ({ ...member, isRuling: [...member.signs].some(sign => ruling.has(sign)) });
    const [listed, everybody] = [shown.map(judged), all.map(judged)];
    return GROUPS.flatMap(([title, isIn]) => {
      const count = everybody.filter(isIn).length;
      return count === 0 ? [] : [{ title, count }, ...listed.filter(isIn)];
    });
  }

  #renderTitle({ title, count }) {
    return h('li', { class: 'member-group' }, h('h3', {}, t(title), h('span', {}, counted(count))));
  }

  #render(member) {
    const sign = member.signs[0] ?? '';
    const mode = this.#store.support.ranks.find(each => each.sign === sign)?.mode;
    const rank = mode in RANKS ? t(RANKS[mode]) : sign;
    const isSelf = this.#store.isSelf(member.nick);
    const about = [isSelf && t('you'), rank, member.account !== null && t('asAccount', { account: member.account }), member.away && t('presenceAway')].filter(Boolean).join(', ');
    return h('li', { 'data-nick': member.nick }, h('button', {
      type: 'button', class: member.away ? 'member is-away' : 'member',
      'aria-label': about === '' ? member.nick : `${member.nick}, ${about}`, 'aria-haspopup': 'menu', onclick: event => this.#openMenu(member.nick, event.currentTarget),
    }, avatarOf(member.nick, 'avatar-small'), h('span', { class: 'member-name' }, member.nick), ' ', verifiedMark(member.account),
    sign !== '' && h('span', { class: 'member-rank', title: rank, 'aria-hidden': 'true' }, sign), isSelf && h('span', { class: 'badge' }, t('you'))));
  }
}
