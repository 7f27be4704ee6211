# Sourced by every task of a fault test, which has set $world and $workflows.
# What a task writes it writes twice: into a book of its own, which nobody else
# touches and nobody but the test reads, and to its output. The book comes
# first: whoever is killed between has one line more in it.
set -uo pipefail

run=${PIPELINE_DEMO_RUN##*.}
mkdir -p "$world/oracle/$run"
exec {book}>>"$world/oracle/$run/$PIPELINE_DEMO_TASK"
# Nobody writes into this pipe: waiting for it is a nap without a process.
exec {never}<> <(:)

# Who has started this task, in the words of its own environment.
printf '%s\n' "$PIPELINE_DEMO_NONCE" >>"$world/oracle/$run/nonces"

say() {
  printf '%s\n' "$1" >&"$book"
  printf '%s\n' "$1"
}

nap() {
  read -rt "$1" -u "$never" || :
}

# Numbered lines, until the test has seen enough: talk NAP LINES
talk() {
  local number=0
  until [[ -e $world/enough ]]; do
    for ((burst = 0; burst < $2; burst++)); do
      say "$PIPELINE_DEMO_TASK says $((++number)) at $EPOCHREALTIME"
    done
    nap "$1"
  done
}

# A process in a group of its own, that does not go when it is asked to.
leaveDeafOrphan() {
  set -m
  (
    trap '' TERM
    while :; do nap 1; done
  ) &
  disown
}

# The workflow's own script: real generate --batch 1 ...
real() {
  /bin/bash "$workflows/bin/$1" "${@:2}" 2>&1 | while IFS= read -r line; do
    say "$line"
  done
}

say "begin $PIPELINE_DEMO_TASK"
