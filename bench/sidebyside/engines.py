"""The engines that take part: how each is built and started, and what it says when it cannot be."""
import dataclasses
import os
import pathlib
import subprocess
import sys

BENCH = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
SPLIT = ROOT / "build" / "bench" / "bench" / "split"  # cuts papers into tokens, the same for every engine


@dataclasses.dataclass
class Engine:
    name: str
    program: pathlib.Path
    version: str = ""
    missing: str = ""  # why it cannot take part; empty when it can

    @property
    def reads_jsonl(self):
        """The second form of a peer is the same where it builds an index of JSONL."""
        return self.program.name == "peer"


# Name, folder under bench/peers, program that its `make` leaves behind.
KNOWN = (
    ("pinakes", "pinakes", "peer"),
    ("lucene", "lucene", "peer"),
    ("lucene-reordered", "lucene", "peer-reordered"),
    ("tantivy", "tantivy", "peer"),
    ("xapian", "xapian", "peer"),
    ("fts5", "fts5", "peer"),
)


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no word said"


def make(folder, target):
    """Builds a peer; returns why it failed, or the empty string."""
    script = BENCH / "peers" / folder / "make"
    if not script.exists():
        return "not written yet"
    done = subprocess.run([script, target], capture_output=True, text=True)
    return "" if done.returncode == 0 else last_line(done.stderr)


def build_tools():
    """Builds SPLIT, and of Pinakes what its peer is linked to; ends the program when that fails."""
    for step in (["cmake", "--preset", "bench"], ["cmake", "--build", "--preset", "bench"]):
        done = subprocess.run(step, cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stdout + done.stderr)


def prepare(names, scratch):
    """All engines named, built under `scratch`; those that could not be say why in `missing`."""
    made, engines = {}, []
    for name, folder, program in KNOWN:
        if name not in names:
            continue
        target = scratch / "peers" / folder
        if folder not in made:
            print(f"building {folder}", flush=True)
            made[folder] = make(folder, target)
        engine = Engine(name, target / program, missing=made[folder])
        if not engine.missing:
            engine.version = subprocess.run([engine.program, "version"], capture_output=True, text=True,
                                            check=True).stdout.strip()
        engines.append(engine)
    return engines


class Server:
    """A running `peer serve`: runs ranges of the query file and tells the nanoseconds of each query."""

    def __init__(self, engine, index, queries):
        self.process = subprocess.Popen([engine.program, "serve", index, queries], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, first, behind, k):
        self.process.stdin.write(f"{first} {behind} {k}\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args[0]} ended with code {self.process.wait()}")
        return [int(word) for word in line.split()]

    def ask(self, first, behind, k):
        self.send(first, behind, k)
        return self.receive()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def on_one_core():
    """For preexec_fn: the process and all its threads share one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
