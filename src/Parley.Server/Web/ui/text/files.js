import { t } from '../../language/text.js';
import { h, icon } from '../element.js';
import { linkTo } from './links.js';

// What this page's own server keeps: see docs/protocols/files.md. Pictures have been drawn anew by it, and end like it.
const FILE = /^\/files\/[\w-]{22}\/([^/?#]+)$/;
const PICTURE = /\.(?:png|jpe?g|gif|webp)$/i;

/** The file that an address is of: { url, name, isPicture }; null if it is of something else. */
export function fileOf(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  const folder = new URL('.', location.href).pathname.slice(0, -1);
  const match = url?.origin === location.origin && url.pathname.startsWith(folder) && url.search === '' ? FILE.exec(url.pathname.slice(folder.length)) : null;
  if (match === null) {
    return null;
  }

  try {
    const name = decodeURIComponent(match[1]);
    return { url: url.href, name, isPicture: PICTURE.test(name) };
  } catch {
    return null;
  }
}

/** A line that is nothing but the address of a file: the picture, or what to save it by. */
export function renderFile({ url, name, isPicture }, onPicture) {
  const link = linkTo(url);
  link.className = isPicture ? 'file-picture' : 'file-card';
  if (!isPicture) {
    link.replaceChildren(icon('file'), h('span', {}, name));
    return link;
  }

  // As high as it will be before it is there: what one reads stays where it is. One that was deleted says so.
  const picture = h('img', { alt: name, decoding: 'async', loading: 'lazy' });
  picture.addEventListener('error', () => link.replaceChildren(icon('file'), h('span', {}, t('fileGone', { name }))));
  picture.src = `${url}?preview`;
  link.setAttribute('aria-label', t('picture', { name }));
  link.title = name;
  link.replaceChildren(picture);
  link.addEventListener('click', event => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      onPicture({ url, name });
    }
  });
  return link;
}
