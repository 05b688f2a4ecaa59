"""From times to the figures of the table."""
import math
import statistics

OURS = "pinakes"


def quantile(ordered, share):
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def summary(times):
    """Over the queries of a work, each with the median of its rounds: µs."""
    medians = sorted(statistics.median(rounds) for rounds in times.values())
    return {"queries": len(medians), "mean": statistics.fmean(medians), "p50": quantile(medians, 0.5),
            "p99": quantile(medians, 0.99)}


def ratios(theirs, ours):
    """How many times longer they took, for every query and round both have."""
    return [a / b for query in theirs.keys() & ours.keys() for a, b in zip(theirs[query], ours[query])]


def of_work(times):
    """{engine: summary with the ratio to the best peer}; the best peer is the one with the least mean."""
    table = {name: summary(of_engine) for name, of_engine in times.items()}
    peers = [name for name in table if name != OURS]
    if not peers:
        return {"best_peer": None, "engines": table}
    best = min(peers, key=lambda name: table[name]["mean"])
    for name, row in table.items():
        row["times_best_peer"] = 1.0 if name == best else statistics.median(ratios(times[name], times[best]))
    if OURS in table:
        table[OURS]["faster_than_best_peer"] = statistics.median(ratios(times[best], times[OURS]))
    return {"best_peer": best, "engines": table}
