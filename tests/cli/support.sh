# What the tests of the program share. A test is `it "..."`, then run, then what is expected.
set -u
: "${PINAKES:?the program to test}" "${SOURCE_DIR:?the root of the sources}"
here=$SOURCE_DIR/tests/cli
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work" || exit 1
cp -R "$here/notes" notes
unset NO_COLOR PAGER COLUMNS XDG_DATA_HOME
export PINAKES_LIBRARY="$work/library.db" TERM=xterm HOME="$work"
export PATH="$work/bin:$PATH"
mkdir bin && ln -s "$PINAKES" bin/pinakes

failures=0
sentence=
shown=no # whether the streams of the last run were

it() {
    sentence=$1
}

fail() {
    failures=$((failures + 1))
    printf 'FAILED: it %s\n  %s\n' "$sentence" "$1"
    [ "$shown" = no ] || return 0
    shown=yes
    for stream in out err; do
        sed "s/^/  $stream: /" "$work/$stream" | cut -c1-200 | head -n 12
    done
}

# run ARGUMENT...: the program, with its output in the files out and err.
run() {
    pinakes "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    shown=no
}

# run_shell COMMAND: the same for a piece of shell.
run_shell() {
    sh -c "$1" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    shown=no
}

exits() {
    [ "$status" -eq "$1" ] || fail "exit status $status, not $1"
}

# prints / remarks REGEX: some line of standard output / error matches.
prints() {
    grep -Eq -- "$1" "$work/out" || fail "no line of the output matches: $1"
}

remarks() {
    grep -Eq -- "$1" "$work/err" || fail "no line of standard error matches: $1"
}

prints_not() {
    ! grep -Eq -- "$1" "$work/out" || fail "a line of the output matches: $1"
}

remarks_not() {
    ! grep -Eq -- "$1" "$work/err" || fail "a line of standard error matches: $1"
}

prints_nothing() {
    [ ! -s "$work/out" ] || fail "there is output"
}

remarks_nothing() {
    [ ! -s "$work/err" ] || fail "something is said on standard error"
}

# Exactly one line on standard error, of the program's own.
complains_in_one_line() {
    [ "$(wc -l <"$work/err")" -eq 1 ] && grep -q '^pinakes: ' "$work/err" || fail "not one line of complaint"
}

# prints_lines NUMBER
prints_lines() {
    [ "$(wc -l <"$work/out")" -eq "$1" ] || fail "$(wc -l <"$work/out") lines of output, not $1"
}

# json FILTER EXPECTED: what jq makes of the output. Without jq, at least the JSON is read by python, or nothing.
json() {
    if command -v jq >/dev/null; then
        found=$(jq -c "$1" "$work/out" 2>&1)
        [ "$found" = "$2" ] || fail "$1 is $found, not $2"
    elif command -v python3 >/dev/null; then
        python3 -m json.tool "$work/out" >/dev/null 2>&1 || fail "the output is not JSON"
    fi
}

# keeps_every_paper LIBRARY FORMAT:ENDING...: what is exported in a format and indexed again is what it was.
keeps_every_paper() {
    library=$1
    shift
    pinakes -L "$library" export --format jsonl | sort >want
    for form; do
        format=${form%:*} file=again.${form#*:}
        run_shell "pinakes -L '$library' export --format $format >$file"
        exits 0
        rm -f again.db*
        run -L again.db index "$file"
        exits 0
        pinakes -L again.db export --format jsonl | sort >got
        cmp -s want got || fail "$format changes a paper: $(diff want got)"
    done
}

skip() {
    echo "skipped: $1"
    exit 77
}

finish() {
    [ "$failures" -eq 0 ] || { printf '%s failed\n' "$failures"; exit 1; }
}
