# The keyword report: every form of it, what is new, and mistakes.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir shelf
cat >shelf/list.md <<'END'
# OSDI 2024

## Pooling Memory Over CXL
Several hosts share pooled CXL memory. Latency < 100% is hidden & pages come by prefetching.

## CXL Switches for Databases
A buffer pool in CXL memory spans several hosts.

## Far Memory for R&D and Other Labs
Far memory is slow; prefetching pages hides its {latency} for \$5.

# SOSP 2021

## Leases for Serverless Workflows
A workflow of functions holds a lease on its data.

## A Title Without a Text
END
cat >keywords.txt <<'END'
# for the survey
[Memory & more]
CXL
Far: "far memory"
## Other
- title:leases
prefetch* 100%
zebrafish CXL
END
pinakes index -q shelf || exit 1

it "counts a word that is written like the stem of others with them, in the ranked index as without it"
{
    echo '# SOSP 2021'
    for i in a b c d e f; do
        printf '\n## Leases %s for a Subject\nA lease is dimensional.\n' "$i"
    done
    printf '\n## Leases g for a Subject\nA lease has a DIMENSION.\n'
    for i in h i j k l m n o p q r s; do
        printf '\n## Another Subject %s\nNothing of the kind.\n' "$i"
    done
} >stems.md
pinakes -L stems.db index -q stems.md && pinakes -L stems.db seal -q || fail "not indexed"
for engine in fts5 segment; do
    echo lease | PINAKES_ENGINE=$engine pinakes -L stems.db report --json - >"$engine.json"
    jq -c '.keywords[0].companions[] | select(.word == "dimensional") | [.papers, .out_of]' "$engine.json" >out
    prints '^\[7,7\]$'
    prints_lines 1
done
cmp -s fts5.json segment.json || fail "the ranked index tells something else"

it "tells of each keyword how many papers there are, and proves each"
run report keywords.txt
exits 0
prints '^keywords  5 in keywords.txt, 4 of them with a paper$'
prints '^papers    5 searched, 1 of them without text; the keywords find 4 papers$'
prints '^keyword  *2021  2024  papers$'
prints '^CXL  *·     2       2$'
prints '^CXL: 2 papers$'
prints '^years +2024 \(2\)$'
prints '^Far: 1 paper$'
prints '^query +"far memory"$'
prints '^    list.md:4  Several hosts share pooled CXL memory\.$'
prints '^    list.md:4  Latency < 100% is hidden & pages come by prefetching\.$'
prints '^ +8  zebrafish CXL  no paper has .zebrafish.$'
prints '^Memory & more$'
remarks '^5 keywords, 4 with a paper · 5 papers searched'

it "reads keywords from standard input"
run_shell 'printf "CXL\n" | pinakes report -q --json -'
exits 0
remarks_nothing
json '[.name, .keywords[0].found, .keywords[0].label]' '["standard input",2,"CXL"]'

it "writes JSON with everything"
run report --json keywords.txt
exits 0
json '[.format, .out_of, .without_text, .covered, .keyword_count, .keywords_found]' '[1,5,1,4,5,4]'
json '.keywords | map([.section, .label, .line, .found])' '[["Memory & more","CXL",3,2],["Memory & more","Far",4,1],["Other","title:leases",6,1],["Other","prefetch* 100%",7,1],["Other","zebrafish CXL",8,0]]'
json '.keywords[0] | [(.papers|length), .papers[0].evidence[0].source, .years]' '[2,"list.md:7",[{"value":"2024","papers":2}]]'
json '.keywords[4].words | map([.word, .papers, .without])' '[["zebrafish",0,2],["CXL",2,0]]'
json '.matrix[0]' '{"keyword":"CXL","2021":0,"2024":2,"papers":2}'
json '.overlaps[0] | [.first, .second, .shared, .jaccard]' '["CXL","prefetch* 100%",1,0.5]'
json '[.since, (has("took_us"))]' '[null,false]'

it "writes one row for each paper and each keyword without one as CSV"
run report --format csv keywords.txt
exits 0
prints '^section,keyword,query,line,found,rank,key,title,authors,year,venue,url,topics,score,source,evidence,why'
prints '^Memory & more,CXL,CXL,3,2,1,'
prints "^Other,zebrafish CXL,zebrafish CXL,8,0,.*no paper has 'zebrafish'"
prints_lines 7

it "writes Markdown"
run report --format md keywords.txt
exits 0
prints '^# Keyword report$'
prints '^### CXL: 2 papers$'
prints '^\| CXL \| · \| 2 \| 2 \|$'

