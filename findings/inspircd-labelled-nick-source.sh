#!/usr/bin/env bash
# InspIRCd 3.15.0 (Debian 12: 3.15.0-1): with labeled-response, the answer to one's own NICK names the new nick as its source,
# so the line says that the new nick takes the new nick, and the old one is nowhere in it. Without a label the same command is
# answered with the old nick as the source, as others in the room see it. A client that finds out by the source whether a NICK
# is about itself does not learn of a change that it has labelled, and goes on under the old nick.
#
# Seen, with the capabilities batch, labeled-response and message-tags:
#   NICK ann2              :ann!a@127.0.0.1 NICK :ann2
#   @label=p1 NICK ann3    @label=p1 :ann3!a@127.0.0.1 NICK :ann3
# Exit code 0 while that is so, 1 when it has changed. Needs apt-get (package lists up to date), dpkg, python3.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download inspircd=3.15.0-1 >/dev/null 2>&1
dpkg -x ./*.deb root
cat >try.py <<'PY'
import glob, os, socket, subprocess, sys, time

modules = os.path.dirname(glob.glob(os.path.abspath('root') + '/usr/lib/**/m_cap.so', recursive=True)[0])
with socket.socket() as free:
    free.bind(('127.0.0.1', 0))
    port = free.getsockname()[1]
with open('chat.conf', 'w') as config:
    config.write('<server name="irc.test" description="test" network="Test">\n<admin name="a" nick="a" email="a@irc.test">\n'
                 f'<bind address="127.0.0.1" port="{port}" type="clients">\n'
                 '<connect allow="*" timeout="30" pingfreq="120" resolvehostnames="no" useident="no">\n'
                 f'<path moddir="{modules}" datadir="." logdir="." runtimedir=".">\n<pid file="chat.pid">\n')
    for module in 'cap ircv3 ircv3_batch ircv3_ctctags ircv3_labeledresponse'.split():
        config.write(f'<module name="{module}">\n')
server = subprocess.Popen(['root/usr/sbin/inspircd', '--nofork', '--runasroot', '--config', os.path.abspath('chat.conf')],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    for attempt in range(100):
        try:
            client = socket.create_connection(('127.0.0.1', port), timeout=20)
            break
        except OSError:
            time.sleep(0.1)
    stream = client.makefile('rwb')

    def say(line):
        stream.write(line.encode() + b'\r\n')
        stream.flush()

    def wait_for(*words):
        while line := stream.readline().decode(errors='replace').rstrip():
            if line.startswith('PING'):
                say('PONG' + line[4:])
            elif any(word in line for word in words):
                return line
        sys.exit('the server closed the connection')

    for line in ('CAP REQ :batch labeled-response message-tags', 'NICK ann', 'USER a 0 * :Ann', 'CAP END'):
        say(line)
    wait_for(' 376 ', ' 422 ')
    say('NICK ann2')
    plain = wait_for(' NICK ')
    say('@label=p1 NICK ann3')
    labelled = wait_for(' NICK ')
finally:
    server.terminate()
    server.wait()
print(plain)
print(labelled)
sys.exit(0 if plain.startswith(':ann!') and labelled.startswith('@label=p1 :ann3!') else 1)
PY
timeout 60 python3 try.py
