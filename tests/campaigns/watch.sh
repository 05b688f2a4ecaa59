#!/bin/bash
# Changes a tree of notes at random while `watch` follows it: it must end up with the papers a new library finds there.
#   tests/campaigns/watch.sh CHANGES [SEED]
# Files are written at once, piece by piece, and by way of another name; files and folders are moved and removed, the root
# goes away and comes back, and watch itself is killed and started again.
set -euo pipefail
cd "$(dirname "$0")/../.."
changes=${1:?usage: watch.sh CHANGES [SEED]}
RANDOM=${2:-1}
. tests/campaigns/support.sh
watcher=
trap '[ -z "$watcher" ] || kill -9 "$watcher" 2>/dev/null || true; rm -rf "$work"' EXIT

start() {
    "$pinakes" -L library.db watch notes >>said 2>&1 &
    watcher=$!
}

papers=0
paper() {
    papers=$((papers + 1))
    printf -- '---\ntitle: Cache%d and its Scheduling of Memory\nyear: 2021\n---\n\nOne sentence of %d.\n' "$papers" "$papers"
}

# pick TYPE: some file (f) or folder (d) below notes; nothing when there is none.
pick() {
    find notes -mindepth 1 -type "$1" 2>/dev/null | sort | awk -v n=$RANDOM '{ a[NR] = $0 } END { if (NR) print a[n % NR + 1] }'
}

folder() {
    local found
    found=$(pick d)
    echo "${found:-notes}"
}

write_slowly() {
    exec 9>"$1"
    paper >&9
    sleep 0.4
    echo 'A last line.' >&9
    exec 9>&-
}

change() {
    local file into
    file=$(pick f) into=$(folder)
    case $((RANDOM % 14)) in
    0 | 1 | 2) paper >"$into/note-$RANDOM.md" ;;
    3) [ -z "$file" ] || paper >"$file" ;;
    4) [ -z "$file" ] || { paper >"$file.tmp" && mv "$file.tmp" "$file"; } ;;
    5) [ -z "$file" ] || echo 'Another line.' >>"$file" ;;
    6) [ -z "$file" ] || mv "$file" "$into/moved-$RANDOM.md" ;;
    7) [ -z "$file" ] || rm "$file" ;;
    8) mkdir -p "$into/deep-$RANDOM/er" && paper >"$into/note-$RANDOM.md" ;;
    9) mkdir made && paper >made/inside.md && mv made "$into/made-$RANDOM" ;;
    10) [ "$into" = notes ] || mv "$into" "notes/renamed-$RANDOM" ;;
    11) [ "$into" = notes ] || rm -r "$into" ;;
    12) write_slowly "$into/slow-$RANDOM.md" ;;
    13) mv notes away && sleep 0.$((RANDOM % 5)) && mv away notes ;;
    esac
}

# titles LIBRARY
titles() {
    "$pinakes" -L "$1" export --format csv 2>/dev/null | grep -o 'Cache[0-9]* and\|A last line\|Another line' | sort || true
}

in_step() {
    for _ in $(seq 150); do
        if "$pinakes" -L library.db status >status 2>&1; then
            return 0
        fi
        sleep 0.1
    done
    echo "after $1 changes the library is not in step:"
    cat status said
    return 1
}

mkdir notes
paper >notes/first.md
start
touch said
until grep -q watching said; do sleep 0.1; done
for ((i = 1; i <= changes; i++)); do
    change
    [ $((RANDOM % 4)) = 0 ] && sleep 0.$((RANDOM % 6))
    if [ $((i % 40)) = 0 ]; then
        kill -9 "$watcher" 2>/dev/null
        wait "$watcher" 2>/dev/null || true
        start
    fi
    if [ $((i % 20)) = 0 ]; then
        in_step "$i"
    fi
done
in_step "$changes"
kill -TERM "$watcher"
wait "$watcher" || { echo "watch ended with $?"; cat said; exit 1; }
watcher=
"$pinakes" -L library.db verify >/dev/null
if [ -n "$(find notes -type f)" ]; then
    "$pinakes" -L fresh.db index -q notes
fi
[ "$(titles library.db)" = "$(titles fresh.db)" ] || { echo "the papers are not those of a new library"; exit 1; }
echo "$changes changes, $(wc -l <said) lines said, $(find notes -type f | wc -l) files in the end"
