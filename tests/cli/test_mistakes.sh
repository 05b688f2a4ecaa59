# Mistakes of every kind: one clear line, exit status 2.
. "$SOURCE_DIR/tests/cli/support.sh"

refuses() { # REGEX ARGUMENT...: exit status 2, no output, one line that matches
    expected=$1
    shift
    run "$@"
    exits 2
    prints_nothing
    complains_in_one_line
    remarks "$expected"
}

it "says how to make a library where there is none"
refuses "there is no library at $work/library.db yet; make one: pinakes index PATH" search CXL
for command in stats verify topics 'show key'; do
    refuses 'there is no library' $command
done
refuses "at 'my papers.db' yet; make one: pinakes -L 'my papers.db' index PATH" -L 'my papers.db' search CXL

it "refuses what is no library"
mkdir folder
refuses 'folder' -L folder search CXL
echo 'this is no database, only a text that somebody wrote down' >text.db
refuses 'text.db' -L text.db search CXL
refuses '-L needs' -L '' search CXL

it "names the closest command and option"
refuses "there is no command 'serch'; did you mean search" serch CXL
refuses "there is no command 'xyzzy'" xyzzy
refuses 'there is no option --fcaets; did you mean --facets' search --fcaets CXL
refuses 'there is no option --jsn; did you mean --json' --jsn stats
refuses 'there is no option --qqqqqqqq' stats --qqqqqqqq
refuses 'there is no option -x; to search for it, write: pinakes search -- -x' search -x
refuses 'did you mean --json' search -json CXL

it "wants values, and the right ones"
refuses '--topic needs a value' search --topic
refuses '-n needs a value' search -n
refuses '--facets takes no value' search --facets=yes
refuses '-n takes a whole number' search -n 0
refuses '-n takes a whole number' search -n ten
refuses '-n takes a whole number' search -n 99999999999999999999
refuses '--year takes' search --year soon
refuses '--year takes' search --year ..
refuses 'write 2021..2025' search --year 2025..2021
refuses 'did you mean csv' search --format cvs
refuses '--sort does not know' search --sort date
refuses '--color does not know' --color sometimes stats
refuses '--page does not go with --all' search --all --page 2
refuses 'takes no arguments' stats now
refuses 'index what' index
refuses 'tokens of which text' tokens
refuses 'check by which labels' topics check

it "says that a library is empty, and how to fill it"
mkdir empty
pinakes index -q empty
run search CXL
exits 1
prints_nothing
remarks '^the library holds no papers yet; index some: pinakes index PATH'
run_shell 'echo cold pages | pinakes related --text -'
remarks '^the library holds no papers yet; index some: pinakes index PATH'

it "says when the output cannot be written"
pinakes index -q notes
if [ -c /dev/full ]; then
    for format in text json csv md; do
        run_shell "pinakes search -q --format $format >/dev/full"
        exits 2
        complains_in_one_line
    done
    run_shell 'pinakes help >/dev/full'
    exits 2
    complains_in_one_line
fi
run_shell 'pinakes search -q CXL >&-'
exits 2
run_shell 'pinakes search CXL 2>&-'
exits 0
prints 'Tiered Pages'

it "takes an empty path, as a variable that is not set leaves one, for a mistake and not for the folder it is in"
for command in 'index' 'index --dry-run' 'index --forget'; do
    run $command ''
    exits 2
    complains_in_one_line
    remarks "an empty path names no file or folder; '\.' is the one you are in"
done

it "leaves the library whole when its streams are closed"
run_shell 'pinakes index notes >&- 2>&- <&-'
run verify
exits 0

it "stops without a word when nobody reads on"
run_shell 'pinakes search --json --all | head -c 1'
remarks_nothing
finish
