# Colours, wrapping and the pager: on a terminal only.
. "$SOURCE_DIR/tests/cli/support.sh"
command -v script >/dev/null || skip "script(1) is not installed"
script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "there are no pseudo-terminals here"
pinakes index -q notes || exit 1
escape=$(printf '\033')

# on_terminal COLUMNS ROWS COMMAND: its screen in the file out.
on_terminal() {
    TERM=${term:-xterm} script -qec "stty cols $1 rows $2; $3" /dev/null </dev/null 2>"$work/err" |
        tr -d '\r' >"$work/out"
    status=$?
    shown=no
}

it "colours on a terminal, and marks the words it matched"
on_terminal 80 50 'pinakes search cold'
prints "$escape\[1;31mcold"

it "does not colour for NO_COLOR, TERM=dumb and --color never"
for command in 'NO_COLOR=1 pinakes search cold' 'TERM=dumb pinakes search cold' 'pinakes --color never search cold'; do
    on_terminal 80 50 "$command"
    prints 'Tiered Pages'
    prints_not "$escape"
done

it "does not colour or wrap in a pipe, unless told"
run search cold
prints_not "$escape"
prints '^    osdi-notes.txt:4  .*$'
run search --color always cold
prints "$escape\[1;31mcold"
run_shell 'NO_COLOR=1 pinakes --color always search cold'
prints "$escape"

it "wraps at the width of the terminal"
on_terminal 60 50 'pinakes --color never search snapshot'
[ "$(wc -L <out)" -le 60 ] || fail "a line is $(wc -L <out) columns wide"
[ "$(wc -l <out)" -gt 4 ] || fail "nothing was wrapped"

it "shortens bars where a terminal is narrow"
on_terminal 40 50 'pinakes --color never topics'
[ "$(wc -L <out)" -le 40 ] || fail "a line is $(wc -L <out) columns wide"
prints '^far-memory +[0-9]+  Far, remote,'
on_terminal 60 50 'pinakes --color never topics'
[ "$(wc -L <out)" -le 60 ] || fail "a line is $(wc -L <out) columns wide"
prints '█'

it "keeps every cell of a table in its column, however narrow the terminal"
cat >long.bib <<'END'
@article{first2019, title = {Sleep and the Consolidation of Episodic Memory in Older Adults}, author = {Ada Example}, year = 2019,
  journal = {Transactions of the Society of Examples in Many Words and Volumes}, doi = {10.1000/1}}
END
sed 's/first2019/second2019/; s/Sleep and/Sleep, and/' long.bib >again.bib
pinakes -L long.db index -q long.bib again.bib
for columns in 100 80 60; do
    on_terminal $columns 60 'pinakes -L long.db --color never duplicates'
    [ "$(wc -L <out)" -le $columns ] || fail "a line is $(wc -L <out) columns wide"
    prints '^first2019 +2019  '
    prints '^second2019 +2019  '
    prints '^ {12,}[A-Z].*  [A-Z]' # the lines below a row begin where their columns do
done
on_terminal 80 60 'pinakes -L long.db --color never search --facets'
[ "$(wc -L <out)" -le 80 ] || fail "a line is $(wc -L <out) columns wide"
prints '^Transactions of the Society .* +1'
on_terminal 40 60 'pinakes -L long.db --color never search sleeep memoory'
[ "$(wc -L <out)" -le 40 ] || fail "a line is $(wc -L <out) columns wide"
run -L long.db duplicates
prints '^first2019 +2019  Transactions of .*Volumes  .*Older Adults$'

it "shows a table that no line holds in bands, each with what its rows are of"
on_terminal 40 50 'pinakes --color never status'
[ "$(wc -L <out)" -le 40 ] || fail "a line is $(wc -L <out) columns wide"
prints '^root +files +papers'
prints '^root .*removed$'
for year in 2001 2002 2003 2004 2005 2006 2007 2008 2009 2010; do
    printf '@misc{p%s, title = {Far Memory in the Year %s}, year = %s}\n' $year $year $year
done >years.bib
pinakes -L years.db index -q years.bib
for columns in 40 60; do
    on_terminal $columns 90 'pinakes -L years.db --color never topics --matrix year'
    [ "$(grep -v '^the papers of' out | wc -L)" -le $columns ] || fail "a line is too wide"
    prints '^topic .* 2001 '
    prints '^topic .* 2010 +papers$'
    prints '^far-memory .* 10$'
done
on_terminal 100 50 'pinakes -L years.db --color never topics --matrix year'
prints '^topic +2001.* 2010 +papers$'

it "gives long output to the pager, and short output not"
on_terminal 80 5 'PAGER="sed s/^/paged:/" pinakes --color never search'
prints '^paged: 1\. '
on_terminal 80 50 'PAGER="sed s/^/paged:/" pinakes --color never search'
prints_not 'paged:'
on_terminal 80 5 'PAGER="sed s/^/paged:/" pinakes --no-pager search'
prints_not 'paged:'
on_terminal 80 5 'PAGER=no-such-pager pinakes --color never search'
prints '^ 6\. '

it "lets no control character of a note through to the terminal"
printf '# A Title With \033[31mColour\033[0m in It\n\nAnd a \007 bell \302\233 here.\n' >evil.txt
pinakes index -q evil.txt
run search bell
prints_not "$escape"
prints_not "$(printf '\007')"
prints_not "$(printf '\302\233')"
finish
