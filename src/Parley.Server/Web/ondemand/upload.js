import { Batch } from '../irc/batches.js';
import { RequestError } from '../irc/labels.js';
import { t } from '../language/text.js';

const SERVICE = 'FILEHOST';

/** Uploads a file to an address: see Uploads.send. */
export async function upload(client, address, file, room, { progress, signal }) {
  const token = await tokenFor(client, room);
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // The one way for a page to know how far an upload is.
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.setRequestHeader('Content-Disposition', `attachment; filename*=UTF-8\'\'${encodeURIComponent(file.name).replaceAll("'", '%27')}`);
    request.upload.onprogress = event => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => (request.status === 201 ? resolve(JSON.parse(request.response)) : reject(new RequestError(detailOf(request.response), true)));
    request.onerror = () => reject(new RequestError(t('connectionLost'), false));
    signal.addEventListener('abort', () => {
      request.abort();
      reject(signal.reason);
    });
    request.send(file);
  });
}

async function tokenFor(client, room) {
  const isIt = line => line.command === 'TOKEN' && line.params[0] === 'GENERATE';
  const isAnswer = item => (item instanceof Batch ? item.type === 'draft/authtoken' : isIt(item) || (item.command === 'FAIL' && item.params[0] === 'TOKEN'));
  const answer = await client.request('TOKEN', ['GENERATE', SERVICE, room.name], { isAnswer });
  const line = answer instanceof Batch ? [...answer.lines()].find(isIt) : answer;
  return line.params.at(-1);
}

function detailOf(response) {
  try {
    return JSON.parse(response).detail;
  } catch {
    return t('noAnswer');
  }
}
