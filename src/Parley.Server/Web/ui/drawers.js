import { byId } from './element.js';

const PANES = { 'rooms-open': 'room-list', 'members-open': 'member-list' };
const narrow = matchMedia('(max-width: 900px)');

/** The lists beside the messages: on narrow screens they come over them when asked for, one at a time. */
export function followDrawers(store) {
  for (const [button, pane] of Object.entries(PANES)) {
    byId(button).addEventListener('click', () => toggle(pane));
  }

  byId('scrim').addEventListener('click', closeDrawers);
  store.on('current', closeDrawers);
  narrow.addEventListener('change', closeDrawers);
}

/** Whether one was open. */
export function closeDrawers() {
  const wasOpen = narrow.matches && document.querySelector('.pane.is-open') !== null;
  show(null);
  return wasOpen;
}

function toggle(pane) {
  // Where there is room for them, it is a matter of hiding.
  if (!narrow.matches) {
    document.body.classList.toggle(`hide-${pane}`);
    return;
  }

  show(byId(pane).classList.contains('is-open') ? null : pane);
}

function show(open) {
  for (const [button, pane] of Object.entries(PANES)) {
    byId(pane).classList.toggle('is-open', pane === open);
    byId(button).setAttribute('aria-expanded', String(pane === open));
  }

  byId('scrim').hidden = open === null;
  if (open !== null) {
    byId(open).querySelector('button')?.focus();
  }
}
