# Papers that go out to other programs, and come back as they were.
. "$SOURCE_DIR/tests/cli/support.sh"
cat >odd.bib <<'END'
@inproceedings{paging2023, title = {Serving Models with {PagedMemory}: 100\% of $5 \& more_or_less},
  author = {Woosuk Example and {Barnes and Noble} and van Sample, Robbert and Guy L. Example Jr.},
  booktitle = {Proceedings of the 29th Symposium on Operating Systems Principles}, year = {2023},
  doi = {10.1145/3600006.3613165}, eprint = {2309.06180v2}, archiveprefix = {arXiv},
  url = {https://example.org/a_b?c=%20d#e}, keywords = {LLM serving, paging},
  abstract = {Costs 100\% \& more: a\_b, C\# and \$5; x \textasciitilde{} y \textasciicircum{} \{z\}
    \textbackslash{}end.

    A second paragraph, ``quoted''.},
  annote = {What I think: CXL -{}- or not.}}
@article{glueck, title = {Gl{\"u}ck of {H}\'elder}, author = {M{\"u}ller, J{\"o}rg}, journal = {ACM Transactions on Nothing},
  year = 1999, doi = {10.1145/1234.5678}}
@misc{preprint, title = {A Preprint on Something}, author = {Example, Ada}, eprint = {cs/0112017}, archiveprefix = {arXiv}}
@misc{bare, title = {Nothing but a Title}}
END
# holds TEXT: the output has it, as it stands.
holds() {
    grep -qF -- "$1" "$work/out" || fail "not in the output: $1"
}

it "reads back every form it writes, and every paper is as it was"
run index odd.bib
exits 0
keeps_every_paper "$PINAKES_LIBRARY" bibtex:bib ris:ris csl-json:json json:json jsonl:jsonl csv:csv md:md

it "keeps titles, names and venues that look like mark-up, a remark or a label through every form"
cat >marks.bib <<'END'
@inproceedings{star, title = {Design Optimizing K*}, author = {Ada Example and Jes\\'us Sample}, booktitle = {3DV}, year = 2031}
@inproceedings{review, title = {Pages and Their Tables: A Review.}, author = {Bo Sample}, booktitle = {THE WEB CONFERENCE 2031}}
@inproceedings{roadmap, title = {Caches: Problems and Solutions}, author = {Cy Specimen}, booktitle = {Findings of ACL}, year = 2031}
@misc{formula, title = {Mobi-$\pi$: A People`s Kernel}, author = {Di Test}}
@misc{tildes, title = {Great~Kernels~are ~Always ~Simple}, author = {Ed Test}}
@misc{quoted, title = {\textquotedblright{}Quiet Caches” in COVID-19}, author = {Flo Test}}
@misc{stamped, title = {FOCS: Planning by Fusion at WMT 2031}, author = {Gus Test}}
@misc{commas, title = {Companies and Their Commas}, author = {{Pages, Inc.} and {Institute for Pages, Berlin} and Hy Test}}
END
rm -f marks.db*
run -L marks.db index marks.bib
exits 0
keeps_every_paper marks.db bibtex:bib ris:ris csl-json:json jsonl:jsonl csv:csv md:md
run -L marks.db export optimizing --format md
exits 0
cp out one.md
rm -f again.db*
run -L again.db index one.md
run -L again.db export
holds 'title = {Design Optimizing K*}'

it "gives the names of loose notes as people say them, and no form turns them again"
cat >turned.txt <<'END'
SOSP 2031

Quiet Pages for Tired Readers: A Study
Example, A., Sample, B. C., Person, D.
The paper says that pages rest.
END
rm -f turned.db*
run -L turned.db index turned.txt
exits 0
keeps_every_paper turned.db bibtex:bib ris:ris csl-json:json jsonl:jsonl csv:csv md:md
run -L turned.db export --format csv
holds 'A. Example; B. C. Sample; D. Person'

it "writes BibTeX that LaTeX can set, under the keys the library has"
run export
exits 0
holds '@inproceedings{paging2023,'
holds 'booktitle = {Proceedings of the 29th Symposium on Operating Systems Principles}'
holds '{PagedMemory:} 100\% of \$5 \& more\_or\_less'
holds 'eprint = {2309.06180}'
holds 'url = {https://example.org/a_b?c=%20d#e}'
holds 'author = {Woosuk Example and {Barnes and Noble} and van Sample, Robbert and Example, Jr., Guy L.}'
holds '@article{glueck,'
holds '@misc{preprint,'

it "keeps family names of several words, and organisations, through every form that has parts of names"
cat >people.bib <<'END'
@misc{people, title = {People of Many Names}, author = {Los Example, Ada and van der Sample, Jan and {The Cache Group} and
  {OpenCache} and Ada Los Plain and Tan, Cher heng and Doe, Jr., John and {\'A}lvarez Nu{\~n}ez, Jos{\'e}}}
@misc{two, title = {Two of One Name}, author = {Xi Test and Bo Sample and Xi Test}}
END
run -L people.db index people.bib
exits 0
for form in bibtex:bib csl-json:json ris:ris; do
    format=${form%:*} file=people.again.${form#*:}
    run_shell "pinakes -L people.db export --format $format >$file"
    rm -f again.db*
    run -L again.db index "$file"
    run -L again.db export
    holds 'Los Example, Ada and van der Sample, Jan and '
    holds 'The Cache Group'
    [ "$format" = ris ] || holds 'Xi Test and Bo Sample and Xi Test}'
    holds ' and OpenCache and Ada Los Plain and Tan, Cher heng and Doe, Jr., John and Álvarez Nuñez, José}'
    [ "$format" = ris ] || holds '{The Cache Group}'
done
run -L people.db search --json people
holds '"authors":["Ada Los Example","Jan van der Sample","The Cache Group","OpenCache","Ada Los Plain","Cher heng Tan","John Doe Jr.","José Álvarez Nuñez"]'
run -L people.db index --dry-run --verbose people.bib
holds 'Ada Los Example'

it "keeps organisations with a comma or an 'and', keys with an apostrophe and old DOIs through every form"
cat >corporate.bib <<'END'
@misc{one, title = {Pages of One Organisation}, author = {{Department of Inks, Pages and Paper (DIPP)}},
  keywords = {{ink, black}}, year = 2031}
@misc{two, title = {Pages of an Office and a Person}, author = {{Office of Inks and Pages} and {Example, O.P.}, Ada},
  keywords = {{pages, printed}, paper}, year = 2031}
@misc{d'Example2031, title = {Pages of Old Serials}, author = {Ada d'Example}, note = {18.8 x 28 cm},
  doi = {10.1000/(SICI)1000-2000(199910)215:2<1109::AID-PAGE1109>3.0.CO;2-E}}
END
run -L corporate.db index corporate.bib
exits 0
run_shell "pinakes -L corporate.db export --format jsonl >corporate.told"
grep -q '"authors":\[{"literal":"Department of Inks, Pages and Paper (DIPP)"}\]' corporate.told || fail 'not read so'
grep -q '"keywords":\["pages, printed","paper"\]' corporate.told || fail 'not read so'
for form in bibtex:bib csl-json:json ris:ris csv:csv jsonl:jsonl md:md; do
    format=${form%:*} file=corporate.again.${form#*:}
    run_shell "pinakes -L corporate.db export --format $format >$file"
    rm -f again.db*
    run -L again.db index "$file"
    run -L again.db export --format jsonl
    for told in corporate.told out; do
        grep -o '"id":"[^"]*"\|"authors":\[[^]]*\]\|"doi":"[^"]*"\|"note":"[^"]*"' "$told" >"$told.facts"
    done
    case $format in bibtex | csv) holds '"keywords":["pages, printed","paper"]' ;; esac
    cmp -s corporate.told.facts out.facts || fail "$format: $(diff corporate.told.facts out.facts)"
done

it "loses no paper whose key is an address, and keeps the key where a form has room for one"
printf '@misc{https://doi.org/10.1000/a, title = {Pages under an Address}, author = {Ada Example}, doi = {10.1000/a}}\n' >address.bib
printf '@misc{b, title = {Pages under None}, author = {Ada Example}, year = 2031}\n' >>address.bib
run -L address.db index address.bib
exits 0
for form in bibtex:bib csl-json:json ris:ris csv:csv jsonl:jsonl md:md; do
    format=${form%:*} file=address.again.${form#*:}
    run_shell "pinakes -L address.db export --format $format >$file"
    rm -f again.db*
    run -L again.db index "$file"
    prints '^2 papers: 2 new'
    run -L again.db export
    [ "$format" = md ] || holds '@misc{https://doi.org/10.1000/a,'
done

it "exports what a query finds"
run export year:1999
exits 0
[ "$(grep -c '^@' out)" = 1 ] || fail "not one paper"
run export nowhere-to-be-found
exits 1

it "gives what search finds to paste"
run search --format bibtex preprint
exits 0
holds '@misc{preprint,'

it "makes bibliographies of papers alone"
run stats --format bibtex
exits 2
remarks 'format bibtex is for papers'

it "writes one JSON text also for no paper"
run export --format csl-json nowhere-to-be-found
[ "$(cat out)" = "[]" ] || fail "not an empty list"

it "says why there is nothing to write, and when papers have only some of the words"
run export nothingness
exits 1
prints_nothing
remarks "^no paper has 'nothingness'$"
run export --format csv --year 1801 serving
exits 1
remarks '^nothing found; without --year 1 paper is found$'
run export -q nothingness
exits 1
remarks_nothing
it "writes each kind of work as what it was read as, through every form that tells kinds"
cat >kinds.bib <<'END'
@article{raven1, title = {An Article on Ravens}, author = {Example, Ada}, journal = {Nature}, year = 2001}
@phdthesis{raven2, title = {A Thesis on Ravens}, author = {Example, Ada}, school = {University of Examples}, year = 2001}
@techreport{raven3, title = {A Report on Ravens}, author = {Example, Ada}, institution = {Example Labs}, year = 2001}
@book{raven4, title = {A Book of Ravens}, author = {Example, Ada}, year = 2001}
@incollection{raven5, title = {A Chapter on Ravens}, author = {Example, Ada}, booktitle = {Birds}, year = 2001}
@inproceedings{raven6, title = {A Paper on Ravens}, author = {Example, Ada}, booktitle = {Journal Club}, year = 2001}
END
run -L kinds.db index kinds.bib
pinakes -L kinds.db export >kinds.want
for line in '@article{raven1,' 'journal = {Nature}' '@phdthesis{raven2,' 'school = {University of Examples}' '@techreport{raven3,' \
    'institution = {Example Labs}' '@book{raven4,' '@incollection{raven5,' '@inproceedings{raven6,'; do
    grep -qF -- "$line" kinds.want || fail "not written: $line"
done
for form in bibtex:bib ris:ris csl-json:json; do
    pinakes -L kinds.db export --format "${form%:*}" >"kinds.again.${form#*:}"
    rm -f again.db*
    run -L again.db index "kinds.again.${form#*:}"
    pinakes -L again.db export >kinds.got
    cmp -s kinds.want kinds.got || fail "$form changes a kind: $(diff kinds.want kinds.got)"
done

it "takes the kind of a paper that several files have from where its venue is from"
printf '# An Article on Ravens\n\nAuthors: Ada Example\nYear: 2001\n\nA note.\n' >raven.md
printf '[{"id":"other","type":"report","title":"An Article on Ravens","author":[{"family":"Example","given":"Ada"}],"issued":{"date-parts":[[2001]]}}]' >raven.json
run -L kinds.db index raven.md raven.json
run -L kinds.db export title:article
holds '@article{raven1,'
run -L kinds.db show --json raven1
json '.papers[0].kind' '"article"'

it "takes an answer to a question, kept beside the notes, for no paper"
mkdir answers && cp odd.bib answers
run_shell 'pinakes search --json models >answers/found.json'
run -L answers.db index answers
exits 0
prints '^4 papers: 4 new'
remarks '^found.json: passed over: it does not look like notes on papers$'

it "takes no option of search that shows nothing of a whole paper"
for option in --facets --explain '--evidence 2'; do
    run export $option # shellcheck disable=SC2086 # its value is a word of its own
    exits 2
    remarks "no option ${option%% *}"
done

finish