it "writes a page that needs nothing from elsewhere, with everything escaped"
run report --format html keywords.txt
exits 0
prints '^<!DOCTYPE html>$'
prints '<h2>Memory &amp; more</h2>'
prints 'Latency &lt; <mark>100</mark>% is hidden &amp; pages come'
prints '<svg class="chart"'
prints 'prefers-color-scheme: dark'
prints '<a style="--share:1.00" href="#k1-1">2</a>'
prints_not '<script|<link|<img|@import|url\('
if command -v python3 >/dev/null; then
    python3 - out <<'END' || fail "the page is not well formed, or a link leads nowhere"
import html.parser, re, sys
text = open(sys.argv[1], encoding="utf-8").read()
void, stack = {"meta", "br"}, []
class Checker(html.parser.HTMLParser):
    def handle_starttag(self, tag, attrs):
        if tag not in void:
            stack.append(tag)
    def handle_startendtag(self, tag, attrs):
        pass
    def handle_endtag(self, tag):
        assert stack.pop() == tag, tag
Checker().feed(text)
assert not stack
ids = re.findall(r' id="([^"]+)"', text)
assert len(ids) == len(set(ids))
assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
END
fi

it "writes LaTeX with citation keys, and nothing LaTeX would trip over"
run report --format latex keywords.txt
exits 0
prints '^\\multicolumn\{3\}\{@\{\}l\}\{\\textit\{Memory \\& more\}\}'
prints '^CXL & 2 & \\cite\{[a-z0-9-]+,[a-z0-9-]+\} \\\\$'
prints '^prefetch\* 100\\% & 1 & '
prints '^zebrafish CXL & 0 & --- \\\\$'

it "writes only the matrix when asked to"
run report --matrix --format csv keywords.txt
exits 0
prints '^keyword,2021,2024,papers'
prints '^CXL,0,2,2'
prints_lines 6

it "gives the same bytes for the same library and keywords, whatever the threads"
for format in text json csv md html latex; do
    pinakes report -q --format $format keywords.txt >first || fail "no $format"
    pinakes report -q --format $format --threads 1 keywords.txt >second
    pinakes report -q --format $format --threads 7 keywords.txt >third
    { cmp -s first second && cmp -s first third; } || fail "two reports as $format differ"
done

it "says the same with a ranked index, without one, and with papers that came after it"
pinakes report -q --json keywords.txt >plain
pinakes seal -q || fail "no ranked index"
same_everywhere() {
    for engine in segment fts5; do
        PINAKES_ENGINE=$engine pinakes report -q --json --words 20 keywords.txt >$engine.json || fail "no report"
    done
    cmp -s segment.json fts5.json || fail "the two differ"
}
same_everywhere
pinakes report -q --json keywords.txt | cmp -s - plain || fail "sealing changed the report"
printf '# OSDI 2026\n\n## Zebrafsh Over CXL\nSeveral hosts share a zebrafsh over CXL; latency is hidden.\n' >shelf/late.md
sed 's/spans several hosts/spans many hosts/' shelf/list.md >edited && mv edited shelf/list.md
pinakes index -q shelf || fail "no index"
same_everywhere
cp segment.json out
json '.keywords[4].words[0].closest' '["zebrafsh"]'
rm shelf/late.md
pinakes index -q shelf || fail "no index"
same_everywhere

it "proves every paper with words that stand in its file at the line named"
if command -v jq >/dev/null; then
    pinakes report -q --json --limit all keywords.txt |
        jq -r '.keywords[].papers[].evidence[] | [(.line|tostring), .path, .text] | @tsv' >proofs
    [ -s proofs ] || fail "there is no proof"
    # @tsv escapes backslashes
    while IFS="$(printf '\t')" read -r line path text; do
        tail -n "+$line" "$path" | tr '\n' ' ' | grep -Fq -- "$(printf '%b' "$text")" ||
            fail "not in $path:$line: $text"
    done <proofs
fi

it "writes a file whole or not at all, in the format of its name"
run report keywords.txt -o report.html
exits 0
prints_nothing
head -n 1 report.html | grep -q DOCTYPE || fail "report.html is no page"
cp report.html before.html
printf 'CXL\n[open\n' >broken.txt
run report broken.txt -o report.html
exits 2
complains_in_one_line
remarks '^pinakes: broken.txt:2: a heading in brackets ends with the bracket'
cmp -s report.html before.html || fail "the file was touched"
[ "$(find . -name 'report.html*' | wc -l)" -eq 1 ] || fail "something is left beside the file"
run report keywords.txt -o missing/report.html
exits 2
remarks 'missing/report.html cannot be written: No such file'

it "knows the format by the ending alone where it knows it, and else asks"
run report keywords.txt -o report.foo
exits 2
complains_in_one_line
remarks 'report.foo: no format is known by .foo; name the file .txt, .md, .html'
[ ! -e report.foo ] || fail "it was written all the same"
run report keywords.txt -o report.foo --format md
exits 0
grep -q '^# Keyword report' report.foo || fail "--format does not count"
run report keywords.txt -o REPORT.HTML
head -n 1 REPORT.HTML | grep -q DOCTYPE || fail "REPORT.HTML is no page"
mkdir -p v1.5
run report keywords.txt -o v1.5/report
grep -q '^Keyword report' v1.5/report || fail "a name without an ending is no text"

