# Topics against labels.
. "$SOURCE_DIR/tests/cli/support.sh"

labels=$SOURCE_DIR/tests/query/topic_labels.tsv

it "tells precision, recall and F1 of each topic, and every paper that was misjudged"
printf 'title\ttopics\nBoki: Stateful Serverless Computing with Shared Logs\tserverless\nA Formally Verified NAT\tserverless\nThe Google File System\t\n' >three.tsv
run topics check three.tsv
exits 0
prints '^serverless +2 +1 +1 +1 +0\.5 +0\.6667$'
prints '^ +3 +serverless +0 +2 +A Formally Verified NAT'
prints '^ +3 +verification +[0-9]+ +2 +A Formally Verified NAT +.*title:(verified|formally)'
run topics check three.tsv --json
json '.topics[2].recall' 0.5

it "knows papers of the library by key and title, with all their text"
run index notes
run search --all --format csv serverless
key=$(sed -n '2s/,.*//p' out)
printf 'key\ttopics\n%s\tserverless\nno-such-paper2020\tverification\n' "$key" >keys.tsv
run topics check keys.tsv
exits 0
remarks '^1 paper judged, 1 of them with the text of the library'
remarks 'not judged: 1 whose key'

it "finds papers by their titles about as well as a person, for every topic"
run topics check "$labels" --json
exits 0
json '[.macro_f1 > 0.92, (.topics | map(.f1) | min) > 0.85, (.topics | map(.precision) | min) > 0.9]' '[true,true,true]'

it "names what is wrong with a file of labels"
printf 'name\tclass\nx\ty\n' >columns.tsv
run topics check columns.tsv
exits 2
complains_in_one_line
remarks 'columns\.tsv:1: '
run topics check no-such-file.tsv
exits 2
complains_in_one_line
: >empty.tsv
run topics check empty.tsv
exits 2
complains_in_one_line
printf '[serverless]\ntitle = x\n+ broken\n' >broken.ini
run topics check three.tsv --topics broken.ini
exits 2
complains_in_one_line
remarks 'broken\.ini:3:'

it "judges by another topics file, and says which labels it does not know"
printf '[files]\ntitle = File systems\nthreshold = 1\n+1 "file system"\n' >files.ini
run topics check three.tsv --topics files.ini
exits 0
prints '^files +0 +1 +0'
remarks 'there is no such topic: serverless'


it "takes words of one stem with those of verification for none of them"
printf '# CVPR 2019\n\n## A Spatial Attention Mechanism\nExperiments verify that it refines masks.\n' >words.md
printf '\n## A Mechanized Proof of a Scheduler\nA verifier checks it.\n' >>words.md
pinakes -L words.db index -q words.md
run -L words.db topics verification
exits 0
prints 'Mechanized Proof'
prints_not 'Attention'
finish
