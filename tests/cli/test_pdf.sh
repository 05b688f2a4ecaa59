# Papers as PDF.
. "$SOURCE_DIR/tests/cli/support.sh"
if ! command -v pdftotext >/dev/null; then
    echo "skipped: no pdftotext here"
    exit 0
fi
mkdir shelf
cp "$SOURCE_DIR/tests/corpus/pdf/two_lines.pdf" shelf/quiet.pdf

it "passes PDF over unless told otherwise"
run index shelf
remarks 'quiet.pdf: a PDF; those are read only with --pdf'

it "reads what it passed over when it is told to"
run index --pdf shelf
prints '^1 paper: 1 new'
run search zebrafish
prints 'quiet.pdf:1'
run search octopus
prints 'quiet.pdf:2'

it "reads a PDF it knows also without being told"
run index shelf
prints '^1 paper: 0 new, 0 changed, 0 removed, 1 unchanged'
cp "$SOURCE_DIR/tests/corpus/pdf/cover.pdf" shelf/quiet.pdf
run index shelf
prints '^1 paper: 1 new, 0 changed, 1 removed'

it "remembers that a folder is read so"
run index --pdf shelf
cp "$SOURCE_DIR/tests/corpus/pdf/two_lines.pdf" shelf/other.pdf
run status
exits 1
run index
prints '^2 papers: 1 new'
run status
exits 0

it "names what pdftotext cannot read"
run index --pdf "$SOURCE_DIR/tests/corpus/pdf/garbage.pdf"
exits 2
remarks 'garbage.pdf: the PDF is damaged or locked'
finish
