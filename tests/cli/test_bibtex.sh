# Bibliographies.
. "$SOURCE_DIR/tests/cli/support.sh"
cat >mine.bib <<'END'
@inproceedings{DBLP:conf/sosp/Example21,
  author    = {J{\"u}rgen M{\"u}ller and Ada Example},
  title     = {{Oasis}: Pooling Devices over {CXL}},
  booktitle = {Proceedings of the 28th Symposium on Operating Systems Principles},
  year      = 2021,
  abstract  = {Hosts share devices.
               A zebrafish swims on the second line.},
  note      = {Why not use CXL for the tail as well?}
}
@misc{second, title = {Another Entry}, year = 2003}
END

it "reads one paper an entry, under its citation key"
run index mine.bib
exits 0
prints '^2 papers: 2 new'
run show DBLP:conf/sosp/Example21
exits 0
prints '^Oasis: Pooling Devices over CXL$'
prints 'SOSP 2021 · Jürgen Müller, Ada Example'

it "proves a hit with the line of the bibliography"
run search zebrafish
prints 'mine.bib:7  A zebrafish swims on the second line\.$'

it "tells notes from abstracts"
run search 'note:CXL -abstract:CXL'
exits 0
prints '^ 1\. Oasis'

it "finds names however they are written"
run search 'author:muller'
exits 0
run search 'author:Müller'
exits 0

it "counts venues by their short names"
run search --venue SOSP
exits 0
prints '^ 1\. Oasis'

it "names an entry it cannot read, and goes on when told to"
echo '@misc{broken, title {No Equals Sign}}' >>mine.bib
run index mine.bib
exits 2
complains_in_one_line
remarks 'mine.bib:11: there is no "=" behind the name of a field; --keep-going passes over such records$'
run index --keep-going mine.bib
exits 0
remarks '^mine.bib:11: '
prints '^2 papers: 0 new, 0 changed, 0 removed, 2 unchanged'

it "keeps the key of an entry whose title changes"
sed 's/Another Entry/Another Title/; /broken/d' mine.bib >changed && mv changed mine.bib
run index mine.bib
prints '^2 papers: 0 new, 1 changed, 0 removed, 1 unchanged'
run show second
prints '^Another Title$'
finish
