# What a library knows of its files: its roots, what has changed below them, and what becomes of one that goes away.
. "$SOURCE_DIR/tests/cli/support.sh"

root=$work/notes

it "says that a new library is in step"
run index notes
run status
exits 0
prints "^$root +2 +6 +0 +0 +0$"
remarks_nothing

it "names the files that were added, changed and removed, and writes nothing"
cp notes/snapshots.md notes/more.md
sed 's/by a fifth/by a quarter/' notes/osdi-notes.txt >changed && mv changed notes/osdi-notes.txt
rm notes/snapshots.md
cp library.db before.db
run status
exits 1
prints "^added +$root/more.md$"
prints "^changed +$root/osdi-notes.txt$"
prints "^removed +$root/snapshots.md$"
run status --json
exits 1
json '[.roots[0].added,.roots[0].changed,.roots[0].removed]' '[1,1,1]'
json '[.changes[].change]' '["added","changed","removed"]'
run status --format csv
prints_lines 4
cmp -s library.db before.db || fail "the library was written"

it "takes a file that was only touched for unchanged"
run index
touch -d '2001-02-03' notes/osdi-notes.txt
run status
exits 0
touch -d '2101-02-03' notes/osdi-notes.txt
run status
exits 0
prints " 0 +0 +0$"

it "counts what is read by other rules as changed, and the rules themselves as no file"
printf '[fields]\nProblem = title\n' >notes/pinakes.ini
run status
exits 1
prints '^changed '
prints_not 'pinakes\.ini'
run index
touch -d '2101-02-03' notes/osdi-notes.txt notes/more.md
run status
exits 0
rm notes/pinakes.ini
run index
run status
exits 0

it "reads all it knows again when index gets no path, each root by its own format"
mkdir loose && cp notes/more.md loose/one.bib
printf '@article{key7, title={A Paper About Zebrafish Caches}, year={2024}}\n' >loose/list.txt
run index --format bibtex loose/list.txt
exits 0
printf '@article{key8, title={A Paper About Quokka Caches}, year={2024}}\n' >>loose/list.txt
printf '\n## Tapir Scheduling in the Kernel\n\nTapirs yield early.\n' >>notes/osdi-notes.txt
run index
exits 0
run search quokka
exits 0
prints 'key8'
run search tapirs
exits 0
run status --json
json '[.roots[].format]' '["bibtex",null]'

it "keeps one root where another lies below it"
mkdir -p notes/deep && mv notes/more.md notes/deep
run index notes/deep
exits 0
run status --format json
json '[.roots[].root|sub(".*/";"")]' '["list.txt","notes"]'

it "keeps the papers of a folder that is not there, and says so"
run index -q
mv notes away
run index
exits 0
remarks "^$root: is not there; the papers of its 2 files stay"
prints ' 0 removed'
run search tapirs
exits 0
run status
exits 0
run index notes
exits 0
prints ' 0 removed'

it "takes it back when it returns"
mv away notes
run index
prints ' 0 new, 0 changed, 0 removed'
remarks_nothing

it "knows the papers of a folder that was moved, keys and all"
run search --format csv tapirs
sed 1d out | cut -d, -f1 >key
mv notes renamed
run index renamed
exits 0
prints ': 0 new, 0 changed, 0 removed'
run search --format csv tapirs
[ -s key ] && [ "$(sed 1d out | cut -d, -f1)" = "$(cat key)" ] || fail "the key changed"
run status
exits 0
prints "^$work/renamed"
prints_not "^$root "
remarks_nothing

it "forgets a root with its papers, and only a root"
run index --forget renamed/deep
exits 2
complains_in_one_line
remarks 'lies below'
run index --forget elsewhere
exits 2
remarks 'is no root'
run index --forget renamed
exits 0
prints '^2 papers: 0 new, 0 changed, [0-9]+ removed, 2 unchanged'
run search tapirs
exits 1
run verify
exits 0
run index
prints '^2 papers'

it "goes on with the other roots when the file of one is deleted"
mkdir -p other && cp renamed/osdi-notes.txt other
run index -q other
rm loose/list.txt
run index
exits 0
prints ' 2 removed'
run index
exits 0
remarks "list.txt: is not there"
run verify
exits 0

it "passes over a folder it may not enter, keeping its papers"
if [ "$(id -u)" -ne 0 ]; then
    mkdir other/shut && cp renamed/deep/more.md other/shut
    run index -q
    chmod 000 other/shut
    run index
    exits 0
    remarks 'shut: cannot be read: Permission denied'
    prints ' 0 removed'
    chmod 755 other/shut
fi

it "does not walk in circles, and takes names that are not UTF-8"
mkdir other/in && ln -s .. other/in/loop
cp renamed/deep/more.md "other/$(printf 'caf\351').md"
run index
exits 0
run status
exits 0
run index --forget other
exits 0
it "takes no file for added or changed that a run could not read either, and says why"
mkdir spoilt && cp notes/more.md spoilt/whole.md
run -L spoilt.db index spoilt
gzip -c loose/one.bib | head -c 40 >spoilt/cut.bib.gz
printf '# One\n\nGr\303\274\303\237e \303\274ber \303\244\303\266 \377\n' >spoilt/odd.md
run -L spoilt.db index
exits 0
cp err told
run -L spoilt.db status
exits 0
prints ' 0 +0 +0$'
for file in cut.bib.gz odd.md:3; do
    grep "^$file: " told >line || fail "index said: $(cat told)"
    grep -qxF -- "$(cat line)" err || fail "status does not say: $(cat line)"
done

finish
