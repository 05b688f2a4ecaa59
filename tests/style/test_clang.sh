# clang finds as little to warn about as gcc, with the same warnings switched on.
set -eu
command -v clang >/dev/null || { echo "skipped: clang is not installed"; exit 77; }
cd "$SOURCE_DIR"
flags="-std=c11 -D_GNU_SOURCE -DPINAKES_RELEASE=\"0\" -DPINAKES_SOURCE_DIR=\"\" -DPINAKES_BINARY_DIR=\"\"
 -DPINAKES_IS_FOREIGN=0 -I. -Iinclude
 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Werror"
# shellcheck disable=SC2086 # flags are meant to be split
find base corpus indexer query api cli -name '*.c' -print0 | xargs -0 -P"$(nproc)" -n8 clang $flags -fsyntax-only
# shellcheck disable=SC2086 # a fuzz target is called by name from outside, so it has no prototype of ours
find tests -name '*.c' -not -path '*/package/*' -print0 |
    xargs -0 -P"$(nproc)" -n8 clang $flags -Wno-missing-prototypes -fsyntax-only
