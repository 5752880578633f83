#!/usr/bin/env bash
# Loads `parley serve` and, where installed, ngircd and inspircd, and writes what each delivers per second of its own
# CPU time as a ratio to two programs in C that are measured in the same minute: naive, the yardstick (one send() for each
# delivery), and floor, which batches as Parley does and can do nothing else (floor.c here). Parley is measured over the lines
# protocol, and over IRC, without message tags and with them.
#
#   eng/bench/run.sh                     all workloads, once
#   eng/bench/run.sh --runs 3            three times; the table has the medians
#   eng/bench/run.sh --only W1,idle      some of them: W1 W2 W3 ways idle latency members rooms sizes
#   eng/bench/run.sh --only ways         IRC in plain text, over WebSocket and over TLS: W1 to W3, idle, handshakes
#   eng/bench/run.sh --tools DIR         where chatload.c and naive.c are (default: ../shared/bench beside the repository)
#   eng/bench/run.sh --both              the server on all cores instead of one
#
# The server runs on core 0, the load on core 1. Close everything else: a busy machine measures itself.
# Needs: bash, gcc, taskset, awk; for TLS openssl and its headers (libssl-dev). The table goes to standard output, progress to standard error.
set -euo pipefail

repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools=$repo/../shared/bench
runs=1
secs=4
only=W1,W2,W3,ways,idle,latency,members,rooms,sizes
server_cpus=0
while [ $# -gt 0 ]; do
  case $1 in
    --runs) runs=$2; shift 2 ;;
    --secs) secs=$2; shift 2 ;;
    --only) only=$2; shift 2 ;;
    --tools) tools=$2; shift 2 ;;
    --both) server_cpus=0-$(($(nproc) - 1)); shift ;;
    -h | --help) sed -n '2,17s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "unknown option $1; try --help" >&2; exit 2 ;;
  esac
done

