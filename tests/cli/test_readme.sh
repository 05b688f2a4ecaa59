# What the README shows of the program is what it prints.
. "$SOURCE_DIR/tests/cli/support.sh"
readme=$SOURCE_DIR/README.md
[ -e "$readme" ] || skip "there is no README.md beside the sources"

it "shows commands of the bundled library with what they print"
pinakes index --quiet "$SOURCE_DIR/corpus/library" 2>err || fail "no library"
# A command is a line of four spaces and "$ "; below it stands what it prints. "..." ends what is shown.
awk '
    /^    \$ / { n++; shown = 1; print substr($0, 7) >("command." n); printf "" >("shown." n); next }
    shown && /^    / { print substr($0, 5) >("shown." n) }
    /^[^ ]/ { shown = 0 }
' "$readme"
same_but_for_time() {
    sed -E 's/[0-9.]+ ms$/_ ms/; s/ +$//; /^$/d' "$1"
}
count=0
while [ -e "command.$((count + 1))" ]; do
    count=$((count + 1))
    (cd "$SOURCE_DIR" && sh -c "$(cat "$work/command.$count")") >printed 2>&1 || true
    same_but_for_time "shown.$count" >shown
    same_but_for_time printed >printed_lines
    if grep -qx ' *\.\.\.' shown; then
        sed '/^ *\.\.\.$/,$d' shown >shown_lines
        head -n "$(wc -l <shown_lines)" printed_lines >compared
    else
        cp shown shown_lines
        cp printed_lines compared
    fi
    sort shown_lines >a && sort compared >b
    cmp -s a b || fail "README.md shows of '$(cat "command.$count")' what is not printed: $(diff a b | head -4)"
done
[ "$count" -gt 5 ] || fail "the README shows too few commands"
finish
