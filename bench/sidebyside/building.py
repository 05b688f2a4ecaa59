"""Building every engine's index from one token file, on one core each."""
import json
import os
import shutil
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


def build(engine, tokens, papers, folder, reuse):
    """The figures of a build, kept beside the index so that --reuse can show them again."""
    kept = folder.with_suffix(".json")
    if reuse and kept.exists():
        return json.loads(kept.read_text())
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text, process_s, cpu_s, peak_kb = run_measured([engine.program, "build", tokens, folder])
    figures = json.loads(text)
    figures |= {"process_s": process_s, "cpu_s": cpu_s, "peak_kb": max(peak_kb, figures["peak_kb"]),
                "papers": papers, "papers_per_s": papers / figures["build_s"]}
    kept.write_text(json.dumps(figures))
    return figures
