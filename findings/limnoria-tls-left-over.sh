#!/usr/bin/env bash
# Limnoria 2023.1.28 (Debian 12: limnoria 2023.1.28-1), the bot, over TLS: it reads 1024 bytes and then asks select() whether there is more. What TLS has already
# taken off the socket select() does not know of, so whatever a server says in one record of more than 1024 bytes waits until something else
# comes. A server that greets in one write leaves the bot before the end of the message of the day, in none of its rooms, until
# somebody speaks to it or the server's PING comes, minutes later on many. In plain text, or in smaller records, it comes in at once.
#
# Seen, a greeting of some 3000 bytes:
#   in records of 900 bytes    JOIN
#   in one record              nothing in 8 s; JOIN right after a NOTICE
# Exit code 0 while that is so, 1 when it has changed.
# Needs apt-get (package lists up to date), dpkg, Debian's python3, openssl.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download limnoria=2023.1.28-1 >/dev/null 2>&1
dpkg -x ./*.deb root
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -keyout key.pem -out cert.pem 2>/dev/null
cat >try.py <<'PY'
import os, socket, ssl, subprocess, sys

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('cert.pem', 'key.pem')
greeting = b':irc.test 001 bot :Welcome\r\n' + b''.join(
    b':irc.test 372 bot :- ' + b'x' * 70 + b'\r\n' for _ in range(30)) + b':irc.test 376 bot :End of MOTD\r\n'

def until(connection, word, seconds):
    heard = b''
    connection.settimeout(seconds)
    try:
        while word not in heard:
            data = connection.recv(4096)
            if not data:
                return False
            heard += data
            for line in data.split(b'\r\n'):
                if line.startswith(b'PING'):
                    connection.sendall(line.replace(b'PING', b':irc.test PONG irc.test') + b'\r\n')
        return True
    except TimeoutError:
        return False

def trial(size):
    home = f'home{size}'
    os.makedirs(home)
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        listener.listen()
        listener.settimeout(40)
        with open(f'{home}/bot.conf', 'w') as conf:
            conf.write(f'''supybot.nick: bot
supybot.networks: net
supybot.networks.net.servers: 127.0.0.1:{listener.getsockname()[1]}
supybot.networks.net.ssl: True
supybot.networks.net.channels: #room
supybot.protocols.ssl.verifyCertificates: False
''')
        bot = subprocess.Popen(['/usr/bin/python3', '../root/usr/bin/supybot', '--allow-root', 'bot.conf'], cwd=home, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=dict(os.environ, PYTHONPATH='../root/usr/lib/python3/dist-packages', HOME=os.path.abspath(home)))
        try:
            raw, _ = listener.accept()
            with context.wrap_socket(raw, server_side=True) as connection:
                if not until(connection, b'USER', 20):
                    raise SystemExit('the bot did not register')
                for at in range(0, len(greeting), size):
                    connection.sendall(greeting[at:at + size])
                by_itself = until(connection, b'JOIN', 8)
                connection.sendall(b':irc.test NOTICE bot :still here\r\n')
                return by_itself, by_itself or until(connection, b'JOIN', 8)
        finally:
            bot.kill()
            bot.wait()

small, one = trial(900), trial(1 << 14)
print('records of 900 bytes: JOIN by itself', small[0])
print('one record:           JOIN by itself', one[0], ', after a NOTICE', one[1])
sys.exit(0 if small[0] and one == (False, True) else 1)
PY
timeout 150 python3 try.py
