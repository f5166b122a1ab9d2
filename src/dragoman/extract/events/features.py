"""Which features does the learned model see of a sentence and two phrases?

Names are not among them: what Ukraine does must not be read off the word "Ukraine".
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.extract.events.frames import Frame, frames_of
from dragoman.extract.events.sentence import AFTER, BETWEEN, Sentence

AFTER_WORDS = 14  # words behind both phrases that are looked at


def features_of(sentence: Sentence, frames: list[Frame] | None = None) -> set[str]:
    """The features of a sentence, each a short name that a reader understands."""
    frames = frames_of(sentence) if frames is None else frames
    found = set(_of_frames(frames))
    found.update(_of_hits(sentence))
    found.update(_of_words(sentence))
    found.add("order:" + ("forward" if sentence.forward else "backward"))
    return found


def _of_frames(frames: list[Frame]) -> Iterator[str]:
    """The reading of the rules, and what it rests on."""
    if not frames:
        yield "frame:none"
    for place, frame in enumerate(frames[:2]):
        yield f"frame{place}:{frame.type}"
        if place == 0:
            modal = frame.modal.label if frame.modal else "plain"
            act = frame.act.label if frame.act else "none"
            yield f"modal:{modal}"
            yield f"joined:{modal}+{act}"
            yield from (f"head:{hit.phrase}" for hit in frame.hits)


def _of_hits(sentence: Sentence) -> Iterator[str]:
    """The classes of phrases in each region, and the phrases."""
    for hit in sentence.hits:
        region = sentence.regions[hit.first]
        yield f"{region}:{hit.label}"
        if region in (BETWEEN, AFTER):
            yield f"phrase:{hit.phrase}"


def _of_words(sentence: Sentence) -> Iterator[str]:
    """Stems of each region; those between the phrases and behind them once more without their region."""
    after = 0
    for name, region, is_name in zip(sentence.stems, sentence.regions, sentence.names, strict=True):
        if region == AFTER:
            after += 1
            if after > AFTER_WORDS:
                break
        if not is_name:
            yield f"{region}={name}"
            if region in (BETWEEN, AFTER):
                yield f"near={name}"
