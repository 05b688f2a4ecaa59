# The year of a paper whose only date is its arXiv identifier.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir many
note() { # FILE TITLE LINE: a note with one more line in its front matter
    printf -- '---\ntitle: %s\n%s\n---\n\nIt is about systems.\n' "$2" "$3" >"$1"
}

it "gives a note the year of its arXiv link or identifier, whatever the format"
note many/new.md 'Slow Caches for Readers of the New Form' 'url: https://arxiv.org/abs/2404.12345v2'
note many/old.md 'Slow Caches for Readers of the Old Form' 'arxiv: cs/0501001'
note many/nineties.md 'Slow Caches for Readers of the Nineties' 'arxiv: hep-th/9711200'
note many/none.md 'Slow Caches for Readers of No Form' 'url: https://example.org/2404.12345'
printf '[Slow Caches for Readers of Loose Notes](https://arxiv.org/pdf/1606.01234.pdf)\n\nA note.\n' >many/linked.md
printf '@misc{key, title = {Slow Caches for Readers of Bibliographies}, eprint = {1512.03385}, archiveprefix = {arXiv}}\n' >many/one.bib
printf '{"title":"Slow Caches for Readers of Lines","arxiv":"1703.00001"}\n' >many/one.jsonl
run index many
exits 0
run search --all --format csv ''
prints 'New Form.*,2024,'
prints 'Old Form.*,2005,'
prints 'Nineties.*,1997,'
prints 'Loose Notes.*,2016,'
prints 'Bibliographies.*,2015,'
prints 'Lines.*,2017,'
run search --format csv 'title:"no form"'
prints_not '2024'
run search --all --format csv 'year:2024'
prints_lines 2
run index --dry-run many/new.md
prints '^ +2024 '

it "lets a year that stands in the record, in a venue or in a folder go before"
note many/new.md 'Slow Caches for Readers of the New Form' 'arxiv: 2404.12345
year: 2025'
note many/old.md 'Slow Caches for Readers of the Old Form' 'arxiv: cs/0501001
venue: SOSP 2007'
run index
run search --all --format csv ''
prints 'New Form.*,2025,'
prints 'Old Form.*,2007,'

it "keeps the key of a paper whose year is told later"
mkdir later
note later/note.md 'Fast Caches for Writers of Long Notes' 'arxiv: 2404.00001'
run -L later.db index later
run -L later.db search --all --format csv ''
key=$(sed -n 2p out | cut -d, -f1)
note later/note.md 'Fast Caches for Writers of Long Notes' 'arxiv: 2404.00001
year: 2024'
run -L later.db index
prints '0 new, 1 changed, 0 removed'
run -L later.db show "$key"
exits 0
prints '2024'

it "takes of one paper's records the year one tells, not the one that follows from the identifier"
title='Slow Caches for Readers of Joined Papers'
mkdir a b
note a/note.md "$title" 'arxiv: 1606.01234
venue: NeurIPS'
printf '@misc{key, title = {%s}, eprint = {1606.01234}, archiveprefix = {arXiv}, year = 2017}\n' "$title" >b/one.bib
run -L joined.db index a b
run -L joined.db search --all --format csv ''
prints_lines 2
prints ',2017,'

it "takes the year of what was published before that of arXiv"
note a/note.md "$title" 'arxiv: 1606.01234'
printf '@inproceedings{key, title = {%s}, author = {Ada Example}, booktitle = {SOSP}, year = 2019}\n' "$title" >b/one.bib
rm -f joined.db*
run -L joined.db index a b
run -L joined.db search --all --format csv ''
prints_lines 2
prints ',2019,'
run -L joined.db verify
exits 0

it "has the year of the identifier again when the records come apart"
run -L joined.db index --no-merge
run -L joined.db search --all --format csv ''
prints ',2016,'
prints ',2019,'
run -L joined.db verify
exits 0
finish
