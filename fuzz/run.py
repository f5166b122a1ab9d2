"""Fuzz an entry point, guided by coverage: ``python fuzz/run.py ENTRY [--runs N] [--seconds N]``, or ``all``.

Needs atheris (``pip install atheris``). Inputs that reach new code are kept in ``build/fuzz/ENTRY``; an input that breaks a
promise is written to ``build/fuzz/findings`` and ends the run with code 1. ``--keep`` copies the smallest set of inputs that
reaches the same code into ``fuzz/corpus/ENTRY``, which the tests replay. Without atheris, ``--replay`` runs the kept ones.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = HERE / "corpus"
BUILD = HERE.parent / "build" / "fuzz"
SLOWEST = 20  # seconds that one input may take
MEMORY = 3000  # megabytes
LONGEST = {"text": 2048, "page": 4096, "dates": 64, "phrases": 512, "quotations": 512, "times": 512}
SMALLEST = 1024  # kept inputs are at most so long, so that the repository stays small


def fuzz(name: str, runs: int, seconds: int) -> int:
    """Fuzz one entry point in this process; libFuzzer ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["dragoman"]):
        sys.path.insert(0, str(HERE))
        from entries import ENTRIES
    own, findings = BUILD / name, BUILD / "findings"
    own.mkdir(parents=True, exist_ok=True)
    findings.mkdir(parents=True, exist_ok=True)
    options = [
        f"-runs={runs}" if runs else f"-max_total_time={seconds}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MEMORY}",
        f"-max_len={LONGEST.get(name, SMALLEST)}",
        f"-artifact_prefix={findings}/{name}-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    seeds = [str(folder) for folder in (KEPT / name,) if folder.is_dir()]
    for path in sorted((KEPT / name).glob("seed-*")):
        ENTRIES[name](path.read_bytes())  # what is loaded once is no input's fault
    atheris.Setup([sys.argv[0], *options, str(own), *seeds], ENTRIES[name])
    atheris.Fuzz()
    return 0


def replay(name: str) -> int:
    """Run the kept inputs of one entry point; how many there are."""
    sys.path.insert(0, str(HERE))
    from entries import ENTRIES

    inputs = sorted((KEPT / name).glob("*"))
    for path in inputs:
        ENTRIES[name](path.read_bytes())
    return len(inputs)


def every(arguments: argparse.Namespace, names: list[str]) -> int:
    """Fuzz all entry points, each in a process of its own; prints inputs and findings of each."""
    failed = 0
    for name in names:
        started = time.perf_counter()
        command = [sys.executable, __file__, name, "--runs", str(arguments.runs), "--seconds", str(arguments.seconds)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        tried = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
        failed += done.returncode != 0
        print(
            f"{name:12} {int(tried[1]) if tried else 0:>10,} inputs {time.perf_counter() - started:>7.0f} s  "
            + ("no finding" if done.returncode == 0 else f"FINDING, see {BUILD / 'findings'}"),
            flush=True,
        )
    return min(failed, 1)


def keep(name: str) -> None:
    """Copy what reaches code that no smaller input does into the repository."""
    target = KEPT / name
    target.mkdir(parents=True, exist_ok=True)
    small = [path for path in (BUILD / name).iterdir() if path.stat().st_size <= SMALLEST]
    for path in sorted(small, key=lambda path: (path.stat().st_size, path.name))[:60]:
        (target / path.name[:12]).write_bytes(path.read_bytes())


def main() -> int:
    """Read the options and do it."""
    sys.path.insert(0, str(HERE))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("entry", help="an entry point of entries.py, or all")
    parser.add_argument("--runs", type=int, default=0, help="inputs to try; 0 goes by the clock")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--replay", action="store_true", help="run the kept inputs only")
    parser.add_argument("--keep", action="store_true", help="copy inputs that reach new code to fuzz/corpus")
    arguments = parser.parse_args()
    if arguments.entry != "all" and not (arguments.replay or arguments.keep):
        return fuzz(arguments.entry, arguments.runs, arguments.seconds)
    from entries import ENTRIES

    names = list(ENTRIES) if arguments.entry == "all" else [arguments.entry]
    if arguments.replay:
        print(f"{sum(replay(name) for name in names)} inputs, no finding")
        return 0
    if arguments.keep:
        for name in names:
            keep(name)
        return 0
    return every(arguments, names)


if __name__ == "__main__":
    sys.exit(main())
