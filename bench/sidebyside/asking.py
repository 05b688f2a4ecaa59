"""Queries, timed by the engines themselves, with the engines taking turns."""
import os
import statistics
import time

from sidebyside.engines import Server

BLOCK = 50           # queries an engine is asked at once
TURN = 1000          # queries an engine answers before the next engine has its turn
WARM_UP_PASSES = 10  # over all queries of a work, unless the time is up
WARM_UP_S = 4.0


class Budget:
    """An engine that is slow at a work answers fewer of its queries, never fewer than one block."""

    def __init__(self, seconds):
        self.left = seconds

    def is_spent(self):
        return self.left <= 0

    def spend(self, nanoseconds):
        self.left -= sum(nanoseconds) / 1e9


def blocks(work):
    return [(at, min(at + BLOCK, work["behind"])) for at in range(work["first"], work["behind"], BLOCK)]


def warm_up(server, work):
    budget = Budget(WARM_UP_S)
    for _ in range(WARM_UP_PASSES):
        for first, behind in blocks(work):
            if budget.is_spent():
                return
            budget.spend(server.ask(first, behind, work["k"]))


def one_turn(server, blocks_of_turn, k, budget, times):
    """Asks as far as the budget goes, which a round's first block always does."""
    for first, behind in blocks_of_turn:
        if budget.is_spent():
            return
        nanoseconds = server.ask(first, behind, k)
        budget.spend(nanoseconds)
        for query, taken in enumerate(nanoseconds, first):
            times.setdefault(query, []).append(taken / 1e3)


def one_round(servers, work, rotation, options, times):
    """Adds to times[engine][query] one more time, for every engine and every query that the budget allows."""
    budgets = {name: Budget(options.round_seconds) for name in servers}
    order = list(servers)
    order = order[rotation % len(order):] + order[:rotation % len(order)]
    all_blocks, a_turn = blocks(work), max(1, options.turn // BLOCK)
    for at in range(0, len(all_blocks), a_turn):
        for name in order:
            one_turn(servers[name], all_blocks[at:at + a_turn], work["k"], budgets[name], times[name])


def ask_all(engines, folders, queries, works, options):
    """{work: {engine: {query: [µs a round]}}} for every work, after all works have warmed every engine up."""
    servers = {engine.name: Server(engine, folders[engine.name], queries) for engine in engines}
    for name, server in servers.items():
        print(f"  warming up {name}", flush=True)
        for work in works:
            warm_up(server, work)
    results = {}
    for work in works:
        print(f"  {work['kind']} top {work['k']}", flush=True)
        times = {name: {} for name in servers}
        for rotation in range(options.rounds):
            one_round(servers, work, rotation, options, times)
        results[f"{work['kind']}@{work['k']}"] = times
    for server in servers.values():
        server.close()
    return results


def process_ms(command, sink):
    """Milliseconds from exec to the end. Spawned by the C library: what subprocess adds is a fifth of an answer."""
    start = time.monotonic()
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, sink, 1)])
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    taken = (time.monotonic() - start) * 1e3
    if code != 0:
        raise RuntimeError(f"{command[0]} ended with code {code}")
    return taken


def first_answers(engines, folders, query_file, rounds):
    """{engine: median ms} from exec to the end of a process that answers one query, page cache warm."""
    taken = {engine.name: [] for engine in engines}
    with open(os.devnull, "wb") as nowhere:
        for turn in range(rounds + 2):
            for engine in engines:
                ms = process_ms([engine.program, "first", folders[engine.name], query_file, "10"], nowhere.fileno())
                if turn >= 2:
                    taken[engine.name].append(ms)
    return {name: statistics.median(times) for name, times in taken.items()}


def passes_within(server, work, seconds):
    """How many queries of the work, and how often, fill about that many seconds on one core."""
    warm_up(server, work)
    first = work["first"]
    sample = sum(server.ask(first, min(first + BLOCK, work["behind"]), work["k"])) / 1e9
    whole = sample * (work["behind"] - first) / BLOCK
    if whole <= seconds:
        return work["behind"], max(1, int(seconds / whole))
    return min(work["behind"], first + max(BLOCK // 5, int(BLOCK * seconds / sample))), 1


def all_cores(engine, folder, queries, work, seconds):
    """Queries a second of one process a core, all asked at once."""
    servers = [Server(engine, folder, queries) for _ in range(os.cpu_count())]
    plans = [passes_within(server, work, seconds) for server in servers]
    behind, passes = min(plan[0] for plan in plans), min(plan[1] for plan in plans)
    start = time.monotonic()
    for _ in range(passes):
        for server in servers:
            server.send(work["first"], behind, work["k"])
        for server in servers:
            server.receive()
    taken = time.monotonic() - start
    for server in servers:
        server.close()
    return passes * len(servers) * (behind - work["first"]) / taken
