#!/bin/sh
# Every libFuzzer target for a while, from its committed seeds:  tests/campaigns/fuzz.sh SECONDS [TARGET...]
# New inputs are kept in build/fuzz/corpus/TARGET, crashes in build/fuzz/crashes. Two targets run at a time.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:?usage: fuzz.sh SECONDS [TARGET...]}
shift
[ -f build/fuzz/build.ninja ] || cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -- --quiet
mkdir -p build/fuzz/crashes
[ $# -gt 0 ] || set -- $(cd tests/fuzz && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')

fuzz_one() {
    kept=build/fuzz/corpus/$1
    mkdir -p "$kept"
    most=65536
    [ "$1" = segment ] && most=262144 # its smallest full block takes more
    if build/fuzz/tests/fuzz_"$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 \
        -max_len="$most" \
        -artifact_prefix=build/fuzz/crashes/"$1"- -print_final_stats=1 "$kept" tests/fuzz/seeds/"$1" \
        >build/fuzz/"$1".log 2>&1; then
        echo "$1: $(grep -E '^stat::number_of_executed_units' build/fuzz/"$1".log | grep -oE '[0-9]+$') inputs, no crash"
    else
        echo "$1: FAILED, see build/fuzz/$1.log"
        return 1
    fi
}

failed=0
while [ $# -gt 0 ]; do
    fuzz_one "$1" & first=$!
    second=""
    if [ $# -gt 1 ]; then
        fuzz_one "$2" & second=$!
        shift
    fi
    shift
    wait "$first" || failed=1
    [ -z "$second" ] || wait "$second" || failed=1
done
exit $failed