work=$(mktemp -d)
server_pid=
stop() {
  [ -n "$server_pid" ] || return 0
  kill "$server_pid" 2>/dev/null || true
  wait "$server_pid" 2>/dev/null || true
  server_pid=
}
trap 'stop; rm -rf "$work"' EXIT
say() { printf '%s\n' "$*" >&2; }
wanted() { case ,$only, in *,"$1",*) return 0 ;; *) return 1 ;; esac; }
field() { sed -n "s/.*\"$1\":\([-0-9.]*\).*/\1/p" "$2"; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

[ -f "$tools/chatload.c" ] || { say "no chatload.c in $tools: give its folder with --tools"; exit 2; }
say "building"
gcc -O2 -w -o "$work/naive" "$tools/naive.c"
# The load is chatload.c with three changes. Over IRC it looks for a message's text from the front of the line, which takes it several times
# as long as over lines: it would answer later, have the server send smaller batches, and measure itself. Here it looks where the text has
# to be, from the end. At a fixed rate a message's latency counts from when it was due, not from when it was written. And time begins with
# the run, as messages say when they were written: of 16 bytes, that would take more than there are.
sed -e "s/char \*t = l; *$/char *t = l + n - SIZE - !WS; if (PROTO == IRC \&\& n > SIZE + 10 \&\& t[-1] == ':' \&\& *t == 'T') {} else/" \
  -e 's/^static void send_msg/static uint64_t DUE;\n&/' -e 's/(unsigned long long)now_ns()/(unsigned long long)(DUE ? DUE : now_ns())/' \
  -e 's/return \(t.tv_sec [^;]*\);/static uint64_t first; uint64_t now = \1; if (!first) first = now - 1; return now - first;/' \
  -e 's/while (sent < due) send_msg(sent++ % S); pump(1);/while (sent < due) { DUE = start + ++sent * 1e9 \/ RATE; send_msg(sent % S); } pump(0);/' \
  "$tools/chatload.c" >"$work/chatload.c"
for change in 't\[-1\]' 'DUE ? DUE' '++sent \* 1e9' 'now - first'; do
  grep -q -e "$change" "$work/chatload.c" || { say "chatload.c is another than this script knows"; exit 2; }
done
# It negotiates nothing over IRC. Over lines it gets its own messages back, and counts them: Parley is asked for that over IRC, too.
negotiating() {
  sed -e 's/"NICK %s\\r\\n"/"CAP REQ :'"$2"'\\r\\nNICK %s\\r\\n"/' -e 's/"USER u 0 \* :u\\r\\n"/"USER u 0 * :u\\r\\nCAP END\\r\\n"/' "$work/chatload.c" >"$work/$1.c"
  grep -q 'CAP END' "$work/$1.c" || { say "chatload.c is another than this script knows"; exit 2; }
  gcc -O2 -w -o "$work/$1" "$work/$1.c"
}
gcc -O2 -w -o "$work/chatload" "$work/chatload.c"
negotiating chatload-irc "echo-message"
negotiating chatload-tags "echo-message message-tags server-time account-tag"
# The same over IRC in plain text, WebSocket and TLS, as all servers take it: nothing is negotiated.
tls=
if gcc -O2 -w -DTLS -o "$work/chatload-ways" "$work/chatload.c" -lssl -lcrypto 2>/dev/null; then
  tls=yes
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
else
  gcc -O2 -w -o "$work/chatload-ways" "$work/chatload.c"
  say "no headers of OpenSSL (libssl-dev): TLS is left out"
fi
gcc -O2 -Wall -o "$work/floor" "$repo/eng/bench/floor.c"
dotnet build -c Release -v q --nologo "$repo/src/Parley.Cli" >&2
ulimit -n "$(ulimit -Hn)"

port=22900 # Below those that the system gives to whoever connects.
# start NAME: runs that server on core 0 and sets $server_pid, $server_port, $proto. NAME may end in the way to it: /plain, /ws or /tls.
start() {
  port=$((port + 1)) server_port=$port proto=line loader=chatload load_options=()
  case $1 in
    naive | floor) taskset -c "$server_cpus" "$work/$1" $port & ;;
    parley | keeping | irc | tags)
      # Without history, as the others have none; "keeping" is the same server with it.
      local history=(--history off) listeners=(--lines 127.0.0.1:$port --irc off)
      [ "$1" = keeping ] && rm -rf "$work/data" && history=(--data "$work/data")
      case $1 in irc | tags) proto=irc loader=chatload-$1 listeners=(--lines off --irc 127.0.0.1:$port) ;; esac
      taskset -c "$server_cpus" "$repo/src/Parley.Cli/bin/Release/net10.0/parley" serve \
        "${listeners[@]}" --addressed off --http off --log-level error "${history[@]}" >"$work/parley.out" & ;;
    parley/*)
      proto=irc loader=chatload-ways
      local at=127.0.0.1:$port listeners=(--irc off --http off)
      case $1 in
        */plain) listeners=(--irc "$at" --http off) ;;
        */ws) load_options=(--ws) listeners=(--irc off --http "$at") ;;
        */tls) load_options=(--tls) listeners=(--irc off --http off --ircs "$at" --tls-certificate "$work/cert.pem" --tls-key "$work/key.pem") ;;
      esac
      taskset -c "$server_cpus" "$repo/src/Parley.Cli/bin/Release/net10.0/parley" serve \
        --lines off --addressed off "${listeners[@]}" --log-level error --history off >"$work/parley.out" & ;;
    ngircd)
      proto=irc
      printf '[Global]\nName = bench.test\nPorts = %s\nListen = 127.0.0.1\n[Limits]\nMaxConnections = 0\nMaxConnectionsIP = 0\nMaxJoins = 0\nPingTimeout = 600\n[Options]\nPAM = no\nIdent = no\nDNS = no\n' \
        $port >"$work/ngircd.conf"
      taskset -c "$server_cpus" ngircd -n -f "$work/ngircd.conf" >/dev/null 2>&1 & ;;
    inspircd | inspircd/*)
      proto=irc
      local bind= profile=
      [ -z "$tls" ] || profile="<module name=\"$inspircd_tls\"><sslprofile name=\"bench\" provider=\"${inspircd_tls#ssl_}\" certfile=\"$work/cert.pem\" keyfile=\"$work/key.pem\" requestclientcert=\"no\">"
      case $1 in
        */plain) loader=chatload-ways ;;
        */ws) loader=chatload-ways load_options=(--ws) bind='hook="websocket"' ;;
        */tls) loader=chatload-ways load_options=(--tls) bind='sslprofile="bench"' ;;
      esac
      cat >"$work/inspircd.conf" <<CONF
