"""Which events does an entry of the book stand for?

One entry is one event, but for a measure, whose threat, imposition and end are events of their own. What the tables name
no code for gives none: PLOVER has no category for a mere comment.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from dragoman.export.plover.actors import (
    known_parties,
    participant_actors,
    parties_named,
    party_actor,
    party_actors,
    person_actor,
)
from dragoman.export.plover.record import Actor, Location
from dragoman.export.plover.tables import Code, code_of, event_types, goldstein
from dragoman.extract.events import event_of
from dragoman.lexicon.load import load_lexicon
from dragoman.record.entries import (
    Commitment,
    Dispute,
    Engagement,
    EntryParticipant,
    EntryPoint,
    Incident,
    Measure,
    ReadoutEntry,
    Statement,
    StatusStep,
)
from dragoman.record.mentions import Role
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, When

MULTILATERAL = 3  # parties
SURE = 0.6  # the least probability at which a type read from the words alone is written
READ_AS = {  # where the learned reader's type is coarser than the manual's, and the CAMEO code of the type as such
    "YIELD": ("CONCEDE", "085"), "ASSAULT": ("ASSAULT", "190"), "COERCE": ("COERCE", "172"), "SANCTION": ("SANCTION", "160"),
    "MOBILIZE": ("MOBILIZE", "152"), "PROTEST": ("PROTEST", "141"), "ACCUSE": ("ACCUSE", "111"), "REJECT": ("REJECT", "120"),
    "THREATEN": ("THREATEN", "130"), "REQUEST": ("REQUEST", "100"), "AGREE": ("AGREE", "030"), "SUPPORT": ("SUPPORT", "051"),
    "CONSULT": ("CONSULT", "040"),
}  # fmt: skip
MUTUAL = frozenset({"clash", "ceasefire"})  # incidents of which the manual has all parties as sources
BOTH = "both"  # who raised a point that both sides made
ENDED = frozenset({"revoked", "suspended", "paused"})


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """An event before its evidence: ``mention`` names the mention that tells it, or is empty for the entry's first."""

    code: Code
    source: list[Actor]
    recipient: list[Actor]
    when: When = UNKNOWN_WHEN
    published: datetime.date | None = None
    modes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    place: Location | None = None
    status: str | None = None
    mention: str = ""
    document: str | None = None  # for a point of a readout: its own document and place
    span: Span | None = None
    rule: str = ""
    stage: str = ""


def coded_engagement(entry: Engagement) -> Iterator[Coded]:
    """A contact: the guest is the source of a visit and the host its recipient; otherwise all are sources."""
    code = code_of("engagement", entry.kind, entry.status)
    if code is None:
        return
    source, recipient = engagement_actors(entry) if code.mode == "visit" else (entry.participants, ())
    yield Coded(
        code=code,
        source=participant_actors(source) or party_actors(entry.parties),
        recipient=participant_actors(recipient) or party_actors(visited_party(entry) if code.mode == "visit" else ()),
        when=entry.when,
        modes=tuple(engagement_modes(entry)) if code.event == "CONSULT" else (),
        topics=entry.topics,
        place=Location(name=entry.place, cc3=entry.country) if entry.place or entry.country else None,
        status=entry.status,
    )


def engagement_actors(entry: Engagement) -> tuple[Sequence[EntryParticipant], Sequence[EntryParticipant]]:
    """Guests and hosts of a visit; where no guest is told from a host, all are guests."""
    hosts = [one for one in entry.participants if one.role is Role.HOST]
    guests = [one for one in entry.participants if one.role is not Role.HOST]
    return (guests, hosts) if guests and hosts else (entry.participants, ())


def visited_party(entry: Engagement) -> list[str]:
    """The country that a visit went to, when it is not the visitor's own."""
    own = {one.party for one in entry.participants}
    return [code for code in known_parties(entry.country) if code not in own]


def engagement_modes(entry: Engagement) -> Iterator[str]:
    """What the manual's modes of CONSULT say beyond the kind."""
    if len(entry.parties) >= MULTILATERAL:
        yield "multilateral"
    if entry.country and entry.parties and entry.country not in entry.parties:
        yield "third-party"


def coded_measure(entry: Measure) -> Iterator[Coded]:
    """The stages of a measure, each once: its threat, its imposition, its end."""
    if entry.imposer is None:
        return
    steps = entry.history or (
        StatusStep(status=entry.status, published=entry.first_published, document="", mention=""),
    )
    told: set[str] = set()
    for step in steps:
        code, stage = code_of("measure", entry.kind, step.status), stage_of(step.status)
        if code is None or stage in told:
            continue
        told.add(stage)
        yield Coded(
            code=Code(code.event, code.mode, code.cameo, "future") if is_to_come(entry, step) else code,
            source=party_actors(known_parties(entry.imposer)),
            recipient=party_actors(known_parties(entry.target)),
            when=entry.effective if stage == "imposed" else UNKNOWN_WHEN,
            published=step.published,
            topics=("trade",) if entry.kind == "tariff" else (),
            status=step.status,
            mention=step.mention,
            stage=stage,
        )


