"""Runs Python in a child that may have only so much memory and time: a bomb then fails a test, not the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROLOGUE = """
import resource, sys
def bound(megabytes):
    # What the imports have mapped does not count; from here on so much more may be asked for.
    with open("/proc/self/statm") as file:
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + (megabytes << 20),) * 2)
def peak():
    # Not ru_maxrss, which a child begins with its parent's.
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) >> 10
"""


def has_bounds() -> bool:
    """Whether this system can bound a process's memory and say how much is mapped."""
    return Path("/proc/self/statm").exists()


def run_bounded(script: str, *arguments: str, seconds: float = 600) -> str:
    """What the script prints; an AssertionError with its account where it fails, dies or takes too long."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROLOGUE + script, *arguments],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert done.returncode == 0, f"status {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout
