# The answers measured by judgements.
. "$SOURCE_DIR/tests/cli/support.sh"

# Three papers: "page" finds p2 (twice in its title) before p1, "log" finds p3, "lock" finds none.
cat >papers.jsonl <<'END'
{"id": "p1", "title": "Swapping to remote machines", "text": "A page is moved when it is cold, and moved again."}
{"id": "p2", "title": "Page after page", "text": "Nothing else."}
{"id": "p3", "title": "A shared log", "text": "Appends are ordered."}
END
printf 'q1\tpage\nq2\tlog\nq3\tlock\nq4\tcold\n' >queries.tsv
printf 'q1 0 p1 1\nq2 0 p3 1\nq2 0 gone 1\nq3 0 p3 1\nq4 0 p2 0\n' >qrels.txt
run index papers.jsonl

# q1: relevant at rank 2, 1/2; q2: one of two, at rank 1, 1/2; q3: nothing found. (1/2 + 1/2 + 0) / 3
it "measures every judged query and their means"
run eval --topics queries.tsv --qrels qrels.txt --json
exits 0
json '[.mean.map, .mean.rr, .mean.p10, .mean.r100]' '[0.333333,0.5,0.066667,0.5]'
json '[.mean.ndcg10 * 1000 | floor]' '[414]'
json '[.queries[] | [.id, .map, .rr]]' '[["q1",0.5,0.5],["q2",0.5,1],["q3",0,0]]'
json '[.judged, .relevant, .missing]' '[3,4,1]'

it "tells people the means, and each query when asked to"
run eval --topics queries.tsv --qrels qrels.txt
prints '^MAP +0\.333333$'
prints_not '^q1'
remarks 'not in the library: 1 of 4 relevant papers'
run eval --topics queries.tsv --qrels qrels.txt --each
prints '^q1 +1 +1 +0\.5 '
run eval --topics queries.tsv --qrels qrels.txt --format csv
prints '^id,relevant,found,map,ndcg10,p10,r100,rr,text'
prints '^q3,1,0,0,0,0,0,0,lock'

it "writes the rankings as a run of TREC, without equal scores, and compares with one"
run eval --topics queries.tsv --qrels qrels.txt --run own.run --tag mine
exits 0
run_shell 'cut -d" " -f1-4,6 own.run'
prints '^q1 Q0 p2 1 mine$'
prints '^q1 Q0 p1 2 mine$'
prints '^q4 Q0 p1 1 mine$'
printf 'q1 Q0 p1 9 2 better\nq1 Q0 p2 1 1 better\nq2 Q0 p3 1 1 better\nq3 Q0 p3 1 1 better\n' >better.run
run eval --topics queries.tsv --qrels qrels.txt --against better.run --json
json '[.against.comparison[0] | .measure, .here, .there, .gain, .p]' '["MAP",0.333333,0.833333,-60,0.5]'
run eval --topics queries.tsv --qrels qrels.txt --against own.run --json
json '[.against.comparison[] | .gain, .p] | unique' '[0,1]'

it "ranks equal papers in a run as it showed them"
printf '{"id": "e%s", "title": "Twins", "text": "equal"}\n' 1 2 3 >twins.jsonl
run -L twins.db index twins.jsonl
run -L twins.db eval --topics queries.tsv --qrels qrels.txt
printf 't\ttwins\n' >twins.tsv
printf 't 0 e1 1\n' >twins.qrels
run -L twins.db eval --topics twins.tsv --qrels twins.qrels --run twins.run --json
json '.mean.map' 1
run -L twins.db eval --topics twins.tsv --qrels twins.qrels --against twins.run --json
json '[.against.comparison[0] | .here, .there]' '[1,1]'

it "names what is wrong, and writes no run then"
run eval --topics queries.tsv
exits 2
complains_in_one_line
run eval --topics queries.tsv --qrels no-such.txt --run never.run
exits 2
complains_in_one_line
remarks 'no-such\.txt'
[ ! -e never.run ] || fail "never.run was written"
printf 'q1 0 p1\n' >broken.txt
run eval --topics queries.tsv --qrels broken.txt
exits 2
complains_in_one_line
remarks 'broken\.txt:1: '
run eval --topics queries.tsv --qrels qrels.txt --against qrels.txt
exits 2
complains_in_one_line
remarks 'qrels\.txt:1: '

it "says so when queries and judgements have nothing in common"
printf 'x1\tpage\n' >others.tsv
run eval --topics others.tsv --qrels qrels.txt
exits 1
remarks 'do the ids agree'

finish
