"""Which attributed words of several documents are one statement?

Quoted words are one statement when most of the shorter quotation stands in the longer one and the speakers can be
one. Reported speech is one statement only in the same words: two outlets' paraphrases are two accounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from zlib import crc32

import msgspec

from dragoman.link.linker import WEAK
from dragoman.link.people import can_be_named, commonest
from dragoman.link.quotes import LINKING_RUN, linking_runs, mostly_within, words_of
from dragoman.record.entries import EntryKind, Evidence, Ground, Statement, Variant
from dragoman.record.mentions import Directness, Relay, SpeakerKind, StatementMention

SHORT = 5  # quotations of fewer words are one only word for word, from one speaker
# A run of words that so many different wordings share is a stock phrase ("the importance of a free and"), and says
# nothing of whether two of them are one quotation; they still meet by their other runs.
CROWD = 48
HELD = 20_000  # wordings whose words are kept at hand: a long one stands in a block for every few of its words


def said(evidence: Evidence) -> StatementMention:
    """The statement mention of a piece of evidence."""
    if not isinstance(evidence.mention, StatementMention):
        raise TypeError(f"{evidence.id} is no statement")
    return evidence.mention


class Wording(msgspec.Struct, frozen=True, eq=False):
    """A wording as linking compares it: folded words, and its runs of words as numbers, which differ between processes."""

    words: tuple[str, ...]
    runs: frozenset[int]


@lru_cache(maxsize=HELD)
def wording_of(wordings: tuple[str, ...]) -> Wording:
    """A wording, kept at hand, since it is compared in many blocks."""
    words = tuple(words_of(" ".join(wordings)))
    return Wording(words, linking_runs(words))


def words_said(evidence: Evidence) -> tuple[str, ...]:
    """The words of a statement, folded."""
    return wording_of(evidence.wordings).words


class StatementLinker:
    """Statement mentions become statements."""

    kind = EntryKind.STATEMENT

    def blocks(self, evidence: Evidence) -> Sequence[str]:
        """The whole of the words, and for longer quotations some of their runs, which hold together while they are rare."""
        words = words_said(evidence)
        if not words:
            return ()
        whole = f"all:{' '.join(words)}"
        if said(evidence).directness is Directness.INDIRECT or len(words) < SHORT:
            return (whole,)
        return (whole, *(f"{WEAK}run:{run}" for run in chosen_runs(words)))

    def same(self, block: Sequence[Evidence]) -> Sequence[Sequence[int]]:
        """Groups of one statement within the block."""
        return self._grouped(block, range(len(block)))

    def is_spent(self, block: Sequence[Evidence]) -> bool:
        """Whether so many wordings share a run that it is a stock phrase; those of the same words meet by the whole."""
        return len({words_said(item) for item in block}) > CROWD

    def _grouped(self, block: Sequence[Evidence], places: Iterable[int]) -> list[list[int]]:
        """The places in groups of which all are one statement; each goes to the first that it fits."""
        groups: list[Alike] = []
        for place in places:
            item = block[place]
            home = next((group for group in groups if group.takes(item)), None)
            if home is None:
                home = Alike()
                groups.append(home)
            home.add(place, item)
        return [group.places for group in groups]

    def fold(self, entry_id: str, evidence: Sequence[Evidence]) -> Statement:
        """The statement that these mentions make together; values come from the mention that says most."""
        best = max(evidence, key=fullness)
        mention = said(best)
        speaker = commonest_speaker(evidence)
        return Statement(
            id=entry_id,
            text=" ".join(best.wordings),
            directness=mention.directness,
            speaker=speaker,
            speaker_kind=next(
                (said(i).speaker_kind for i in evidence if said(i).speaker == speaker), SpeakerKind.UNKNOWN
            ),
            office=commonest(said(item).office for item in evidence),
            parties=next((said(item).parties for item in evidence if said(item).parties), ()),
            channel=commonest(said(item).channel for item in evidence),
            relay=longest_relay(evidence),
            addressee=commonest(said(item).addressee for item in evidence),
            anonymity=commonest(said(item).anonymity for item in evidence),
            cue=mention.cue_lemma,
            strength=mention.strength,
            stance=mention.stance,
            negated=mention.negated,
            uttered=mention.uttered,
            topics=tuple(dict.fromkeys(topic for item in evidence for topic in said(item).topics)),
            when=next((said(item).when for item in evidence if said(item).when.known), mention.when),
            variants=variants_of(best, evidence),
            grounds=(Ground(field="text", mention=best.id, rule=mention.rule, basis="fullest"),),
        )


class Alike:
    """A group of one statement. What says the same of all that is compared is compared once, so that a quotation of
    thousands of outlets costs one look for each of them."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self._kinds: dict[tuple[object, ...], Evidence] = {}
        self._in: dict[tuple[str, str], list[Evidence]] = {}

    def takes(self, item: Evidence) -> bool:
        """Whether the item is one statement with every member."""
        same_text = self._in.get(text_of(item), ())
        if any(nested(item, other) for other in same_text):
            return False
        return all(fits(item, other) for other in self._kinds.values())

    def add(self, place: int, item: Evidence) -> None:
        """Add a member at its place."""
        self.places.append(place)
        self._kinds.setdefault(compared(item), item)
        self._in.setdefault(text_of(item), []).append(item)


