"""The results folder: results.json, table.md and the plots."""
import json

from sidebyside import svg
from sidebyside.figures import OURS

WORKS = {"or@10": "any word", "and@10": "all words", "phrase@10": "phrase", "long@10": "long (all words of a paper)",
         "two_of_three@10": "two of three", "prefix@10": "prefix", "filtered@10": "filtered by year",
         "count@10": "any word, counted", "or@100": "any word, top 100", "or@1000": "any word, top 1000",
         "and@100": "all words, top 100", "and@1000": "all words, top 1000"}


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def row(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def rule(count):
    return row(["---"] + ["---:"] * (count - 1))


def engine_names(size):
    return list(size["builds"])


def cell(figures, work_queries):
    if figures is None:
        return "-"
    part = "" if figures["queries"] == work_queries else f" ({figures['queries']} queries)"
    return f"{number(figures['mean'])} / {number(figures['p50'])} / {number(figures['p99'])}{part}"


def query_table(size):
    names = engine_names(size)
    yield row(["µs a query: mean / p50 / p99"] + names + ["fastest peer", "Pinakes is faster by"])
    yield rule(len(names) + 3)
    for work, title in WORKS.items():
        found = size["queries"].get(work)
        if found is None:
            continue
        most = max(figures["queries"] for figures in found["engines"].values())
        ours = found["engines"].get(OURS, {}).get("faster_than_best_peer")
        yield row([title] + [cell(found["engines"].get(name), most) for name in names] +
                  [found["best_peer"] or "-", "-" if ours is None else f"{ours:.2f}"])


def build_table(size):
    names = engine_names(size)
    builds = size["builds"]
    yield row(["build from tokens, one core"] + names)
    yield rule(len(names) + 1)
    yield row(["seconds"] + [f"{builds[n]['build_s']:.1f}" for n in names])
    yield row(["processor seconds, process and all"] + [f"{builds[n]['cpu_s']:.1f}" for n in names])
    yield row(["papers a second"] + [number(builds[n]["papers_per_s"]) for n in names])
    yield row(["peak memory, MB"] + [number(builds[n]["peak_kb"] / 1024) for n in names])
    yield row(["bytes on disk, MB"] + [number(builds[n]["bytes"] / 1e6) for n in names])
    yield row(["exec to first answer, ms"] + [number(size["first_ms"][n]) for n in names])
    yield row(["any word, queries a second, all cores"] + [number(size["all_cores"][n]) for n in names])


def jsonl_table(builds):
    names = list(builds)
    yield row(["build from JSONL, stemmed, all fields kept, one core"] + names)
    yield rule(len(names) + 1)
    yield row(["seconds"] + [f"{builds[n]['build_s']:.1f}" for n in names])
    yield row(["processor seconds, process and all"] + [f"{builds[n]['cpu_s']:.1f}" for n in names])
    yield row(["papers a second"] + [number(builds[n]["papers_per_s"]) for n in names])
    yield row(["peak memory, MB"] + [number(builds[n]["peak_kb"] / 1024) for n in names])
    yield row(["bytes on disk, all that is kept, MB"] + [number(builds[n]["bytes"] / 1e6) for n in names])


def agreement_table(size):
    kinds = list(next(iter(size["agreement"].values())))
    yield row(["the same number found / share of the top ten the same"] + kinds)
    yield rule(len(kinds) + 1)
    for name, of_kind in size["agreement"].items():
        yield row([name] + [f"{of_kind[k]['same_found']:.0%} / {of_kind[k]['overlap']:.0%}" for k in kinds])


def markdown(results):
    machine = results["machine"]
    yield f"# Side by side, {machine['date']}, commit {machine['commit']}"
    yield ""
    yield (f"{machine['processor']}, {machine['cores']} cores ({', '.join(machine['simd'])}), {machine['memory']}, "
           f"{machine['system']}; load before the run {machine['load_before']:.1f}. "
           f"{results['rounds']} rounds, engines in turn, {results['turn']:,} queries a turn, one thread.")
    yield ""
    for engine in results["engines"]:
        yield f"- {engine['name']}: {engine['version'] or 'not here: ' + engine['missing']}"
    for size in results["sizes"]:
        yield from ["", f"## {size['papers']:,} papers ({size['name']})", ""]
        if size.get("jsonl"):
            yield from jsonl_table(size["jsonl"])
            yield ""
        if "queries" not in size:
            continue
        yield from query_table(size)
        yield ""
        yield from build_table(size)
        yield ""
        yield from agreement_table(size)


def plots(results):
    asked = [size for size in results["sizes"] if "queries" in size]
    for size in asked:
        means = {title: {n: f["mean"] for n, f in size["queries"][work]["engines"].items()}
                 for work, title in WORKS.items() if work in size["queries"]}
        yield f"queries-{size['name']}.svg", svg.bars(f"Mean time a query, {size['papers']:,} papers", "µs", means)
        builds = size["builds"]
        yield f"builds-{size['name']}.svg", svg.bars(f"Building and keeping {size['papers']:,} papers", "", {
            "seconds": {n: b["build_s"] for n, b in builds.items()},
            "peak MB": {n: b["peak_kb"] / 1024 for n, b in builds.items()},
            "MB on disk": {n: b["bytes"] / 1e6 for n, b in builds.items()},
            "first answer, ms": size["first_ms"]})
    if len(asked) > 1:
        yield from growth(asked)


def growth(sizes):
    for work in ("or@10", "and@10", "phrase@10", "long@10"):
        curves = {}
        for size in sizes:
            for name, figures in size["queries"].get(work, {"engines": {}})["engines"].items():
                curves.setdefault(name, []).append((size["papers"], figures["mean"]))
        if curves:
            yield f"growth-{work.partition('@')[0]}.svg", svg.lines(f"{WORKS[work]}, top 10", "papers", "mean µs", curves)


def write(results, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (folder / "table.md").write_text("\n".join(markdown(results)) + "\n")
    for name, picture in plots(results):
        (folder / name).write_text(picture)
