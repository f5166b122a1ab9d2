"""Which statements and which stretches of text have a given wording, and how near do they come?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.link.diff import word_diff
from dragoman.link.people import can_be_named
from dragoman.link.quotes import ALIKE, LONGEST, WORD, SameWords, Verdict, Wording, same_words, words_of
from dragoman.record.comparison import Change
from dragoman.record.entries import DocumentInfo, Statement
from dragoman.record.mentions import Directness
from dragoman.record.quote import QuoteCheck, QuoteMatch, QuoteVerdict
from dragoman.record.span import Span

RUN = 3  # words of the phrases by which candidates are asked for; shorter ones stand in every text
IN_MARKS = re.compile(r"[“\"«]([^“”\"«»]{2,})[”\"»]")
MOVED = 6  # words by which a wording may have been shortened within, so that its stretch ends further on
ASKED = 12  # phrases that are asked for, spread over the wording
SHORT = 6  # of a wording of fewer words, one changed word makes another wording: only its very words count
SIGNS = " \t\n.,;:!?“”‘’\"'…"
NEAREST = 12  # places of a text that are looked at: those that share most runs with the wording
ORDER = tuple(QuoteVerdict)
VERDICTS = {
    Verdict.VERBATIM: QuoteVerdict.VERBATIM,
    Verdict.SHORTENED: QuoteVerdict.SHORTENED,
    Verdict.STRETCHED: QuoteVerdict.STRETCHED,
    Verdict.ALTERED: QuoteVerdict.ALTERED,
}


class Candidate(msgspec.Struct, frozen=True):
    """A document that may have the wording, with its text."""

    info: DocumentInfo
    text: str


def asked_phrases(words: str) -> list[str]:
    """Phrases of which a text with the wording, or one like it, has at least one; spread over the wording."""
    held = words_of(words)
    if len(held) <= RUN:
        return [" ".join(held)] if held else []
    starts = range(len(held) - RUN + 1)
    step = max(1, -(-len(starts) // ASKED))
    return [" ".join(held[at : at + RUN]) for at in starts[::step]]


def check_quote(
    words: str, speaker: str | None, statements: Iterable[Statement], documents: Iterable[Candidate]
) -> QuoteCheck:
    """How the words stand to those of the statements and the texts; the nearest match first.

    A text is named only when no statement of it has the words.
    """
    said = [match for statement in statements if (match := in_statement(words, speaker, statement))]
    covered = {document for match in said for document in match.documents}
    printed = [
        match for candidate in documents if candidate.info.id not in covered and (match := in_text(words, candidate))
    ]
    matches = sorted([*said, *printed], key=nearness)
    own = [match for match in matches if not match.other_speaker]
    best = (own or matches)[0] if matches else None
    return QuoteCheck(
        words=words,
        speaker=speaker,
        verdict=best.verdict if best else QuoteVerdict.NOT_FOUND,
        other_speaker=bool(matches) and not own,
        matches=tuple(matches),
    )


def nearness(match: QuoteMatch) -> tuple[bool, int, bool, str, str]:
    """The named speaker's first, then by verdict, statements before texts, the earliest first."""
    day = match.published.isoformat() if match.published else "9999"
    return (match.other_speaker, ORDER.index(match.verdict), match.statement is None, day, match.documents[0])


def in_statement(words: str, speaker: str | None, statement: Statement) -> QuoteMatch | None:
    """How the words stand to the nearest wording of a statement; None when they are other words."""
    weighed = [near for variant in statement.variants if (near := nearest(words, variant.text))]
    own = [near for words_in_marks in fragments(statement) if (near := nearest(words, words_in_marks))]
    if not weighed and not own:
        return None
    best = min([*own, *weighed], key=lambda near: (ORDER.index(near.verdict), -near.shared))
    return QuoteMatch(
        verdict=best.verdict,
        wording=best.wording,
        documents=statement.documents,
        statement=statement.id,
        speaker=statement.speaker,
        office=statement.office,
        parties=statement.parties,
        channel=statement.channel,
        relay=statement.relay,
        directness=Directness.DIRECT.value if any(best is near for near in own) else statement.directness.value,
        published=statement.first_published,
        diff=diff_from(best, words),
        other_speaker=bool(speaker and statement.speaker) and not is_named(speaker, statement),
    )


