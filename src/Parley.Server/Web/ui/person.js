import { t } from '../language/text.js';
import { h, icon } from './element.js';
import { colourByName, initialsOf } from './nameColour.js';

// Avatars and marks, wherever a person is named.

/** The letters of somebody in their colour, as an ornament: they are no text that is read out or copied. */
export const avatarOf = (nick, size = '') => colourByName(h('span', { class: `avatar ${size}`, 'aria-hidden': 'true', 'data-letters': initialsOf(nick) }), nick);

/** A mark for a name that is its account's, as a guest's is anybody's; nothing for guests. */
export function verifiedMark(account) {
  if (account === null) {
    return null;
  }

  const label = t('asAccount', { account });
  return h('span', { class: 'verified', role: 'img', 'aria-label': label, title: label }, icon('check'));
}
