# One paper that several sources have: joined, shown, and taken apart again.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir desk
PINAKES_LIBRARY=$work/desk.db
export PINAKES_LIBRARY
cat >desk/sosp.md <<'END'
# SOSP 2030

## Heron: Pooling Accelerators over CXL for Everyone
The switch adds latency that surprised me.

## Quill: Merging Serverless Workflows Carefully
Merging functions saves hops.
END
cat >group.bib <<'END'
@inproceedings{mori2030heron,
  title = {Heron: Pooling Accelerators over {CXL} for Everyone},
  author = {Mori, Yuki and Lind, Ada},
  booktitle = {SOSP}, year = {2030}, doi = {10.5555/30.1},
  abstract = {Accelerators are pooled across hosts with little waste.}
}
END
cat >arxiv.jsonl <<'END'
{"id":"2912.00001","title":"Heron: Pooling Accelerators over CXL for Everyone","authors":"Yuki Mori, Ada Lind","authors_parsed":[["Mori","Yuki",""],["Lind","Ada",""]],"abstract":"Accelerators are pooled across hosts with little waste.","update_date":"2029-12-03","categories":"cs.OS"}
END

# titles: how many papers have the title of the three
herons() {
    pinakes search --json --any Heron | jq -c '[.hits[] | select(.title | test("Heron"))] | length'
}

it "makes one paper of a note, a bibliography and a preprint"
run index desk group.bib arxiv.jsonl
exits 0
remarks '^2 records repeat a paper that the library has from elsewhere too; it counts once, and .pinakes duplicates. shows where$'
run search Heron
prints '^    SOSP 2030 · Yuki Mori, Ada Lind · .*mori2030heron$'
run search 'latency hosts'
exits 0
prints 'sosp.md:4'
prints 'group.bib:5'

it "tells notes from abstracts"
run search 'note:latency -abstract:latency'
exits 0
run search 'note:waste'
exits 1
run search 'abstract:waste -note:waste'
exits 0

it "counts nothing twice"
run show --json mori2030heron
json '[.papers[0].passages[] | select(.field == "abstract")] | length' 1
json '[.papers[0].passages[] | select(.field == "title")] | length' 1
json '.papers[0].arxiv' '"2912.00001"'
json '.papers[0].doi' '"10.5555/30.1"'
json '.papers[0].year' 2030

it "shows the records of a paper, and finds it by each of their keys"
json '.papers[0].records | map(.key) | sort' '["2912.00001","heron2030","mori2030heron"]'
for key in 2912.00001 heron2030 mori2030heron; do
    run show "$key"
    exits 0
    prints '^  joined '
    prints 'group.bib:1, the same title, author and year'
done
run duplicates
exits 0
prints '^One paper: the same title, author and year$'
prints '^heron2030 .*sosp.md:3'

it "keeps one entry when it is exported"
run export --format bibtex
prints '^@inproceedings\{mori2030heron,'
[ "$(grep -c '^@' out)" = 2 ] || fail "there are $(grep -c '^@' out) entries"

it "is sound, and unchanged when nothing changed"
run verify
exits 0
run index
prints '^4 papers: 0 new, 0 changed, 0 removed, 4 unchanged'
run status
exits 0

it "follows each of the sources"
sed -i 's/surprised me/amazed me/' desk/sosp.md
run index
prints ' 1 changed, '
run search amazed
exits 0
prints 'mori2030heron'
run search surprised
exits 1
sed -i '1i A new first line of the file.' desk/sosp.md
run index
prints ' 0 changed, '
run search amazed
prints 'sosp.md:5'
run verify
exits 0

it "says again only what is new"
generation=$(pinakes stats --json | jq .generation)
sed -i '1i Another one.' desk/sosp.md
run index
printf 'Heron\n' >keywords.txt
run report --since "$generation" keywords.txt
exits 1

it "gives back what the others have when a source goes"
mv group.bib kept.bib
run index group.bib
run index --forget "$work/group.bib"
run show heron2030
exits 0
prints '^  joined '
run search amazed
exits 0
run search 'waste amazed'
exits 0
run verify
exits 0
mv kept.bib group.bib
run index group.bib
run show heron2030
prints 'mori2030heron$'

it "keeps papers apart when asked to, and joins them again"
run index --no-merge
exits 0
[ "$(herons)" = 3 ] || fail "there are $(herons)"
run duplicates
prints '^The same, kept apart: the same title, author and year$'
run show heron2030
prints '^  SOSP 2030 · heron2030$'
touch desk/sosp.md
run index
[ "$(herons)" = 3 ] || fail "it does not last"
run index --merge
[ "$(herons)" = 1 ] || fail "there are $(herons)"
run verify
exits 0

