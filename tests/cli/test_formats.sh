# The same answers as JSON, CSV, TSV and Markdown.
. "$SOURCE_DIR/tests/cli/support.sh"
pinakes index -q notes || exit 1

it "writes a search as one JSON object of the documented shape"
run search --json CXL
exits 0
remarks_nothing
json .format 1
json '[.query, .found, .out_of]' '["CXL",1,6]'
json '.hits[0] | [.title, .year, .venue]' '["Tiered Pages: Moving Cold Memory Over CXL",2024,"OSDI"]'
json '.hits[0] | [(.key|type), (.authors|type), (.topics|type), (.score|type)]' '["string","array","array","number"]'
json '.hits[0].evidence | map(.source) | sort' '["osdi-notes.txt:3","osdi-notes.txt:4"]'
json '.hits[0].evidence | map(.path | startswith("/")) | unique' '[true]'
json '.hits[0].evidence[] | select(.line == 4) | .text[.marks[0][0]:.marks[0][0]+.marks[0][1]]' '"CXL"'
json 'has("facets"), has("words"), has("relaxed")' 'false
false
false'

it "writes facets on demand"
run search --json --facets
json '.facets | keys_unsorted' '["topic","year","venue"]'
json '.facets.venue[0]' '{"value":"OSDI","count":5}'
json '.facets.year | map(.value)' '["2024","2023","2022"]'

it "reports on the words when nothing is found"
run search --json CXL zebrafish
exits 1
remarks_nothing
json '[.found, (.hits|length)]' '[0,0]'
json '.words | map([.word, .papers, .without])' '[["CXL",1,0],["zebrafish",0,1]]'

it "gives an unknown year as null and leaves an unknown url out"
printf '# A Paper From No Year\n\nIt says little.\n' >undated.md
pinakes index -q undated.md
run search --json little
json '.hits[0] | [.year, .venue, has("url")]' '[null,"",false]'
run search --json diet
json '.hits[0] | [.url, .authors[1]]' '["https://example.org/diet","Bo Sample"]'

it "takes --json before the command, and of every command"
pinakes --json search CXL >before 2>/dev/null
run search CXL --json
[ "$(sed 's/"took_us":[0-9]*//' before)" = "$(sed 's/"took_us":[0-9]*//' out)" ] || fail "the two differ"
key=$(sed -n 's/^{"key":"\([^"]*\)".*/\1/p' out)
run show --json "$key"
json '.papers[0].passages | map(select(.field == "title").source) | first' '"osdi-notes.txt:3"'
json '.papers[0] | [.line, (.rule|type), (.topics|type), (.assignments|type), (.tags|type)]' '[3,"string","array","array","array"]'
run topics --json
json '.topics | map(.name) | sort' '["far-memory","gpu-sharing","llm-serving","serverless","verification"]'
run topics --json serverless
exits 0
json '.hits[0].assignments[0] | [.topic, (.score|type), (.cause|type)]' '["serverless","number","string"]'
run stats --json
json '[.format, .papers, .files]' '[1,7,3]'
run verify --json
json '[.format, .ok]' '[1,true]'
run tokens --json KV-cache
json '.tokens | map(.token) | contains(["kv", "cache", "kvcache"])' true
run index --json notes
json '[.papers_new, .papers_unchanged]' '[0,6]'
run index --json --dry-run notes/snapshots.md
json '.papers[0] | [.title, .line, (.rule|type)]' '["Snapshots for Serverless Functions on a Diet",2,"string"]'

it "writes CSV by RFC 4180"
run search --format csv CXL
exits 0
prints_lines 2
head -n 1 out | grep -q '^key,title,authors,year,venue,url,topics,score,source,evidence.$' || fail "another header"
[ "$(tr -dc '\r' <out | wc -c)" -eq 2 ] || fail "lines do not end in CRLF"
run search --format csv --year 2022
prints '"Proving a Storage Stack Correct, Layer by Layer"'
if command -v python3 >/dev/null; then
    run search --format csv --facets
    columns=$(python3 -c 'import csv; print({len(row) for row in csv.reader(open("out", newline=""))})')
    [ "$columns" = '{10}' ] || fail "rows of $columns columns"
fi

it "writes TSV, one line a paper"
run search --format tsv
prints_lines 8
[ "$(awk -F'\t' '{ print NF }' out | sort -u)" = 10 ] || fail "not ten columns everywhere"

it "writes a Markdown list with sources"
run search --format md CXL
prints '^## CXL$'
prints '^- \*\*Tiered Pages: Moving Cold Memory Over CXL\*\* \(OSDI 2024\)$'
prints '^  - A kernel thread .* \(`osdi-notes.txt:4`\)$'
run search --format md diet
prints '^- \[\*\*Snapshots for Serverless Functions on a Diet\*\*\]\(<https://example.org/diet>\) \(EuroSys 2023\)'

it "escapes in Markdown what would be mark-up"
printf '# Stars *and* [brackets] in io_uring\n\nA <b> tag & _more_.\n' >stars.txt
pinakes index -q stars.txt
run search --format md brackets
prints 'Stars \\\*and\\\* \\\[brackets\\\] in io_uring'

it "writes the other commands as tables, too"
run topics --format csv
prints '^name,papers,title.$'
run topics --format md
prints '^\| topic \| papers \| about \|$'
run stats --format tsv
prints_lines 2
run tokens --format tsv KV-cache
prints '^0	kv	word	KV	0	2	no	'
run show --format csv "$key"
prints '^key,title,'
finish
