# MEDLINE, Refer and the Web of Science: what reference managers and databases save beside RIS.
. "$SOURCE_DIR/tests/cli/support.sh"
corpus=$SOURCE_DIR/tests/corpus
mkdir saved
cp "$corpus/medline/pubmed.nbib" "$corpus/refer/endnote.enw" "$corpus/wos/savedrecs.ciw" saved

it "reads a paper that three databases saved as one, by its DOI"
run index saved
exits 0
prints '^4 papers: 4 new'
run show pmid30000001
exits 0
prints 'pubmed.nbib:1, the same DOI'
prints 'endnote.enw:1, the same DOI'
prints 'savedrecs.ciw:3, the same DOI'

it "gives it back with its kind, identifiers and people"
run_shell 'pinakes export --format bibtex'
exits 0
prints '^@article\{Example2019,'
prints 'author = \{Ada L\. Example and van der Sample, Bo and \{World Health Organization\}\}'
prints 'doi = \{10\.1000/jexm\.2019\.101\}'
prints 'journal = \{Journal of Experimental Memory\}'

it "tells a paper of a conference from one of a journal"
prints '^@inproceedings\{WOS:001000000000001,'

it "writes a venue in capitals as people do, and tells the page of a paper without a DOI"
run index -L alone.db -q "$corpus/wos/savedrecs.ciw" "$corpus/medline/book.nbib"
run search -L alone.db --json sleep
json '.hits[0] | [.venue, .key, .year]' '["Journal of Experimental Memory","WOS:000460000000001",2019]'
run export -L alone.db sleep
prints 'journal = \{Journal of Experimental Memory\}'
run search -L alone.db --json chapter
json '.hits[0] | [.key, .url]' '["pmid20301295","https://pubmed.ncbi.nlm.nih.gov/20301295/"]'

it "finds a heading as people say it and as the catalogue has it"
run search 'tag:"type 2 diabetes mellitus"'
exits 1
run search 'tag:"diabetes mellitus type 2"'
exits 0
prints 'pubmed.nbib:36 '

it "names the record it cannot take, and says where a file may be cut off"
run index --dry-run "$corpus/refer/classic.enw"
exits 2
remarks 'classic.enw:11: the record has no title'
run index --dry-run --keep-going "$corpus/wos/cut_off.ciw"
exits 0
remarks 'cut_off.ciw:9: the file ends within this record; it may be cut off'

it "knows a paper of PubMed's by its identifier in every format"
run show --json pmid30000001
json .papers[0].pmid '"30000001"'
run show PMID:30000001
exits 0
cat >refs.bib <<'END'
@article{a, title = {Sleep, and What Memory Makes of It}, author = {Example, Ada}, year = 2015, pmid = {40000001}}
@article{b, title = {Paging Cells}, author = {Sample, Bo}, note = {PMID: 40000002}}
@article{c, title = {Erratum to Something Long Ago}, author = {Cy Test}, year = 2001, pmid = {40000003}}
END
cat >refs.json <<'END'
[{"id": "a2", "type": "article-journal", "title": "Sleep and memory", "author": [{"family": "Example", "given": "A."}], "PMID": "40000001"},
 {"id": "c2", "type": "article-journal", "title": "Erratum to Something Long Ago", "author": [{"family": "Test", "given": "Cy"}], "issued": {"date-parts": [[2001]]}, "PMID": "40000004"}]
END
cat >refs.ris <<'END'
TY  - JOUR
ID  - b2
TI  - Cells that Page
AU  - Sample, B.
UR  - https://pubmed.ncbi.nlm.nih.gov/40000002/
ER  -
END
run index -L refs.db refs.bib refs.json refs.ris
exits 0
remarks '^2 records repeat a paper'
run show -L refs.db a
prints 'the same PubMed identifier'
run show -L refs.db b2
prints 'the same PubMed identifier'
prints 'pmid +40000002$'
run show -L refs.db PMID:40000003
prints_not 'refs.json'

it "gives that identifier back in every format"
keeps_every_paper refs.db bibtex:bib ris:ris csl-json:json json:json jsonl:jsonl csv:csv md:md
[ "$(grep -c '"pmid":"4000000[1234]"' want)" -eq 4 ] || fail "$(cat want)"

it "reads them from standard input, by content and by name"
run_shell "pinakes index --dry-run - <'$corpus/medline/windows.nbib'"
exits 0
prints 'Lines That End as on Windows Are Read alike'
run_shell "printf '%%T A Record by Itself\n' | pinakes index --dry-run --format refer -"
exits 0
prints 'A Record by Itself'

it "leaves comments that begin with a percent sign to others"
printf '%%A script that does something\nfunction y = f(x)\n' >script.m
run index --dry-run script.m
prints_not 'script that does'
finish
