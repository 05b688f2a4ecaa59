# Other names of what is asked for: acronyms that papers explain, and the user's own aliases.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir shelf
cat >shelf/list.md <<'END'
# OSDI 2024

## Pooling Devices for Cheaper Racks
It lowers the total cost of ownership (TCO) of a datacenter.

## A Cheaper Rack by Careful Accounting
Nothing lowers TCO like a careful look.

## Accounting of Ownership in Large Racks
The total costs of ownership are told by the month.

## Swapping to Remote Memory over the Network
Pages live in remote memory.

## Far Memory by Compression of Cold Pages
Cold pages are far memory.
END
run index -q shelf
exits 0

it "finds an acronym by its meaning and the meaning by the acronym, and says so"
run search TCO
exits 0
prints 'Pooling Devices'
prints 'Accounting of Ownership'
remarks '^TCO: also total cost of ownership'
remarks '3 of 5 papers'
run search total cost of ownership
prints 'careful look'
remarks 'also TCO'
remarks '3 of 5 papers'

it "leaves them out on demand, in quotation marks and in fields"
run search --no-synonyms TCO
remarks '2 of 5 papers'
run search '"total cost of ownership"'
remarks '1 of 5 paper'
run search note:TCO
remarks '2 of 5 papers'

it "adds nothing that the query says itself"
run search 'TCO (total cost of ownership)'
! grep -q 'also' err || fail "something was added"

it "shows how the query was read"
run search --explain TCO
prints '^read as  \(TCO \| total-cost-of-ownership\)$'
run search --json TCO
json '.also.synonyms' '[{"typed":"TCO","name":"total cost of ownership"}]'

it "forgets what a paper explained when the paper goes"
sed -i 's/ (TCO)//' shelf/list.md
run index -q shelf
run search TCO
remarks '^1 of 5 papers'
run verify
exits 0

it "takes aliases from a file beside the library"
printf '# mine\nfar memory = remote memory = disaggregated memory\n' >aliases.txt
run search far memory
prints 'Swapping to Remote Memory'
remarks '^far memory: also remote memory'
run search --any disaggregated memory
prints 'Far Memory by Compression'
run search --no-synonyms far memory
remarks '^1 of 5 papers'

it "takes aliases from the file that is named"
printf 'racks = memory over the network\n' >other.txt
run search --aliases other.txt racks
prints 'Swapping'
run search --aliases nowhere.txt racks
exits 2
complains_in_one_line

it "names line and column of a mistake in an alias file"
printf '# mine\nfar memory\n' >aliases.txt
run search pages
exits 2
complains_in_one_line
remarks 'aliases.txt:2:1: a line names a thing in two ways or more'
printf 'far memory = remote memory =\n' >aliases.txt
run search pages
remarks 'aliases.txt:1:29: there is no name here'
printf 'far memory = Far Memories\n' >aliases.txt
run search pages
remarks 'aliases.txt:1:14: these words name the thing already'
printf 'far memory = ...\n' >aliases.txt
run search pages
remarks 'aliases.txt:1:14: this name has no word to search for'
finish