def text_of(item: Evidence) -> tuple[str, str]:
    """The document and the text that a statement stands in."""
    return item.document.id, item.document.digest


def compared(item: Evidence) -> tuple[object, ...]:
    """All of a statement that decides whether it fits another."""
    mention = said(item)
    return item.wordings, mention.speaker, mention.speaker_kind, mention.parties, mention.directness


def chosen_runs(words: Sequence[str]) -> list[str]:
    """Runs of four words that two overlapping quotations choose alike: of each stretch the one with the least checksum.

    Winnowing over stretches of four runs: two texts that share seven words in a row share a chosen run. The checksum has no
    liking for small words, as the alphabet would have, so that stock phrases make no more blocks than others.
    """
    runs = [" ".join(run) for run in zip(*(words[at:] for at in range(LINKING_RUN)), strict=False)]
    sums = [crc32(run.encode("utf-8", "surrogatepass")) for run in runs]
    chosen = set(map(min, zip(*(sums[at:] for at in range(LINKING_RUN)), strict=False))) or {min(sums)}
    run_of = dict(zip(sums, runs, strict=True))
    return [run_of[each] for each in sorted(chosen)]


def is_one(one: Evidence, other: Evidence) -> bool:
    """Whether two mentions are of one statement."""
    return not nested(one, other) and fits(one, other)


def fits(one: Evidence, other: Evidence) -> bool:
    """Whether the words and the speakers of two mentions can be those of one statement."""
    if not speakers_fit(said(one), said(other)):
        return False
    ours, theirs = wording_of(one.wordings), wording_of(other.wordings)
    a, b = ours.words, theirs.words
    if ours is theirs or a == b:
        return len(a) >= SHORT or (said(one).speaker is not None and said(one).speaker == said(other).speaker)
    if Directness.INDIRECT in (said(one).directness, said(other).directness) or min(len(a), len(b)) < SHORT:
        return False
    return mostly_within(ours.runs, theirs.runs)


def nested(one: Evidence, other: Evidence) -> bool:
    """Whether two mentions share characters of one text: what stands inside a statement is another statement."""
    return one.document.digest == other.document.digest and (
        one.document.id == other.document.id and one.span.overlaps(other.span)
    )


def speakers_fit(one: StatementMention, other: StatementMention) -> bool:
    """Whether the speakers can be one; an institution and its spokesperson can."""
    if not one.speaker or not other.speaker:
        return True
    if one.speaker_kind is SpeakerKind.PERSON and other.speaker_kind is SpeakerKind.PERSON:
        return can_be_named(one.speaker, other.speaker)
    return not one.parties or not other.parties or bool(set(one.parties) & set(other.parties))


def fullness(evidence: Evidence) -> tuple[bool, int]:
    """Direct before indirect, then by length; of equals the first in the canonical order."""
    direct = said(evidence).directness is not Directness.INDIRECT
    return direct, len(" ".join(evidence.wordings))


def commonest_speaker(evidence: Sequence[Evidence]) -> str | None:
    """The speaker whom most name; a person's fullest name before an institution."""
    people = [m.speaker for item in evidence if (m := said(item)).speaker and m.speaker_kind is SpeakerKind.PERSON]
    if people:
        return max(sorted(set(filter(None, people))), key=lambda name: (len(name.split()), people.count(name)))
    return commonest(said(item).speaker for item in evidence)


PUBLISHER = "publisher"


def longest_relay(evidence: Sequence[Evidence]) -> tuple[Relay, ...]:
    """The chain of relay with most hands, without spans, which mean nothing outside their document.

    The outlet that printed the words ends it where all the evidence is one outlet's.
    """
    chains = [[hand for hand in said(item).relay if hand.kind != PUBLISHER] for item in evidence]
    printed = {tuple(hand.name for hand in said(item).relay if hand.kind == PUBLISHER) for item in evidence}
    last = tuple(Relay(name=name, kind=PUBLISHER) for name in next(iter(printed))) if len(printed) == 1 else ()
    return (*(Relay(name=hand.name, kind=hand.kind) for hand in max(chains, key=len)), *last)


def variants_of(best: Evidence, evidence: Sequence[Evidence]) -> tuple[Variant, ...]:
    """Every wording with its mentions, the fullest first, the others in canonical order."""
    wordings: dict[str, list[str]] = {" ".join(best.wordings): []}
    for item in evidence:
        wordings.setdefault(" ".join(item.wordings), []).append(item.id)
    return tuple(Variant(text=text, mentions=tuple(mentions)) for text, mentions in wordings.items())
