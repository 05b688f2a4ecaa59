"""Whether the engines answer alike: the same number of papers found, and how much of the top ten is the same.

Their formulas are relatives, not twins (lengths kept in a byte, other idf), so the top ten may differ a little where
scores lie close; the number found may not."""
import json
import statistics
import subprocess

SAMPLE = 20  # queries of each kind


def sample_queries(queries, folder):
    kinds = {}
    for line in queries.read_text(encoding="utf-8").splitlines():
        kinds.setdefault(line.partition("\t")[0], []).append(line)
    lines = [line for of_kind in kinds.values() for line in of_kind[:SAMPLE]]
    path = folder / "sample.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, [line.partition("\t")[0] for line in lines]


def answers(engine, folder, path):
    text = subprocess.run([engine.program, "query", folder, path, "10", "0"], capture_output=True, text=True,
                          check=True).stdout
    return [json.loads(line) for line in text.splitlines()]


def overlap(a, b):
    left, right = {paper for paper, _ in a["top"]}, {paper for paper, _ in b["top"]}
    return len(left & right) / max(1, len(left), len(right))


def compare(engines, folders, queries, scratch):
    """{engine: {kind: {same_found, overlap}}} beside the first engine in the list: shares from 0 to 1."""
    path, kinds = sample_queries(queries, scratch)
    given = {engine.name: answers(engine, folders[engine.name], path) for engine in engines}
    witness = given[engines[0].name]
    table = {}
    for name, mine in given.items():
        for kind in dict.fromkeys(kinds):
            pairs = [(a, b) for a, b, k in zip(mine, witness, kinds) if k == kind]
            table.setdefault(name, {})[kind] = {
                "same_found": statistics.mean(a["found"] == b["found"] for a, b in pairs),
                "overlap": statistics.mean(overlap(a, b) for a, b in pairs),
            }
    return table
