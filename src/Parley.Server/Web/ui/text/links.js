import { h } from '../element.js';

/** A link that tells the other side nothing of where it was. */
export const linkTo = url => h('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow', referrerPolicy: 'no-referrer' }, url);

/** An address without the full stop or the bracket of the sentence that it is in; '' if there is none. */
export function addressIn(url) {
  let end = url.length;
  while (end > 0) {
    const last = url[end - 1];
    const opening = { ')': '(', ']': '[' }[last];
    const isOpen = opening !== undefined && url.slice(0, end).split(opening).length < url.slice(0, end).split(last).length;
    if (!/[.,;:!?'*_~|…]/.test(last) && !isOpen) {
      break;
    }

    end--;
  }

  // `https://` alone, or with nothing but dots behind it, leads nowhere.
  const address = url.slice(0, end);
  return URL.canParse(address) && /[\p{L}\p{N}]/u.test(new URL(address).hostname) ? address : '';
}
