# What a search prints, and what it says when it finds nothing.
. "$SOURCE_DIR/tests/cli/support.sh"
pinakes index -q notes || exit 1

it "finds the paper and shows the sentence with its file and line"
run search CXL
exits 0
prints '^ 1\. Tiered Pages: Moving Cold Memory Over CXL$'
prints '^    OSDI 2024 · '
prints '^    osdi-notes.txt:4  A kernel thread moves cold pages to CXL memory\.'
remarks '^1 of 6 papers · [0-9.]+ ms$'

it "answers a plain question"
run search which papers touched CXL?
exits 0
prints 'Tiered Pages'

it "lists every paper for an empty query"
run search
exits 0
prints_lines 12
prints 'A Paper Nobody Took Notes On'
prints '^    OSDI 2024 .* · osdi-notes.txt:3$'
remarks '^6 of 6 papers'
cp out all
run search ''
cmp -s all out || fail "an empty argument lists something else"

it "finds each spelling of a name"
for query in µFork ufork μfork UFORK 'ufork revisited'; do
    run search "$query"
    exits 0
    prints 'μFork Revisited'
done
for query in KV-cache 'KV cache' kvcache KV; do
    run search "$query"
    exits 0
    prints 'Prefix Trees'
done

it "finds acronyms and names with signs"
for query in WASI eBPF CHERI 'C++' 'Q&A' CXL; do
    run search "$query"
    [ "$status" -le 1 ] || fail "$query: exit status $status"
    [ -s out ] || [ -s err ] || fail "$query: no answer"
done
run search 'C++'
exits 0
prints 'μFork Revisited'

it "takes quotes as an exact phrase"
run search '"user process"'
exits 0
prints 'osdi-notes.txt:6'
run search '"process user"'
exits 1

it "joins the words of the command line"
run search cold pages
cp out joined
run search 'cold pages'
cmp -s joined out || fail "two words are not the same as one argument with a space"

it "takes -word as a word to leave out, and anything behind --"
run search memory -CXL
exits 1
prints_nothing
run search -- -CXL memory
exits 1
run search pages -CXL
exits 0
prints 'Snapshots for Serverless'
prints_not 'Tiered Pages'

it "takes a lone - as a query"
run search -
exits 1
prints_nothing
remarks 'no word'

it "shows the papers of a year, a range of years, a venue"
run search --year 2022
exits 0
prints_lines 4
run search --year 2023.. --sort year-asc
prints '^ 1\. Snapshots'
run search --year ..2022
prints 'Proving a Storage Stack'
run search --year 2022-2023
remarks '^3 of 6'
run search --venue EuroSys
exits 0
remarks '^1 of 6'
run search --venue OSDI --venue EuroSys
remarks '^6 of 6'

it "puts a paper whose title is the query first, whatever it scores"
mkdir titles
cat >titles/list.md <<'END'
# SOSP 2024

## Attention Flow Attends to Attention by Attention
Attention, attention, attention.

## Paying Attention
Attention to attention pays.

## Attention Is All You Need
A network without recurrence, and without convolutions, in a note that is longer than the others.
END
pinakes -L titles.db index -q titles
run -L titles.db search --evidence 1 'attention is all you need?'
prints '^ 1\. Attention Is All You Need$'
prints '^ 2\. Attention Flow'
remarks '^3 of 3 papers'
run -L titles.db search --page 2 -n 1 attention is all you need
prints '^ 2\. Attention Flow'
run -L titles.db search --explain -n 1 attention is all you need
prints '^      its title is the query: it comes first$'
run -L titles.db search -n 1 attention is all you need about
prints '^ 1\. Attention Flow'
run -L titles.db search --sort title attention is all you need
prints '^ 1\. Attention Flow'

it "sorts"
run search --sort year
prints '^ 1\. (Tiered|μFork|Prefix)'
run search --sort title
prints '^ 1\. A Paper Nobody'

it "shows as many as asked for, from where asked for"
run search -n 2 --sort title
prints_lines 4
remarks '^1-2 of 6 found in 6 papers .* --all shows all$'
run search -n2 --page 2 --sort title
prints '^ 3\. '
prints '^ 4\. '
run search --offset 5 --sort title
prints '^ 6\. '
prints_lines 2
run search --page 9
exits 1
prints_nothing
remarks 'only 6 papers'

it "shows as much evidence as asked for"
run search --evidence 0 CXL
prints_lines 2
run search --evidence 1 pages
prints 'osdi-notes.txt:4  A kernel thread moves cold pages to CXL memory'
run search --evidence 2 pages
prints 'osdi-notes.txt:3  in the title'

it "counts facets over everything found, whatever is shown"
run search --facets -n 1
prints '^OSDI +5  █+$'
prints '^EuroSys +1  █+'
prints '^2024 +3  █+'

it "finds papers with any of the words on demand"
run search CXL Dafny
exits 1
run search --any CXL Dafny
exits 0
remarks '^2 of 6'

it "explains how it read the query and where a score comes from"
run search --explain CXL pages
exits 0
prints '^read as  '
prints '^    score [0-9]'

it "says which word emptied a query"
run search CXL zebrafish
exits 1
prints_nothing
remarks "^no paper has 'zebrafish'"
remarks '^CXL +1 +0'
remarks '^zebrafish +0 +1'

it "points to --any where leaving out one word does not help"
run search CXL zebrafish quagga
exits 1
remarks "^no paper has 'zebrafish', 'quagga'; --any finds papers with others\$"
run search CXL zebrafish
remarks "^no paper has 'zebrafish'\$"

