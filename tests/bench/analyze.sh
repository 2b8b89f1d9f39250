#!/bin/sh
# Whole processes, same machine, same run: `cramp analyze --json` on an imported diary against other programs on the
# CSV it was made from. Needs a folder with gen_nights.py, to_diary.py, peer.py (and peer.R if R is there).
# usage: tests/bench/analyze.sh PEERS_FOLDER [NIGHTS...]
set -eu
peers=$1
shift
[ $# -gt 0 ] || set -- 200 365 3650 36500
cramp=$(dirname "$0")/../../target/release/cramp
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
now=2030-01-01T08:00:00+00:00

# Seconds of wall clock, processor seconds and peak memory of a command, as one line.
timed() {
    name=$1
    shift
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f "$name: %e s, %U + %S s of processor, %M kB" "$@" 2>&1 >/dev/null | tail -n 1
    else
        start=$(date +%s.%N)
        "$@" >/dev/null
        echo "$name: $(echo "$(date +%s.%N) - $start" | bc) s"
    fi
}

for n in "$@"; do
    echo "== $n nights"
    python3 "$peers/gen_nights.py" "$n" 1 "$work/$n.csv"
    python3 "$peers/to_diary.py" "$work/$n.csv" "$work/$n"
    "$cramp" --diary "$work/$n.sqlite" --now $now import "$work/$n" >/dev/null
    timed "cramp analyze, first time" "$cramp" --diary "$work/$n.sqlite" --now $now analyze --json
    timed "cramp analyze, again" "$cramp" --diary "$work/$n.sqlite" --now $now analyze --json
    timed "cramp explain" "$cramp" --diary "$work/$n.sqlite" --now $now explain x-fatigue --json
    timed "peer.py" python3 "$peers/peer.py" "$work/$n.csv" "$work/$n.py.json"
    if command -v Rscript >/dev/null; then
        timed "peer.R" Rscript "$peers/peer.R" "$work/$n.csv" "$work/$n.R.json"
        # Its time grows with more than the square of the nights.
        [ "$n" -gt 4000 ] || Rscript "$(dirname "$0")/glmm.R" "$work/$n.csv" || true
    fi
done
