# Related work: from papers of the library and from drafts.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir shelf
cat >shelf/list.md <<'END'
# OSDI 2024

## Pooling Memory Over CXL
Several hosts share pooled CXL memory. Latency is hidden by prefetching pages.

## Prefetching Pages From Far Memory
Far memory is slow; prefetching pages hides its latency.

## Prefetching Pages From Far Memory, Again
Far memory is slow; prefetching pages hides its latency.

## Leases for Serverless Workflows
A workflow of functions holds a lease on its data.

## Proving Storage Systems Correct
A proof assistant checks crash safety.
END
pinakes index -q shelf || exit 1

it "finds the papers that share the most telling words, and names them"
run related pooling-memory-cxl2024
exits 0
prints '^ 1\. Prefetching Pages From Far Memory'
prints '^    shares .*[Pp]refetching'
prints '^    list.md:7  Far memory is slow; prefetching pages hides its latency\.$'
prints_not 'Pooling Memory Over CXL'
prints_not 'Proving Storage'

it "takes several papers as one reading list, and shows none of them"
run related pooling-memory-cxl2024 leases-serverless-workflows2024
exits 0
prints_not '^ .*Leases for Serverless'
prints_not '^ .*Pooling Memory'

it "reads a draft in LaTeX, and leaves out what it cites"
cat >draft.tex <<'END'
\documentclass{article}
\title{Far Memory With Prefetching}
\begin{document}
We prefetch pages of far memory~\cite{prefetching-pages-far2024}. % serverless workflows
\end{document}
END
run related --text draft.tex
exits 0
prints '^ 1\. Prefetching Pages From Far Memory, Again$'
remarks '^left out: 1 paper that draft.tex cites already$'
prints_not 'Leases'

it "reads a draft in UTF-16 and in an older encoding, and none from what is no text"
printf 'Pages of far memory caf\351: prefetching.\n' >old.txt
printf 'Pages of far memory: prefetching.\n' | iconv -t UTF-16 >wide.txt
for draft in old.txt wide.txt; do
    run related --text "$draft"
    exits 0
    prints '^ 1\. Prefetching Pages From Far Memory'
done
gzip -c draft.tex >draft.tex.gz
printf '%%PDF-1.5\n\0\001\002 far memory, prefetching' >draft.pdf
printf '\177ELF\002\001\001\0\0\0 far memory, prefetching' >program
for draft in draft.tex.gz draft.pdf program; do
    run related --text "$draft"
    exits 2
    complains_in_one_line
    remarks ': this is no text; pdftotext makes one'
done

it "says when filters or the page leave nothing"
run related pooling-memory-cxl2024 --year 1990
exits 1
remarks '^no paper that passes --year shares a telling word with this$'
run related pooling-memory-cxl2024 --topic far-memry
exits 1
remarks "^there is no topic 'far-memry'; did you mean far-memory; 'pinakes topics' lists them$"
run related pooling-memory-cxl2024 --page 9
exits 1
remarks '^only 2 papers share its words$'

it "leaves out what a bibliography lists"
cat >list.bib <<'END'
@inproceedings{pooling-memory-cxl2024,
  title = {Pooling Memory Over CXL}, year = 2024 }
@inproceedings{prefetching-pages-far2024, title = {Prefetching Pages From Far Memory}}
END
run related --text list.bib
exits 0
prints '^ 1\. Prefetching Pages From Far Memory, Again$'
prints_not 'Pooling Memory'
remarks '^left out: 2 papers that list.bib cites already$'

