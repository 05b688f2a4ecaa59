# completions: what the shells offer.
. "$SOURCE_DIR/tests/cli/support.sh"

command -v bash >/dev/null || skip "bash is not installed"
run index -q notes
pinakes completions bash >completions.bash

# offers WORD...: what bash offers for the last of the words, one a line, in the file out.
offers() {
    bash -c '. ./completions.bash
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
        _pinakes pinakes "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        [ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"' bash "$@" >out 2>err
    status=$?
    shown=no
}

it "offers the commands"
offers pinakes ''
remarks_nothing
for name in index watch status search related report show open export topics completions help; do
    prints "^$name$"
done
offers pinakes se
prints '^search$'
prints '^seal$'
prints_lines 2

it "offers every option the help of a command has"
for name in index watch search related report export topics eval open; do
    offers pinakes "$name" --
    cp out offered
    pinakes help "$name" | sed -n 's/^ .*\(--[a-z-]*\).*  .*/\1/p' | while read -r option; do
        grep -qx -- "$option" offered || echo "$name $option"
    done
done >lacking
[ ! -s lacking ] || fail "not offered: $(cat lacking)"
offers pinakes search --fac
prints '^--facets$'
prints_lines 1

it "offers the values of options"
offers pinakes --format ''
prints '^csl-json$'
prints '^text$'
offers pinakes search --sort ''
prints '^year-asc$'
offers pinakes search --format = bib
prints '^bibtex$'
offers pinakes index --format ''
prints '^markdown$'
prints_not '^html$'
offers pinakes search --topic ''
prints '^far-memory$'
offers pinakes related --text no
prints '^notes$'

it "offers the keys of the library that is named"
offers pinakes show ''
cp out keys
[ "$(wc -l <keys)" -eq 6 ] || fail "not all keys"
offers pinakes open "$(head -n 1 keys | cut -c1-3)"
prints "^$(head -n 1 keys)$"
run -L other.db index -q notes/snapshots.md
offers pinakes -L other.db show ''
prints_lines 1
offers pinakes show 'no-such-key%_'
prints_nothing

it "offers the rest of a key with a colon in it, which ends a word to bash"
printf '@misc{WOS:0001, title = {A Key of the Web of Science}}\n@misc{WOS:0002, title = {Another Such Key}}\n' >colons.bib
run -L colons.db index -q colons.bib
offers pinakes -L colons.db show W
prints '^WOS:0001$'
offers pinakes -L colons.db show WOS :
prints '^0001$'
prints '^0002$'
offers pinakes -L colons.db show WOS : 0002
prints '^0002$'
prints_lines 1
offers pinakes -L colons.db show none : 1
prints_nothing

it "offers the fields of the query language, and topics behind theirs"
offers pinakes search ti
prints '^title:$'
offers pinakes search topic :
prints '^far-memory$'
offers pinakes search topic : far
prints '^far-memory$'
prints_lines 1
offers pinakes search word
prints_nothing

it "offers files and commands where these are wanted"
offers pinakes index note
prints '^notes$'
offers pinakes help ver
prints '^verify$'
offers pinakes completions ''
prints '^zsh$'

it "offers nothing, in silence, where there is no library"
offers pinakes -L none.db show ''
prints_nothing
remarks_nothing

it "writes scripts the shells can read"
for shell in zsh fish; do
    run completions "$shell"
    exits 0
    prints 'pinakes'
    for name in index watch status search open; do
        prints "$name"
    done
    if command -v "$shell" >/dev/null; then
        "$shell" -n out 2>err || fail "$shell does not read it"
    fi
done
if command -v zsh >/dev/null; then
    zsh -f -c 'autoload -U compinit; compinit -u -D; source <(pinakes completions zsh); print $_comps[pinakes]' >out 2>err
    prints '^_pinakes$'
    remarks_nothing
fi
if command -v fish >/dev/null; then
    fish --no-config -c 'pinakes completions fish | source; complete -C "pinakes search --sort y"' >out 2>err
    prints '^year$'
    prints '^year-asc$'
    prints_lines 2
fi
run completions tcsh
exits 2
complains_in_one_line
run completions
exits 2
complains_in_one_line
finish
