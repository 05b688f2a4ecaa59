#!/bin/sh
# Random questions asked of FTS5 and of the sealed segment:  tests/campaigns/differential.sh QUERIES [SEED [LIBRARY]]
# Half of them run in each of two processes, with seeds SEED and SEED + 1, over small random libraries or over copies of
# the library LIBRARY. The first difference ends the campaign and is named with its query.
set -eu
cd "$(dirname "$0")/../.."
queries=${1:?usage: differential.sh QUERIES [SEED [LIBRARY]]}
seed=${2:-1}
library=${3:-}
[ -f build/sanitize/build.ninja ] || cmake --preset sanitize >/dev/null
cmake --build --preset sanitize --target differential -- --quiet
program=build/sanitize/tests/differential
half=$(((queries + 1) / 2))
$program "$half" "$seed" ${library:+"$library"} & first=$!
failed=0
$program "$half" $((seed + 1)) ${library:+"$library"} || failed=1
wait "$first" || failed=1
exit $failed
