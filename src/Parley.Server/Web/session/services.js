import { Batch } from '../irc/batches.js';

/** Asks one of the server's services, by its command, and gives its answer, line by line. */
export async function askService(client, service, params) {
  const isIt = line => line.command === 'NOTICE' && line.source.nick.toLowerCase() === service.toLowerCase();
  const answer = await client.request(service, params, { isAnswer: isIt });
  const lines = answer instanceof Batch ? [...answer.lines()] : [answer];
  return lines.filter(isIt).map(line => line.params[1] ?? '');
}