it "writes to standard output, through a link and into a pipe, and leaves them what they are"
pinakes report keywords.txt >plain.txt 2>/dev/null
run report keywords.txt -o -
cmp -s out plain.txt || fail "- is not standard output"
[ ! -e ./- ] || fail "a file is called -"
ln -s v1.5/target.txt link.txt
: >v1.5/target.txt
run report keywords.txt -o link.txt
[ -L link.txt ] || fail "the link is gone"
cmp -s v1.5/target.txt plain.txt || fail "the file the link leads to is another"
mkfifo pipe
cat pipe >from-pipe &
run report keywords.txt -o pipe
wait
[ -p pipe ] || fail "the pipe is gone"
cmp -s from-pipe plain.txt || fail "another text went through the pipe"

it "shows none of what 0 is asked of"
run report --overlaps 0 --words 0 -n 0 keywords.txt
exits 0
prints_not 'Keywords that share papers'
prints_not 'travels with'
prints_not '^ 1\.'
run report --json --overlaps 0 -n 0 keywords.txt
json '[(.overlaps | length), (.keywords | map(.hits | length) | add)]' '[0,0]'

it "tells what is new since a generation or a day, and ends with 1 when nothing is"
generation=$(pinakes stats --json | sed 's/.*"generation":\([0-9]*\).*/\1/')
run report --since "$generation" keywords.txt
exits 1
prints 'nothing new; 2 papers before'
printf '# OSDI 2025\n\n## More CXL\nEven more of it.\n' >shelf/more.md
pinakes index -q shelf || fail "no index"
run report --since "$generation" keywords.txt
exits 0
prints "^new +1 papers? new since generation $generation\$"
prints '^CXL: 1 new paper$'
prints 'More CXL'
prints_not 'Pooling Memory'
run report --since 2000-01-01 --json keywords.txt
exits 0
json '[.since, .since_day, .keywords[0].found]' '[0,"2000-01-01",3]'
run report --since 2999-01-01 keywords.txt
exits 1

it "does not call a paper new that only moved"
before=$(pinakes stats --json | sed 's/.*"generation":\([0-9]*\).*/\1/')
mv shelf/more.md shelf/moved.md
pinakes index -q shelf || fail "no index"
run report --since "$before" keywords.txt
exits 1

it "has nothing on an empty library"
mkdir empty
pinakes -L empty.db index -q empty 2>/dev/null
run -L empty.db report keywords.txt
exits 1
prints 'the library is empty'
for format in json csv md html latex; do
    run -L empty.db report --format $format keywords.txt
    exits 1
done

it "takes a hundred thousand keywords"
awk 'BEGIN { for (i = 0; i < 100000; i++) print (i % 3 == 0 ? "CXL" : i % 3 == 1 ? "memory " i % 7 : "lease" i % 11) }' >many.txt
run report --matrix --format csv many.txt
exits 0
prints_lines 100001

it "says in one line what is wrong"
refuses() { # REGEX ARGUMENT...
    expected=$1
    shift
    run "$@"
    exits 2
    prints_nothing
    complains_in_one_line
    remarks "$expected"
}
refuses 'report takes one file of keywords' report
refuses 'report takes one file of keywords' report a b
refuses 'nowhere.txt: No such file' report nowhere.txt
: >empty.txt
refuses 'empty.txt: it is empty' report empty.txt
printf '# nothing\n' >none.txt
refuses 'none.txt: there is no keyword in it' report none.txt
printf 'CXL\n...\n' >dots.txt
refuses "dots.txt:2: there is no word to search for in '...'" report dots.txt
printf '\001\002\003\377\000' >binary.txt
refuses 'binary.txt: no keywords can be read' report binary.txt
refuses "since 'yesterday': neither a generation" report --since yesterday keywords.txt
refuses 'since 999: the library has come to generation' report --since 999 keywords.txt
refuses '--matrix is made as text' report --matrix --format html keywords.txt
refuses '--format html is for a report' search --format html CXL
refuses 'did you mean latex' report --format latx keywords.txt

it "reports on the topics of the library, with every paper of each cell"
run report --topics
exits 0
prints '^serverless +1 '
run report --topics --format html
exits 0
prints 'href="#k[0-9]-1">1</a>'
refuses 'report takes one file of keywords, - for standard input, or --topics' report --topics keywords.txt

it "shows the topics by year and by venue in the same form"
run topics --matrix year
exits 0
prints '^topic +2021 +.*papers$'
run topics --matrix venue --format csv
prints '^topic,(OSDI,SOSP|SOSP,OSDI),papers'
refuses "--matrix does not know 'month'" topics --matrix month
refuses '--matrix is of all topics' topics --matrix year serverless
finish