it "believes duplicates.txt"
library=$(dirname "$PINAKES_LIBRARY")
printf '# two\nheron2030 != mori2030heron\n' >"$library/duplicates.txt"
run index
exits 0
run show heron2030
[ "$(herons)" = 2 ] || fail "there are $(herons)"
printf 'heron2030 = quill2030\n' >"$library/duplicates.txt"
run index
run show quill2030
prints 'mori2030heron'
prints 'duplicates.txt says so'
run verify
exits 0
printf 'heron2030 = quill2030\nheron2030 != huron2030\n' >"$library/duplicates.txt"
run index
exits 0
remarks "duplicates.txt:2: no record has the key 'huron2030'"
run index
remarks_nothing
generation=$(pinakes stats --json | jq .generation)
printf 'heron2030 = quill2030\n\nwhat is this\n' >"$library/duplicates.txt"
run index
exits 2
remarks 'duplicates.txt:3: no rule; write KEY = KEY'
[ "$(pinakes stats --json | jq .generation)" = "$generation" ] || fail "something was done"
rm "$library/duplicates.txt"
run index
run show quill2030
prints ' quill2030$'

it "makes the same of them in whatever order they come"
for order in 'desk group.bib arxiv.jsonl' 'arxiv.jsonl group.bib desk' 'group.bib desk arxiv.jsonl'; do
    PINAKES_LIBRARY=$work/order.db
    export PINAKES_LIBRARY
    rm -f order.db*
    for source in $order; do
        pinakes index --quiet "$source" 2>err || fail "index $source"
    done
    pinakes show --json heron2030 | jq 'del(.took_us)' >"shown.$(echo "$order" | cksum | cut -c1-5)"
done
[ "$(cat shown.* | sort | uniq -c | awk '$1 % 3' | wc -l)" = 0 ] || fail "the orders differ"

it "joins a title alone only when it tells enough"
PINAKES_LIBRARY=$work/titles.db
export PINAKES_LIBRARY
mkdir a b
printf '# Plenary Talks\n\nOf one year.\n' >a/one.md
printf '# Plenary Talks\n\nOf another.\n' >b/two.md
printf '@article{x1, title={Part I of the Long Story Told}, author={Kim, Jo}, year={2020}}\n' >a/p.bib
printf '@article{x2, title={Part II of the Long Story Told}, author={Kim, Jo}, year={2020}}\n' >b/p.bib
printf '@article{y1, title={One Name for Two Things Here}, author={Kim, Jo}, year={2020}, doi={10.5555/a}}\n' >a/q.bib
printf '@article{y2, title={One Name for Two Things Here}, author={Kim, Jo}, year={2020}, doi={10.5555/b}}\n' >b/q.bib
printf '@article{z1, title={Spanning the Years of a Work}, author={Kim, Jo}, year={2010}}\n' >a/r.bib
printf '@article{z2, title={Spanning the Years of a Work}, author={Kim, Jo}, year={2020}}\n' >b/r.bib
run index a b
run duplicates --sure
exits 1

it "tells of titles that are nearly one, and leaves them"
printf '@article{n1, title={Swift: A Cache}, author={Kim, Jo}, year={2020}}\n' >a/s.bib
printf '@article{n2, title={Swift: A Cache for Every Cloud}, author={Kim, Jo}, year={2020}}\n' >b/s.bib
run index a b
run duplicates
exits 0
prints '^Perhaps the same: titles much alike'
prints '^n1 '

