"""Building every engine's index on one core each: from one token file, and from the papers' JSONL."""
import json
import os
import shutil
import statistics
import subprocess
import time

from sidebyside.engines import on_one_core


def run_measured(command):
    """Runs it on one core: what it printed, wall and processor seconds, peak resident kilobytes."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=on_one_core)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with code {process.returncode}")
    return text, time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def build_once(engine, command, source, papers, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text, process_s, cpu_s, peak_kb = run_measured([engine.program, command, source, folder])
    figures = json.loads(text)
    return figures | {"process_s": process_s, "cpu_s": cpu_s, "peak_kb": max(peak_kb, figures["peak_kb"]),
                      "papers": papers, "papers_per_s": papers / figures["build_s"]}


def build_from_jsonl(engines, source, papers, folder, rounds):
    """Each engine's figures, engines in turn: those of the round whose time is the median. The indexes are not kept."""
    builds = {engine.name: [] for engine in engines}
    for _ in range(rounds):
        for engine in engines:
            builds[engine.name].append(build_once(engine, "build-jsonl", source, papers, folder))
    shutil.rmtree(folder, ignore_errors=True)
    of_name = {}
    for name, rounds_of_one in builds.items():
        middle = statistics.median_low(figures["build_s"] for figures in rounds_of_one)
        of_name[name] = next(figures for figures in rounds_of_one if figures["build_s"] == middle)
    return of_name


def build(engine, tokens, papers, folder, reuse):
    """The figures of a build, kept beside the index so that --reuse can show them again."""
    kept = folder.with_suffix(".json")
    if reuse and kept.exists():
        return json.loads(kept.read_text())
    figures = build_once(engine, "build", tokens, papers, folder)
    kept.write_text(json.dumps(figures))
    return figures
