"""Build the wheel twice, in folders of different names, and see that both are the same: ``python release/build.py OUT``

Writes the wheel, its SHA-256 and a bill of materials (CycloneDX, made from ``requirements.lock``) to OUT. Ends with 1 when the
two builds differ. The time inside the wheel is that of the last commit, so that anyone can build the same one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def built(parent: Path, moment: str) -> Path:
    """The wheel, built from a copy of the tracked files in a folder of its own."""
    source = parent / "source"
    shutil.copytree(
        ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "build", "dist", "demo", "__pycache__")
    )
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(parent),
        str(source),
    ]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": moment})
    return next(parent.glob("*.whl"))


def last_commit() -> str:
    """The time of the last commit, in seconds; that of the change log where there is no history."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or str(int((ROOT / "CHANGELOG.md").stat().st_mtime))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(out: Path) -> int:
    """Build twice, compare, write."""
    out.mkdir(parents=True, exist_ok=True)
    moment = last_commit()
    with tempfile.TemporaryDirectory(prefix="one-") as one, tempfile.TemporaryDirectory(prefix="another-") as other:
        first, second = built(Path(one), moment), built(Path(other), moment)
        digests = digest_of(first), digest_of(second)
        if digests[0] != digests[1]:
            print(f"two builds differ: {digests[0]} and {digests[1]}")
            return 1
        shutil.copy(first, out)
    (out / "SHA256SUMS").write_text(f"{digests[0]}  {first.name}\n", encoding="utf-8")
    print(f"{first.name}: two builds, one hash, {digests[0]}")
    if shutil.which("cyclonedx-py", path=str(Path(sys.executable).parent)):
        bill = [str(Path(sys.executable).with_name("cyclonedx-py")), "requirements", str(ROOT / "requirements.lock")]
        subprocess.run([*bill, "--output-reproducible", "-o", str(out / "dragoman.cdx.json")], check=True)
        print("dragoman.cdx.json: the bill of materials")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist")))
