import { t } from '../../language/text.js';
import { h } from '../element.js';
import { linkTo } from '../text/links.js';
import { openDialog } from './dialog.js';

/** A picture as large as the page. */
export function openPicture({ url, name }) {
  const link = linkTo(url);
  link.textContent = t('openPicture');
  openDialog(name, [h('img', { class: 'picture', src: url, alt: name }), h('p', { class: 'dialog-note' }, link)], { class: 'dialog-picture' });
}
