"""How many edited releases changed their substance? Reads JSON Lines of documents with their ``versions`` (html).

python benchmarks/versions.py RELEASES.jsonl.gz [--show N]   # N: print the edits of the first N, to be read by hand
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from dragoman.link.versions import edits_between
from dragoman.read.html import page_of
from dragoman.record.versions import EditKind


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("releases", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    arguments = parser.parse_args()
    documents: Counter[str] = Counter()
    edits: Counter[EditKind] = Counter()
    with gzip.open(arguments.releases, "rt", encoding="utf-8") as lines:
        edited = [release for release in map(json.loads, lines) if len(release["versions"]) > 1]
    for number, release in enumerate(edited):
        texts = [page_of(f"<html><body><article>{v['html']}</article></body></html>").text for v in release["versions"]]
        found = [edit for before, after in pairwise(texts) for edit in edits_between(before, after)]
        kinds = {edit.kind for edit in found}
        edits.update(edit.kind for edit in found)
        documents["substance" if EditKind.SUBSTANCE in kinds else "cosmetic" if kinds else "the text is the same"] += 1
        if number < arguments.show:
            sys.stdout.write(f"\n{number} {release['title']}\n")
            for edit in found[:12]:
                words = f"{edit.kind.value:12}{edit.lead} [-{edit.before[:200]}-] {{+{edit.after[:200]}+}} {edit.tail}"
                sys.stdout.write(" ".join(words.split()) + "\n")
    sys.stdout.write(f"\n{len(edited)} releases with more than one text\n")
    for name, count in documents.most_common():
        sys.stdout.write(f"  {name:24}{count:4}\n")
    for kind in reversed(EditKind):
        sys.stdout.write(f"  edits of {kind.value:15}{edits[kind]:4}\n")


if __name__ == "__main__":
    main()
