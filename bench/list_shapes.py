#!/usr/bin/env python3
"""Reading lists in the shapes that people give them, and what of their papers is found.

    bench/list_shapes.py [--program build/release/pinakes] [--pages 2000] [--seed 1] [--container "- "] [--show 3]

A page lists five to eight made-up papers in one shape, drawn at random: how an item begins, how its title is set off,
where its authors, its venue and its links stand, what is said below it, and what heads the list. Every paper leads to
an address or names its venue. A title is found when a paper has exactly that title; what else is found is junk. Years
are compared where the page tells one, authors where it names all.
"""
import argparse
import collections
import dataclasses
import json
import pathlib
import random
import subprocess
import sys
import tempfile

TITLES = [
    "Quiet Caches for Loud Readers", "PageNet: Learning to Evict Pages from Far Memory",
    "Towards Fast Recovery of Replicated Logs", "Is Remote Memory Worth the Wait?",
    "A Study of Failures in Large Key-Value Stores", "Scaling Graph Queries with Lazy Partitions",
    "KiteDB: A Fast Store for Slow Disks", "Verifying Concurrent File Systems with Less Proof",
    "Attention Is Not All Memory Needs", "On the Cost of Cold Starts in Serverless Clouds",
    "Efficient Serving of Large Language Models on Shared GPUs", "Rethinking Congestion Control for Tiny Flows"]
PEOPLE = ["Ada Lovett", "Bo Lindgren", "Chidi Okafor", "Dana Whitfield", "Wei Zhang", "Maria Souza", "Jean-Luc Martin",
          "S. K. Rao"]
VENUES = ["OSDI", "SOSP", "NSDI", "SIGMOD", "VLDB", "ICML", "EuroSys", "ASPLOS"]

SHAPES = {
    "container": ["- ", "* ", "1. ", "### ", "paragraph", "line"],
    "title": ["plain", "bold", "italic", "quoted", "linked", "bold around a link", "link around bold"],
    "heads": ["none", "topic", "two topics", "year", "venue"],
    "authors": ["none", "comma", "full stop", "et al", "et al in brackets", "by", "dash", "item below", "line below"],
    "venue": ["none", "brackets", "brackets, short", "in front", "in front, bold", "comma", "dash", "code", "bold",
              "square brackets", "item below"],
    "link": ["none", "pdf", "[paper]", "paper and code", "bars", "address", "<address>", "badge", "item below"],
    "note": ["none", "words below", "sentence below", "dash"],
}
NAMED = ("comma", "full stop", "by", "dash", "item below", "line below")  # all authors, or the two that are named


@dataclasses.dataclass
class Paper:
    title: str
    year: int
    venue: str
    people: list
    address: str
    number: int


def address(dice, number):
    return dice.choice([
        f"https://arxiv.org/abs/{dice.randint(18, 24)}0{dice.randint(1, 9)}.0{1000 + number}",
        f"https://dl.acm.org/doi/10.1145/33{dice.randint(10000, 99999)}.{dice.randint(100000, 999999)}",
        f"https://www.usenix.org/system/files/osdi{dice.randint(14, 24)}-example{number}.pdf"])


def draw_shape(dice, container):
    while True:
        shape = {name: dice.choice(kinds) for name, kinds in SHAPES.items()}
        if container is not None:
            shape["container"] = container
        linked = "link" in shape["title"]
        if linked and dice.random() < .7:
            shape["link"] = "none"
        below = "item below" in (shape["authors"], shape["venue"], shape["link"]) or "below" in shape["note"]
        alone = shape["container"] in ("paragraph", "line")
        told = linked or shape["link"] != "none" or shape["venue"] != "none"
        if told and not (alone and below) and not (alone and shape["title"] == "plain" and shape["link"] == "none"):
            return shape


def title_of(shape, paper):
    title, link = paper.title, paper.address
    return {"plain": title, "bold": f"**{title}**", "italic": f"*{title}*", "quoted": f'"{title}"',
            "linked": f"[{title}]({link})", "bold around a link": f"**[{title}]({link})**",
            "link around bold": f"[**{title}**]({link})"}[shape["title"]]


def line_of(shape, paper):
    short, link, code = paper.year % 100, paper.address, f"https://github.com/ada/x{paper.number}"
    family = paper.people[0].split()[-1]
    front = {"in front": f"[{paper.venue}'{short}] ", "in front, bold": f"**[{paper.venue} {paper.year}]** "}
    people = {"comma": ", " + ", ".join(paper.people), "full stop": ". " + " and ".join(paper.people[:2]) + ".",
              "et al": f", {paper.people[0]} et al.", "et al in brackets": f" ({family} et al.)",
              "by": " by " + ", ".join(paper.people), "dash": " - " + ", ".join(paper.people)}
    venue = {"brackets": f" ({paper.venue} {paper.year})", "brackets, short": f" ({paper.venue}'{short})",
             "comma": f", {paper.venue} {paper.year}", "dash": f" - {paper.venue} '{short}",
             "code": f" `{paper.venue} {paper.year}`", "bold": f" **{paper.venue} {paper.year}**",
             "square brackets": f" [{paper.venue} {paper.year}]"}
    links = {"pdf": f" [pdf]({link})", "[paper]": f" [[paper]]({link})",
             "paper and code": f" [[Paper]]({link}) [[Code]]({code})", "bars": f" | [Paper]({link}) | [Code]({code})",
             "address": f" {link}", "<address>": f" <{link}>",
             "badge": f" [![paper](https://img.shields.io/badge/Paper-PDF-red)]({link})"}
    note = " - uses marks that readers leave" if shape["note"] == "dash" else ""
    return (front.get(shape["venue"], "") + title_of(shape, paper) + people.get(shape["authors"], "") +
            venue.get(shape["venue"], "") + links.get(shape["link"], "") + note)


