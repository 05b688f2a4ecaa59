# A world that does not cooperate: disks, permissions, damaged files, odd names. One clear line, and nothing is lost.
. "$SOURCE_DIR/tests/cli/support.sh"

run index notes
exits 0
run search --all --format csv ''
cp out papers.before
mkdir many
for i in $(seq 1 120); do
    printf '# Cache%d: Scheduling Memory for Functions\n\nThis paper names %d things.\n\n%2000s\n' "$i" "$i" word >many/"paper $i.md"
done

# run for a user to whom permissions matter, which they do not to root.
run_as_anyone() {
    if [ "$(id -u)" -ne 0 ]; then
        run "$@"
        return
    fi
    setpriv --reuid=65534 --regid=65534 --clear-groups "$PINAKES" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    shown=no
}
can_run_as_anyone() {
    chmod 755 "$work"
    run_as_anyone --version
    [ "$status" -eq 0 ]
}

# The library is sound and answers as before.
is_as_before() {
    run verify
    exits 0
    run search --all --format csv ''
    cmp -s out papers.before || fail "the papers are not those of before"
}

it "leaves the library as it was when the disk is full"
run_shell "trap '' XFSZ; ulimit -f 100; pinakes index many"
exits 2
complains_in_one_line
remarks 'library\.db: writing the library'
is_as_before
if mkdir disk && mount -t tmpfs -o "size=$(($(wc -c <library.db) / 1024 + 60))k" none disk 2>/dev/null; then
    cp library.db disk
    run -L disk/library.db index many
    exits 2
    complains_in_one_line
    remarks 'disk is full; nothing was changed'
    run -L disk/library.db verify
    exits 0
    umount disk
fi

it "answers from a folder it cannot write to, and says that it cannot index there"
if can_run_as_anyone; then
    mkdir locked && cp library.db locked && chmod 555 locked
    run_as_anyone -L locked/library.db search CXL
    exits 0
    run_as_anyone -L locked/library.db verify
    exits 0
    run_as_anyone -L locked/library.db index notes
    exits 2
    complains_in_one_line
    run_as_anyone -L locked/new.db index notes
    exits 2
    complains_in_one_line
    chmod 755 locked
fi

it "takes no folder, other database or text for a library"
mkdir folder.db
printf 'some text\n' >text.db
for library in folder.db text.db; do
    for command in "index notes" "search CXL" "verify" "stats"; do
        # shellcheck disable=SC2086
        run -L $library $command
        exits 2
        complains_in_one_line
        remarks "$library"
    done
done
[ "$(cat text.db)" = "some text" ] || fail "the text was changed"
if command -v sqlite3 >/dev/null; then
    sqlite3 other.db 'CREATE TABLE t(a)'
    run -L other.db index notes
    exits 2
    remarks 'other\.db is no Pinakes library'
fi

it "tells of a library cut short"
size=$(wc -c <library.db)
for bytes in 10 100 5000 $((size / 2)) $((size - 1000)); do
    head -c "$bytes" library.db >short.db
    run -L short.db verify
    exits 2
    complains_in_one_line
    run -L short.db search CXL
    [ "$status" -le 2 ] || fail "exit status $status for $bytes bytes"
    run -L short.db index notes
    [ "$status" -le 2 ] || fail "exit status $status for $bytes bytes"
    rm -f short.db*
done

it "finds bytes that were overwritten anywhere in the library, or answers without them"
page=4096
for offset in 0 20 100 $((page + 7)) $((page * 3)) $((page * 9 + 100)) $((page * 20 + 13)); do
    cp library.db flipped.db
    printf '\377\377\377\377\377\377\377\377' | dd of=flipped.db bs=1 seek="$offset" conv=notrunc 2>/dev/null
    for command in "verify" "search CXL" "stats" "topics" "index notes"; do
        # shellcheck disable=SC2086
        run -L flipped.db $command
        [ "$status" -le 2 ] || fail "exit status $status from '$command' with other bytes at $offset"
        [ "$status" -ne 2 ] || complains_in_one_line
    done
    rm -f flipped.db*
done

it "says when the index is not that of the papers"
if command -v sqlite3 >/dev/null; then
    cp library.db changed.db
    sqlite3 changed.db "UPDATE papers SET note = replace(note, 'CXL', 'XLC'); DROP TRIGGER IF EXISTS none"
    run -L changed.db verify
    exits 2
    complains_in_one_line
    cp library.db changed.db
    sqlite3 changed.db "UPDATE papers SET length = length + 1 WHERE id = 1; UPDATE meta SET value = value + 1 WHERE name = 'length_total'"
    run -L changed.db verify
    exits 2
    remarks 'the length stored for the paper'
    cp library.db changed.db
    sqlite3 changed.db "UPDATE meta SET value = 7 WHERE name = 'paper_count'"
    run -L changed.db verify
    exits 2
    remarks 'the count of papers'
fi

it "reads files again by readers that have become better"
if command -v sqlite3 >/dev/null; then
    cp library.db older.db
    sqlite3 older.db "UPDATE sources SET readers = 0; UPDATE papers SET hash = 0"
    run -L older.db index notes
    prints '0 new, 6 changed, 0 removed, 0 unchanged'
fi