def is_to_come(entry: Measure, step: StatusStep) -> bool:
    """Whether a measure was announced for a day after the report."""
    start = entry.effective.start
    return step.status == "announced" and start is not None and step.published is not None and start > step.published


def stage_of(status: str) -> str:
    """The part of a measure's life that a status belongs to."""
    return "ended" if status in ENDED else "threatened" if status == "threatened" else "imposed"


def coded_incident(entry: Incident) -> Iterator[Coded]:
    """An incident by its kind; a kind that the table does not know is read from the words between its two parties."""
    code, rule = code_of("incident", entry.kind), ""
    if code is None:
        code, rule = read_code(entry)
    if code is None:
        return
    mutual = entry.kind in MUTUAL
    yield Coded(
        code=code,
        source=party_actors((*entry.actors, *entry.targets) if mutual else entry.actors),
        recipient=[] if mutual else party_actors(entry.targets),
        when=entry.when,
        place=Location(name=entry.place, cc3=None) if entry.place else None,
        rule=rule,
    )


def read_code(entry: Incident) -> tuple[Code | None, str]:
    """The code of what the words between an incident's parties tell, if that is beyond doubt, and the rule."""
    hits = [hit for hit in load_lexicon().hits(entry.text) if hit.kind == "party"]
    source = next((hit.span for hit in hits if hit.key in entry.actors), None)
    target = next((hit.span for hit in hits if hit.key in entry.targets), None)
    if source is None or target is None:
        return None, ""
    reading = event_of(entry.text, source, target)
    if reading.score < SURE or reading.type not in READ_AS:
        return None, ""
    event, cameo = READ_AS[reading.type]
    return Code(event, "", cameo, ""), reading.rule


def coded_commitment(entry: Commitment) -> Iterator[Coded]:
    """A promise, by its force; its date is that of the promise, not that on which it falls due."""
    code = code_of("commitment", entry.force, entry.status)
    if code is None or not entry.who or not entry.is_promise:
        return
    yield Coded(
        code=code,
        source=party_actors(entry.who),
        recipient=party_actors(entry.beneficiary),
        published=entry.first_published,
        status=entry.status,
    )


def coded_statement(entry: Statement) -> Iterator[Coded]:
    """What was done by saying it: accused, praised, urged. A statement that only says gives nothing."""
    code = code_of_words(entry.cue)
    if code is None or not entry.parties:
        return
    yield Coded(
        code=Code(code.event, code.mode, code.cameo, "negation") if entry.negated else code,
        source=statement_source(entry),
        recipient=party_actors(parties_named(entry.text, entry.parties)[:1]),
        when=entry.when,
        published=entry.first_published,
        topics=entry.topics,
        status="negated" if entry.negated else None,
    )


def statement_source(entry: Statement) -> list[Actor]:
    """The speaker, or the parties that speak."""
    if len(entry.parties) == 1:
        return [person_actor(entry.speaker if entry.person else None, entry.parties[0], entry.office)]
    return party_actors(entry.parties)


def coded_readout(entry: ReadoutEntry, engagement: Engagement | None) -> Iterator[Coded]:
    """The points of one side's account that praise, urge, condemn or promise."""
    for number, point in enumerate(entry.points):
        code = code_of_words(point.verb)
        if code is not None:
            source = point_source(entry, point, engagement)
            yield Coded(
                code=code,
                source=party_actors(source),
                recipient=party_actors(known_parties(*(engagement.parties if engagement else ()), apart_from=source)),
                published=entry.first_published,
                topics=point.topics,
                document=point.document,
                span=point.span,
                stage=f"point{number}",
            )


def point_source(entry: ReadoutEntry, point: EntryPoint, engagement: Engagement | None) -> list[str]:
    """Who made a point: a party, the party of a person who took part, both sides, else the side whose account it is."""
    parties = engagement.parties if engagement else ()
    if point.raised_by == BOTH:
        return list(parties) or [entry.issuer]
    of_person = [one.party for one in engagement.participants if one.name == point.raised_by] if engagement else []
    return known_parties(point.raised_by, *of_person)[:1] or [entry.issuer]


def coded_dispute(entry: Dispute) -> Iterator[Coded]:
    """The denial of a claim."""
    code = code_of("dispute", "*")
    step = next((step for step in entry.steps if step.step == "denied"), None)
    if code is None or step is None or entry.denied_party is None:
        return
    yield Coded(
        code=code,
        source=[party_actor(entry.denied_party)],
        recipient=party_actors([entry.asserted_party] if entry.asserted_party else []),
        published=step.published,
        mention=step.mention,
    )


@lru_cache(maxsize=4096)
def code_of_words(cue: str) -> Code | None:
    """The code of a cue as it stands in a text: "condemned", "called on"."""
    lexicon = load_lexicon()
    classes = [
        name
        for hit in lexicon.hits(cue)
        if hit.kind == "cue" and hit.key in lexicon.cues
        for name in lexicon.cues[hit.key].classes
    ]
    return next((code for name in classes if (code := code_of("statement", name)) is not None), None)


def scores_of(code: Code) -> tuple[int, float, float]:
    """Quad class, PLOVER score and Goldstein score of a code."""
    kind = event_types()[code.event]
    return kind.quad, kind.score, goldstein()[code.cameo]
