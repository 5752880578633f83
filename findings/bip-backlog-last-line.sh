#!/usr/bin/env bash
# bip 0.9.3 (Debian 12: 0.9.3-1+b2), the IRC bouncer: `backlog_lines = 10`, which its configuration explains as the number of lines that a client
# is shown when it attaches, shows it one line of each channel, the last. Nothing says that there were more, and the bouncer's own log
# has them all. Only `backlog_lines = 0`, for all lines, shows what was said. So whoever limits the backlog loses nearly all of it.
#
# Seen: five lines are said in #room while no client is attached; then one attaches.
#   backlog_lines = 10    line 5
#   backlog_lines = 3     line 5
#   backlog_lines = 0     line 1 to line 5
# Exit code 0 while that is so, 1 when it has changed.
# Needs apt-get (package lists up to date), dpkg, python3, script; bip's libraries are OpenSSL's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download bip=0.9.3-1+b2 >/dev/null 2>&1
dpkg -x ./*.deb root
cat >try.py <<'PY'
import os, re, socket, subprocess, sys

def reader(connection):
    rest = b''
    while True:
        while b'\n' not in rest:
            data = connection.recv(4096)
            if not data:
                return
            rest += data
        line, rest = rest.split(b'\n', 1)
        yield line.decode().rstrip('\r')

def until(lines, word):
    seen = []
    for line in lines:
        seen.append(line)
        if word in line:
            return seen
    raise SystemExit(f'{word!r} did not come: {seen}')

def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]

def trial(backlog_lines):
    home = f'home{backlog_lines}'
    os.makedirs(f'{home}/logs')
    port = free_port()
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        listener.listen()
        listener.settimeout(20)
        with open(f'{home}/bip.conf', 'w') as f:
            f.write(f'''ip = "127.0.0.1";
port = {port};
log = true;
log_root = "{os.getcwd()}/{home}/logs";
log_level = 3;
pid_file = "{os.getcwd()}/{home}/bip.pid";
backlog = true;
backlog_lines = {backlog_lines};
network {{
  name = "net";
  server {{ host = "127.0.0.1"; port = {listener.getsockname()[1]}; }};
}};
user {{
  name = "bea";
  password = "{os.environ['HASH']}";
  ssl_check_mode = "none";
  default_nick = "bea"; default_user = "bea"; default_realname = "bea";
  connection {{ name = "net"; network = "net"; channel {{ name = "#room"; }}; }};
}};
''')
        os.chmod(f'{home}/bip.conf', 0o600)
        bip = subprocess.Popen(['root/usr/bin/bip', '-n', '-f', f'{home}/bip.conf', '-s', f'{os.getcwd()}/{home}'],
                               stdout=subprocess.DEVNULL, stderr=open(f'{home}/err', 'w'))
        try:
            server, _ = listener.accept()
            server.settimeout(20)
            lines = reader(server)
            until(lines, 'NICK')
            server.sendall(b':irc.test 001 bea :Welcome\r\n:irc.test 376 bea :End of MOTD\r\n')
            until(lines, 'JOIN')
            server.sendall(b':bea!b@h JOIN #room\r\n:irc.test 353 bea = #room :bea ann\r\n:irc.test 366 bea #room :End\r\n')
            for n in range(1, 6):
                server.sendall(f':ann!a@h PRIVMSG #room :line {n}\r\n'.encode())
            server.sendall(b'PING :sync\r\n')
            until(lines, 'PONG')
            with socket.create_connection(('127.0.0.1', port), 20) as client:
                client.settimeout(20)
                client.sendall(b'PASS bea:secret:net\r\nNICK bea\r\nUSER bea 0 * :bea\r\n')
                return [m.group(0) for line in until(reader(client), 'End of backlog') if (m := re.search(r'line \d', line))]
        finally:
            bip.terminate()
            bip.wait()

shown = {n: trial(n) for n in (10, 3, 0)}
for n, lines in shown.items():
    print(f'backlog_lines = {n}:', ', '.join(lines))
every = [f'line {n}' for n in range(1, 6)]
sys.exit(0 if shown == {10: every[-1:], 3: every[-1:], 0: every} else 1)
PY
HASH=$( (echo secret; echo secret) | script -qc root/usr/bin/bipmkpw /dev/null | tr -d '\r' | grep -oE '[0-9a-f]{30,}')
export HASH
timeout 100 python3 try.py