it "asks to index again a library whose words were made by an older analyzer, and then finds them"
if command -v sqlite3 >/dev/null; then
    cp library.db older.db
    sqlite3 older.db "UPDATE meta SET value = 1 WHERE name = 'analyzer_version'"
    run -L older.db search CXL
    exits 2
    remarks 'older\.db was indexed by another version of Pinakes; run .pinakes index. on your files again'
    run -L older.db index notes
    exits 0
    run -L older.db search CXL
    exits 0
    run -L older.db verify
    exits 0
fi

it "refuses a file of a gigabyte that is no notes, in one line"
truncate -s 1G huge.md
run index huge.md
exits 2
complains_in_one_line
remarks 'huge\.md: longer than notes can be'
is_as_before

it "reads a line of millions of bytes, and bytes of zero"
{
    printf '# Long: Lines that Systems Read\n\nThis paper has '
    head -c 3000000 /dev/zero | tr '\0' 'a'
    printf ' a quokka\n'
} >long.md
printf '# Nul: Bytes of Zero in Notes\n\nThis paper has a\0numbat.\n' >nul.md
run -L odd.db index long.md nul.md
exits 0
prints '^2 papers: 2 new'
run -L odd.db search quokka
exits 0
run -L odd.db search numbat
exits 0

it "walks past loops, pipes, dangling links and names that are no text"
mkdir odd
mkdir odd/deep
ln -s ../../odd odd/deep/loop
ln -s nowhere odd/dangling.md
mkfifo odd/pipe.md
cp notes/snapshots.md "odd/$(printf 'bad\377\nname.md')"
cp notes/snapshots.md odd/-rf.md
run -L names.db index odd
exits 0
prints '^2 papers: 2 new'
run -L names.db search --all ''
exits 0
run -L names.db verify
exits 0

it "takes the library's own files for no notes when a link leads to them"
mkdir linked && cp notes/snapshots.md linked && ln -s ../inside linked/back
mkdir inside && ln -s ../linked inside/notes
run -L inside/here.db index linked
exits 0
remarks_nothing
run -L inside/here.db status
exits 0
prints_not 'here\.db'

it "sees what changed whatever the clock says"
mkdir clock
printf '# Swift: A Cache for Every Cloud\n\nSOSP 2021\n\nIt caches apples.\n' >clock/swift.md
for stamp in '2099-01-01 12:00' '1980-01-01 12:00' '1960-01-01 12:00'; do
    rm -f clock.db*
    touch -d "$stamp" clock/swift.md
    sleep 0.1 # a file that was changed in this very moment is always looked into again
    run -L clock.db index clock
    exits 0
    run -L clock.db status
    exits 0
    sed -i 's/apples/olives/; t; s/olives/apples/' clock/swift.md
    touch -d "$stamp" clock/swift.md
    run -L clock.db status
    exits 1
    prints '^changed '
    run -L clock.db index
    prints ' 1 changed, '
    touch -d '1990-01-01' clock/swift.md
    run -L clock.db index
    prints ' 0 changed, 0 removed, 1 unchanged'
done

it "reports what is new since a day though the clock was put back after it"
if command -v sqlite3 >/dev/null; then
    mkdir back
    for name in Heron Swift Quill; do
        printf '# %s: A Cache for Every Cloud\n\nSOSP 2021\n' "$name" >"back/$name.md"
        run -L back.db index back
    done
    sqlite3 back.db "UPDATE generations SET at = CASE generation WHEN 1 THEN '2025-01-01T00:00:00Z'
        WHEN 2 THEN '2025-03-01T00:00:00Z' ELSE '2024-05-01T00:00:00Z' END"
    printf 'cache\n' >words.txt
    run -L back.db report --since 2025-02-01 --json words.txt
    exits 0
    json '[.. | .key? | strings] | unique' '["quill2021","swift2021"]'
    run -L back.db report --since 2025-04-01 words.txt
    exits 1
fi

it "keeps the papers of a root that has vanished until it is told that they are gone"
mkdir root && cp notes/snapshots.md root
run -L roots.db index root
prints '^1 paper: 1 new'
mv root elsewhere
run -L roots.db index root
run -L roots.db verify
exits 0

it "goes on with a folder of which some files may not be read"
if can_run_as_anyone; then
    mkdir private open && cp notes/*.md private && cp notes/snapshots.md private/secret.md
    chmod 000 private/secret.md && chmod 777 open
    run_as_anyone -L open/private.db index private
    exits 0
    remarks 'secret\.md: Permission denied'
    run_as_anyone -L open/private.db status
    exits 0
    remarks 'secret\.md: Permission denied'
    prints_not 'secret'
fi

it "says when the folder it is called in is gone"
mkdir gone
run_shell 'cd gone && rmdir ../gone && pinakes index .'
exits 2
complains_in_one_line
remarks 'the folder you are in is gone'
is_as_before

it "lets one writer write, and the other say so"
if command -v sqlite3 >/dev/null; then
    mkfifo hold
    sqlite3 library.db <hold >/dev/null &
    exec 9>hold
    echo 'BEGIN IMMEDIATE;' >&9
    sleep 1
    run search CXL
    exits 0
    run index many
    exits 2
    complains_in_one_line
    remarks 'another process is writing'
    exec 9>&-
    wait
    is_as_before
    run index many
    exits 0
fi

finish
