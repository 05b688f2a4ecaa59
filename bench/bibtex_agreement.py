#!/usr/bin/env python3
"""Does the BibTeX reader read what another one reads?

    pip install bibtexparser pylatexenc
    bench/bibtex_agreement.py FILE.bib [--show N] [--pinakes build/release/pinakes]

Both read the file: `pinakes index --keep-going --no-merge` and bibtexparser 2 with its LaTeX decoding. Entries are
matched by their keys, fields compared by letters and digits, without case and accents. Prints how many entries each
reads, and of each field in how many of the entries that have it they agree, word for word and nearly; --show names N
entries where they do not. Venues are left out: Pinakes calls the well-known ones by their short names.
"""
import argparse
import collections
import difflib
import json
import logging
import pathlib
import re
import subprocess
import tempfile
import unicodedata

import bibtexparser
from bibtexparser import middlewares

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIELDS = ("title", "authors", "year", "doi", "abstract")
NEAR = 0.97  # of the letters, where a formula is written in other signs


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--pinakes", type=pathlib.Path, default=ROOT / "build" / "release" / "pinakes")
    return parser.parse_args()


def plain(text):
    """Letters and digits alone."""
    text = unicodedata.normalize("NFKD", str(text or "")).casefold()
    return "".join(c for c in text if c.isalnum())


def words_of(name):
    """The words of a name, whether "Last, First" or "First Last"."""
    return sorted(filter(None, map(plain, re.split(r"[\s,~]+", name.replace("{", "").replace("}", "")))))


def theirs(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    # The second of two entries with one key, or of two fields with one name, would not be an entry for it.
    library = bibtexparser.parse_string(
        text, append_middleware=[middlewares.MonthIntMiddleware(), middlewares.LatexDecodingMiddleware()])
    found = {}
    for entry in library.entries:
        fields = {field.key.lower(): field.value for field in entry.fields}
        year = re.search(r"\b(1[89]|20)\d\d\b", str(fields.get("year") or fields.get("date") or ""))
        names = re.split(r"\s+and\s+", str(fields.get("author") or fields.get("editor") or "").strip(), flags=re.IGNORECASE)
        found[entry.key] = {
            "title": plain(fields.get("title")),
            "authors": [words_of(name) for name in names if name and name != "others"],
            "year": year.group(0) if year else "",
            "doi": plain(re.sub(r"^https?://(dx\.)?doi\.org/", "", str(fields.get("doi") or ""))),
            "abstract": plain(fields.get("abstract")),
        }
    return found, len(library.failed_blocks)


def ours(path, pinakes):
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder) / "library.db"
        told = subprocess.run([pinakes, "-L", library, "index", "--keep-going", "--no-merge", "--verbose", path],
                              capture_output=True, text=True, check=True)
        papers = subprocess.run([pinakes, "-L", library, "export", "--format", "jsonl"], capture_output=True,
                                text=True, check=True).stdout
    found = collections.defaultdict(list)
    for line in papers.splitlines():
        paper = json.loads(line)
        found[paper["id"] if "id" in paper else paper["key"]].append({
            "title": plain(paper.get("title")),
            "authors": [words_of(name) for name in paper.get("authors") or []],
            "year": str(paper.get("year") or ""),
            "doi": plain(paper.get("doi")),
            "abstract": plain(paper.get("abstract")),
        })
    return found, [line for line in told.stderr.splitlines() if ": " in line]


def main():
    options = arguments()
    logging.disable(logging.CRITICAL)
    other, failed = theirs(options.file)
    found, notices = ours(options.file, options.pinakes)
    both = [key for key in other if key in found]
    print(f"bibtexparser reads {len(other)} entries and fails on {failed} blocks; pinakes reads "
          f"{sum(map(len, found.values()))} and names {len(notices)}; {len(both)} keys are the same")
    for name in FIELDS:
        pairs = [(key, other[key][name], found[key][0][name]) for key in both if other[key][name]]
        same = [a == b for _, a, b in pairs]
        near = sum(not is_same and isinstance(a, str) and difflib.SequenceMatcher(None, a, b, False).ratio() >= NEAR
                   for (_, a, b), is_same in zip(pairs, same))
        print(f"{name:9} {sum(same):5} of {len(pairs):5}  {sum(same) / max(1, len(pairs)):.4f}, and nearly {near}")
        for key, a, b in [pair for pair, is_same in zip(pairs, same) if not is_same][:options.show]:
            print(f"    {key}\n      bibtexparser  {str(a)[:150]}\n      pinakes       {str(b)[:150]}")


if __name__ == "__main__":
    main()