<server name="bench.test" description="bench" network="bench">
<admin name="a" nick="a" email="a@bench.test">
<module name="sha1">
<module name="websocket">
<wsorigin allow="*">
<websocket defaultmode="text">
$profile
<bind address="127.0.0.1" port="$port" type="clients" $bind>
<connect allow="*" localmax="100000" globalmax="100000" maxchans="1000" timeout="60" pingfreq="600" hardsendq="10485760" softsendq="10485760" recvq="1048576" threshold="100000" commandrate="100000000" fakelag="no" useident="no" resolvehostnames="no">
<performance softlimit="100000" somaxconn="4096" quietbursts="yes">
<options defaultmodes="n">
<pid file="$work/inspircd.pid">
<path datadir="$work" logdir="$work" runtimedir="$work">
CONF
      taskset -c "$server_cpus" inspircd --runasroot --nofork --nolog --config="$work/inspircd.conf" >/dev/null 2>&1 & ;;
  esac
  server_pid=$!
  for _ in $(seq 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.05
  done
  say "$1 did not start"
  return 1
}

# load NAME ARGS...: one run of the load against that server, its JSON line to $work/NAME.json, slashes as dashes.
load() {
  local server=$1 name=${1//\//-}; shift
  start "$server" || { stop; echo '{}' >"$work/$name.json"; return; }
  # Whoever does not let all in is not waited for.
  timeout 90 taskset -c 1 "$work/$loader" --proto $proto "${load_options[@]}" --port "$server_port" --pid "$server_pid" --warm 3 "$@" >"$work/$name.json" 2>"$work/$name.err" \
    || { say "$name: $(tail -n 1 "$work/$name.err")"; echo '{}' >"$work/$name.json"; }
  stop
}

# Debian's InspIRCd has GnuTLS, others may have OpenSSL.
inspircd_tls=ssl_gnutls
[ -z "$(find / -xdev -name m_ssl_openssl.so -path '*inspircd*' 2>/dev/null | head -n 1)" ] || inspircd_tls=ssl_openssl
rivals=()
for rival in ngircd inspircd; do command -v $rival >/dev/null && rivals+=($rival); done
say "rivals found: ${rivals[*]:-none (apt-get install ngircd inspircd)}"

printf '# Parley under load, %s\n\n' "$(date -u +%Y-%m-%d)"
printf '%s cores, server on %s, load on core 1, %s run(s) of %s s, medians.\n\n' "$(nproc)" "$server_cpus" "$runs" "$secs"

declare -A workload=(
  [W1]="--clients 100 --rooms 1 --senders 10 --window 8"
  [W2]="--clients 1000 --rooms 1 --senders 1 --window 4"
  [W3]="--clients 1000 --rooms 500 --senders 1000 --window 1"
)
if wanted W1 || wanted W2 || wanted W3; then
  printf '## Deliveries per second of server CPU time\n\n'
  printf '| workload | naive, M/s | %s |\n|---|---|%s\n' \
    "$(printf 'parley, M/s | parley / naive | irc / parley | irc with tags / parley | with history / naive | floor / naive'; for r in "${rivals[@]}"; do printf ' | %s / naive' "$r"; done)" \
    "$(printf -- '---|---|---|---|---|---|'; for r in "${rivals[@]}"; do printf -- '---|'; done)"
  for w in W1 W2 W3; do
    wanted $w || continue
    for name in naive parley irc tags keeping floor "${rivals[@]}"; do : >"$work/$w.$name"; done
    for run in $(seq "$runs"); do
      load naive ${workload[$w]} --secs "$secs"
      base=$(field deliv_per_cpu_s "$work/naive.json")
      echo "$base" >>"$work/$w.naive"
      for name in parley irc tags keeping floor "${rivals[@]}"; do
        load "$name" ${workload[$w]} --secs "$secs"
        mine=$(field deliv_per_cpu_s "$work/$name.json")
        [ "$name" = parley ] && lines=$mine && echo "$mine" >>"$work/$w.parley.abs"
        case $name in irc | tags) against=$lines ;; *) against=$base ;; esac
        awk -v a="${mine:-0}" -v b="$against" 'BEGIN { printf "%.2f\n", a / b }' >>"$work/$w.$name"
        say "$w run $run: $name $(awk -v a="${mine:-0}" -v b="$base" 'BEGIN { printf "%.2f M/s, %.1f x naive", a / 1e6, a / b }')"
      done
    done
    printf '| %s: `%s` | %s | %s | **%s** | %s | %s | %s | %s |' "$w" "${workload[$w]}" \
      "$(median <"$work/$w.naive" | awk '{ printf "%.2f", $1 / 1e6 }')" \
      "$(median <"$work/$w.parley.abs" | awk '{ printf "%.2f", $1 / 1e6 }')" "$(median <"$work/$w.parley")" \
      "$(median <"$work/$w.irc")" "$(median <"$work/$w.tags")" "$(median <"$work/$w.keeping")" "$(median <"$work/$w.floor")"
    for r in "${rivals[@]}"; do printf ' %s |' "$(median <"$work/$w.$r")"; done
    printf '\n'
  done
  printf '\n'
