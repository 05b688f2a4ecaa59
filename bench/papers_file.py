"""The papers of a JSONL file, plain or .zst."""
import json
import subprocess


def read(path):
    command = ["zstd", "-dcq", path] if path.suffix == ".zst" else ["cat", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as source:
        for line in source.stdout:
            yield json.loads(line)
