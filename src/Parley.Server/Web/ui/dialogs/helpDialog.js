import { COMMANDS } from '../../commands.js';
import { h } from '../element.js';
import { SHORTCUTS } from '../shortcuts.js';
import { openDialog } from './dialog.js';

const rows = pairs => h('dl', { class: 'pairs' }, pairs.flatMap(([term, meaning]) => [h('dt', {}, term), h('dd', {}, meaning)]));

const keys = text => text.split(' or ').flatMap((way, at) => [at > 0 && ' or ', ...way.split('+').flatMap((key, i) => [i > 0 && '+', h('kbd', {}, key)])]);

/** What keys and commands there are. */
export function openHelp() {
  openDialog('Help', [
    h('h3', {}, 'Keys'), rows(SHORTCUTS.map(([combination, does]) => [keys(combination), does])),
    h('h3', {}, 'Commands'), rows(COMMANDS.map(({ name, args, does }) => [h('code', {}, `/${name} ${args}`.trim()), does])),
  ], { class: 'dialog-wide' });
}
