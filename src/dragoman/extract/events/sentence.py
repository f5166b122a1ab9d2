"""What does a sentence look like from the two phrases between which an event is sought?"""

from __future__ import annotations

import msgspec

from dragoman.extract.events.stems import WORD, stem
from dragoman.extract.events.triggers import Hit, vocabulary
from dragoman.record.span import Span

BEFORE, SOURCE, BETWEEN, TARGET, AFTER = "PSBTA"


class Sentence(msgspec.Struct, frozen=True):
    """The words of a sentence with their spans, stems and regions, and the trigger phrases in them.

    A region is one letter a word: P before both phrases, S in the source, B between them, T in the target, A after.
    """

    text: str
    spans: list[Span]
    words: list[str]
    stems: list[str]
    names: list[bool]
    regions: str
    hits: list[Hit]
    forward: bool  # the source stands before the target


def sentence_of(text: str, source: Span | None, target: Span | None) -> Sentence:
    """The sentence as seen from two phrases, of which one or both may be missing."""
    spans: list[Span] = []
    words: list[str] = []
    names: list[bool] = []
    for match in WORD.finditer(text):
        word = match.group()
        spans.append(Span(match.start(), match.end()))
        names.append(word[0].isupper())
        words.append(word.lower().replace("’", "'"))
    stems = [stem(word) for word in words]
    regions = _regions(spans, source, target)
    forward = source is None or target is None or source.start <= target.start
    return Sentence(text, spans, words, stems, names, regions, vocabulary().hits(words, stems), forward)


def _regions(spans: list[Span], source: Span | None, target: Span | None) -> str:
    """The region of every word. Without a source the sentence begins between; without a target it ends there."""
    first = min((span.start for span in (source, target) if span), default=0)
    last = max((span.end for span in (source, target) if span), default=0)
    if source is None and target is not None:
        first = 0
    if target is None:
        last = spans[-1].end if spans else 0
    letters: list[str] = []
    for span in spans:
        if target is not None and target.start <= span.start < target.end:
            letters.append(TARGET)
        elif source is not None and source.start <= span.start < source.end:
            letters.append(SOURCE)
        elif span.start < first:
            letters.append(BEFORE)
        else:
            letters.append(BETWEEN if span.start < last else AFTER)
    return "".join(letters)
