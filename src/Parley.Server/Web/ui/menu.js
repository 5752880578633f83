import { h, icon } from './element.js';

/**
 * Opens a menu at an element, or at a point { x, y }. Items are { label, icon, run, isDanger, isChecked } or null for a line
 * between; what is false is left out.
 */
export function openMenu(at, label, items) {
  const back = document.activeElement;
  const choose = run => {
    menu.hidePopover();
    run();
  };
  const menu = h('div', { class: 'menu', popover: 'auto', role: 'menu', 'aria-label': label },
    h('div', { class: 'menu-title', role: 'presentation' }, label),
    items.filter(item => item !== false && item !== undefined).map(item => (item === null ? h('hr', { role: 'separator' }) : h('button', {
      type: 'button', role: item.isChecked === undefined ? 'menuitem' : 'menuitemradio', 'aria-checked': item.isChecked === undefined ? null : String(item.isChecked),
      class: item.isDanger ? 'is-danger' : '', tabIndex: -1, onclick: () => choose(item.run),
    }, icon(item.icon ?? (item.isChecked ? 'check' : 'none')), h('span', {}, item.label)))));
  menu.addEventListener('keydown', event => pressed(event, menu));
  menu.addEventListener('toggle', event => {
    if (event.newState === 'closed') {
      menu.remove();
      if (document.activeElement === document.body) {
        back?.focus?.({ preventScroll: true });
      }
    }
  });
  document.querySelector('main').append(menu);
  menu.showPopover();
  place(menu, at instanceof Element ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y });
  menu.querySelector('button').focus();
}

/** Below what it belongs to, or above where there is no room for it; on a narrow screen the style sheet has it at the bottom. */
function place(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const isRtl = document.documentElement.dir === 'rtl';
  const left = isRtl ? anchor.right - width : anchor.left;
  const below = anchor.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, anchor.top - height - 4) : below;
  menu.style.setProperty('--left', `${Math.min(Math.max(8, left), innerWidth - width - 8)}px`);
  menu.style.setProperty('--top', `${Math.min(top, Math.max(8, innerHeight - height - 8))}px`);
}

function pressed(event, menu) {
  const items = [...menu.querySelectorAll('button')];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: items[(at + 1) % items.length], ArrowUp: items.at(at - 1), Home: items[0], End: items.at(-1) }[event.key]
    ?? (event.key.length === 1 ? [...items.slice(at + 1), ...items].find(item => item.textContent.toLowerCase().startsWith(event.key.toLowerCase())) : undefined);
  if (event.key === 'Tab') {
    event.preventDefault();
    menu.hidePopover();
  } else if (next !== undefined && event.key !== ' ') {
    event.preventDefault();
    next.focus();
  }

  event.stopPropagation();
}