def fragments(statement: Statement) -> list[str]:
    """The words within marks of a statement that is reported in part."""
    if statement.directness is not Directness.MIXED:
        return []
    return [part for variant in statement.variants for part in IN_MARKS.findall(variant.text)]


class Near(msgspec.Struct, frozen=True):
    """How given words stand to a wording, or to the stretch of it that comes nearest."""

    verdict: QuoteVerdict
    shared: float
    wording: str
    span: Span


def nearest(words: str, text: str) -> Near | None:
    """How the words stand to a whole wording, or if they are others, to the stretch of it that comes nearest."""
    same = same_words(Wording(words), Wording(text))
    if same.verdict not in (Verdict.ALTERED, Verdict.DIFFERENT):
        return Near(VERDICTS[same.verdict], same.shared, text, Span(0, len(text)))
    return nearest_stretch(words, text)


def diff_from(near: Near, words: str) -> tuple[Change, ...]:
    """What leads from an altered wording to the given words, signs at its ends left out."""
    return word_diff(near.wording.strip(SIGNS), words.strip(SIGNS)) if near.verdict is QuoteVerdict.ALTERED else ()


def is_like(words: str, same: SameWords) -> bool:
    """Whether a verdict makes two wordings the same words; of few words nothing may be changed."""
    if same.verdict is Verdict.ALTERED:
        return len(words_of(words)) >= SHORT and same.shared >= ALIKE
    return same.verdict is not Verdict.DIFFERENT


def is_named(speaker: str | None, statement: Statement) -> bool:
    """Whether a statement can be the named speaker's."""
    return bool(speaker and statement.speaker) and can_be_named(str(speaker), str(statement.speaker))


def in_text(words: str, candidate: Candidate) -> QuoteMatch | None:
    """How the words stand to the nearest stretch of a text; None when it has no such words."""
    near = nearest_stretch(words, candidate.text)
    if near is None:
        return None
    return QuoteMatch(
        verdict=near.verdict,
        wording=near.wording,
        documents=(candidate.info.id,),
        span=near.span,
        published=candidate.info.published.start or candidate.info.published.end,
        diff=diff_from(near, words),
    )


def nearest_stretch(words: str, text: str) -> Near | None:
    """The stretch of a text, as long as the words, that comes nearest to them; None when none does."""
    sought = words_of(words)
    found = list(WORD.finditer(text))
    folded = [match.group().casefold().replace("’", "'") for match in found]
    best: Near | None = None
    for start in likely_starts(sought, folded):
        end = same_end(folded, min(len(found), start + len(sought)), sought[-1])
        span = Span(found[start].start(), found[end - 1].end())
        stretch = " ".join(span.of(text).split())
        same = same_words(Wording(words), Wording(stretch))
        if is_like(words, same) and (best is None or same.shared > best.shared):
            best = Near(VERDICTS[same.verdict], same.shared, stretch, span)
    return best


def same_end(words: Sequence[str], end: int, last: str) -> int:
    """The end of a stretch, moved on to the last word sought where that stands a little behind it."""
    if words[end - 1] == last:
        return end
    return next((at + 1 for at in range(end, min(len(words), end + MOVED)) if words[at] == last), end)


def likely_starts(sought: Sequence[str], words: Sequence[str]) -> list[int]:
    """Where in a text a stretch as long as the wording may begin that has most of its runs in their places."""
    size = min(RUN, len(sought), LONGEST)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(sought) - size + 1):
        places[tuple(sought[at : at + size])].append(at)
    votes: dict[int, int] = defaultdict(int)
    for at in range(len(words) - size + 1):
        for place in places.get(tuple(words[at : at + size]), ()):
            votes[max(0, at - place)] += 1
    return sorted(votes, key=lambda start: (-votes[start], start))[:NEAREST]
