import { t } from '../language/text.js';
import { byId } from './element.js';
import { toast } from './toast.js';

// A text of more than this is offered to be sent as a file.
const LONG_LINES = 15;
const LONG_LETTERS = 2000;

/** Takes files from the button, from what is dropped on the room, and from what is pasted. */
export function followFiles({ attachments, composer, client, store }) {
  const [button, input, room] = [byId('attach-button'), byId('attach-input'), document.querySelector('.room')];
  const offer = () => button.hidden = !attachments.isOffered;
  client.on('registered', offer);
  store.on('current', offer);
  offer();
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    attachments.add([...input.files]);
    input.value = '';
    composer.focus();
  });
  followDrops(room, attachments, composer);
  byId('message-input').addEventListener('paste', event => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length > 0 && attachments.isOffered) {
      event.preventDefault();
      attachments.add(files.map(named));
    } else if (attachments.isOffered) {
      offerAsFile(event.clipboardData?.getData('text/plain') ?? '', attachments, composer);
    }
  });
}

/** Files can be let fall anywhere on the room, which says so while they are above it. */
function followDrops(room, attachments, composer) {
  const takes = event => attachments.isOffered && event.dataTransfer?.types.includes('Files') && document.querySelector('dialog[open]') === null;
  let depth = 0;
  const show = change => {
    depth = Math.max(0, depth + change);
    byId('drop').hidden = depth === 0;
  };
  room.addEventListener('dragenter', event => takes(event) && show(1));
  room.addEventListener('dragleave', event => takes(event) && show(-1));
  room.addEventListener('dragover', event => takes(event) && event.preventDefault());
  room.addEventListener('drop', event => {
    if (takes(event)) {
      event.preventDefault();
      show(-depth);
      attachments.add([...event.dataTransfer.files]);
      composer.focus();
    }
  });

  // A file that misses the room would take the place of the page.
  document.addEventListener('dragover', event => event.dataTransfer?.types.includes('Files') && event.preventDefault());
  document.addEventListener('drop', event => event.dataTransfer?.types.includes('Files') && event.preventDefault());
}

function offerAsFile(text, attachments, composer) {
  if (text.length < LONG_LETTERS && text.split('\n').length < LONG_LINES) {
    return;
  }

  const send = () => {
    composer.takeOut(text);
    attachments.add([new File([text], 'text.txt', { type: 'text/plain' })]);
  };
  toast(t('longPaste'), { actions: [{ label: t('sendAsFile'), run: send }] });
}

/** What is pasted is called image.png by every browser; the time tells one from another. */
function named(file) {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return /^image\.\w+$/.test(file.name) ? new File([file], file.name.replace('image', time), { type: file.type }) : file;
}
