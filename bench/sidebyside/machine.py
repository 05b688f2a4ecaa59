"""What the figures were measured on."""
import datetime
import os
import pathlib
import platform
import subprocess


def first_of(path, key):
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith(key):
            return line.partition(":")[2].strip()
    return "unknown"


def git(root, *words):
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True).stdout.strip()


def describe(root):
    simd = [flag for flag in ("avx2", "avx512f", "avx512_vbmi", "asimd") if flag in first_of("/proc/cpuinfo", "flags")]
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": git(root, "rev-parse", "--short=10", "HEAD"),
        "uncommitted_changes": bool(git(root, "status", "--porcelain")),
        "processor": first_of("/proc/cpuinfo", "model name"),
        "simd": simd,
        "cores": os.cpu_count(),
        "memory": first_of("/proc/meminfo", "MemTotal"),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": os.getloadavg()[0],
    }
