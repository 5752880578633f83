#!/usr/bin/env bash
# Cyrus SASL 2.1.28 (Debian 12: libsasl2-modules 2.1.28+dfsg-10+deb12u1), the SASL library of Pidgin, Finch, Mutt and OpenLDAP's
# tools: a client refuses SCRAM when the server asks for more than 65 536 rounds of PBKDF2. It does not try: it gives up with
# "iteration-count is too big, refusing to compute", and the log-in fails. RFC 7677 names no upper bound, and what is advised
# today for PBKDF2 with SHA-256 is several hundred thousand rounds, so a server that follows the advice shuts these clients out.
#
# Seen, sasl-sample-client with SCRAM-SHA-256 and the same password, the server's first message given by hand:
#   i=65536   answers with a proof ("c=...,r=...,p=...")
#   i=65537   no answer; "SASL Other: iteration-count is too big, refusing to compute"
# Exit code 0 while that is so, 1 when it has changed. Needs apt-get (package lists up to date), dpkg, python3.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
version=2.1.28+dfsg-10+deb12u1
apt-get -qq download sasl2-bin=$version libsasl2-2=$version libsasl2-modules=$version >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
cat >try.py <<'PY'
import base64, os, pty, select, sys, time

def exchange(root, rounds):
    lib = next(folder for folder, _, files in os.walk(root) if 'libscram.so' in files)
    child, terminal = pty.fork()
    if child == 0:
        program = root + '/usr/bin/sasl-sample-client'
        os.execve(program, [program, '-p', lib, '-m', 'SCRAM-SHA-256', '-s', 'irc', '-n', 'localhost', '-u', 'ann', '-a', 'ann'],
                  dict(os.environ, LD_LIBRARY_PATH=os.path.dirname(lib)))
    text = ''

    def wait_for(*signs):
        nonlocal text
        end = time.time() + 20
        while time.time() < end and not any(sign in text for sign in signs):
            if select.select([terminal], [], [], 0.5)[0]:
                try:
                    text += os.read(terminal, 4096).decode(errors='replace')
                except OSError:
                    break

    def say(line):
        nonlocal text
        text = ''
        os.write(terminal, line + b'\n')

    wait_for('list from server')
    say(b'S: ' + base64.b64encode(b'SCRAM-SHA-256'))
    wait_for('assword')
    time.sleep(1)  # The prompt throws away what was typed before it.
    say(b'correct horse')
    wait_for('server reply')
    first = base64.b64decode([l for l in text.splitlines() if l.startswith('C: ')][-1][3:])
    nonce = first.split(b'r=')[1].decode()
    salt = base64.b64encode(b'sixteen byte str').decode()
    say(b'S: ' + base64.b64encode(f'r={nonce}server,s={salt},i={rounds}'.encode()))
    wait_for('server reply', 'too big')
    answers = [base64.b64decode(l[3:]) for l in text.splitlines() if l.startswith('C: ')]
    os.close(terminal)
    os.waitpid(child, 0)
    return answers, 'iteration-count is too big' in text

accepted, refused = exchange(sys.argv[1], 65536), exchange(sys.argv[1], 65537)
print('65536 rounds:', accepted)
print('65537 rounds:', refused)
sys.exit(0 if accepted[0] and b',p=' in accepted[0][-1] and not accepted[1] and not refused[0] and refused[1] else 1)
PY
timeout 90 python3 try.py "$work/root"
