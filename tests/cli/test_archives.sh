# Archives of notes.
. "$SOURCE_DIR/tests/cli/support.sh"
if ! command -v tar >/dev/null; then
    echo "skipped: no tar here"
    exit 0
fi
mkdir -p vault/osdi-2022 shelf
printf '# Oasis: Pooling Devices Over CXL\n\nThe paper pools a zebrafish.\n' >vault/osdi-2022/oasis.md
printf '@misc{logs, title = {Trees of Logs of Trees}, year = 2021}\n' | gzip >vault/refs.bib.gz
tar -cf shelf/vault.tar vault

it "reads the files in an archive as it reads a folder"
run index shelf/vault.tar
exits 0
prints '^2 papers: 2 new'
run search zebrafish
prints 'OSDI 2022'
prints 'vault.tar/vault/osdi-2022/oasis.md:3'

it "leaves alone what did not change"
run index shelf/vault.tar
prints '^2 papers: 0 new, 0 changed, 0 removed, 2 unchanged'

it "follows what was added and what went"
printf '# Boki: Shared Logs for Functions\n\nThe paper.\n' >vault/boki.md
rm vault/refs.bib.gz
tar -czf shelf/vault.tar.gz vault
rm shelf/vault.tar
run index shelf
prints '^2 papers: 1 new, 0 changed, 1 removed, 1 unchanged'

it "keeps what a damaged archive gave"
head -c 100 shelf/vault.tar.gz >cut
mv cut shelf/vault.tar.gz
run index shelf
exits 0
prints '^2 papers: 0 new, 0 changed, 0 removed, 2 unchanged'
remarks 'vault.tar.gz: cannot be read'
run index shelf/vault.tar.gz
exits 2
remarks 'vault.tar.gz: cannot be read: the archive is damaged'

it "reads what bzip2 has packed, in several streams too, and says where it is cut off"
printf '@misc{trees, title = {Trees of Logs of Trees}, year = 2021}\n' >trees.bib
if command -v bzip2 >/dev/null; then
    { bzip2 -c trees.bib; printf '@misc{zebra, title = {Zebras in Trees}, year = 2022}\n' | bzip2 -c; } >two.bib.bz2
    run index -L packed.db two.bib.bz2
    exits 0
    prints '^2 papers: 2 new'
    run search -L packed.db zebras
    prints 'two.bib.bz2:2 '
    head -c 60 two.bib.bz2 >cut.bib.bz2
    run index -L packed.db cut.bib.bz2
    exits 2
    remarks 'cut.bib.bz2: the bzip2 data ends too early; the file is cut off'
fi
finish
