// What comes by then is all that is shown.
const TIMEOUT_MS = 5000;

const END = '318';

/** By numeric: what it tells about somebody, of its parameters after their nick. https://modern.ircdocs.horse/#rplwhoisuser-311 */
const FACTS = {
  301: ([text]) => ({ away: text ?? '' }),
  311: ([user, host, , realName]) => ({ user, host, realName }),
  312: ([server, about]) => ({ server, about }),
  313: () => ({ isOperator: true }),
  317: ([idle, since]) => ({ idle: Number(idle), since: Number(since) * 1000 || null }),
  319: ([rooms]) => ({ rooms: (rooms ?? '').split(' ').filter(Boolean) }),
  330: ([account]) => ({ account }),
  335: () => ({ isBot: true }),
  671: () => ({ isSecure: true }),
};

/** Asks the server about a user. Resolves to a profile of the facts above, any of which a server may leave out, or to null for an unknown nick. */
export function whois(client, nick) {
  const profile = { nick, account: null, rooms: [] };
  let isKnown = false;
  return new Promise(resolve => {
    const take = item => {
      for (const line of item.lines?.() ?? [item]) {
        if (!isAbout(client, line, nick)) {
          continue;
        }

        isKnown ||= line.command === '311';
        Object.assign(profile, FACTS[line.command]?.(line.params.slice(2)));
        if (line.command === '311') {
          profile.nick = line.params[1];
        } else if (line.command === END || line.command === '401') {
          end();
          return;
        }
      }
    };
    const end = () => {
      stop();
      clearTimeout(timer);
      resolve(isKnown ? profile : null);
    };
    const stop = client.on('item', take);
    const timer = setTimeout(end, TIMEOUT_MS);
    client.request('WHOIS', [nick], { isAnswer: line => line.command === '401' && isAbout(client, line, nick) }).catch(() => {});
  });
}

const isAbout = ({ support }, { params }, nick) => support.fold(params[1]) === support.fold(nick);
