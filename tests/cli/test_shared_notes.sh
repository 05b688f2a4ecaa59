# The notes that come beside the sources: 45 papers of one conference, as somebody really wrote them down.
. "$SOURCE_DIR/tests/cli/support.sh"
notes=$SOURCE_DIR/../shared/notes/sosp-notes.txt
[ -f "$notes" ] || skip "../shared/notes/sosp-notes.txt is not there"

it "finds the 45 papers"
run index "$notes"
exits 0
prints '^45 papers: 45 new, 0 changed, 0 removed, 0 unchanged'

it "finds the paper that touched CXL, with both lines that say so"
run search 'which papers touched CXL?'
exits 0
prints '^ 1\. Oasis: Pooling PCIe Devices Over CXL to Boost Utilization$'
prints 'sosp-notes.txt:29 '
prints 'sosp-notes.txt:34 '
run search --json CXL
json '[.found, .out_of]' '[1,45]'

it "finds both papers that speak of TCO"
run search TCO
exits 0
prints 'Oasis: '
prints 'Scalable Far Memory: '
remarks '^2 of 45'

it "answers what is hard to ask for"
for query in '"user process"' µFork ufork μfork KV WASI eBPF 'Q&A' 'C++' - ''; do
    run search "$query"
    [ "$status" -le 1 ] || fail "$query: exit status $status"
    [ -s out ] || [ -s err ] || fail "$query: no answer"
done
for query in µFork ufork μfork; do
    run search "$query"
    prints '^ 1\. μFork: Supporting POSIX fork'
done

it "has the titles and years of the table beside the notes"
gold=${notes%-notes.txt}-gold.tsv
if [ -f "$gold" ]; then
    pinakes index --dry-run --json "$notes" 2>/dev/null >papers.json
    command -v jq >/dev/null || skip "jq is not installed"
    jq -r '.papers[] | [.line, .year, .title] | @tsv' papers.json | sort -n >found
    tail -n +2 "$gold" | cut -f1-3 | sort -n >expected
    : >out
    diff expected found >err || fail "they differ"
fi
finish
