"""What changed from each version of a document to the next, and how is it shown?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.book import Book
from dragoman.link.versions import edits_between
from dragoman.record.entries import DocumentInfo, Version
from dragoman.record.versions import DocumentVersions, Edit, EditKind, VersionChange
from dragoman.show.plain import published_words
from dragoman.show.words import hanging

MOST = 60  # edits of one change that are shown
LONGEST = 300  # characters of one side of an edit that are shown


def versions_of(book: Book, document: str) -> DocumentVersions:
    """The versions of a document with the edits between them. Raises UnknownName."""
    held = tuple(book.versions(document))
    texts = [book.document(document, digest=version.digest).text for version in held]
    changes = (
        VersionChange(earlier=one, later=other, edits=edits_between(before, after))
        for (one, before), (other, after) in pairwise(zip(held, texts, strict=True))
    )
    return DocumentVersions(document=document, versions=held, changes=tuple(changes))


def versions_text(held: DocumentVersions, width: int, *, every: bool = False) -> str:
    """The versions with their times, and what changed; with ``every``, also what leaves the substance as it was."""
    lines = hanging(
        f"{held.document}: {len(held.versions)} version{'' if len(held.versions) == 1 else 's'}", width, 0, 2
    )
    for version in held.versions:
        lines += hanging(version_words(version), width, 2, 4)
    for change in held.changes:
        lines += ["", *change_lines(change, width, every=every)]
    return "\n".join(lines) + "\n"


def version_words(version: Version) -> str:
    """A version's number, when it was published, and when it was seen."""
    seen = f", seen {version.seen[:16].replace('T', ' ')}" if version.seen else ""
    current = " (current)" if version.current else ""
    return f"{version.number}. published {published_words(version.published)}{seen}{current}"


def change_lines(change: VersionChange, width: int, *, every: bool) -> Iterator[str]:
    """What one version changed."""
    counts = Counter(edit.kind for edit in change.edits)
    said = ", ".join(f"{counts[kind]} of {kind.value}" for kind in reversed(EditKind) if counts[kind])
    yield from hanging(f"FROM {change.earlier.number} TO {change.later.number}: {said or 'no word'}", width, 0, 2)
    shown = change.edits if every else change.of_substance
    for edit in shown[:MOST]:
        yield from hanging(edit_words(edit, every=every), width, 2, 4)
    if len(shown) > MOST:
        yield f"  ... and {len(shown) - MOST} more; --json has all"


def edit_words(edit: Edit, *, every: bool) -> str:
    """An edit in its surroundings: what went in brackets, what came in braces."""
    kind = f"{edit.kind.value}: " if every else ""
    old = f"[-{cut(edit.before)}-]" if edit.before else ""
    new = f"{{+{cut(edit.after)}+}}" if edit.after else ""
    return kind + " ".join(part for part in (f"… {edit.lead}".strip(), old, new, f"{edit.tail} …") if part)


def cut(text: str) -> str:
    """A stretch on one line, its middle left out when it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST // 2]} […] {plain[-LONGEST // 2 :]}"


def edited_list(documents: Sequence[DocumentInfo], width: int) -> str:
    """The documents that have more than one version."""
    lines = [
        line
        for info in documents
        for line in hanging(f"{info.id}: {info.versions} versions, {info.title or 'no title'}", width, 0, 4)
    ]
    return "\n".join(lines) + "\n"
