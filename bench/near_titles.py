#!/usr/bin/env python3
"""Which records with different titles are joined into one paper, rightly and wrongly.

    bench/near_titles.py PAPERS.jsonl[.zst] [--sample 500] [--seed 1] [--pinakes build/release/pinakes]

Two measurements, both through `pinakes index` and `pinakes duplicates`:
- real:  all papers, spread over 100 files, since a title never joins two records of one file; as they are, without their
         abstracts, and with every second file without its venues, as preprints are. What is joined though the titles
         differ is compared with bench/near_titles.tsv, in which the pairs that could be taken for one paper are judged by
         hand; what is joined and not judged there is printed.
- made:  copies of papers drawn at random, changed as bibliographies change them, in a second file beside all papers; with
         the abstract and without. A copy is found when it is joined with its paper; the changes below `not the same`
         make another paper, which must be joined with none.
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
FILES = 100
JUDGED = ROOT / "bench" / "near_titles.tsv"
SPELLINGS = (("isation", "ization"), ("ising", "izing"), ("ise", "ize"), ("iour", "ior"), ("our", "or"),
             ("elling", "eling"), ("alogue", "alog"), ("entre", "enter"), ("efence", "efense"), ("yse", "yze"))
OTHERS = (("unsupervised", "supervised"), ("nonlinear", "linear"), ("asynchronous", "synchronous"), ("static", "dynamic"),
          ("discrete", "continuous"), ("single", "multiple"), ("local", "global"), ("lower", "upper"), ("two", "three"),
          ("2D", "3D"), ("convex", "nonconvex"), ("forward", "backward"), ("planar", "spherical"), ("online", "offline"))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("papers", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pinakes", type=pathlib.Path, default=ROOT / "build" / "release" / "pinakes")
    return parser.parse_args()


def write_papers(path, papers):
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(paper) + "\n" for paper in papers)


def groups(pinakes, folder):
    """The groups of `pinakes duplicates` in a library of the files in the folder."""
    library = folder / "library.db"
    subprocess.run([pinakes, "-L", library, "index", "--quiet", *sorted(folder.glob("*.jsonl"))], check=True)
    done = subprocess.run([pinakes, "-L", library, "--json", "duplicates"], capture_output=True, check=False)
    return json.loads(done.stdout)["groups"]


# ---- real ----------------------------------------------------------------------------------------------------------


def letters(title):
    return re.sub(r"[\W_]+", "", title.lower())


def joined_pairs(found):
    """Those whose titles differ."""
    for group in found:
        papers = group["papers"] if group["joined"] else []
        for number, paper in enumerate(papers):
            for other in papers[:number]:
                if letters(paper["title"]) != letters(other["title"]):
                    yield tuple(sorted((paper["key"], other["key"])))


def without(paper, field):
    return {name: value for name, value in paper.items() if name != field}


def measure_real(pinakes, papers, judged):
    kinds = {"as they are": lambda paper, file: paper,
             "without abstracts": lambda paper, file: without(paper, "abstract"),
             "half without venues": lambda paper, file: paper if file % 2 else without(paper, "venue")}
    print(f"{len(papers):,} papers; {len(judged)} pairs judged, {sum(judged.values())} of them one paper\n\n"
          "| papers | joined | right | wrong | not judged |\n|---|--:|--:|--:|--:|")
    unknown = []
    for name, change in kinds.items():
        with tempfile.TemporaryDirectory() as folder:
            for file in range(FILES):
                write_papers(pathlib.Path(folder) / f"{file:02}.jsonl", (change(p, file) for p in papers[file::FILES]))
            pairs = set(joined_pairs(groups(pinakes, pathlib.Path(folder))))
        right = sum(judged.get(pair, False) for pair in pairs)
        new = [pair for pair in pairs if pair not in judged]
        unknown += new
        print(f"| {name} | {len(pairs)} | {right} | {len(pairs) - right - len(new)} | {len(new)} |", flush=True)
    for pair in sorted(set(unknown)):
        print("not judged:", *pair)


# ---- made ----------------------------------------------------------------------------------------------------------


def change_word(rng, title, change, fits=lambda word: len(word) > 3 and word.isalpha()):
    """The title with one word changed that fits; None when there is none."""
    words = title.split(" ")
    places = [at for at, word in enumerate(words) if fits(word)]
    if not places:
        return None
    at = rng.choice(places)
    words[at] = change(words[at])
    return " ".join(words)


def typo(rng, title):
    def mistype(word):
        at, letter = rng.randrange(len(word)), rng.choice("abcdefghijklmnopqrstuvwxyz")
        made = rng.choice([word[:at] + word[at + 1:], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1:],
                           word[:at] + word[at:at + 2][::-1] + word[at + 2:]])
        return made if made.lower() != word.lower() else mistype(word)
    return change_word(rng, title, mistype)


def hyphens(rng, title):
    return re.sub(r"(?<=\w)-(?=\w)", lambda _: rng.choice(["", " "]), title)


def spelling(_rng, title):
    for british, american in SPELLINGS:
        for old, new in ((british, american), (american, british)):
            if re.search(rf"\w\w{old}(?=s?\b|d\b)", title):
                return re.sub(rf"(?<=\w\w){old}(?=s?\b|d\b)", new, title)
    return None


def plural(rng, title):
    return change_word(rng, title, lambda word: word[:-1] if word.endswith("s") else word + "s",
                       lambda word: len(word) > 4 and word.isalpha() and not word.endswith("ss"))


def articles(_rng, title):
    return re.sub(r"\b(a|an|the) ", "", title, flags=re.IGNORECASE)


def subtitle(_rng, title):
    head = re.split(r": | - | — ", title)[0]
    return head if len(head.split()) > 1 else None


def one_other_word(rng, title):
    return change_word(rng, title, lambda _: rng.choice(["novel", "efficient", "robust", "learned"]))


def another(_rng, title):
    for pair in OTHERS:
        for old, new in (pair, pair[::-1]):
            if re.search(rf"\b{old}\b", title, re.IGNORECASE):
                return re.sub(rf"\b{old}\b", new, title, flags=re.IGNORECASE)
    return None


def initials(name):
    words = name.split()
    return " ".join([f"{word[0]}." for word in words[:-1]] + words[-1:])


def edited(rng, abstract, edits=2):
    words = abstract.split()
    for _ in range(edits):
        words[rng.randrange(len(words))] = "indeed"
    return " ".join(words)


def copy_of(paper, title, **changes):
    return None if title is None or letters(title) == "" else {**paper, **changes, "title": title}


def as_preprint(rng, paper, title):
    return copy_of(paper, title, venue="arXiv", year=paper["year"] - 1, abstract=edited(rng, paper["abstract"]))


def is_other(old, title):
    return title if title is not None and title != old else None


# What is done to a paper: None where it cannot be.
SAME = {
    "a typo": lambda rng, p: copy_of(p, typo(rng, p["title"])),
    "a typo in two words": lambda rng, p: copy_of(p, typo(rng, typo(rng, p["title"]) or p["title"])),
    "hyphens dropped": lambda rng, p: copy_of(p, is_other(p["title"], hyphens(rng, p["title"]))),
    "British or American": lambda rng, p: copy_of(p, spelling(rng, p["title"])),
    "a plural": lambda rng, p: copy_of(p, plural(rng, p["title"])),
    "articles dropped": lambda rng, p: copy_of(p, is_other(p["title"], articles(rng, p["title"]))),
    "subtitle dropped": lambda rng, p: copy_of(p, is_other(p["title"], subtitle(rng, p["title"]))),
    "a typo, authors' initials": lambda rng, p: copy_of(p, typo(rng, p["title"]), authors=[initials(a) for a in p["authors"]]),
    "a typo, a year later": lambda rng, p: copy_of(p, typo(rng, p["title"]), year=p["year"] + 1),
    "preprint, a typo": lambda rng, p: as_preprint(rng, p, typo(rng, p["title"])),
    "preprint, without subtitle": lambda rng, p: as_preprint(rng, p, is_other(p["title"], subtitle(rng, p["title"]))),
    "preprint, a word replaced": lambda rng, p: as_preprint(rng, p, one_other_word(rng, p["title"])),
}
NOT_SAME = {
    "the opposite word": lambda rng, p: copy_of(p, another(rng, p["title"])),
    "Part II of it": lambda rng, p: copy_of(p, p["title"] + ", Part II"),
    "its extended abstract": lambda rng, p: copy_of(p, p["title"] + " (Extended Abstract)", year=p["year"] + 1),
    "a typo, four years later": lambda rng, p: copy_of(p, typo(rng, p["title"]), year=p["year"] + 4),
    "a typo, an author less": lambda rng, p: copy_of(p, typo(rng, p["title"]), authors=sorted(set(p["authors"]))[1:]),
}


def make_copies(rng, papers, sample):
    """[(kind, paper, copy)], no paper twice."""
    order, made = rng.sample(range(len(papers)), len(papers)), []
    for kind, change in {**SAME, **NOT_SAME}.items():
        count, left = 0, []
        for number in order:
            copy = change(rng, papers[number]) if count < sample else None
            if copy is None:
                left.append(number)
                continue
            made.append((kind, papers[number], {**copy, "id": f"copy-{len(made)}"}))
            count += 1
        order = left
    return made


def companions(found):
    """The other keys of its paper, of each copy that was joined."""
    out = {}
    for group in found:
        keys = [paper["key"] for paper in group["papers"]] if group["joined"] else []
        out.update({key: [k for k in keys if k != key] for key in keys if key.startswith("copy-")})
    return out


def count(made, joined, kind, titles):
    """How many copies there are, how many were joined with their paper, and how many with one of another title."""
    rows = [(paper, copy, joined.get(copy["id"], [])) for name, paper, copy in made if name == kind]
    right = sum(paper["id"] in others for paper, _, others in rows)
    wrong = sum(any(titles.get(other) not in (letters(paper["title"]), letters(copy["title"])) for other in others)
                for paper, copy, others in rows)
    return len(rows), right, wrong


def measure_made(pinakes, papers, made):
    results, titles = [], {paper["id"]: letters(paper["title"]) for paper in papers}
    for keeps_abstract in (True, False):
        copies = [copy if keeps_abstract else without(copy, "abstract") for _, _, copy in made]
        with tempfile.TemporaryDirectory() as folder:
            write_papers(pathlib.Path(folder) / "papers.jsonl", papers)
            write_papers(pathlib.Path(folder) / "copies.jsonl", copies)
            results.append(companions(groups(pinakes, pathlib.Path(folder))))
    print("\n| change | copies | found, with abstract | without | joined with another paper |\n|---|--:|--:|--:|--:|")
    for kind in [*SAME, None, *NOT_SAME]:
        if kind is None:
            print("| **not the same** | | joined, with abstract | without | |")
            continue
        (copies, right, wrong), (_, bare, bare_wrong) = (count(made, joined, kind, titles) for joined in results)
        print(f"| {kind} | {copies} | {right / copies:.3f} | {bare / copies:.3f} | {wrong + bare_wrong} |")


def main():
    options = arguments()
    papers = list(papers_file.read(options.papers))
    with JUDGED.open(encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    measure_real(options.pinakes, papers, {tuple(sorted(row[:2])): row[2] == "one" for row in rows})
    fit = [p for p in papers if p.get("authors") and p.get("year") and len(p["title"].split()) > 3
           and len(p.get("abstract", "").split()) > 40]
    measure_made(options.pinakes, papers, make_copies(random.Random(options.seed), fit, options.sample))


if __name__ == "__main__":
    main()
