#!/usr/bin/env bash
#
# Checks everything that can be checked without looking: builds, formatting, tests.
#
# usage: ./test.sh [--no-build] [--filter EXPR]
#
#   --no-build      use what the last run built (Release)
#   --filter EXPR   only tests that match, and no look at the formatting, e.g.
#                   --filter FullyQualifiedName~Parley.Core   or   --filter DisplayName~slow_reader
#   --help          this text
#
# Needs bash 5.1, git and the .NET SDK of global.json. Some tests talk to programs that people use to chat (nc, telnet,
# irssi, Chromium ...); on Debian those are installed when this may be done without asking for a password. Tests whose
# program is missing are skipped and say so.
#
# Two test projects run at a time; what each says is printed when it is done.
#
# Results are left in artifacts/tests/. The last line is `N passed, N failed` or `N passed, N failed, N skipped`; the exit
# code is 0 only if something ran and nothing failed. Bad formatting, a failed build and a crashed test project each count
# as one failed test.
set -euo pipefail

usage() { sed -n '3,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; }

build=yes
filter=
while (($#)); do
  case $1 in
    --no-build) build=no ;;
    --filter)
      [[ -n ${2-} ]] || { echo "test.sh: --filter needs an expression, see --help" >&2; exit 2; }
      filter=$2
      shift
      ;;
    --filter=?*) filter=${1#*=} ;;
    -h | --help) usage; exit 0 ;;
    *) echo "test.sh: unknown option $1, see --help" >&2; exit 2 ;;
  esac
  shift
done

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
results=artifacts/tests
rm -rf "$results"
mkdir -p "$results"

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
trap 'echo; echo "test.sh: interrupted"; exit 130' INT
trap 'exit 143' TERM
trap end_all EXIT

bold= red= yellow= plain=
if [[ -t 1 && -z ${NO_COLOR-} ]]; then
  bold=$'\e[1m' red=$'\e[31m' yellow=$'\e[33m' plain=$'\e[0m'
fi
step() { echo "${bold}== $*${plain}"; }

passed=0
failures=()
skips=()
declare -A running=()  # process -> what it does
ended=                 # what has ended last
status=0               # and how
compiler=              # the pipe of the compiler of this build

# Runs a command in the background, in a process group of its own: Ctrl+C is told to that group by end_all, and not, as to
# other commands in the background, ignored by everything that it starts, which here are programs that are tested with it.
start() {
  local name=$1
  shift
  set -m
  "$@" >"$results/$name.log" 2>&1 </dev/null &
  set +m
  running[$!]=$name
}

wait_for_one() {
  local process=
  status=0
  wait -n -p process "${!running[@]}" || status=$?
  ended=${running[$process]}
  unset "running[$process]"
}

end_all() {
  local process
  for process in "${!running[@]}"; do kill -TERM -- "-$process" 2>/dev/null || true; done
  end_compiler
  wait
}

end_compiler() {
  local sdk
  [[ -n $compiler ]] || return 0
  sdk=$(dotnet --version)
  sdk=$(dotnet --list-sdks | sed -n "s/^$sdk \[\(.*\)\]\$/\1\/$sdk/p")
  dotnet "$sdk/Roslyn/bincore/VBCSCompiler.dll" -shutdown -pipename:"$compiler" >/dev/null 2>&1 || true
  compiler=
}

