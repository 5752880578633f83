#!/usr/bin/env bash
# sshd of OpenSSH 9.2p1 (Debian 12: 1:9.2p1-2+deb12u10): AuthorizedKeysCommand runs twice for one log-in by key, with the same arguments. The client first
# asks whether the key would do, and sshd runs the command; then it shows that it has the private half, and sshd runs the command again, in a
# process of its own for each. The options that count are those of the second answer. Whoever shows a public key and has no private half makes
# it run, too, once. So a command that counts log-ins counts them double, one that hands out something good for one use hands out two, and
# one for each stranger who tries a key that is known.
#
# Seen: runs of the command
#   a log-in with the key                      2, and the environment of the second answer
#   a public key shown without its private     1
# Exit code 0 while that is so, 1 when it has changed.
# Needs apt-get (package lists up to date), dpkg, and root, as sshd does for others than its own user; libraries of Debian 12.
set -euo pipefail
work=$(mktemp -d)
sshd=
trap '[[ -z $sshd ]] || kill "$sshd"; rm -rf "$work"' EXIT
cd "$work"
apt-get -qq download openssh-server=1:9.2p1-2+deb12u10 openssh-client=1:9.2p1-2+deb12u10 >/dev/null 2>&1
for package in ./*.deb; do dpkg -x "$package" root; done
mkdir -p /run/sshd
for key in host person; do root/usr/bin/ssh-keygen -q -t ed25519 -N "" -f "$key"; done
cat >keys.sh <<'SH'
echo "$1" >>RUNS
echo "environment=\"RUN=$(wc -l <RUNS)\" $1 $2"
SH
sed -i "s|RUNS|$work/runs|g" keys.sh
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat >sshd_config <<CONF
ListenAddress 127.0.0.1:$port
HostKey $work/host
PidFile none
UsePAM no
PermitRootLogin yes
PermitUserEnvironment RUN
AuthorizedKeysFile none
AuthorizedKeysCommand /bin/sh $work/keys.sh %t %k
AuthorizedKeysCommandUser root
CONF
"$work/root/usr/sbin/sshd" -D -e -f "$work/sshd_config" 2>sshd.log &
sshd=$!
for _ in $(seq 100); do grep -q "Server listening" sshd.log && break; sleep 0.1; done

login() { # the file of the key
  : >runs
  root/usr/bin/ssh -F none -i "$1" -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    -o LogLevel=ERROR -p "$port" "$(id -un)@127.0.0.1" 'echo "environment of run $RUN"' 2>&1 || true
}

with=$(login person)
with_runs=$(wc -l <runs)
cp person.pub stranger.pub
without=$(login stranger.pub)
without_runs=$(wc -l <runs)
echo "with the key: $with_runs runs, $with"
echo "a public key alone: $without_runs runs, ${without##*: }"
[[ $with_runs == 2 && $with == "environment of run 2" && $without_runs == 1 && $without == *"Permission denied"* ]]
