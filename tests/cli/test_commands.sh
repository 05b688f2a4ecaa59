# show, topics, stats, verify, tokens and the help.
. "$SOURCE_DIR/tests/cli/support.sh"
pinakes index -q notes || exit 1
key=$(pinakes search --format tsv diet 2>/dev/null | sed -n '2s/	.*//p')

it "shows a whole paper, line by line"
run show "$key"
exits 0
prints '^Snapshots for Serverless Functions on a Diet$'
prints '^  EuroSys 2023 · Ada Example, Bo Sample, Cy Specimen, Di Instance · '
prints '^  from    /.*/notes/snapshots.md:[0-9]+, '
prints '^  url     https://example.org/diet$'
prints '^  tags    serverless, cold-start$'
prints '^    snapshots.md:10  A snapshot keeps only the pages that the \*first\* request touches\. Cold starts$'
prints '^    snapshots.md:11  of functions drop to a few milliseconds\.$'

it "shows a paper by its DOI and its arXiv identifier, as they are written anywhere"
cat >ids.bib <<'END'
@article{a1, title={A Paper With an Identifier}, author={A. B.}, year=2020, doi={10.1145/3341301.335963X}}
@misc{a2, title={A Preprint on Leases}, author={C. D.}, eprint={2404.12345}, archivePrefix={arXiv}}
END
pinakes -L ids.db index -q ids.bib || fail "not indexed"
for id in 10.1145/3341301.335963x doi:10.1145/3341301.335963X https://doi.org/10.1145/3341301.335963X; do
    run -L ids.db show "$id"
    exits 0
    prints '^A Paper With an Identifier$'
done
for id in 2404.12345 arXiv:2404.12345v2 https://arxiv.org/abs/2404.12345 10.48550/arXiv.2404.12345; do
    run -L ids.db show "$id"
    exits 0
    prints '^A Preprint on Leases$'
done
run -L ids.db show 10.1145/3341301.3359630
exits 1
complains_in_one_line

it "shows several papers, and says which one there is not"
other=$(pinakes search --format tsv Dafny 2>/dev/null | sed -n '2s/	.*//p')
run show "$key" no-such-paper "$other"
exits 1
prints '^Snapshots'
prints '^Proving a Storage Stack'
complains_in_one_line
remarks 'no-such-paper'
run show
exits 2
complains_in_one_line

it "counts the five topics"
run topics
exits 0
prints_lines 6
for topic in gpu-sharing far-memory serverless llm-serving verification; do
    prints "^$topic +[0-9]"
done
remarks 'of 6 papers in no topic'

it "shows the papers of a topic and why they belong to it"
run topics serverless
exits 0
prints '^ 1\. Snapshots for Serverless'
prints '^    [0-9.]+  .*[+]'
run topics serverles
exits 1
complains_in_one_line
remarks 'did you mean serverless'

it "tells the library in numbers"
run stats
exits 0
prints '^papers +6$'
prints '^without a note +1$'
prints '^years +2022 to 2024$'
prints "^library +$work/library.db$"

it "verifies a sound library and refuses a damaged one"
run verify
exits 0
prints '^sound +yes$'
cp library.db damaged.db
size=$(wc -c <damaged.db)
dd if=/dev/urandom of=damaged.db bs=4096 seek=1 count=$((size / 4096 - 1)) conv=notrunc 2>/dev/null
run -L damaged.db verify
exits 2
complains_in_one_line
prints_nothing

it "explains what becomes of a word"
run tokens 'KV-cache the µFork'
exits 0
prints '^at +token +kind +from +why$'
prints '^ ?0 +kv +word +KV '
prints '^ ?0 +kvcache +joined +KV-cache '
prints 'a stop word'
prints 'ufork'
run tokens 'CXL2.0'
exits 0
prints '^ ?0 +cxl +family +CXL '
run_shell 'echo KV-cache | pinakes tokens -'
prints 'kvcache'
run tokens ' . '
exits 1
remarks 'no word'

it "explains itself"
for words in help --help -h; do
    run $words
    exits 0
    prints '^commands$'
    prints '^  topics \[.*\]$'
    prints '^ {21}the topics and their papers$'
done
for command in index watch status search related report show open export duplicates topics stats verify seal eval \
    tokens completions help; do
    run help $command
    exits 0
    prints "^usage: pinakes $command "
    prints '^examples$'
    cp out help
    run $command --help
    cmp -s out help || fail "help $command and $command --help differ"
    [ "$(wc -L <out)" -le 80 ] || fail "help $command is wider than 80 columns"
done
run --version
exits 0
prints '^pinakes [0-9]+\.[0-9]+\.[0-9]+$'
run
exits 2
prints '^usage: pinakes '

it "names every option in the manual"
manual=$SOURCE_DIR/cli/pinakes.1
for command in '' $(pinakes help | sed -n '/^commands/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    pinakes help $command | sed -n 's/^ .*--\([a-z-]*\).*  .*/\1/p' | while read -r option; do
        grep -q "Fl -$option" "$manual" || echo "$option"
    done
done >missing
[ ! -s missing ] || fail "the manual lacks $(tr '\n' ' ' <missing)"
finish