PINAKES_LIBRARY=$work/near.db
export PINAKES_LIBRARY
mkdir near
cat >near/press.bib <<'END'
@inproceedings{oka2031fern,
  title = {Fern: Modelling the Behaviour of Shared Accelerators},
  author = {Oka, Mai and Berg, Tom}, booktitle = {ATC}, year = {2031},
  abstract = {Accelerators that tenants share behave in ways that no tenant can foresee. Fern models what they do from the
    counters that drivers keep, foresees delays within four percent, and needs no change of any program.}
}
@inproceedings{oka2031moss,
  title = {Moss: Sharing Accelerators}, author = {Oka, Mai and Berg, Tom}, booktitle = {ATC}, year = {2031},
  abstract = {Tenants pay for accelerators that idle most of the day. Moss lends them to others between two kernels, takes
    them back within microseconds, and keeps what either of them computed apart from the other.}
}
END
cat >near/arxiv.jsonl <<'END'
{"id":"3012.00007","title":"Moss: Sharing Accelerators Between Two Kernels","authors":"M. Oka, T. Berg","abstract":"Tenants pay for accelerators that idle most of the day. Moss lends them to others between two kernels, takes them back within microseconds, and keeps what either of them computed apart from the other.","update_date":"2030-12-03","categories":"cs.OS"}
END
cat >near/mine.bib <<'END'
@misc{fern, title={{Fern}: Modeling Behavior of Shared Accelerators}, author={M. Oka and T. Berg}, year={2031}, note={Read twice.}}
END
cat >near/yours.bib <<'END'
@misc{fern31, title={Fern: Modeling behavior of shared accelerators}, author={Oka, Mai and Berg, Tom}, year={2031}}
END

it "joins titles that differ when authors, years and abstracts agree, and says why"
run index near
exits 0
remarks '^3 records repeat a paper that the library has from elsewhere too'
run show fern
exits 0
prints 'oka2031fern$'
prints 'press.bib:1, titles that differ in spelling, the same authors and year'
prints 'Read twice'
run show 3012.00007
prints 'oka2031moss$'
prints 'titles and abstracts much alike, the same authors'
run duplicates
prints '^One paper: titles and abstracts much alike'
run verify
exits 0

it "makes the same of such titles in whatever order they come"
state() {
    pinakes show --json oka2031fern oka2031moss | jq 'del(.took_us)'
}
state >whole
for order in 'press.bib arxiv.jsonl mine.bib yours.bib' 'yours.bib mine.bib arxiv.jsonl press.bib' \
    'mine.bib press.bib yours.bib arxiv.jsonl' 'arxiv.jsonl yours.bib press.bib mine.bib'; do
    rm -f near.db*
    for source in $order; do
        pinakes index --quiet "near/$source" 2>err || fail "index $source"
    done
    state >now
    cmp -s whole now || fail "not the same after $order"
done

it "takes such a paper apart when one of its sources changes"
cp near/mine.bib kept.bib
sed -i 's/Modeling Behavior/Taming the Tenants/' near/mine.bib
run index
run show fern
prints ' fern$'
run show oka2031fern
prints 'yours.bib:1'
run verify
exits 0
cp kept.bib near/mine.bib
run index
run show fern
prints 'oka2031fern$'

it "keeps such titles apart when it is told to"
printf 'fern != oka2031fern\n' >"$work/duplicates.txt"
run index
run show 3012.00007
prints 'oka2031moss$'
run show --json fern
json '[.papers[0].records[]?.key] | contains(["oka2031fern"])' false
rm "$work/duplicates.txt"
run index --no-merge
run show 3012.00007
prints ' 3012.00007$'
run duplicates
prints '^The same, kept apart: titles and abstracts much alike'
run verify
exits 0

it "does not believe a title that differs when anything else speaks against it"
rm near.db*
cat >near/mine.bib <<'END'
@misc{o1, title={Fern: Modelling Behavior of Shared Accelerators}, author={Oka, Mai}, year={2031}}
END
cat >near/yours.bib <<'END'
@misc{o2, title={Fern: Modeling Behavior of Shared Accelerators II}, author={Oka, Mai and Berg, Tom}, year={2031}}
@misc{o3, title={Fern: Modeling Behavior of Shared Accelerators}, author={Oka, Mai and Berg, Tom}, year={2035}}
END
run index near
run duplicates --json
json '[.groups[] | select(.joined) | .papers[].key] | sort' '["3012.00007","oka2031moss"]'

it "answers the same from the ranked index, while papers are joined and taken apart"
PINAKES_LIBRARY=$work/sealed.db
export PINAKES_LIBRARY
pinakes index --quiet desk arxiv.jsonl 2>err
pinakes seal --quiet 2>err || true
same() {
    PINAKES_ENGINE=fts5 pinakes search --json --any 'Heron functions hosts amazed' 2>err | jq 'del(.took_us)' >one
    pinakes search --json --any 'Heron functions hosts amazed' 2>err | jq 'del(.took_us)' >two
    cmp -s one two || fail "the engines differ $1"
}
same "when sealed"
pinakes index --quiet group.bib 2>err
same "with one record more"
pinakes index --quiet --no-merge 2>err
same "apart"
pinakes index --quiet --merge 2>err
same "joined"
run verify
exits 0
finish
