"""Which texts are copies of one text?

Texts meet in *bands*: slices of a MinHash signature over shingles of five words, and hashes of long sentences (a
trimmed wire copy keeps whole sentences while its resemblance is low). Texts that meet are compared exactly.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import msgspec
from rensa import RMinHash  # type: ignore[attr-defined]

from dragoman.record.document import Document, DocumentKind

SHINGLE = 5
BANDS = 32
ROWS = 4  # 32 bands of 4 rows: two texts of resemblance .5 meet with probability .87, of .6 with .99
SEED = 20250528
SENTENCES = 12  # long sentences that a text is known by, from its start: agencies cut from the end
SENTENCE_WORDS = 10
SENTENCE = 1  # the bit of a band that is set for a sentence, and not for a slice of a signature
FEW_SENTENCES = 2
NEWS_RESEMBLANCE = 0.5
OFFICIAL_RESEMBLANCE = (
    0.9  # official texts share phrases: two readouts of a day may resemble by .7 and differ in substance
)
CONTAINMENT = 0.8
LEAST_SHARE = 0.2  # a text that is a smaller part of the other quotes it rather than copies it
LEAST_SHINGLES = 30
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+|\n+")
OFFICIAL = frozenset(
    {
        DocumentKind.READOUT,
        DocumentKind.JOINT_STATEMENT,
        DocumentKind.STATEMENT,
        DocumentKind.FACT_SHEET,
        DocumentKind.PRESS_RELEASE,
        DocumentKind.TRANSCRIPT,
    }
)


class Likeness(msgspec.Struct, frozen=True):
    """Jaccard resemblance of two texts' shingles, the part of the smaller text's that the larger one has, and how
    large the smaller is beside the larger."""

    resemblance: float
    containment: float
    share: float


def read_words(document: Document) -> list[str]:
    """The words of a document outside its boilerplate, in lower case."""
    pieces, at = [], 0
    for part in sorted(document.boilerplate, key=lambda part: part.span):
        pieces.append(document.text[at : part.span.start])
        at = max(at, part.span.end)
    pieces.append(document.text[at:])
    return WORD.findall(" ".join(pieces).casefold())


def shingles(document: Document) -> frozenset[int]:
    """Hashes of every run of five words; they differ between processes and are never stored."""
    words = read_words(document)
    return frozenset(map(hash, zip(*(words[offset:] for offset in range(SHINGLE)), strict=False)))


def stable_hash(text: str) -> int:
    """Sixty-three bits that are the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def bands(document: Document) -> tuple[int, ...]:
    """The names under which a document meets its copies; none for a text of a few words."""
    words = read_words(document)
    runs = [" ".join(run) for run in zip(*(words[offset:] for offset in range(SHINGLE)), strict=False)]
    if len(runs) < LEAST_SHINGLES:
        return ()
    signature = RMinHash(BANDS * ROWS, SEED)
    signature.update(runs)
    rows = signature.digest()
    slices = {stable_hash(f"{band}:{rows[band * ROWS : (band + 1) * ROWS]}") & ~SENTENCE for band in range(BANDS)}
    return tuple(sorted(slices | {stable_hash(name) | SENTENCE for name in long_sentences(document.text)}))


def may_be_copies(slices: int, sentences: int, fewest: int) -> bool:
    """Whether texts that share so many slices and long sentences are worth comparing, when the one that has fewer long
    sentences has so many: one sentence in common makes no copy of a text that has more."""
    return slices > 0 or sentences > 1 or (sentences == 1 and fewest <= FEW_SENTENCES)


def long_sentences(text: str) -> Iterator[str]:
    """The first sentences of ten words and more, folded."""
    found = 0
    for sentence in SENTENCE_END.split(text):
        words = WORD.findall(sentence.casefold())
        if len(words) >= SENTENCE_WORDS:
            yield " ".join(words)
            found += 1
        if found == SENTENCES:
            return


def likeness(one: frozenset[int], other: frozenset[int]) -> Likeness:
    """How much two sets of shingles share."""
    shared = len(one & other)
    smaller, larger = sorted((len(one), len(other)))
    if not smaller:
        return Likeness(0.0, 0.0, 0.0)
    return Likeness(shared / (smaller + larger - shared), shared / smaller, smaller / larger)


def are_copies(one: Document, other: Document, measured: Likeness) -> bool:
    """Whether two documents are one text: the same within editing, or one of two news texts cut from the other."""
    official = one.kind in OFFICIAL or other.kind in OFFICIAL or bool(one.issuer or other.issuer)
    if official:
        return measured.resemblance >= OFFICIAL_RESEMBLANCE
    cut = measured.containment >= CONTAINMENT and measured.share >= LEAST_SHARE
    return cut or measured.resemblance >= NEWS_RESEMBLANCE
