#!/usr/bin/env python3
"""How well related work is found, where nobody has said what is related: does a text find the rest of its own paper?

    bench/related.py PAPERS.jsonl[.zst] [--queries 300] [--seed 1] [--pinakes build/release/pinakes]

Two libraries are made of all papers that have title and abstract:
- title:  papers are their abstracts, drafts the titles;
- halves: papers are the second halves of the abstracts (by sentences), drafts the first halves.
Drafts of a random sample are given to `pinakes related --text` and, to compare, to `pinakes search --any`. Of each the
mean reciprocal rank of the paper the draft comes from, and how often it is among the first 10 and 100.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import papers_file

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEPTH = 100


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("papers", type=pathlib.Path)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pinakes", type=pathlib.Path, default=ROOT / "build" / "release" / "pinakes")
    return parser.parse_args()


def texts(path):
    for paper in papers_file.read(path):
        if paper.get("title") and paper.get("abstract"):
            yield paper["title"], paper["abstract"]


def halves(abstract):
    sentences = re.split(r"(?<=[.!?])\s+", abstract.strip())
    middle = len(sentences) // 2
    return " ".join(sentences[:middle]), " ".join(sentences[middle:])


def make_library(pinakes, folder, texts):
    """A library of nothing but texts: a title is a number, which no draft holds."""
    source = folder / "papers.jsonl"
    with source.open("w", encoding="utf-8") as out:
        for number, text in enumerate(texts):
            out.write(json.dumps({"id": f"p{number}", "title": f"P{number}", "abstract": text}) + "\n")
    library = folder / "library.db"
    subprocess.run([pinakes, "-L", library, "index", "--quiet", source], check=True)
    return library


def rank(pinakes, library, way, draft, wanted):
    words = re.sub(r"[^\w\s]", " ", draft)
    ask = ["related", "--text", "-"] if way == "related" else ["search", "--any", "--evidence", "0", "--", words]
    done = subprocess.run([pinakes, "-L", library, "--json", ask[0], "-n", str(DEPTH), *ask[1:]], input=draft,
                          capture_output=True, text=True)
    if done.returncode == 2:
        sys.exit(done.stderr)
    keys = [hit["key"] for hit in json.loads(done.stdout)["hits"]]
    return keys.index(wanted) + 1 if wanted in keys else None


def report(name, way, ranks):
    found = [r for r in ranks if r]
    print(f"| {name} | {way} | {sum(1 / r for r in found) / len(ranks):.3f} | "
          f"{sum(r <= 10 for r in found) / len(ranks):.3f} | {len(found) / len(ranks):.3f} |", flush=True)


def main():
    options = arguments()
    papers = list(texts(options.papers))
    sample = random.Random(options.seed).sample(range(len(papers)), min(options.queries, len(papers)))
    tasks = {"title finds abstract": lambda paper: paper, "half finds half": lambda paper: halves(paper[1])}
    print(f"{len(papers):,} papers, {len(sample)} drafts\n\n| task | way | MRR | R@10 | R@100 |\n|---|---|--:|--:|--:|")
    for name, split in tasks.items():
        pairs = [split(paper) for paper in papers]
        with tempfile.TemporaryDirectory() as folder:
            library = make_library(options.pinakes, pathlib.Path(folder), (text for _, text in pairs))
            asked = [number for number in sample if all(pairs[number])]
            for way in ("related", "search --any"):
                report(name, way, [rank(options.pinakes, library, way, pairs[n][0], f"p{n}") for n in asked])


if __name__ == "__main__":
    main()