fi

if wanted ways; then
  ways=(plain ws) servers=(parley)
  [ -n "$tls" ] && ways+=(tls)
  command -v inspircd >/dev/null && servers+=(inspircd)
  printf '## IRC in plain text, over WebSocket and over TLS\n\n'
  printf '| | server | plain, M deliveries per CPU s | WebSocket / plain | TLS / plain | to InspIRCd the same way: plain, WebSocket, TLS |\n|---|---|---|---|---|---|\n'
  for w in W1 W2 W3; do
    for server in "${servers[@]}"; do for way in "${ways[@]}"; do : >"$work/$w.$server.$way"; done; done
    for run in $(seq "$runs"); do
      for server in "${servers[@]}"; do
        for way in "${ways[@]}"; do
          load "$server/$way" ${workload[$w]} --secs "$secs"
          field deliv_per_cpu_s "$work/$server-$way.json" >>"$work/$w.$server.$way"
          say "$w run $run: $server/$way $(tail -n 1 "$work/$w.$server.$way")"
        done
      done
    done
    for server in "${servers[@]}"; do
      for way in plain ws tls; do
        printf '%s %s %s\n' "$way" "$([ -s "$work/$w.$server.$way" ] && median <"$work/$w.$server.$way" || echo 0)" \
          "$([ -s "$work/$w.inspircd.$way" ] && median <"$work/$w.inspircd.$way" || echo 0)"
      done | awk -v w=$w -v server="$server" '{ mine[$1] = $2; its[$1] = $3 } function of(a, b) { return b > 0 && a > 0 ? sprintf("%.2f", a / b) : "-" }
        END { printf "| %s | %s | %.3f | %s | %s | %s, %s, %s |\n", w, server, mine["plain"] / 1e6, of(mine["ws"], mine["plain"]), of(mine["tls"], mine["plain"]),
          of(mine["plain"], its["plain"]), of(mine["ws"], its["ws"]), of(mine["tls"], its["tls"]) }'
    done
  done
  printf '\n| 8000 connections, idle, in 800 rooms | KB each | to come in, CPU s |\n|---|---|---|\n'
  for server in "${servers[@]}"; do
    for way in "${ways[@]}"; do
      load "$server/$way" --clients 8000 --rooms 800 --idle --secs 8
      printf '| %s, %s | %s | %s |\n' "$server" "$way" "$(field kb_per_conn "$work/$server-$way.json")" "$(field join_cpu_s "$work/$server-$way.json")"
    done
  done
  printf '\n'
