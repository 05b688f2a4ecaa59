# watch: the library follows its files.
. "$SOURCE_DIR/tests/cli/support.sh"

watcher=
lines=0
trap '[ -z "$watcher" ] || kill -KILL "$watcher" 2>/dev/null; rm -rf "$work"' EXIT

# Nothing is taken for said by the next watch that the last one said.
forget() {
    : >"$work/said"
    : >"$work/complained"
    lines=0
}

# start ARGUMENT...: watch in the background, until it says that the library is in step.
start() {
    forget
    pinakes watch "$@" >"$work/said" 2>"$work/complained" </dev/null &
    watcher=$!
    hears
}

# Waits for the next line, twenty seconds at most.
hears() {
    lines=$((lines + 1))
    for _ in $(seq 200); do
        [ "$(wc -l <"$work/said")" -lt "$lines" ] || return 0
        kill -0 "$watcher" 2>/dev/null || break
        sleep 0.1
    done
    fail "watch did not say its line $lines; it said: $(cat "$work/said" "$work/complained")"
}

# finds / misses WORD: waits until the library has it, or has it no more.
finds() {
    await "$1" 0
}
misses() {
    await "$1" 1
}
await() {
    for _ in $(seq 200); do
        run search "$1"
        [ "$status" -ne "$2" ] || return 0
        sleep 0.1
    done
    fail "after twenty seconds, search $1 still exits with $status; watch said: $(cat "$work/said" "$work/complained")"
}

# stop SIGNAL CODE
stop() {
    kill "-$1" "$watcher"
    wait "$watcher"
    code=$?
    watcher=
    [ "$code" -eq "$2" ] || fail "watch ended by $1 with $code, not $2; it said: $(cat "$work/complained")"
}

paper() { # WORD: a note on it
    printf -- '---\ntitle: The Life of the %s in Large Systems\nyear: 2023\n---\n\nOne sentence on the %s.\n' "$1" "$1"
}

it "begins by bringing the library in step"
start notes
grep -Eq '^[0-9:]{8}  6 papers: 6 new, 0 changed, 0 removed .*; watching$' said || fail "it said: $(cat said)"

it "applies a new file, a change and a removal, each with a line"
paper zebrafish >notes/zebra.md
finds zebrafish
hears
paper quokka >notes/zebra.md
finds quokka
misses zebrafish
rm notes/zebra.md
misses quokka
hears
grep -q ': 1 new, 0 changed, 0 removed' said || fail "it said: $(cat said)"

it "survives the ways editors write"
paper axolotl >notes/edit.md
finds axolotl
paper capybara >notes/edit.md.tmp && mv notes/edit.md.tmp notes/edit.md
finds capybara
misses axolotl
mv notes/edit.md notes/edit.md~ && paper dugong >notes/edit.md && rm notes/edit.md~
finds dugong
misses capybara
paper echidna >notes/.edit.md.swp && cp notes/.edit.md.swp notes/4913 && rm notes/4913 && cat notes/.edit.md.swp >notes/edit.md
finds echidna
rm notes/.edit.md.swp
mv notes/edit.md notes/edit.md~ && paper gerenuk >notes/edit.md
finds gerenuk
misses echidna
rm notes/edit.md~

it "follows new folders, folders in them, and folders that are moved in, about and out"
mkdir -p notes/one/two/three && paper fossa >notes/one/two/three/fossa.md
finds fossa
paper gharial >notes/one/two/gharial.md
finds gharial
mkdir outside && paper hoatzin >outside/hoatzin.md
mv outside notes/inside
finds hoatzin
mv notes/inside notes/one/renamed
paper ibex >notes/one/renamed/ibex.md
finds ibex
mv notes/one gone
misses fossa
misses ibex
mv gone notes/one
finds fossa

it "never reads half a file"
exec 9>notes/slow.md
paper jerboa >&9
paper kakapo >notes/other.md
finds kakapo
run search jerboa
exits 1
printf 'A last line on the numbat.\n' >&9
exec 9>&-
finds numbat

it "obeys rules that change"
printf 'one/\n' >notes/.pinakesignore
misses fossa
rm notes/.pinakesignore
finds fossa

it "keeps the papers of a folder that vanishes, and goes on when it comes back"
mv notes away
for _ in $(seq 100); do
    grep -q 'is not there' complained && break
    sleep 0.1
done
grep -q 'notes: is not there; the papers of its' complained || fail "it said: $(cat complained)"
run search fossa
exits 0
paper okapi >away/okapi.md
mv away notes
finds okapi
paper pangolin >notes/pangolin.md
finds pangolin

it "names an entry that cannot be read and applies the rest"
printf '@misc{q, title = {The Life of the Wombat}}\n@misc{broken, title {None}}\n' >notes/refs.bib
finds wombat
grep -q '^refs.bib:2: there is no' complained || fail "it said: $(cat complained)"
grep -q ': 1 new, 0 changed, 0 removed; 1 record passed over (' said || fail "it said: $(cat said)"

it "waits for another writer"
if command -v sqlite3 >/dev/null; then
    mkfifo hold
    sqlite3 library.db <hold >/dev/null &
    holder=$!
    exec 8>hold
    echo '.timeout 5000
BEGIN IMMEDIATE;' >&8
    sleep 1
    paper quetzal >notes/quetzal.md
    for _ in $(seq 100); do
        grep -q 'another process is writing' complained && break
        sleep 0.1
    done
    [ "$(grep -c 'another process is writing' complained)" -eq 1 ] || fail "it said: $(cat complained)"
    exec 8>&-
    wait "$holder"
    finds quetzal
fi

it "ends with 0 at SIGTERM and at SIGINT"
stop TERM 0
run status
exits 0
start --json
[ "$(wc -l <said)" -eq 1 ] && grep -q '^{"format":1,"at":"20..-..-..T..:..:..Z","papers":' said || fail "it said: $(cat said)"
paper saiga >notes/saiga.md
hears
grep -q '"papers_new":1,' said || fail "it said: $(cat said)"
kill -INT "$watcher" && sleep 0.5
! kill -0 "$watcher" 2>/dev/null || stop TERM 0 # a shell has its children ignore SIGINT
watcher=

it "leaves a sound library when it is killed"
start
paper tarsier >notes/tarsier.md
stop KILL 137
run verify
exits 0
run index
exits 0
run search tarsier
exits 0

it "looks for itself where the system does not tell"
start --poll notes
paper uakari >notes/uakari.md
finds uakari
rm notes/uakari.md
misses uakari
stop TERM 0

it "says in one line that there are no more watches, and polls"
limit=/proc/sys/user/max_inotify_watches
if unshare -rU sh -c "echo 3 >$limit" 2>/dev/null; then
    mkdir -p notes/a/b/c
    forget
    unshare -rU sh -c "echo 3 >$limit && exec pinakes watch notes" >said 2>complained </dev/null &
    watcher=$!
    hears
    grep -Eq 'cannot be watched: .*max_user_watches.*; looking at the files every 2 seconds' complained ||
        fail "it said: $(cat complained)"
    [ "$(wc -l <complained)" -eq 1 ] || fail "it said: $(cat complained)"
    paper vaquita >notes/a/b/vaquita.md
    finds vaquita
    stop TERM 0
fi

it "refuses what there is not"
run watch nowhere
exits 2
complains_in_one_line
run -L none.db watch
exits 2
complains_in_one_line
[ ! -e none.db ] || fail "a library was made"
finish
