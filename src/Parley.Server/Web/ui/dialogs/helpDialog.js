import { COMMANDS } from '../../commands.js';
import { t } from '../../language/text.js';
import { h } from '../element.js';
import { SHORTCUTS } from '../shortcuts.js';
import { openDialog } from './dialog.js';

const rows = pairs => h('dl', { class: 'pairs' }, pairs.flatMap(([term, meaning]) => [h('dt', {}, term), h('dd', {}, meaning)]));

const keys = ways => ways.flatMap((way, at) => [at > 0 && ` ${t('or')} `, ...way.split('+').flatMap((key, i) => [i > 0 && '+', h('kbd', {}, key)])]);

const written = [
  ['**bold**', 'bold'], ['*italic*', 'italic'], ['~~strike~~', 'struck'], ['||spoiler||', 'spoiler'], ['`code`', 'code'],
  ['```', 'codeFence'], ['> quote', 'quote'], ['- list', 'list'],
];

/** What keys, marks and commands there are. */
export function openHelp() {
  openDialog(t('help'), [
    h('h3', {}, t('keys')), rows(SHORTCUTS.map(([ways, does]) => [keys(ways), t(does)])),
    h('h3', {}, t('formatting')), rows(written.map(([typed, does]) => [h('code', {}, typed), t(`format_${does}`)])),
    h('h3', {}, t('commands')), rows(COMMANDS.map(({ name, args }) => [h('code', {}, `/${name} ${args}`.trim()), t(`command_${name}`)])),
  ], { class: 'dialog-wide' });
}
