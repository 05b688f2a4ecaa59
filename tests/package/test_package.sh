# The installed package, as a stranger's program meets it: through pkg-config, shared and static, and with no name
# in the libraries but pinakes_*.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v pkg-config >/dev/null || { echo "skipped: pkg-config is not installed"; exit 77; }

cmake --install "$BINARY_DIR" --prefix "$work/usr" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
pc=$(find "$work/usr" -name pinakes.pc)
libdir=$(dirname "$(dirname "$pc")")
export PKG_CONFIG_PATH="$libdir/pkgconfig"
compile="${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror ${SANITIZE_FLAGS:-} $SOURCE_DIR/tests/package/consumer.c"

# The prefix was chosen at install time, so pkg-config is told where the file itself lies.
flags() {
    pkg-config --define-variable=prefix="$work/usr" --define-variable=libdir="$libdir" \
        --define-variable=includedir="$work/usr/include" "$@" pinakes
}
# shellcheck disable=SC2046,SC2086 # flags are meant to be split
$compile $(flags --cflags --libs) -o "$work/consumer_shared"
# shellcheck disable=SC2046,SC2086
$compile $(flags --cflags) "$libdir/libpinakes.a" $(flags --static --libs | sed 's/-lpinakes//') \
    -o "$work/consumer_static"

cat >"$work/notes.txt" <<'END'
OSDI
2020
AIFM: High-Performance, Application-Integrated Far Memory
Far memory without the page fault: remoteable pointers in the application.

Semeru: A Memory-Disaggregated Managed Runtime
The garbage collector runs where the memory is.
END
for kind in shared static; do
    answer=$(LD_LIBRARY_PATH="$libdir" "$work/consumer_$kind" "$work/$kind.db" "$work/notes.txt" "page fault")
    case $answer in
    *"1 of 2"*AIFM*"notes.txt:4: Far memory without the page fault"*) ;;
    *) echo "the $kind consumer answered: $answer"; exit 1 ;;
    esac
done

strangers=$(nm -D --defined-only "$libdir/libpinakes.so" | awk '{ print $3 }' | grep -v '^pinakes_' |
    grep -v -e '^_' -e '^__asan' || true)
[ -z "$strangers" ] || { echo "libpinakes.so also exports: $strangers"; exit 1; }
strangers=$(nm -g --defined-only "$libdir/libpinakes.a" 2>/dev/null | awk 'NF == 3 { print $3 }' |
    grep -v '^pinakes_' | grep -v '^__' || true)
[ -z "$strangers" ] || { echo "libpinakes.a also defines: $strangers"; exit 1; }
