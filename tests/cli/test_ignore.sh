# .pinakesignore: which files are no notes.
. "$SOURCE_DIR/tests/cli/support.sh"

mkdir -p vault/drafts/old vault/papers
for name in vault/bench.md vault/drafts/one.md vault/drafts/old/two.md vault/papers/kept.md vault/papers/scratch.md; do
    printf -- '---\ntitle: The Paper in %s\nyear: 2023\n---\n\nOne sentence.\n' "$(basename "$name" .md)" >"$name"
done

it "passes over what it names"
printf '# no drafts\ndrafts/\n/bench.md\n' >vault/.pinakesignore
run index vault
exits 0
prints '^2 papers: 2 new'

it "takes what a rule further down, or in a folder further in, takes back"
printf 'scratch.md\n*.md\n!papers/*.md\n!bench.md\n' >vault/.pinakesignore
printf 'scratch.md\n' >vault/papers/.pinakesignore
run index vault
exits 0
run search 'title:kept'
exits 0
run search 'title:bench'
exits 0
run search 'title:scratch'
exits 1
run search 'title:one'
exits 1

it "removes the papers of files that are passed over from now on"
printf 'bench.md\n' >vault/.pinakesignore
run status
exits 1
prints "^removed .*/bench.md$"
run index
exits 0
prints ' 1 removed'

it "reads a file that is named itself, whatever the rules"
run index vault/bench.md
exits 0
prints '^1 paper: 1 new'

it "says so when the rules cannot be read, and goes on"
printf '\377\376\000binary' >vault/papers/.pinakesignore
run index vault
exits 0
finish
