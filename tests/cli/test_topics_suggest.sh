# Topics for papers that have none.
. "$SOURCE_DIR/tests/cli/support.sh"
mkdir shelf
cat >shelf/list.md <<'END'
# FAST 2023

## Persistent Memory File Systems Without Copies
Journals of persistent memory files survive a crash; crash consistency costs flushes.

## Crash Consistency on Persistent Memory for Everyone
Stores to persistent memory reach the device in any order; flushes order them before a crash.

## A Survey of Persistent Memory Indexes and Their Crashes
Consistency after a crash is the hard part, flushes the slow one.

## Erasure Coding in Wide Stripes
Wide stripes need less parity; repair of stripes is slow.

## Repair of Erasure Coding Stripes in the Background
Repair reads all stripes and writes parity.

## A Compiler That Explains Itself
It tells why a loop was not unrolled.

## Queues Between Cores
A ring of cache lines carries messages.

## Naming Things in a Distributed Directory
Names are leased.

## Clocks That Agree Across Continents
Fibre is long and clocks drift.

## How Disks Age
Sectors fail in bursts.

## Compressing Columns of Numbers
Deltas are packed.

## Rolling Out Changes Without Fear
Canaries sing first.

## Sandboxes for Plugins of Editors
Plugins share nothing.

## Serverless Functions from Snapshots of Warm Memory
Serverless functions start from snapshots.
END
run index -q shelf
exits 0

it "suggests what papers without a topic have in common"
run topics suggest
exits 0
prints '^\[persistent-memory\]$'
prints '^\+3  title:persistent-memory$'
prints '^#   Crash Consistency on Persistent Memory for Everyone$'
prints '^\[erasure-coding\]$'
prints_not 'serverless'
cp out first

it "says the same again"
run topics suggest
cmp -s first out || fail "another answer"

it "gives text that a topics file takes"
run index --topics first shelf
exits 0
run topics persistent-memory
exits 0
prints 'Without Copies'
prints 'Crash Consistency'
prints 'A Survey'

it "suggests nothing where nothing is left"
cp first all.ini
printf '[rest]\ntitle = The rest\n+2  NOT zebrafish\n' >>all.ini
run index --topics all.ini shelf
run topics suggest
exits 1
prints_nothing

it "tells programs the papers of each"
run index --topics "$SOURCE_DIR/corpus/library/topics.ini" shelf
run topics suggest --json
json '[.topics[]|select(.name=="persistent-memory")|.papers|length]' '[3]'
run topics suggest --json -n 1
json '.topics|length' '1'
run topics suggest --format csv
prints '^persistent-memory,[a-z0-9-]+,Crash Consistency on Persistent Memory for Everyone'

it "has nothing to say of an empty library"
run -L empty.db index --format notes /dev/null
run -L empty.db topics suggest
exits 1
finish
