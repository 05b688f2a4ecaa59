#!/bin/bash
# Kills `index` with SIGKILL at random moments: the library must open, verify, and hold the papers of before or after.
#   tests/campaigns/crash.sh KILLS [SEED]
# Half of the runs make a new library, half change one: papers are added, changed and removed, and joined with those of a
# bibliography that has some of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
kills=${1:?usage: crash.sh KILLS [SEED]}
RANDOM=${2:-1}
. tests/campaigns/support.sh

# write_notes FOLDER FIRST LAST WORD: one file a paper.
write_notes() {
    mkdir -p "$1"
    local i
    for ((i = $2; i <= $3; i++)); do
        printf '# Cache%d: Scheduling Memory for Functions\n\nSOSP 2021\n\nThe paper shows %s %d times.\n' \
            "$i" "$4" "$i" >"$1/paper-$i.md"
    done
}

# write_bibliography FILE FIRST LAST: the same papers as a reference manager has them.
write_bibliography() {
    local i
    for ((i = $2; i <= $3; i++)); do
        printf '@inproceedings{key%d, title={Cache%d: Scheduling Memory for Functions}, author={Kim, Jo}, year={2021}}\n' \
            "$i" "$i"
    done >"$1"
}

# state LIBRARY: every paper with its evidence, without what depends on the clock.
state() {
    "$pinakes" -L "$1" search --all --sort title --format csv '' 2>/dev/null || true
}

papers=${CRASH_PAPERS:-600}
write_notes old 1 "$papers" before
write_bibliography old/group.bib 1 60
cp -R old new
write_bibliography new/group.bib 40 100
rm new/paper-{1..20}.md
write_notes new 21 200 after
write_notes new $((papers + 1)) $((papers + 100)) new

"$pinakes" -L before.db index --quiet old
mkdir notes
cp -R old/. notes
"$pinakes" -L library.db index --quiet notes
cp library.db start.db
state library.db >state.before
rm -r notes && cp -R new notes
start=$(date +%s%N)
"$pinakes" -L library.db index --quiet notes
took_us=$((($(date +%s%N) - start) / 1000))
state library.db >state.after
cmp -s state.before state.after && { echo "the run changes nothing"; exit 1; }

before=0 after=0 none=0
for ((i = 1; i <= kills; i++)); do
    rm -f library.db*
    fresh=$((i % 2))
    if [ $fresh = 0 ]; then cp start.db library.db; fi
    "$pinakes" -L library.db index notes >/dev/null 2>&1 &
    kill_within $! "$took_us"
    if [ ! -e library.db ] && [ $fresh = 1 ]; then
        none=$((none + 1))
        continue
    fi
    # A library killed in the moment it was made is empty, and `index` goes on with it.
    if ! "$pinakes" -L library.db verify >verify 2>&1 && [ $fresh = 0 ]; then
        echo "kill $i after $delay_us us: verify says"; cat verify; exit 1
    fi
    state library.db >state.now
    if cmp -s state.now state.after; then
        after=$((after + 1))
    elif { [ $fresh = 0 ] && cmp -s state.now state.before; } || { [ $fresh = 1 ] && [ "$(wc -l <state.now)" -le 1 ]; }; then
        before=$((before + 1))
    else
        echo "kill $i after $delay_us us: neither the papers of before nor those of after"; exit 1
    fi
    "$pinakes" -L library.db index notes >/dev/null 2>index.err || { echo "kill $i: the next run fails:"; cat index.err; exit 1; }
    state library.db | cmp -s - state.after || { echo "kill $i: the next run does not finish the work"; exit 1; }
    "$pinakes" -L library.db verify >verify || { echo "kill $i: the library is damaged after the next run"; exit 1; }
done
echo "$kills kills within $took_us us: $none before there was a library, $before as before, $after as after"
