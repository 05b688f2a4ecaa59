# Records that cannot be read: passed over in what a folder holds, the end of the run in what was named.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir shelf
cat >shelf/refs.bib <<'EOF'
@misc{zebra, title = {The Life of the Zebrafish}, year = 2003}
@misc{broken, title {No Equals Sign}}
@misc{quokka, title = {The Life of the Quokka}, year = 2004}
EOF
printf -- '---\ntitle: The Life of the Axolotl in Large Systems\nyear: 2023\n---\n\nIt is about salamanders.\n' >shelf/axolotl.md

# untitled NUMBER: so many records of JSON Lines, each without a title
untitled() {
    seq -f '{"id":"untitled-%g"}' "$1"
}

# The library has the papers of the shelf.
has_the_shelf() {
    run search --all --format csv ''
    for animal in Zebrafish Quokka Axolotl; do
        prints "The Life of the $animal"
    done
}

it "names the entry in a folder that cannot be read, and takes all else"
run index shelf
exits 0
prints '^3 papers: 3 new, 0 changed, 0 removed, 0 unchanged; 1 record passed over \('
[ "$(wc -l <err)" -eq 1 ] || fail "more than one line is said"
remarks '^refs.bib:2: there is no "=" behind the name of a field$'
has_the_shelf

it "says the same in a dry run and in JSON"
run index --dry-run shelf
exits 0
remarks '^refs.bib:2: '
remarks '^3 papers; 1 record passed over; nothing was written$'
touch -d '2020-01-01' shelf/refs.bib
echo >>shelf/refs.bib
run index --json shelf
exits 0
json .records_passed_over 1

it "is in step behind such a run, and names nothing again until the file changes"
run status
exits 0
run index
exits 0
remarks_nothing
prints '^3 papers: 0 new, 0 changed, 0 removed, 3 unchanged \('

it "goes on when all roots are read again"
sed -i 's/2004/2005/' shelf/refs.bib
run index
exits 0
remarks '^refs.bib:2: '
prints '1 changed.*; 1 record passed over'

it "takes nothing from a folder that has to be read strictly, now and when it is read again"
run -L strict.db index --strict shelf
exits 2
complains_in_one_line
remarks 'shelf/refs.bib:2: .*; --keep-going passes over such records$'
run -L strict.db search --all ''
prints_not 'The Life'
sed '/broken/d' shelf/refs.bib >good.bib && cp shelf/refs.bib bad.bib
cp good.bib shelf/refs.bib
run -L strict.db index --strict shelf
exits 0
cp bad.bib shelf/refs.bib
run -L strict.db index
exits 2
run -L strict.db index --keep-going
exits 0
run -L strict.db index
exits 0

it "ends the run at the first such entry of a file that is named, also below a root"
run index shelf
sed -i 's/2005/2006/' shelf/refs.bib
run index shelf/refs.bib
exits 2
complains_in_one_line
run_shell 'pinakes index --format bibtex - <shelf/refs.bib'
exits 2
complains_in_one_line
run -L named.db index shelf/axolotl.md shelf/refs.bib
exits 2
run -L named.db index shelf shelf/refs.bib
exits 2
run -L named.db index --keep-going shelf/refs.bib
exits 0
prints '^2 papers: 2 new.*; 1 record passed over'

it "ends it as well when the file is a root of its own, and not when its folder is named"
cp good.bib alone.bib
run -L alone.db index alone.bib
exits 0
cp bad.bib alone.bib
run -L alone.db index
exits 2
complains_in_one_line
run -L alone.db search --all ''
prints '^ 2\. '
mkdir around && mv alone.bib around && cp good.bib around/alone.bib
run -L around.db index around/alone.bib
exits 0
cp bad.bib around/alone.bib
run -L around.db index around
exits 0
run -L around.db index
exits 0

it "goes on in an archive, and stops in a packed file"
tar -cf shelf.tar shelf
run -L archive.db index shelf.tar
exits 0
prints '^3 papers: 3 new.*; 1 record passed over'
gzip -c bad.bib >bad.bib.gz
run -L packed.db index bad.bib.gz
exits 2

it "names twenty of one file, and says how many more there are"
mkdir many
{
    echo '{"id":"good","title":"The Only Good Record"}'
    untitled 25
} >many/papers.jsonl
echo '{"id":"other","title":"The Record of Another File"}' >many/second.jsonl
untitled 3 >>many/second.jsonl
run -L many.db index many
exits 0
prints '^2 papers: 2 new.*; 28 records passed over'
[ "$(grep -c '^papers.jsonl:[0-9]*: the record has no title$' err)" -eq 20 ] || fail "not twenty are named"
remarks '^papers.jsonl: and 5 more records that cannot be read$'
[ "$(grep -c '^second.jsonl:' err)" -eq 3 ] || fail "not all three of the second file are named"
rm many.db*
run -L many.db index --verbose many
[ "$(grep -c '^papers.jsonl:' err)" -eq 25 ] || fail "not all are named"
rm many.db*
run -L many.db index --quiet many
remarks_nothing
prints_nothing

it "keeps the papers that may stand behind the cut of a file that was cut off"
mkdir cut
for number in $(seq 400); do
    printf '{"id":"p%s","title":"The Paper of Number %s on %s"}\n' "$number" "$number" "$(echo "$number" | md5sum | cut -c1-20)"
done >whole.jsonl
gzip -c whole.jsonl >cut/papers.jsonl.gz
run -L cut.db index cut
prints '^400 papers: 400 new'
gzip -c whole.jsonl | head -c "$(($(wc -c <cut/papers.jsonl.gz) * 2 / 3))" >half && mv half cut/papers.jsonl.gz
run -L cut.db index
exits 0
remarks '^papers.jsonl.gz: the gzip data ends too early; the file is cut off'
prints '^400 papers: 0 new, .* 0 removed'
run -L cut.db verify
exits 0
gzip -c whole.jsonl >cut/papers.jsonl.gz
run -L cut.db index
prints '^400 papers: 0 new, .* 0 removed'
finish
