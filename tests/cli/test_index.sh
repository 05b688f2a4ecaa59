# What index says and does.
. "$SOURCE_DIR/tests/cli/support.sh"

it "tells in its last line what became of the papers"
run index notes
exits 0
prints '^6 papers: 6 new, 0 changed, 0 removed, 0 unchanged \([0-9.]+ s\)$'
run index notes
exits 0
prints '^6 papers: 0 new, 0 changed, 0 removed, 6 unchanged'

it "does not write where nothing changed"
before=$(stat -c '%y %i' library.db)
run index notes
[ "$(stat -c '%y %i' library.db)" = "$before" ] || fail "the library file was written"

it "follows changes, and files that vanish"
sed 's/by a fifth/by a quarter/' notes/osdi-notes.txt >changed && mv changed notes/osdi-notes.txt
run index notes
prints '^6 papers: 0 new, 1 changed, 0 removed, 5 unchanged'
run search quarter
exits 0
run search fifth
exits 1
rm notes/snapshots.md
run index notes
prints '^5 papers: 0 new, 0 changed, 1 removed, 5 unchanged'
cp "$here/notes/snapshots.md" notes

it "reads standard input"
run_shell 'printf "# One Paper Alone\n\nWith a line about zebrafish.\n" | pinakes index -'
exits 0
prints '^1 paper: 1 new'
run search zebrafish
exits 0
prints 'One Paper Alone'

it "shows in a dry run what it would take, with the rule, and writes nothing"
run -L none.db index --dry-run notes
exits 0
prints '^osdi-notes.txt:3  +Tiered Pages: Moving Cold Memory Over CXL$'
prints '^ +OSDI 2024 · .+'
remarks '^6 papers; nothing was written$'
[ ! -e none.db ] || fail "a library was made"

it "names what it passes over, ten at most"
mkdir many
for number in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
    printf '\000\001\002' >"many/$number.bin.txt"
done
run index many
exits 0
[ "$(grep -c 'bin.txt' err)" -eq 10 ] || fail "not ten are named"
remarks '^and 3 more; --verbose names all$'
rm -f library.db*
run index --verbose many
[ "$(grep -c 'bin.txt' err)" -eq 13 ] || fail "not all are named"
rm -f library.db*
run index --quiet many
prints_nothing
remarks_nothing

it "refuses what it cannot read, and leaves the library as it was"
run index -q notes
run index no-such-folder
exits 2
complains_in_one_line
remarks 'no-such-folder'
run index --format latin notes
exits 2
complains_in_one_line
remarks 'latin'
run index --topics no-topics.ini notes
exits 2
complains_in_one_line
run search
remarks '6 of 6'

it "takes other topics"
printf '[correctness]\ntitle = What is proved\nthreshold = 1\nverified = 2\n' >own.ini
run index --topics "$SOURCE_DIR/corpus/library/topics.ini" notes
exits 0

it "stops at a signal, and dies of it"
mkfifo pipe
( exec 3<>pipe; pinakes index - <pipe >out 2>err 3<&- & echo $! >pid; wait $!; echo $? >code ) &
sleep 1
kill -INT "$(cat pid)" 2>/dev/null
kill -TERM "$(cat pid)" 2>/dev/null
wait
[ "$(cat code)" -gt 128 ] || fail "exit status $(cat code)"
run verify
exits 0
it "reads bibliographies and tables in UTF-16, as spreadsheets write them, and their lines"
mkdir wide
printf '@misc{one,\n  title = {Gr\303\266\303\237ere Caches}}\n@misc{two, year = 1}\n' | iconv -f UTF-8 -t UTF-16 >wide/a.bib
printf 'Title\tAuthors\tYear\nA Table of Caches\tAda Example\t2011\n' | iconv -f UTF-8 -t UTF-16LE >wide/b.tsv
printf 'TY  - JOUR\r\nTI  - A Record of Caches\r\nER  - \r\n' | iconv -f UTF-8 -t UTF-16BE >wide/c.ris
run -L wide.db index wide
exits 0
prints '^3 papers: 3 new, .*; 1 record passed over'
remarks '^a.bib:3: the entry has no title$'
run -L wide.db search --all caches
prints 'Größere Caches$'
prints 'b.tsv:2'
prints 'c.ris:2'
touch -d '2101-02-03' wide/a.bib
run -L wide.db status
exits 0
run -L one.db index --format bibtex --keep-going wide/a.bib
prints '^1 paper: 1 new'

it "reads what lies in a folder for papers as notes on papers, whether that folder is named or one above it"
mkdir -p shelf/paper-notes
printf '# reducing the size of pages by half\n\nPages shrink.\n' >'shelf/paper-notes/reducing the size of pages by half.md'
for folder in shelf shelf/paper-notes; do
    run -L shelf.db index --dry-run $folder
    exits 0
    prints 'reducing the size of pages by half$'
done

finish
