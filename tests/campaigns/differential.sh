#!/bin/sh
# Random questions asked of FTS5 and of the sealed segment:  tests/campaigns/differential.sh QUERIES [SEED [LIBRARY]]
# Half of them run in each of two processes, with seeds SEED and SEED + 1, over small random libraries or over copies of
# the library LIBRARY; in the second of them ranked search goes in ranges of 512 documents, as over a library of millions
# it does in larger ones. The first difference ends the campaign and is named with its query.
set -eu
cd "$(dirname "$0")/../.."
queries=${1:?usage: differential.sh QUERIES [SEED [LIBRARY]]}
seed=${2:-1}
library=${3:-}
[ -f build/sanitize/build.ninja ] || cmake --preset sanitize >/dev/null
cmake --build --preset sanitize --target differential differential_ranges -- --quiet
half=$(((queries + 1) / 2))
build/sanitize/tests/differential "$half" "$seed" ${library:+"$library"} & first=$!
failed=0
build/sanitize/tests/differential_ranges "$half" $((seed + 1)) ${library:+"$library"} || failed=1
wait "$first" || failed=1
exit $failed
