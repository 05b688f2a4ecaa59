# open: from an answer to where it stands.
. "$SOURCE_DIR/tests/cli/support.sh"

printf '@article{webbed, title={A Paper on the Web}, year={2020}, url={https://example.org/a?b=1&c=2}}
@article{doied, title={A Paper With a Number}, year={2021}, doi={10.1145/1234.5678}}
@article{arxived, title={A Paper on a Server}, year={2022}, eprint={2309.06180}, archiveprefix={arXiv}}
@article{filed, title={A Paper in a Drawer}, year={2023}, url={file:///etc/passwd}}
@article{bare, title={A Paper Nowhere}, year={2024}}\n' >'my refs.bib'
run index 'my refs.bib'
exits 0
refs="$work/my refs.bib"
for name in vim code kate strange xdg-open; do
    printf '#!/bin/sh\necho %s\nfor argument; do echo "[$argument]"; done\nexit ${CODE:-0}\n' "$name" >"bin/$name"
    chmod +x "bin/$name"
done
unset VISUAL EDITOR

opens() { # EXPECTED...: the lines of the output
    exits 0
    printf '%s\n' "$@" >expected
    cmp -s expected out || fail "it opened: $(tr '\n' ' ' <out)"
}

it "opens the source at its line, as each editor wants to be told"
export EDITOR=vim
run open doied
opens vim '[+2]' "[$refs]"
EDITOR="$work/bin/vim -n" run open doied
opens vim '[-n]' '[+2]' "[$refs]"
EDITOR='code --wait' run open arxived
opens code '[--wait]' '[-g]' "[$refs:3]"
EDITOR=kate run open webbed
opens kate '[-l]' '[1]' "[$refs]"
EDITOR=strange run open webbed
opens strange "[$refs]"

it "takes VISUAL before EDITOR, and vi where there is neither"
VISUAL=code run open doied
opens code '[-g]' "[$refs:2]"
VISUAL='' run open doied
opens vim '[+2]' "[$refs]"
cp bin/vim bin/vi
EDITOR=' ' run open doied
opens vim '[+2]' "[$refs]"

it "ends as the editor does"
CODE=7 run open doied
exits 7

it "opens the address, or that of the DOI or the arXiv identifier"
run open --url webbed
opens xdg-open '[https://example.org/a?b=1&c=2]'
run open -u doied
opens xdg-open '[https://doi.org/10.1145/1234.5678]'
run open --url arxived
opens xdg-open '[https://arxiv.org/abs/2309.06180]'

it "opens nothing that is not on the web"
for key in filed bare; do
    run open --url "$key"
    exits 1
    prints_nothing
    complains_in_one_line
done

it "prints what it would open"
run open --print doied
opens "$refs:2"
run open --print --url doied
opens 'https://doi.org/10.1145/1234.5678'

it "says what cannot be opened"
run open nobody
exits 1
complains_in_one_line
run open
exits 2
complains_in_one_line
run open webbed doied
exits 2
complains_in_one_line
mv 'my refs.bib' elsewhere.bib
run open doied
exits 2
complains_in_one_line
remarks 'cannot be opened'
run_shell "printf '# One Paper Alone\n\nWith a line about zebrafish.\n' | pinakes index -q -; pinakes open \$(pinakes search --format csv zebrafish | sed 1d | cut -d, -f1)"
exits 2
remarks 'standard input'
finish
