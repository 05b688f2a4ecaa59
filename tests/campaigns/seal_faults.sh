#!/bin/bash
# Kills `seal` with SIGKILL, or lets the disk be full for it, at random moments: the library must verify and answer as
# FTS5 does, with the ranked index of before, that of after, or none; and the next seal must finish the work.
#   tests/campaigns/seal_faults.sh TIMES [SEED]
set -euo pipefail
cd "$(dirname "$0")/../.."
times=${1:?usage: seal_faults.sh TIMES [SEED]}
RANDOM=${2:-1}
. tests/campaigns/support.sh

# papers FIRST LAST: JSON Lines of words that are rarer the higher their number.
papers() {
    awk -v first="$1" -v last="$2" 'BEGIN {
        srand(first)
        for (i = first; i <= last; i++) {
            printf "{\"id\":\"p%d\",\"title\":\"Study %d of w%d\",\"year\":%d,\"abstract\":\"", i, i, i % 50, 2000 + i % 25
            for (j = 0; j < 60; j++)
                printf "w%d ", int(exp(rand() * 8))
            print "\"}"
        }
    }'
}

# answers: of some queries, by the engine that is there.
answers() {
    local query
    for query in 'w7 w19' 'w3 OR w2000' '"w1 w2"' 'w1*' 'study w12 -w5'; do
        "$pinakes" -L library.db search --any --json -n 20 "$query" 2>/dev/null | grep -v took_us || true
    done
}

papers 1 "${SEAL_PAPERS:-6000}" >a.jsonl
papers 90001 90400 >b.jsonl
"$pinakes" -L library.db index --quiet a.jsonl >/dev/null 2>&1
"$pinakes" -L library.db seal --quiet >/dev/null 2>&1
"$pinakes" -L library.db index --quiet b.jsonl >/dev/null 2>&1
cp library.db start.db
cp library.db-segment start.db-segment
PINAKES_ENGINE=fts5 answers >expected
start=$(date +%s%N)
"$pinakes" -L library.db seal --quiet >/dev/null 2>&1
took_us=$((($(date +%s%N) - start) / 1000))
blocks=$(($(stat -c %s library.db-segment) / 1024 + 1))
cmp -s <(answers) expected || { echo "sealed, it answers otherwise"; exit 1; }

check() {
    if ! "$pinakes" -L library.db verify >verify 2>&1; then
        echo "$1: verify says"; cat verify; exit 1
    fi
    cmp -s <(answers) expected || { echo "$1: it answers otherwise"; exit 1; }
}

killed=0 full=0
for ((i = 1; i <= times; i++)); do
    rm -f library.db*
    cp start.db library.db
    # With the ranked index of before, or the first time.
    if [ $((i % 4)) -lt 3 ]; then cp start.db-segment library.db-segment; fi
    if [ $((i % 2)) = 0 ]; then
        "$pinakes" -L library.db seal --quiet >/dev/null 2>&1 &
        kill_within $! "$took_us"
        killed=$((killed + 1))
        check "kill $i after $delay_us us"
    else
        room=$(((RANDOM * 32768 + RANDOM) % blocks))
        (trap '' XFSZ; ulimit -f "$room"; "$pinakes" -L library.db seal --quiet >/dev/null 2>seal.err) || true
        full=$((full + 1))
        check "$i with room for $room KB"
    fi
    "$pinakes" -L library.db seal --quiet >/dev/null 2>seal.err || { echo "$i: the next seal fails:"; cat seal.err; exit 1; }
    check "$i, sealed again"
    [ "$(find . -name 'library.db*' | wc -l)" -le 4 ] || { echo "$i: files are left behind:"; ls; exit 1; }
done
echo "$killed kills within $took_us us and $full full disks: every answer as it was"