it "knows what a bibliography lists by DOI, by arXiv identifier and by title, whatever its keys and format"
cat >known.bib <<'END'
@inproceedings{a, title = {Pooling Memory over CXL!}, year = 2024, doi = {10.1000/pool}}
@misc{b, title = {Prefetching Pages From Far Memory}, year = 2024, eprint = {2401.00001}, eprinttype = {arxiv}}
@misc{c, title = {Leases for Serverless Workflows}, author = {Ada Example}, year = 2024}
@misc{d, title = {Proving Storage Systems Correct}, author = {Bo Sample}, year = 2024}
END
pinakes -L known.db index -q known.bib || fail "not indexed"
cat >theirs.bib <<'END'
@article{x1, title = {{Pooling} Memory Over {CXL}}, year = 2024, doi = {https://doi.org/10.1000/POOL}}
@article{x2, title = {Prefetching Pages From Far Memory}, journal = {arXiv preprint arXiv:2401.00001}, year = 2024}
@article{x3, title = {Leases for serverless workflows}, author = {Example, A.}, year = 2025}
@article{x4, title = {Proving Storage Systems Correct}, author = {Other, O.}, year = 2011}
END
run -L known.db related --text theirs.bib
remarks '^left out: 3 papers that theirs.bib cites already$'
prints '^ 1\. Proving Storage Systems Correct$'
printf 'TY  - JOUR\nTI  - Leases for serverless workflows\nAU  - Example, A\nPY  - 2024\nER  - \n' >theirs.ris
run -L known.db related --text theirs.ris
remarks '^left out: 1 paper that theirs.ris cites already$'

it "knows what a draft cites by the bibliography that it names, whatever the library's keys"
mkdir paper paper/sections
cp theirs.bib paper/refs.bib
cat >paper/main.tex <<'TEX'
\documentclass{article}
\input{macros} \input{glyphtounicode}
\begin{document}
Far memory pools pages. \input{sections/design}
\bibliography{IEEEabrv,refs}
\end{document}
TEX
printf '\\newcommand{\\sys}{zebrafish}\n' >paper/macros.tex
printf 'Leases for workflows prove storage~\\cite{x1,x3}; \\input{sections/more}\n' >paper/sections/design.tex
printf 'crash safety~\\citep[p.~3]{x4}, \\input sections/design\n' >paper/sections/more.tex
run -L known.db related --text paper/main.tex
exits 0
remarks '^left out: 2 papers that paper/main.tex cites already$'
remarks_not 'IEEEabrv|glyphtounicode'
prints 'Prefetching Pages From Far Memory$'
prints 'Proving Storage Systems Correct$'
prints_not 'Leases for Serverless'

it "leaves out all that a bibliography lists where a draft cites all"
sed 's/\\end{document}/\\nocite{*} &/' paper/main.tex >paper/all.tex
run -L known.db related --text paper/all.tex
remarks '^left out: 3 papers that paper/all.tex cites already$'

it "says once that a bibliography or a part is not there, and goes on"
sed 's/refs}/gone}/; s/sections.design/sections\/gone/; s/pages/&~\\cite{d,x1}/' paper/main.tex >paper/lost.tex
run -L known.db related --text paper/lost.tex
exits 0
remarks '^paper/lost.tex: bibliography gone: No such file or directory; what is cited of it is left out by its keys alone$'
remarks '^paper/lost.tex: part sections/gone: No such file or directory; the rest is read without it$'
remarks '^left out: 1 paper that paper/lost.tex cites already$'
run -L known.db related -q --text paper/lost.tex
remarks_nothing

it "waits for no pipe that a draft names as its bibliography"
mkfifo paper/pipe.bib
printf 'Far memory~\\cite{x1}. \\bibliography{pipe}\n' >paper/pipe.tex
run_shell 'timeout 20 pinakes -L known.db related --text paper/pipe.tex'
exits 0
remarks '^paper/pipe.tex: bibliography pipe: no plain file;'

it "knows what is cited by a list of references, in the draft or beside it"
cat >paper/items.tex <<'TEX'
\section{Far memory} We pool pages.
\begin{thebibliography}{9}
\bibitem{p} A. Nobody. Something else. \url{https://doi.org/10.1000/POOL}.
\bibitem[Example(2024)]%
  {l} Ada Example. \newblock Leases for serverless workflows. \newblock In \emph{Proc. of X}, 2024.
\bibitem{s} B.~Sample, ``Proving storage systems correct,'' in \emph{Proc. SOSP}, 2024.
\end{thebibliography}
TEX
run -L known.db related --text paper/items.tex
remarks '^left out: 3 papers that paper/items.tex cites already$'
sed -n '/begin{the/,$p' paper/items.tex >paper/lost.bbl
run -L known.db related --text paper/lost.tex
remarks '^left out: 3 papers that paper/lost.tex cites already$'
prints 'Prefetching Pages'

it "knows what is cited by the list of references below a draft in Markdown or plain text, and reads no word there"
cat >paper/listed.md <<'END'
# Far memory
We pool pages [1, 2, 3].

## References {-}

[1] A. Nobody. Something else on crash safety. <https://doi.org/10.1000/POOL>.
[2] Example, A. (2024). *Leases for serverless
workflows*. In Proceedings of X.
[3] [Proving storage systems correct](https://example.org/p.pdf), B. Sample, SOSP 2024

## Appendix
We swap, too.
END
sed 's/^## References.*/References:/; s/^\[[1-3]\] //; /^## Appendix/,$d' paper/listed.md >paper/listed.txt
for draft in listed.md listed.txt; do
    run -L known.db related --text paper/$draft
    remarks "^left out: 3 papers that paper/$draft cites already\$"
    prints 'Prefetching Pages'
done

it "goes by the words of a list of references that is all there is"
printf 'References\n\n1. A. Nobody. Prefetching cold pages of memory. SOSP 2020.\n' >paper/only.txt
run -L known.db related --text paper/only.txt
exits 0
prints 'Prefetching Pages'

it "knows what a draft for Pandoc cites by the bibliography of its fields"
printf -- '---\ntitle: Far memory\nbibliography: refs.bib\n---\nPages are pooled [@x1; @x3].\n' >paper/draft.md
run -L known.db related --text paper/draft.md
exits 0
remarks '^left out: 2 papers that paper/draft.md cites already$'
run_shell 'cd paper && pinakes -L ../known.db related --text - <draft.md'
remarks '^left out: 2 papers that standard input cites already$'

it "counts a cited paper once, and no paper that is a seed too"
cat >twice.bib <<'END'
@article{lease20, title={A Lease for Functions}, author={A. B.}, year=2020, doi={10.1000/7}}
END
sed 's/lease20/lease-again/' twice.bib >shelf-again.bib
pinakes -L twice.db index -q twice.bib shelf-again.bib shelf || fail "not indexed"
echo 'Far memory is slow [@lease20; @lease-again; @pooling-memory-cxl2024].' >cites.md
run -L twice.db related --text cites.md leases-serverless-workflows2024
remarks '^left out: 2 papers that cites.md cites already$'
run -L twice.db related --text cites.md pooling-memory-cxl2024
remarks '^left out: 1 paper that cites.md cites already$'

it "reads a draft from standard input"
run_shell 'echo "a proof of crash safety" | pinakes related --text -'
exits 0
prints '^ 1\. Proving Storage Systems Correct$'

it "goes on a page later where the page before ended"
mkdir many
awk 'BEGIN { print "# SOSP 2021\n"
    for (i = 0; i < 80; i++) {
        printf "## Paper %c%c on Its Subject\n", 97 + i / 26, 97 + i % 26
        print (i < 40 ? "A lease on functions is held by a workflow" : "Crash safety is proved by an assistant") ".\n" } }' >many/list.md
pinakes -L many.db index -q many || fail "not indexed"
echo 'A lease on functions is held by a workflow; a lease on functions. Crash safety is proved by an assistant.' >long.txt
pinakes -L many.db related --text long.txt -n 60 --format tsv | cut -f 1 | sed 1d >whole
for page in 1 2 3 4 5 6; do
    pinakes -L many.db related --text long.txt --page "$page" --format tsv | cut -f 1 | sed 1d
done >pages
[ "$(wc -l <whole)" -eq 60 ] || fail "not 60 papers"
cmp -s whole pages || fail "six pages of ten are not the sixty"

it "keeps near-copies of one paper from filling the page, and nothing else out of its order"
{
    printf '# OSDI 2025\n\n## Far Memory for Key-Value Stores\nPages of far memory are prefetched by a learned policy; stalls of the store vanish.\n'
    for copy in First Second Third Fourth; do
        printf '\n## %s Report on Swapping\nPages of far memory are prefetched by a learned policy, and swapping to far memory hides stalls.\n' "$copy"
    done
    printf '\n## Compilers That Prefetch\nA compiler inserts hints by which pages are prefetched early.\n'
    printf '\n## Tiering Without Faults\nHot pages of far memory move up without a fault.\n'
} >copies.md
pinakes -L copies.db index -q copies.md || fail "not indexed"
titles() { pinakes -L copies.db related far-memory-key2025 --format tsv "$@" | sed 1d | cut -f 2; }
printf '%s\n' 'First Report on Swapping' 'Tiering Without Faults' 'Compilers That Prefetch' 'Second Report on Swapping' \
    'Third Report on Swapping' 'Fourth Report on Swapping' >expected
titles | diff expected - || fail "copies stand among the others"
[ "$(titles -n 1 --page 3)" = 'Compilers That Prefetch' ] || fail "the third page is not the third paper"

it "gives shared words to programs"
run related --json pooling-memory-cxl2024
json '.hits[0].shared | map(.word | ascii_downcase) | contains(["prefetching"])' true
json '[.found, .out_of, .left_out]' '[2,5,0]'
run related --format csv pooling-memory-cxl2024
prints '^key,title,authors,year,venue,url,topics,score,shared,source,evidence'

it "says what is wrong in one line"
run related
exits 2
remarks 'related to what'
run related no-such-key
exits 1
remarks "no paper has the key 'no-such-key'"
run related 'proving storage systems correct'
exits 1
remarks "is it proving-storage-systems2024\\?"
run related --text missing.tex
exits 2
remarks '^pinakes: missing.tex: No such file'
: >empty.txt
run related --text empty.txt
exits 2
remarks 'empty.txt: there is no word in it to go by'
run_shell 'echo zebrafish | pinakes related --text -'
exits 1
remarks 'no paper shares a telling word'
finish
