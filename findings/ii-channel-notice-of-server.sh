#!/usr/bin/env bash
# ii 1.8 (Debian 12: 1.8-3+ds+b1), the client that is a tree of files: what a server says to a channel by NOTICE is not in the channel's
# file. A NOTICE whose source has no user part (a server, or a service that speaks as one) goes into the `out` of the server's
# folder, although its target is the channel, where the reader of that channel never looks. The same NOTICE of a person, and
# any PRIVMSG, is in the channel's `out`. Services that announce into channels (topics, bans, history) are invisible to whoever reads them with ii.
#
# Seen, three lines sent to a client that has joined #room:
#   :irc.test NOTICE #room :from the server       in HOST/out
#   :bea!b@host NOTICE #room :from a person       in HOST/#room/out
#   :bea!b@host PRIVMSG #room :said               in HOST/#room/out
# Exit code 0 while the first is in the server's file alone and the others in the channel's alone, 1 when it has changed.
# Needs apt-get (package lists up to date), dpkg, python3.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download ii=1.8-3+ds+b1 >/dev/null 2>&1
dpkg -x ./*.deb root
cat >try.py <<'PY'
import os, socket, subprocess, sys, time

with socket.socket() as listener:
    listener.bind(('127.0.0.1', 0))
    listener.listen()
    listener.settimeout(20)
    client = subprocess.Popen(['root/usr/bin/ii', '-s', '127.0.0.1', '-p', str(listener.getsockname()[1]), '-n', 'ann', '-i', 'irc'],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        connection, _ = listener.accept()
        connection.settimeout(20)
        heard = b''
        while b'USER' not in heard:
            heard += connection.recv(4096)
        for line in (':irc.test 001 ann :Welcome', ':ann!a@host JOIN :#room', ':irc.test NOTICE #room :from the server',
                     ':bea!b@host NOTICE #room :from a person', ':bea!b@host PRIVMSG #room :said'):
            connection.sendall(line.encode() + b'\r\n')

        def read(path):
            return open(path).read() if os.path.exists(path) else ''

        end = time.time() + 20
        while time.time() < end and 'said' not in read('irc/127.0.0.1/#room/out'):
            time.sleep(0.1)
    finally:
        client.terminate()
        client.wait()
server, room = read('irc/127.0.0.1/out'), read('irc/127.0.0.1/#room/out')
for text in ('from the server', 'from a person', 'said'):
    print(f'{text!r}: server file {text in server}, channel file {text in room}')
sys.exit(0 if 'from the server' in server and 'from the server' not in room and all(text in room and text not in server for text in ('from a person', 'said')) else 1)
PY
timeout 60 python3 try.py
