#!/usr/bin/env python3
"""How good the answers are, beside those of the peers' defaults.

    bench/relevance.py COLLECTION... [--engines lucene,xapian,fts5] [--pinakes build/release/pinakes]

A collection is a folder with docs.jsonl (id, title, text), queries.tsv (id TAB text) and qrels.txt (TREC). Pinakes
reads docs.jsonl as any library and is asked by `pinakes eval`, default and --deep. The peers get title and text cut
into the same stems (split.c), and the words of each query as any word, but for the stop words of Lucene's English
analyzer: what BM25 by itself gives. Prints one table; the measures are trec_eval's, over the judged queries.
"""
import argparse
import collections
import json
import math
import pathlib
import subprocess
import sys
import tempfile

BENCH = pathlib.Path(__file__).resolve().parent
ROOT = BENCH.parent
sys.path.insert(0, str(BENCH))

from sidebyside import engines  # noqa: E402

SCRATCH = BENCH / "results" / "tmp"
MEASURES = ("map", "ndcg10", "p10", "r100", "rr")
DEPTH = 1000
STOP_WORDS = frozenset("""a an and are as at be but by for if in into is it no not of on or such that the their then there
these they this to was will with""".split())  # EnglishAnalyzer.ENGLISH_STOP_WORDS_SET


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("collections", nargs="+", type=pathlib.Path, metavar="COLLECTION")
    parser.add_argument("--engines", default="lucene,xapian,fts5")
    parser.add_argument("--pinakes", type=pathlib.Path, default=ROOT / "build" / "release" / "pinakes")
    return parser.parse_args()


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


# ---- collections ------------------------------------------------------------------------------------------------


def tab_separated(path):
    with path.open(encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t", 1) for line in lines if line.strip()]


def documents(collection):
    with (collection / "docs.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def judgements(collection):
    relevant = collections.defaultdict(dict)
    for line in (collection / "qrels.txt").read_text().splitlines():
        query, _, document, grade = line.split()
        if int(grade) > 0:
            relevant[query][document] = int(grade)
    return relevant


def split(records):
    """The stems of (title, body) pairs, as lines of a token file."""
    papers = "".join(json.dumps({"title": title, "abstract": body}) + "\n" for title, body in records)
    return run(engines.SPLIT, input=papers)


# ---- measures, as trec_eval defines them ------------------------------------------------------------------------


def gain(grades):
    return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades))


def measure(ranking, relevant):
    grades = [relevant.get(document, 0) for document in ranking]
    hits = [rank for rank, grade in enumerate(grades, 1) if grade > 0]
    best = gain(sorted(relevant.values(), reverse=True)[:10])
    return {
        "map": sum(number / rank for number, rank in enumerate(hits, 1)) / len(relevant),
        "ndcg10": gain(grades[:10]) / best,
        "p10": sum(rank <= 10 for rank in hits) / 10,
        "r100": sum(rank <= 100 for rank in hits) / len(relevant),
        "rr": 1 / hits[0] if hits else 0.0,
    }


def mean(of_queries):
    return {name: sum(figures[name] for figures in of_queries) / len(of_queries) for name in MEASURES}


# ---- who answers ------------------------------------------------------------------------------------------------


def ask_pinakes(pinakes, collection, folder, *mode):
    library = folder / "library.db"
    if not library.exists():
        run(pinakes, "-L", library, "index", "--quiet", collection / "docs.jsonl")
    answer = run(pinakes, "-L", library, "eval", "--json", "--topics", collection / "queries.tsv", "--qrels",
                 collection / "qrels.txt", *mode)
    return json.loads(answer)["mean"]


def ask_peer(engine, collection, folder):
    papers, asked, relevant = documents(collection), tab_separated(collection / "queries.tsv"), judgements(collection)
    tokens, queries, index = folder / "tokens", folder / "queries.tsv", folder / engine.name
    index.mkdir()
    tokens.write_text(split((paper.get("title") or "", paper.get("text") or "") for paper in papers))
    stems = [line.split("\t")[0].split() for line in split((text, "") for _, text in asked).splitlines()]
    queries.write_text("".join(f"or\t{' '.join(w for w in words if w not in STOP_WORDS)}\n" for words in stems))
    run(engine.program, "build", tokens, index)
    answers = run(engine.program, "query", index, queries, str(DEPTH), "0").splitlines()
    rankings = {query: [str(papers[number]["id"]) for number, _ in json.loads(answer)["top"]]
                for (query, _), answer in zip(asked, answers, strict=True)}
    return mean([measure(rankings.get(query, []), of_query) for query, of_query in relevant.items()])


def rows(options, collection, able):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        yield "pinakes", ask_pinakes(options.pinakes, collection, folder)
        yield "pinakes --deep", ask_pinakes(options.pinakes, collection, folder, "--deep")
        for engine in able:
            yield f"{engine.name}, {engine.version}", ask_peer(engine, collection, folder)


def main():
    options = arguments()
    engines.build_tools()
    able = []
    for engine in engines.prepare(options.engines.split(","), SCRATCH):
        if engine.missing:
            print(f"{engine.name} is not here: {engine.missing}", file=sys.stderr)
        else:
            able.append(engine)
    print("| collection | engine | MAP | nDCG@10 | P@10 | R@100 | RR |\n|---|---|--:|--:|--:|--:|--:|")
    for collection in options.collections:
        for name, figures in rows(options, collection, able):
            print(f"| {collection.name} | {name} | " + " | ".join(f"{figures[m]:.3f}" for m in MEASURES) + " |",
                  flush=True)


if __name__ == "__main__":
    main()