def items_below(shape, paper):
    if shape["authors"] == "item below":
        yield f"- Authors: {', '.join(paper.people)}"
    if shape["venue"] == "item below":
        yield f"- Venue: {paper.venue} {paper.year}"
    if shape["link"] == "item below":
        yield f"- [paper]({paper.address})"
    if shape["note"] == "words below":
        yield "- marks pages that readers leave"
    if shape["note"] == "sentence below":
        yield "- The authors show that pages nobody reads can be dropped early without any loss."


def lines_of(shape, paper):
    container = shape["container"]
    alone, heading = container in ("paragraph", "line"), container == "### "
    indent = "" if alone or heading else "   " if container == "1. " else "  "
    begin = "" if alone else f"{paper.number + 1}. " if container == "1. " else container
    line = begin + line_of(shape, paper)
    if shape["authors"] == "line below":
        line += ("\n\n" if heading else "  \n" + indent) + f"*{', '.join(paper.people)}*"
    yield line + ("  " if container == "line" else "")
    below = list(items_below(shape, paper))
    if heading and below:
        yield ""
    yield from (indent + item for item in below)
    if heading or container == "paragraph":
        yield ""


def draw_page(dice, container):
    """A shape, the page, and for each paper its title, its year or None, and its authors or None."""
    shape = draw_shape(dice, container)
    name = dice.choice(["Reading List", "Awesome Systems Papers", "Papers", "Paper list"])
    lines, expected, head = [f"# {name}", ""], [], None
    for number, title in enumerate(dice.sample(TITLES, dice.randint(5, 8))):
        paper = Paper(title, dice.randint(2014, 2024), dice.choice(VENUES), dice.sample(PEOPLE, dice.randint(2, 3)),
                      address(dice, number), number)
        if number in (0, 3):
            head = 2021 - number if shape["heads"] == "year" else 2020 + number if shape["heads"] == "venue" else None
            heads = {"topic": "## Storage" if number == 0 else None, "year": f"## {head}",
                     "two topics": "## Storage" if number == 0 else "## Machine Learning",
                     "venue": f"## {VENUES[number]} {head}"}.get(shape["heads"])
            lines += [heads, ""] if heads is not None else []
        lines += lines_of(shape, paper)
        named = paper.people[:2] if shape["authors"] == "full stop" else paper.people
        year = paper.year if shape["venue"] != "none" else head
        expected.append((title, year, named if shape["authors"] in NAMED else None))
    return shape, "\n".join(lines) + "\n", expected


def read_page(program, folder, text):
    """{title: record} of what the program finds in the page."""
    notes, library = folder / "list", folder / "library.db"
    notes.mkdir(exist_ok=True)
    (notes / "README.md").write_text(text, encoding="utf-8")
    for old in folder.glob("library.db*"):
        old.unlink()
    run = [program, "-L", library]
    subprocess.run(run + ["index", notes], capture_output=True, check=False)
    lines = subprocess.run(run + ["export", "--format", "jsonl"], capture_output=True, text=True, check=False).stdout
    return {record["title"]: record for record in map(json.loads, lines.splitlines())}


def compare(found, expected, counts):
    """Adds to the counts; gives whether all titles were found, and nothing else."""
    titles = [title for title, _, _ in expected]
    counts["titles"] += len(titles)
    counts["found"] += sum(title in found for title in titles)
    counts["junk"] += sum(title not in titles for title in found)
    for title, year, people in expected:
        if title not in found:
            continue
        if year is not None:
            counts["years"] += 1
            counts["years right"] += found[title].get("year") == year
        if people is not None:
            counts["authors"] += 1
            counts["authors right"] += found[title].get("authors") == people
    return sorted(found) == sorted(titles)


def share(part, whole):
    return f"{part / whole:.3f}" if whole > 0 else "-"


def row(name, counts):
    shown = f"`{name}`" if name.endswith(" ") else name
    return (f"| {shown} | {counts['titles']} | {share(counts['found'], counts['titles'])} | {counts['junk']} | "
            f"{share(counts['years right'], counts['years'])} | {share(counts['authors right'], counts['authors'])} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/pinakes", type=pathlib.Path)
    parser.add_argument("--pages", default=2000, type=int)
    parser.add_argument("--seed", default=1, type=int)
    parser.add_argument("--container", choices=SHAPES["container"])
    parser.add_argument("--show", default=0, type=int, help="so many pages of which not all is found")
    options = parser.parse_args()
    if not options.program.exists():
        sys.exit("build first (./demo), or name the program with --program")
    counts, wrong, seen = collections.defaultdict(collections.Counter), collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.pages):
            shape, text, expected = draw_page(random.Random(f"{options.seed} {number}"), options.container)
            found = read_page(options.program.resolve(), pathlib.Path(folder), text)
            missed = not compare(found, expected, counts[shape["container"]])
            compare(found, expected, counts["all"])
            for kind in shape.items():
                seen[kind] += 1
                wrong[kind] += missed
            if missed and options.show > 0:
                options.show -= 1
                print(f"{shape}\nfound: {list(found)}\n{text}")
    print("| items begin with | papers | found | junk | years right | authors right |\n|---|--:|--:|--:|--:|--:|")
    for name in [kind for kind in SHAPES["container"] if kind in counts] + ["all"]:
        print(row(name, counts[name]))
    print("\nmost often not all found:")
    for kind in sorted(seen, key=lambda kind: -wrong[kind] / seen[kind])[:12]:
        print(f"  {kind[0]}: {kind[1]}  {wrong[kind] / seen[kind]:.2f}")


if __name__ == "__main__":
    main()
