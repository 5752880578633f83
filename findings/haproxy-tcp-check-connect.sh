#!/usr/bin/env bash
# HAProxy 2.6.12 (Debian 12: 2.6.12-1+deb12u4): the word `connect` in a list of checks turns off the PROXY header of the checks.
# A server line with `send-proxy check-send-proxy` sends the header before every check, also before `tcp-check send`. One
# line more, `tcp-check connect`, which looks like a spelling-out of what happens anyway, and checks come without a header,
# while the traffic of clients goes on with it; the configuration is accepted without a warning. A server that expects the
# header refuses each check and is DOWN, or logs a bad header each second. `tcp-check connect send-proxy` or
# `tcp-check connect default` mends it.
#
# Seen, the first bytes of a check, as the server gets them:
#   tcp-check send                                   PROXY TCP4 ... then PING
#   tcp-check connect, then send                     PING alone
#   tcp-check connect send-proxy, then send          PROXY TCP4 ... then PING
# Exit code 0 while that is so, 1 when it has changed. Needs apt-get (package lists up to date), dpkg, python3.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download haproxy=2.6.12-1+deb12u4 liblua5.3-0=5.3.6-2 libopentracing1=1.6.0-4 libopentracing-c-wrapper0=1.1.3-3+b1 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
cat >try.py <<'PY'
import glob, os, socket, subprocess, sys, threading, time

def first_check(rules):
    with socket.socket() as server, socket.socket() as front:
        for each in (server, front):
            each.bind(('127.0.0.1', 0))
        server.listen(16)
        port, front_port = server.getsockname()[1], front.getsockname()[1]
        front.close()
        with open('proxy.cfg', 'w') as config:
            config.write('defaults\n mode tcp\n timeout connect 2s\n timeout client 5s\n timeout server 5s\n timeout check 2s\n'
                         f'listen chat\n bind 127.0.0.1:{front_port}\n option tcp-check\n{rules}'
                         f' server one 127.0.0.1:{port} check inter 500 send-proxy check-send-proxy\n')
        libraries = ':'.join({os.path.dirname(path) for path in glob.glob('root/usr/lib/**/*.so*', recursive=True)})
        proxy = subprocess.Popen(['root/usr/sbin/haproxy', '-db', '-f', 'proxy.cfg'], stderr=subprocess.DEVNULL,
                                 env=dict(os.environ, LD_LIBRARY_PATH=libraries))
        try:
            server.settimeout(20)
            connection, _ = server.accept()
            connection.settimeout(2)
            seen = b''
            while b'PING' not in seen:
                seen += connection.recv(200)
            return seen
        finally:
            proxy.terminate()
            proxy.wait()

send = ' tcp-check send PING\\r\\n\n tcp-check expect string PONG\n'
plain, connect, mended = first_check(send), first_check(' tcp-check connect\n' + send), first_check(' tcp-check connect send-proxy\n' + send)
print('send alone:              ', plain)
print('connect, send:           ', connect)
print('connect send-proxy, send:', mended)
sys.exit(0 if plain.startswith(b'PROXY TCP4') and connect == b'PING\r\n' and mended.startswith(b'PROXY TCP4') else 1)
PY
timeout 90 python3 try.py
