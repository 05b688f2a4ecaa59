#!/usr/bin/env python3
"""What one question costs as a whole process: pinakes beside sqlite3 and ripgrep, on the same notes.

    bench/process.py [NOTES]        (default: ../shared/notes/sosp-notes.txt, else corpus/library)

The three commands run in turn, A B C A B C ..., so that a drift of the machine's speed meets all of them; what is
printed are medians, and the medians of the ratios taken round by round.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/release/pinakes"
WORD = "CXL"
ROUNDS = 400
WARM_UP = 20


def default_notes():
    real = ROOT / "../shared/notes/sosp-notes.txt"
    return real if real.exists() else ROOT / "corpus/library"


def make_library(notes, folder):
    library = folder / "library.db"
    subprocess.run([PROGRAM, "-L", library, "index", "--quiet", notes], check=True, stdout=subprocess.DEVNULL)
    return library


def make_fts5_file(notes, folder):
    """The same text, a row a line, in a plain FTS5 table with SQLite's own Porter tokenizer."""
    files = sorted(p for p in notes.rglob("*") if p.is_file()) if notes.is_dir() else [notes]
    lines = [line for f in files for line in f.read_text("utf-8").splitlines() if line.strip()]
    rows = ",".join("('" + line.replace("'", "''") + "')" for line in lines)
    database = folder / "fts5.db"
    script = f"CREATE VIRTUAL TABLE notes USING fts5(line, tokenize='porter'); INSERT INTO notes VALUES {rows};"
    subprocess.run(["sqlite3", database], input=script, text=True, check=True)
    return database


def run(command, sink):
    """Wall time of one process in microseconds, from spawn to reap."""
    begin = time.perf_counter_ns()
    child = os.posix_spawn(command[0], command, os.environ,
                           file_actions=[(os.POSIX_SPAWN_DUP2, sink, 1), (os.POSIX_SPAWN_DUP2, sink, 2)])
    _, status = os.waitpid(child, 0)
    took = (time.perf_counter_ns() - begin) / 1000
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return took


def main():
    notes = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default_notes()
    tools = {name: shutil.which(name) for name in ("sqlite3", "rg")}
    if not PROGRAM.exists() or not tools["sqlite3"]:
        sys.exit("build first (./demo), and install sqlite3 (and ripgrep, for the comparison with it)")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        commands = {
            "pinakes search": [str(PROGRAM), "-L", str(make_library(notes, folder)), "search", WORD],
            "sqlite3, FTS5": [tools["sqlite3"], str(make_fts5_file(notes, folder)),
                              f"SELECT line FROM notes WHERE notes MATCH '{WORD}' ORDER BY rank LIMIT 10"],
        }
        if tools["rg"]:
            commands["ripgrep"] = [tools["rg"], "-n", "-i", WORD, str(notes)]
        commands["true"] = ["/bin/true"]
        took = {label: [] for label in commands}
        with open(os.devnull, "wb") as sink:
            for i in range(WARM_UP + ROUNDS):
                for label, command in commands.items():
                    us = run(command, sink.fileno())
                    if i >= WARM_UP:
                        took[label].append(us)
    print(f"{ROUNDS} rounds over {os.path.relpath(notes, ROOT)}, median of each command as a whole process")
    for label, times in took.items():
        ratio = statistics.median(a / b for a, b in zip(took["pinakes search"], times))
        beside = "" if label == "pinakes search" else f"   pinakes takes {ratio:.2f} times as long"
        print(f"  {label:<16}{statistics.median(times) / 1000:7.2f} ms{beside}")


main()
