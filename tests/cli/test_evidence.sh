# Every proof of a whole library stands in its file, word for word, at the line it names.
. "$SOURCE_DIR/tests/cli/support.sh"
command -v jq >/dev/null || { echo "skipped: jq is not here"; exit 77; }

# proofs: what the library proves of every word of its titles, as line, file and text.
proofs() {
    pinakes export --format jsonl | jq -r '.title' | tr -cs '[:alnum:]' '\n' | grep -E '^[[:alpha:]]{3,}$' | sort -u >words
    [ "$(wc -l <words)" -gt 20 ] || fail "the titles have too few words"
    pinakes report -q --json --limit all --words 0 words |
        jq -r '.keywords[].papers[].evidence[] | [(.line|tostring), .path, (.text|gsub("[\r\n]+";" "))] | join("\t")' |
        sort -u
}

# unproved: the proofs that do not stand where they say. A sentence over several lines is shown on one, without what
# only indents or quotes the next line.
unproved() {
    awk -F '\t' '
        $2 != path { path = $2; n = 0; while ((getline row < path) > 0) { sub(/[ \t\r]+$/, "", row); rows[++n] = row } close(path) }
        {
            text = ""
            for (i = $1; i <= n && i < $1 + 60 && !index(text, $3); i++) {
                row = rows[i]
                if (i > $1)
                    sub(/^([ \t]*>)*[ \t]*/, "", row)
                text = text row " "
            }
            if (!index(text, $3))
                print $2 ":" $1 ": " $3
        }'
}

it "proves with sentences of the bundled library"
run index "$SOURCE_DIR/corpus/library"
exits 0
proofs >proved
[ "$(wc -l <proved)" -gt 100 ] || fail "there are too few proofs"
unproved <proved >wrong
[ ! -s wrong ] || fail "not in its place: $(head -3 wrong)"

it "proves with sentences of Markdown, loose notes and org as people write them"
export PINAKES_LIBRARY=$work/fixtures.db
run index "$SOURCE_DIR/tests/corpus/markdown" "$SOURCE_DIR/tests/corpus/notes" "$SOURCE_DIR/tests/corpus/org"
exits 0
proofs >proved
[ "$(wc -l <proved)" -gt 500 ] || fail "there are too few proofs"
unproved <proved >wrong
[ ! -s wrong ] || fail "not in its place: $(head -3 wrong)"

if [ -e "$SOURCE_DIR/../shared/notes/sosp-notes.txt" ]; then
    it "proves with sentences of a researcher's notes"
    export PINAKES_LIBRARY=$work/notes.db
    run index "$SOURCE_DIR/../shared/notes/sosp-notes.txt"
    exits 0
    proofs >proved
    unproved <proved >wrong
    [ ! -s wrong ] || fail "not in its place: $(head -3 wrong)"
fi
finish
