# pinakes.ini: a folder whose notes are kept in another way.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir -p vault/Gathering/caching
printf -- '---\ntitle: Loud Caches and What They Count\nWann: 2029\n---\nThe paper is loud.\n' >vault/Gathering/caching/loud.md

it "reads labels and folders as its owner says"
run index vault
run search loud
prints_not 'Gathering 2029'
printf '[fields]\nWann = year\n[folders]\n1 = venue\n2 = tag\n' >vault/pinakes.ini
run index vault
prints '^1 paper: 0 new, 1 changed|^1 paper: 1 new'
run search loud
prints 'Gathering 2029'

it "leaves alone what is read as before"
run index vault
prints '^1 paper: 0 new, 0 changed, 0 removed, 1 unchanged'

it "reads anew when the conventions change or go"
printf '[fields]\nWann = year\n' >vault/pinakes.ini
run index vault
prints '^1 paper: 0 new, 1 changed'
run search loud
prints_not 'Gathering 2029'
rm vault/pinakes.ini
run index vault
run search loud
prints_not '2029'

it "takes for papers what its owner says"
mkdir -p lists
printf -- '- quiet pages\n- loud caches\n' >lists/mine.md
run index -L lists.db lists
exits 0
remarks 'passed over: no paper was found in it'
printf '[papers]\nmine.md = items\n' >lists/pinakes.ini
run index -L lists.db lists
prints '^2 papers: 2 new'
run search -L lists.db quiet
prints 'mine.md:1'

it "names a line that it does not understand"
printf '[fields]\nWann = when\n' >vault/pinakes.ini
run index vault
exits 0
remarks 'vault/pinakes.ini:2: no field is called so'
finish