it "names the closest words"
run search daffny
exits 1
remarks "no paper has 'daffny'; did you mean .*dafny"

it "doubts no word with a capital or a digit"
for word in Daffny CXK x87; do
    run search "$word"
    exits 1
    remarks "^no paper has '$word'\$"
done

it "takes names of authors as they are written"
cat >people.bib <<'END'
@inproceedings{a, title={Parsing Sentences}, author={Chris Manning and Ada Banks}, booktitle={ACL}, year=2020}
@inproceedings{b, title={Steering Robots}, author={Heran Mane and Bo Bank and Al Man}, booktitle={ICRA}, year=2021}
END
pinakes -L people.db index -q people.bib
for name in manning banks; do
    run -L people.db search "author:$name"
    prints 'Parsing Sentences'
    remarks '^1 of 2 papers'
done
run -L people.db search author:maning
exits 1
remarks "^no paper has 'author:maning'; did you mean manning\\?$"
run -L people.db search title:parse
prints 'Parsing Sentences'

it "suggests no word that the field asked for has not, and no stop word"
run -L people.db search author:parsin
exits 1
remarks "^no paper has 'author:parsin'\$"
run -L people.db search tag:wit
remarks "^no paper has 'tag:wit'\$"

it "takes a word that one paper misspells for a misspelling, and suggests none"
{
    printf '# OSDI 2024\n'
    for i in $(seq 1 60); do printf '\n## Eviction of Pages, Part %d\nIt is about memory.\n' "$i"; done
    printf '\n## Placing Pages Well\nAn evicton of caches.\n'
} >typo.md
pinakes -L typo.db index -q typo.md
run -L typo.db search evicton memory
exits 1
remarks '^evicton +1 +60 +eviction$'
run -L typo.db search evictoin
remarks "did you mean eviction\\?$"

it "says what the filters took away"
run search --year 2022 CXL
exits 1
remarks '^nothing found; without --year 1 paper is found$'

it "tells an unknown topic"
run search --topic far-memry CXL
exits 1
remarks "there is no topic 'far-memry'; did you mean far-memory"
run search topic:far-memry CXL
exits 1
remarks "there is no topic 'far-memry'; did you mean far-memory"

it "tells who searches for a key or a DOI how to get there"
cat >named.bib <<'END'
@article{doe20quiet, title={Quiet Memory on Racks}, author={Ada Doe}, year=2020, doi={10.1000/xyz7}}
END
pinakes -L named.db index -q named.bib
for name in doe20quiet 10.1000/xyz7 https://doi.org/10.1000/XYZ7; do
    run -L named.db search "$name"
    exits 1
    remarks "^'$name' names a paper: pinakes show doe20quiet\$"
done
run -L named.db search doe21quiet
remarks_not 'names a paper'

it "tells an unknown venue, and only the filters there were"
run search --venue ODSI CXL
exits 1
remarks '^nothing found; without --venue 1 paper is found$'
remarks "^no paper is from a venue 'ODSI'; did you mean OSDI\\?$"
run search CXL 'venue:"ODSI"'
remarks "^no paper is from a venue 'ODSI'; did you mean OSDI\\?$"
run search --venue OSDI --year 1801 CXL
remarks '^nothing found; without --venue and --year 1 paper is found$'
remarks_not 'no paper is from'
run search --venue OSDI --year 1801 --topic far-memory CXL
remarks '^nothing found; without --topic, --venue and --year 1 paper is found$'

it "keeps remarks to itself with --quiet"
run search -q CXL
remarks_nothing
run search -q zebrafish
exits 1
remarks_nothing

it "answers or refuses whatever is asked, in time"
garbage=$(awk 'BEGIN { srand(1); for (i = 0; i < 10000; i++) printf "w%d%c ", rand() * 99999, 33 + rand() * 90 }')
run search -- "$garbage"
[ "$status" -le 2 ] || fail "exit status $status"
[ "$(wc -l <err)" -le 20 ] || fail "too much is said about 10,000 words"
run search --json -- "$garbage"
[ "$status" -le 1 ] || fail "exit status $status"
json .format 1
for query in '"' '(' ')' '((((' 'a AND' 'OR' 'NOT' 'title:' ':' 'NEAR/5(' '*' '+' '&&&' '[2021 TO' 'year:' "'" '\'; do
    run search -- "$query"
    [ "$status" -le 1 ] || fail "$query: exit status $status"
    [ -s out ] || [ -s err ] || fail "$query: no answer"
done

it "names the field that a mistyped one is near"
run search titel:CXL
exits 1
remarks "^there is no field 'titel'; did you mean title:\\?$"
run search 'zebrafish (autor:Smith topics:x)'
remarks "^there is no field 'autor'; did you mean author:\\?$"
remarks "^there is no field 'topics'; did you mean topic:\\?$"
for query in title:zebrafish notes:zebrafish Notes:zebrafish authors:zebrafish tags:zebrafish std::zebrafish \
    https://zebrafish zebrafish; do
    run search "$query"
    ! grep -q 'no field' err || fail "a field is missed in $query"
done

it "understands NEAR as the help and the manual write it"
run help search
prints '^  page NEAR/5 fault  '
grep -q '^\.It Li a NEAR/5 b$' "$SOURCE_DIR/cli/pinakes.1" || fail "the manual writes it otherwise"
run search --explain page NEAR/5 fault
prints '^read as  NEAR\(page fault, 5\)$'

it "survives bytes that are not UTF-8"
run search "$(printf '\377\376 CXL \300')"
[ "$status" -le 1 ] || fail "exit status $status"
run search --json "$(printf '\377\376 nothing \300')"
json .format 1
finish
