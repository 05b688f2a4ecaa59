# Collections of many records: JSON Lines, plain and packed.
. "$SOURCE_DIR/tests/cli/support.sh"
cat >papers.jsonl <<'END'
{"id": "lovelace-43", "title": "Notes on the Analytical Engine", "abstract": "The engine weaves algebraic patterns.", "authors": ["Ada Lovelace"], "venue": "SOSP", "year": 1993}
{"id": "17", "title": "A Paper Called by a Number", "abstract": "Zebrafish swim in\nmany lines.", "authors": "Bo Sample; Cy Test"}
{"title": "A Paper without a Name", "year": 2001}
END
{
    cat papers.jsonl
    echo '{"id": "broken", "title": "Cut in the mid'
    echo '{"id": "untitled"}'
    echo '{"id": "behind", "title": "Behind the Broken One"}'
} >broken.jsonl

it "reads one paper a line"
run index papers.jsonl
exits 0
prints '^3 papers: 3 new, 0 changed, 0 removed, 0 unchanged'

it "proves a hit with the abstract and the line of its record"
run search algebraic
exits 0
prints '^ 1\. Notes on the Analytical Engine$'
prints 'papers.jsonl:1  The engine weaves algebraic patterns\.$'
run search --json zebrafish
json '.hits[0].evidence[0] | [.text, .source]' '["Zebrafish swim in many lines.","papers.jsonl:2"]'

it "calls a paper what the file calls it"
run show lovelace-43
exits 0
prints 'papers.jsonl:1, '
run show 17
exits 0
run search --json 'nameless OR name'
json '.hits[0].key' '"name2001"'

it "keeps the key of a paper whose title changes"
sed 's/Analytical Engine/Difference Engine/' papers.jsonl >changed && mv changed papers.jsonl
run index papers.jsonl
prints '^3 papers: 0 new, 1 changed, 0 removed, 2 unchanged'
run show lovelace-43
prints '^Notes on the Difference Engine$'

it "gives the second of two papers of one name a number"
run_shell 'echo "{\"id\":\"17\",\"title\":\"Another Collection\"}" >other.jsonl && pinakes index other.jsonl'
run show 17-2
exits 0
prints '^Another Collection$'

it "stops at a record it cannot read, names its line, and changes nothing"
run index broken.jsonl
exits 2
complains_in_one_line
remarks 'broken.jsonl:4: not JSON: .*; --keep-going passes over such records$'
run stats --json
json .papers 4

it "names broken records and passes over them when told to keep going"
run index --keep-going broken.jsonl
exits 0
prints '^4 papers: 4 new'
remarks '^broken.jsonl:4: not JSON: '
remarks '^broken.jsonl:5: the record has no title$'

it "reads what gzip, zstd and xz have packed"
rm -f library.db*
for tool in gzip zstd xz; do
    command -v "$tool" >/dev/null || continue
    "$tool" -c <papers.jsonl >"packed.jsonl.$tool"
    run index --dry-run "packed.jsonl.$tool"
    exits 0
    prints "^packed.jsonl.$tool:1  +Notes on the Difference Engine$"
    remarks '^3 papers; nothing was written$'
done

it "takes notes out of a packed file as well"
gzip -c notes/osdi-notes.txt >notes.txt.gz
run index --dry-run notes.txt.gz
exits 0
prints '^notes.txt.gz:3  +Tiered Pages'

it "refuses a packed file that was cut off"
gzip -c papers.jsonl | head -c 150 >cut.jsonl.gz
run index cut.jsonl.gz
exits 2
complains_in_one_line
remarks 'cut.jsonl.gz: the gzip data ends too early; the file is cut off$'

it "reads standard input, and what is told to be JSON Lines"
run_shell 'pinakes index --dry-run - <papers.jsonl'
exits 0
prints '^-:3  +A Paper without a Name$'
run index --format jsonl notes/osdi-notes.txt
exits 2
remarks 'osdi-notes.txt:1: not JSON: '

it "follows records that come and go"
run index papers.jsonl
{ tail -n 2 papers.jsonl; echo '{"id":"new","title":"One More"}'; } >changed && mv changed papers.jsonl
run index papers.jsonl
prints '^3 papers: 1 new, 0 changed, 1 removed, 2 unchanged'
run show 17
prints 'papers.jsonl:1, '

it "has the papers of a test collection under the names its judgements use"
collection=$SOURCE_DIR/../shared/collections/adi
if [ -f "$collection/docs.jsonl" ]; then
    rm -f library.db*
    run index "$collection/docs.jsonl"
    prints '^82 papers: 82 new'
    for id in $(cut -d' ' -f3 "$collection/qrels.txt" | sort -u | head -n 5); do
        run show "$id"
        exits 0
    done
fi
finish
