#!/usr/bin/env python3
"""How well `related` finds the papers that belong to one, or to a reading list, beside `search --any` with all their words.

    bench/related_papers.py PAPERS.jsonl[.zst] [COLLECTION...] [--queries 1000] [--seed 1] [--pinakes build/release/pinakes]

What belongs to a paper, where nobody has said what it should cite:
- authors:  the papers that share two of its authors, who mostly go on with what they began; names are not in the library.
  Of a random sample of papers for which these are 2 to 50.
- question: the papers judged relevant to a question that it is relevant to as well (a collection as relevance.py has it),
  of four papers for each question.
- list:     half of the papers relevant to a question, ten at most, are the reading list, the others belong to it.
The library has titles and abstracts only. The measures are trec_eval's.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import papers_file
import relevance

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEPTH = 100
LIST_MOST = 10


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("papers", type=pathlib.Path)
    parser.add_argument("collections", nargs="*", type=pathlib.Path, metavar="COLLECTION")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pinakes", type=pathlib.Path, default=ROOT / "build" / "release" / "pinakes")
    return parser.parse_args()


# ---- tasks: (papers given, papers that belong to them), as numbers ------------------------------------------------


def of_authors(papers, count, chance):
    by_author = collections.defaultdict(set)
    for number, paper in enumerate(papers):
        for author in paper.get("authors") or []:
            by_author[author].add(number)
    tasks = []
    for number in chance.sample(range(len(papers)), len(papers)):
        shared = collections.Counter(other for author in set(papers[number].get("authors") or [])
                                     for other in by_author[author])
        belongs = {other for other, authors in shared.items() if authors >= 2 and other != number}
        if papers[number].get("abstract") and 2 <= len(belongs) <= 50:
            tasks.append(([number], belongs))
        if len(tasks) == count:
            break
    return tasks


def of_questions(relevant, chance):
    tasks = []
    for papers in relevant.values():
        if len(papers) >= 2:
            for seed in chance.sample(sorted(papers), min(4, len(papers))):
                belongs = set().union(*(others for others in relevant.values() if seed in others))
                tasks.append(([seed], belongs - {seed}))
    return tasks


def of_lists(relevant, chance):
    for papers in relevant.values():
        if len(papers) >= 4:
            mixed = chance.sample(sorted(papers), len(papers))
            half = len(mixed) // 2
            yield mixed[:half][:LIST_MOST], set(mixed[half:])


# ---- answers ------------------------------------------------------------------------------------------------------


def make_library(pinakes, folder, texts):
    source, library = folder / "papers.jsonl", folder / "library.db"
    with source.open("w", encoding="utf-8") as out:
        for number, (title, abstract) in enumerate(texts):
            out.write(json.dumps({"id": f"p{number}", "title": title or "Untitled", "abstract": abstract}) + "\n")
    subprocess.run([pinakes, "-L", library, "index", "--quiet", "--no-merge", source], check=True)
    return library


def ask(pinakes, library, way, given, texts):
    if way == "related":
        question = ["related", "-n", str(DEPTH), *(f"p{number}" for number in given)]
    else:
        words = re.sub(r"[^\w\s]", " ", " ".join(" ".join(texts[number]) for number in given))
        question = ["search", "--any", "-n", str(DEPTH + len(given)), "--", words]
    done = subprocess.run([pinakes, "-L", library, "--json", question[0], "--evidence", "0", *question[1:]],
                          capture_output=True, text=True)
    if done.returncode == 2:
        sys.exit(done.stderr)
    found = [int(hit["key"][1:]) for hit in json.loads(done.stdout)["hits"]]
    return [number for number in found if number not in given][:DEPTH]


def report(name, pinakes, texts, tasks_by_name):
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        library = make_library(pinakes, pathlib.Path(folder), texts)
        for kind, tasks in tasks_by_name.items():
            for way in ("related", "search --any"):
                rankings = workers.map(lambda task: ask(pinakes, library, way, task[0], texts), tasks)
                figures = relevance.mean([relevance.measure(ranking, dict.fromkeys(belongs, 1))
                                          for ranking, (_, belongs) in zip(rankings, tasks)])
                print(f"| {name} | {kind} | {len(tasks)} | {way} | "
                      + " | ".join(f"{figures[measure]:.3f}" for measure in relevance.MEASURES) + " |", flush=True)


def main():
    options = arguments()
    chance = random.Random(options.seed)
    print("| papers | what belongs | tasks | way | MAP | nDCG@10 | P@10 | R@100 | RR |\n|---|---|--:|---|--:|--:|--:|--:|--:|")
    papers = [paper for paper in papers_file.read(options.papers) if paper.get("title")]
    texts = [(paper["title"], paper.get("abstract") or "") for paper in papers]
    report(f"{len(papers):,}", options.pinakes, texts, {"authors": of_authors(papers, options.queries, chance)})
    for collection in options.collections:
        documents = relevance.documents(collection)
        place = {str(document["id"]): number for number, document in enumerate(documents)}
        texts = [(document.get("title") or "", document.get("text") or "") for document in documents]
        relevant = {question: {place[document] for document in papers}
                    for question, papers in relevance.judgements(collection).items()}
        report(collection.name, options.pinakes, texts,
               {"question": of_questions(relevant, chance), "list": list(of_lists(relevant, chance))})


if __name__ == "__main__":
    main()