finish() {
  local entry
  if ((${#skips[@]})); then
    step "Skipped"
    for entry in "${skips[@]}"; do echo "  ${yellow}skipped${plain} ${entry//$'\x1f'/ }"; done
  fi
  if ((${#failures[@]})); then
    step "Failed"
    for entry in "${failures[@]}"; do echo "  ${red}failed${plain} ${entry//$'\x1f'/$'\n'    }"; done
  fi
  local status=0
  if ((passed + ${#failures[@]} == 0)); then
    echo "test.sh: no tests ran" >&2
    status=1
  fi
  if ((${#failures[@]})); then status=1; fi
  if ((${#skips[@]})); then
    echo "$passed passed, ${#failures[@]} failed, ${#skips[@]} skipped"
  else
    echo "$passed passed, ${#failures[@]} failed"
  fi
  exit "$status"
}

# Command -> Debian packages. nc is asked for by the name of its implementation: ncat's package provides an `nc` too.
install_programs() {
  local entry needed missing=() packages=() as_root=() still=()
  local programs=(ncat:ncat nc.openbsd:netcat-openbsd telnet:inetutils-telnet tmux:tmux ps:procps
    setsid:util-linux prlimit:util-linux script:bsdutils openssl:openssl curl:curl ssh:openssh-client gcc:gcc,libc6-dev
    /usr/lib/postgresql/15/bin/initdb:postgresql-15
    ii:ii sic:sic catgirl:catgirl finch:finch eggdrop:eggdrop irssi:irssi weechat-headless:weechat-headless,weechat-plugins chromium:chromium,fonts-noto-color-emoji
    chromium-headless-shell:chromium-headless-shell)
  # Their packages bring services, which are nobody's who only wants to test: only where nothing would start them.
  [[ -d /run/systemd/system ]] || programs+=(bip:bip pebble:pebble certbot:certbot caddy:caddy /usr/sbin/sshd:openssh-server)
  for entry in "${programs[@]}"; do
    if ! command -v "${entry%%:*}" >/dev/null; then
      missing+=("${entry%%:*}")
      IFS=, read -ra needed <<<"${entry#*:}"
      packages+=("${needed[@]}")
    fi
  done
  ((${#missing[@]})) || return 0

  if [[ ! -e /etc/debian_version ]] || ! command -v apt-get >/dev/null; then
    echo "test.sh: missing ${missing[*]}, and this is not Debian: tests that need them will be skipped"
    return 0
  fi
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      echo "test.sh: missing ${missing[*]}; tests that need them will be skipped (apt-get install ${packages[*]})"
      return 0
    fi
    as_root=(sudo -n)
  fi

  echo "test.sh: installing ${packages[*]} for the tests"
  # Tests start a PostgreSQL of their own: the package's service stays off, and has no data.
  if [[ " ${packages[*]} " == *" postgresql-15 "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold)
  {
    "${apt[@]}" install -y --no-install-recommends "${packages[@]}" ||
      { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${packages[@]}"; }
  } </dev/null >"$results/apt.log" 2>&1 || true
  for entry in "${missing[@]}"; do command -v "$entry" >/dev/null || still+=("$entry"); done
  if ((${#still[@]})); then
    echo "test.sh: could not install ${still[*]} ($results/apt.log): tests that need them will be skipped"
  fi
}

build_all() {
  step "Build"
  # One compiler for all projects, which is warm after the first: to start one for each takes more than half of the time.
  # It is of this build alone and ends with it: one that outlives it would keep the machine's log open, and the job with it.
  compiler=parley-test-$$
  if ! dotnet restore Parley.slnx --verbosity quiet ||
    ! dotnet build Parley.slnx -c Release --no-restore --verbosity quiet \
      -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler"; then
    failures+=("the build")
    finish
  fi
  if [[ -n $filter || -n ${TESTED_PARLEY-} ]]; then end_compiler; fi
}

# The end-to-end tests start the program some hundreds of times: it is that of a release, which is what people run. To make it
# keeps one processor busy for minutes, so tests that do without it run beside that.
start_program() {
  if ! command -v gcc >/dev/null && ! command -v clang >/dev/null; then
    echo "test.sh: neither gcc nor clang is there: the program that is tested has the runtime in it, and is not native"
    export PARLEY_NATIVE=0
  fi
  start program env SharedCompilationId="$compiler" eng/release program
}

take_program() {
  end_compiler
  if ((status == 0)); then
    TESTED_PARLEY=$(tail -n 1 "$results/program.log")
    export TESTED_PARLEY
  else
    cat "$results/program.log"
    failures+=("the program of a release (eng/release program)")
  fi
}

# All files that are the repository's or are about to be; without the projects, which take longer to load than the files.
check_format() {
  git ls-files --cached --others --exclude-standard -- '*.cs' |
    dotnet format whitespace . --folder --include - --verify-no-changes --verbosity quiet
}

report_format() {
  step "Format"
  cat "$results/format.log"
  if ((status != 0)); then
    echo "test.sh: the formatting is not as .editorconfig asks. To mend it: dotnet format"
    failures+=("the formatting (to mend it: dotnet format)")
  fi
}

# A .trx file -> one line per test: its outcome, its name, and why it was skipped, or failed and where, separated by tabs.
# What a test says over several lines has \x1f between them, and at most 4,000 characters of it are kept.
outcomes() {
  awk '
    function attribute(name, value) {
      if (!match($0, "[ \n]" name "=\"[^\"]*\"")) return ""
      value = text(substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4))
      gsub(/\037/, " ", value)
      return value
    }
    function text(s) {
      gsub(/\r?\n|(&#x[dD];)?&#x[aA];/, "\037", s)
      gsub(/&#x[0-9A-Fa-f]+;|[\r\t]/, " ", s)
      gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&apos;/, "\047", s); gsub(/&amp;/, "\\&", s)
      sub(/^[ \037]+/, "", s); sub(/[ \037]+$/, "", s)
      return length(s) > 4000 ? substr(s, 1, 4000) " ..." : s
    }
    function flush_test() { if (outcome != "") print outcome "\t" name "\t" why; outcome = "" }
    BEGIN { RS = "<" }
    /^UnitTestResult[ \n]/ { flush_test(); outcome = attribute("outcome"); name = attribute("testName"); why = "" }
    /^(Message|StdOut)>/ && why == "" { sub(/^[A-Za-z]+>/, ""); why = text($0) }
    /^StackTrace>/ && match($0, /tests\/[^ ]+:line [0-9]+/) { why = why "\037at " substr($0, RSTART, RLENGTH) }
    /^\/Results>/ { flush_test() }
    END { flush_test() }
  ' "$1"
}

start_tests() {
  local project=$1 programs=(tests/"$1"/bin/Release/*/"$1") limit=()
  # Tests wait for things, not for time, so one that hangs would hang for ever: it is named after five minutes, and all is ended after 25. The one that makes a release takes minutes.
  command -v timeout >/dev/null && limit=(timeout --kill-after=10 25m)
  start "$project" "${limit[@]}" "${programs[0]}" -noLogo -noColor -longRunning 300 -result-trx "$results/$project.trx" ${filter:+-filterVSTest "$filter"}
}

report_tests() {
  local project=$1 outcome name why before=${#failures[@]} trx=$results/$1.trx
  step "$project"
  cat "$results/$project.log"
  if [[ -e $trx ]]; then
    while IFS=$'\t' read -r outcome name why; do
      case $outcome in
        Passed) passed=$((passed + 1)) ;;
        NotExecuted) skips+=("$name: ${why:-no reason given}") ;;
        *) failures+=("$name${why:+$'\x1f'$why}") ;;
      esac
    done < <(outcomes "$trx")
  fi
  if ((status != 0 && ${#failures[@]} == before)); then
    failures+=("$project ended with exit code $status: a crash or a hang, see above")
  fi
}

install_programs
if [[ -z $filter ]]; then start format check_format; fi
if [[ $build == yes ]]; then build_all; fi
if [[ -z $filter ]]; then
  wait_for_one
  report_format
fi
# Those that take longest begin first, so that none of them is left alone at the end.
with_program=Parley.EndToEnd.Tests
waiting=("$with_program" Parley.Browser.Tests)
for folder in tests/*.Tests/; do
  project=$(basename -- "$folder")
  [[ " ${waiting[*]} " == *" $project "* ]] || waiting+=("$project")
done
if [[ -n $compiler ]]; then
  waiting=("${waiting[@]:1}")
  start_program
fi
while ((${#waiting[@]} + ${#running[@]})); do
  if ((${#waiting[@]} && ${#running[@]} < 2)); then
    start_tests "${waiting[0]}"
    waiting=("${waiting[@]:1}")
  else
    wait_for_one
    if [[ $ended == program ]]; then
      take_program
      waiting=("$with_program" "${waiting[@]}")
    else
      report_tests "$ended"
    fi
  fi
done
finish
