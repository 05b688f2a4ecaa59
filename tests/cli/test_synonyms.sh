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

it "adds no name that hardly anyone uses for a word, unless it is written in capitals"
rm aliases.txt
{
    printf '# OSDI 2024\n'
    for i in $(seq 1 30); do printf '\n## Parsing Sentences, Part %d\nA paper on detection and parsing of objects.\n' "$i"; done
    printf '\n## Finding Words\nPathological word saliency search (PARS) and object detection (OD) are methods.\n'
    printf '\n## A Rack of Pathological Word Saliency Search\nIt is not said otherwise.\n'
} >many.md
pinakes -L many.db index -q many.md
for query in parsing 'object detection'; do
    run -L many.db search "$query"
    exits 0
    remarks_not 'also'
done
run -L many.db search --all PARS
remarks '^PARS: also Pathological word saliency search'
prints 'A Rack'

it "finds an acronym's meaning however the acronym is joined"
printf '# OSDI 2024\n\n## Classifying\nA k-nearest neighbour (kNN) decides.\n' >near.md
printf '\n## Voting\nThe k-nearest neighbour has a say.\n' >>near.md
pinakes -L near.db index -q near.md
for query in kNN knn k-NN; do
    run -L near.db search "$query"
    remarks '^2 of 2 papers'
done
finish
