# Notes are read alike however they are written down: every page that the readers of notes are tested with, once more.
. "$SOURCE_DIR/tests/cli/support.sh"

# rewritten NAME PERL: the pages in a folder of that name, the lines of each ended by line feeds, then changed so.
rewritten() {
    mkdir "$1"
    for format in markdown notes org; do
        mkdir "$1/$format"
        cp "$SOURCE_DIR/tests/corpus/$format"/*.* "$1/$format"
    done
    rm -f "$1"/*/*.tsv "$1"/*/*.expected
    perl -0777 -i -pe "s/\r//g; $2" "$1"/*/*.*
}

# papers_of NAME: what a library of that folder holds.
papers_of() {
    (cd "$1" && pinakes -L "../$1.db" index . >../index.out 2>&1 && pinakes -L "../$1.db" export --format jsonl)
}

# reads_alike NAME PERL
reads_alike() {
    rewritten "$1" "$2"
    papers_of "$1" >"$1.jsonl"
    diff plain.jsonl "$1.jsonl" >differences || fail "$(head -c 600 differences)"
}

rewritten plain ''
papers_of plain >plain.jsonl

it "finds papers at all"
[ "$(wc -l <plain.jsonl)" -gt 500 ] || fail "only $(wc -l <plain.jsonl) papers"

it "reads lines that end as those of Windows or of old Macs"
reads_alike windows 's/\n/\r\n/g'
reads_alike mac 's/\n/\r/g'

it "reads UTF-16, and text behind a byte order mark"
reads_alike wide 'use Encode; Encode::from_to($_, "UTF-8", "UTF-16")'
reads_alike marked 's/^/\xEF\xBB\xBF/'

it "reads a text whose last line nothing ends, and one that empty lines follow"
reads_alike open 's/\n+\z//'
reads_alike long 's/\z/\n\n\n/'

finish
