# The ranked index of a large library: made by itself, thrown away at will, never believed when it is damaged.
. "$SOURCE_DIR/tests/cli/support.sh"

segment=$work/library.db-segment
{
    for i in $(seq 1 2100); do
        printf '# Cache%d: Scheduling Memory for Functions\n\nThis paper names %d caches and word%d.\n\n' "$i" "$i" $((i % 7))
    done
} >many.md

# answers FILE: what a few questions find, without the time they took.
answers() {
    for query in 'word3' 'memory word5 OR cache77' '"names 77 caches"' 'cache20*' 'word3 -cache3'; do
        run search -n 20 --format csv --explain "$query"
        cat out
    done >"$1"
}

it "makes no ranked index for a small library"
run index notes
exits 0
[ ! -e "$segment" ] || fail "there is one"

it "makes one by itself when a library has become large"
run index many.md
exits 0
[ -s "$segment" ] || fail "there is none"
run stats
prints '^ranked index +[0-9.]+ [kM]B$'
run verify
exits 0

it "answers alike with it and without it"
answers sealed
PINAKES_ENGINE=fts5 answers plain
cmp -s sealed plain || fail "$(diff sealed plain | head -n 3)"
[ "$(wc -l <sealed)" -gt 40 ] || fail "hardly anything was found"

it "answers for papers that came, changed or went since"
printf '# Late: Scheduling What Came Later\n\nThis paper names 77 caches and word3.\n' >late.md
sed 's/names 10 caches and word3/names nothing at all/' many.md | tail -n +9 >changed.md && mv changed.md many.md
run index late.md many.md
prints '1 new, 1 changed, 2 removed'
run stats
prints 'ranked index .* made before 4 changes'
answers sealed
PINAKES_ENGINE=fts5 answers plain
cmp -s sealed plain || fail "$(diff sealed plain | head -n 3)"
run search 'late word3'
exits 0
run search cache1
exits 1

it "seals when it is told to"
run seal
exits 0
prints '^2105 papers sealed \([0-9.]+ s\)$'
run stats
prints_not 'made before'
run seal --json
json .papers 2105

it "finds damage, says so once, and answers without the damaged file"
cp "$segment" kept
answers sealed
size=$(wc -c <kept)
for offset in 3 50 5000 $((size / 2)) $((size - 100)); do
    cp kept "$segment"
    printf '\125\252\125\252' | dd of="$segment" bs=1 seek="$offset" conv=notrunc 2>/dev/null
    run verify
    exits 2
    complains_in_one_line
    remarks 'pinakes seal'
    run search word3
    exits 0
    answers damaged
    cmp -s sealed damaged || fail "other answers with other bytes at $offset"
done
head -c $((size / 2)) kept >"$segment"
run search word3
exits 0
[ "$(grep -c '^pinakes: ' err)" -eq 1 ] || fail "not told once"
remarks 'library.db-segment is damaged'
answers damaged
cmp -s sealed damaged || fail "other answers when it is cut short"

it "takes no ranked index of another library"
run -L other.db index many.md
run search --all --format csv word3
cp out before
cp other.db-segment "$segment"
run search --all --format csv word3
remarks 'library.db-segment'
cmp -s out before || fail "other answers"

it "answers when the ranked index was removed, and makes it again"
rm "$segment"
run search word3
exits 0
answers removed
cmp -s sealed removed || fail "other answers without it"
run verify
exits 0
run seal
exits 0
run verify
exits 0

it "keeps the older ranked index when the disk is full"
cp "$segment" kept
blocks=$(($(wc -c <kept) / 1024))
run_shell "trap '' XFSZ; ulimit -f $blocks; pinakes seal"
exits 2
complains_in_one_line
cmp -s kept "$segment" || fail "it is another one"
[ "$(ls "$work" | grep -c -- '-segment\.')" -eq 0 ] || fail "something was left behind"
run verify
exits 0

it "says that there is no library to seal"
run -L none.db seal
exits 2
complains_in_one_line
[ ! -e none.db ] || fail "a library was made"

finish