fi

if wanted idle; then
  printf '## Idle connections: 8000 in 800 rooms\n\n| server | KB per connection | join, CPU s |\n|---|---|---|\n'
  for name in parley keeping "${rivals[@]}"; do
    load "$name" --clients 8000 --rooms 800 --idle --secs 6
    printf '| %s | %s | %s |\n' "$name" "$(field kb_per_conn "$work/$name.json")" "$(field join_cpu_s "$work/$name.json")"
    say "idle: $name $(field kb_per_conn "$work/$name.json") KB per connection"
  done
  printf '\n'
fi

if wanted latency; then
  printf '## Latency at fixed rates: 100 clients in one room, open loop, from when a message was due until another member has read it\n\n'
  printf '| deliveries/s asked | delivered/s | p50 ms | p99 ms | max ms | server CPU |\n|---|---|---|---|---|---|\n'
  for rate in 200 2000 5000 10000 20000 50000 80000; do
    load parley --clients 100 --rooms 1 --senders 10 --rate $rate --secs "$secs"
    awk -v asked=$((rate * 100)) -v got="$(field deliv_s "$work/parley.json")" -v a="$(field p50_us "$work/parley.json")" \
      -v b="$(field p99_us "$work/parley.json")" -v c="$(field max_us "$work/parley.json")" \
      -v cpu="$(field srv_cpu_s "$work/parley.json")" -v secs="$(field secs "$work/parley.json")" \
      'BEGIN { printf "| %d | %d | %.2f | %.2f | %.2f | %.0f %% |\n", asked, got, a / 1000, b / 1000, c / 1000, 100 * cpu / secs }'
    grep -h dropped "$work/parley.err" >&2 || true
  done
  printf '\n'
fi

if wanted members; then
  printf '## Members of one room, 1 sender, 8 in flight\n\n| members | deliveries per CPU s, M | CPU us per message |\n|---|---|---|\n'
  for n in 10 100 1000 10000; do
    load parley --clients $n --rooms 1 --senders 1 --window 8 --secs "$secs"
    awk -v n=$n -v d="$(field deliv_per_cpu_s "$work/parley.json")" 'BEGIN { printf "| %d | %.2f | %.1f |\n", n, d / 1e6, n / d * 1e6 }'
  done
  printf '\n'
fi

if wanted rooms; then
  printf '## Rooms of one member each, 10 senders, 8 in flight each\n\n| rooms | CPU us per message |\n|---|---|\n'
  for n in 10 100 1000 10000; do
    load parley --clients $n --rooms $n --senders 10 --window 8 --secs "$secs"
    awk -v n=$n -v d="$(field deliv_per_cpu_s "$work/parley.json")" 'BEGIN { printf "| %d | %.1f |\n", n, 1e6 / d }'
  done
  printf '\n'
fi

if wanted sizes; then
  printf '## Message size, workload W1\n\n| bytes | deliveries per CPU s, M |\n|---|---|\n'
  for size in 16 32 64 128 256 400; do
    load parley ${workload[W1]} --size $((size - 1)) --secs "$secs"
    awk -v n=$size -v d="$(field deliv_per_cpu_s "$work/parley.json")" 'BEGIN { printf "| %d | %.2f |\n", n, d / 1e6 }'
  done
fi
