"""One entry: its values with what each rests on, and every piece of evidence in its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from dragoman.record.document import Document
from dragoman.record.entries import (
    AnyEntry,
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Evidence,
    Figure,
    Ground,
    Incident,
    Measure,
    Negotiation,
    PersonEntry,
    ReadoutEntry,
    Statement,
    StatusStep,
    Version,
)
from dragoman.record.mentions import ReadoutMention, StatementMention, Uttered
from dragoman.record.span import Span
from dragoman.show.corrections import corrected_lines
from dragoman.show.highlight import in_context, without_marks
from dragoman.show.plain import (
    amount_words,
    basis_words,
    days,
    listed,
    participant_words,
    published_words,
    when_words,
)
from dragoman.show.tables import paragraph

Field = tuple[str, str]
LABEL = 14
TEXT_SHOWN = 2000


class Shown(msgspec.Struct, frozen=True):
    """An entry with its evidence: what ``show --json`` writes."""

    entry: AnyEntry
    evidence: tuple[Evidence, ...]


class ShownDocument(msgspec.Struct, frozen=True):
    """A document with its versions and what it says: what ``show --json`` writes for a document."""

    document: Document
    info: DocumentInfo
    versions: tuple[Version, ...]
    evidence: tuple[Evidence, ...]


def entry_text(shown: Shown, text_of: Callable[[DocumentInfo], str], width: int) -> str:
    """The entry as lines of at most ``width`` cells; evidence stands between highlight signs."""
    entry = shown.entry
    kind = entry.__struct_config__.tag
    lines = [f"{str(kind).upper()}  {entry.id}", ""]
    for label, value in fields_of(entry):
        if value:
            lines.append(field_line(label, value, width))
    if entry.corrected:
        lines += ["", "Corrections"]
        lines += [paragraph(without_marks(words), width, "  ") for words in corrected_lines(entry.corrected)]
    grounds = [ground_words(ground) for ground in entry.grounds]
    if grounds:
        lines += ["", "Grounds"]
        lines += [paragraph(words, width, "  ") for words in grounds]
    lines += ["", f"Evidence ({len(shown.evidence)} of {sources(entry)})"]
    for evidence in shown.evidence:
        lines += evidence_lines(evidence, text_of(evidence.document), width)
    return "\n".join(lines) + "\n"


def sources(entry: AnyEntry) -> str:
    """How many documents and independent texts an entry rests on."""
    documents = len(entry.documents)
    said = "1 document" if documents == 1 else f"{documents} documents"
    return said if entry.origins == documents else f"{said}, {entry.origins} of independent origin"


def field_line(label: str, value: str, width: int) -> str:
    """A labelled value, wrapped under itself."""
    body = paragraph(without_marks(value), width, " " * (LABEL + 2))
    return f"  {label:<{LABEL}}" + body[LABEL + 2 :]


def ground_words(ground: Ground) -> str:
    """What a value rests on."""
    said = f"{ground.field}: {ground.basis or 'read'} by {ground.rule}"
    return f"{said}; elsewhere: {listed(ground.others)}" if ground.others else said


def evidence_lines(evidence: Evidence, text: str, width: int) -> Iterator[str]:
    """One piece of evidence: its document, and its words among those around them."""
    yield ""
    yield paragraph(without_marks(document_words(evidence.document)), width, "  ")
    yield paragraph(in_context(text, spans_of(evidence)), width, "    ")
    yield f"    {evidence.mention.rule}  [{evidence.span.start}:{evidence.span.end}]"


def spans_of(evidence: Evidence) -> list[Span]:
    """What of a mention is to be seen first."""
    mention = evidence.mention
    if isinstance(mention, StatementMention) and mention.content:
        return list(mention.content)
    if isinstance(mention, ReadoutMention) and mention.points:
        return [point.span for point in mention.points]
    return [mention.span]


def document_words(info: DocumentInfo) -> str:
    """A document in one line: day, outlet, title, id."""
    title = f"“{info.title}”" if info.title else ""
    return ", ".join(part for part in (published_words(info.published), info.outlet or "", title, info.id) if part)


def fields_of(entry: AnyEntry) -> Iterator[Field]:
    """The labelled values of an entry, empty ones included."""
    match entry:
        case Engagement():
            yield from engagement_fields(entry)
        case Statement():
            yield from statement_fields(entry)
        case ReadoutEntry():
            yield from readout_fields(entry)
        case PersonEntry():
            yield from person_fields(entry)
        case Figure():
            yield "value", amount_words(entry.value, entry.unit, entry.low, entry.high)
            yield "hedge", entry.hedge or ""
            yield "of what", entry.what
            yield "of whom", listed(entry.parties)
            yield "period", when_words(entry.period)
        case Measure():
            yield from measure_fields(entry)
        case Negotiation():
            yield "track", entry.track
            yield "parties", listed(entry.parties)
            yield "rounds", str(entry.rounds or "")
            yield "tranche", entry.tranche or ""
            yield "target", when_words(entry.target)
            yield "progress", entry.progress or ""
            yield "in the way", "; ".join(entry.sticking)
            yield "led by", ", ".join(entry.leads)
            yield "mechanism", entry.mechanism or ""
        case Commitment():
            yield "who", listed(entry.who)
            yield "to whom", listed(entry.beneficiary)
            yield "what", entry.what or entry.text
            yield "wording", entry.force
            yield "due", entry.due or when_words(entry.due_when)
            yield "condition", entry.condition or ""
            yield "status", entry.status
        case Dispute():
            yield from dispute_fields(entry)
        case Incident():
            yield "kind", entry.kind
            yield "by", listed(entry.actors)
            yield "against", listed(entry.targets)
            yield "date", when_words(entry.when)
            yield "place", entry.place or ""


def engagement_fields(entry: Engagement) -> Iterator[Field]:
    """The values of an engagement."""
    basis = basis_words(entry.when)
    date = when_words(entry.when) or "unknown"
    yield "kind", entry.kind.replace("_", " ") + (f" ({entry.kind_basis})" if entry.kind_basis else "")
    yield "status", entry.status
    yield "date", f"{date} ({basis})" if basis else date
    yield "place", listed((entry.venue or "", entry.place or "", entry.country or ""))
    yield "mechanism", listed((entry.mechanism or "", entry.edition or ""))
    yield "sidelines", "on the sidelines" if entry.sidelines else ""
    for number, participant in enumerate(entry.participants):
        role = f", {participant.role.replace('_', '-')}" if participant.role != "principal" else ""
        yield "" if number else "participants", participant_words(participant, office=True) + role
    yield "parties", listed(entry.parties)
    yield "requested by", entry.requested_by or ""
    yield "duration", entry.duration or ""
    yield "topics", listed(topic.replace("_", " ") for topic in entry.topics)
    yield "atmosphere", listed(entry.atmosphere)
    yield "readouts", listed(entry.readouts)
    yield from history_fields(entry.history)


def history_fields(history: Sequence[StatusStep]) -> Iterator[Field]:
    """The steps of a status, when there is more than one."""
    if len({step.status for step in history}) > 1:
        for number, step in enumerate(history):
            day = days(step.published, step.published) or "no date"
            yield "" if number else "history", f"{step.status}, in print {day} ({step.document})"


def not_yet(entry: Statement) -> tuple[str, ...]:
    """That words are only to be said, or may be."""
    return () if entry.uttered is Uttered.SAID else (f"{entry.uttered.value}, not said yet",)


def statement_fields(entry: Statement) -> Iterator[Field]:
    """The values of a statement."""
    yield "words", f"“{entry.text}”" if entry.directness == "direct" else entry.text
    yield "speaker", listed((entry.speaker or f"({entry.speaker_kind})", entry.office or "", listed(entry.parties)))
    yield "cue", listed((entry.cue, "negated" if entry.negated else "", *not_yet(entry)))
    yield "channel", entry.channel or ""
    yield "relayed by", listed(f"{relay.name} ({relay.kind})" for relay in entry.relay)
    yield "addressee", entry.addressee or ""
    yield "not named", entry.anonymity or ""
    yield "topics", listed(topic.replace("_", " ") for topic in entry.topics)
    yield "readout", entry.readout or ""
    for number, variant in enumerate(entry.variants[1:]):
        yield "" if number else "also worded", f"“{variant.text}”"


def readout_fields(entry: ReadoutEntry) -> Iterator[Field]:
    """The values of a readout."""
    yield "issuer", entry.issuer
    yield "engagement", entry.engagement or ""
    yield "account by", entry.account_giver or ""
    yield "spokesperson", entry.spokesperson or ""
    yield "channel", listed((entry.channel or "", "relayed" if entry.relayed else "", "joint" if entry.joint else ""))
    yield "topics", listed(topic.replace("_", " ") for topic in entry.topics)
    for number, point in enumerate(entry.points, start=1):
        about = listed(topic.replace("_", " ") for topic in point.topics)
        by = f"{point.raised_by}, " if point.raised_by else ""
        yield f"point {number}", f"{by}{point.verb or point.act}: {point.text}" + (f" [{about}]" if about else "")


def person_fields(entry: PersonEntry) -> Iterator[Field]:
    """The values of a person."""
    yield "name", entry.name
    yield "also as", listed(name for name in entry.names if name != entry.name)
    yield "party", entry.party or ""
    yield "office", entry.office or ""
    for number, tenure in enumerate(entry.tenures):
        seen = days(tenure.first, tenure.last)
        yield "" if number else "shown as", f"{tenure.office}" + (f", in print {seen}" if seen else "")


def measure_fields(entry: Measure) -> Iterator[Field]:
    """The values of a measure."""
    yield "kind", entry.kind.replace("_", " ")
    yield "by", entry.imposer or ""
    yield "on", entry.target or ""
    yield "scope", entry.scope or ""
    rate = amount_words(entry.rate, entry.unit or "") if entry.rate is not None else ""
    yield "rate", listed((rate, "additional" if entry.additional else "", "total" if entry.total else ""))
    yield "before", amount_words(entry.previous_rate, entry.unit or "") if entry.previous_rate is not None else ""
    yield "reason", entry.reason or ""
    yield "under", entry.legal_basis or ""
    yield "status", entry.status.replace("_", " ")
    yield "effective", when_words(entry.effective)
    yield "until", when_words(entry.until)
    yield from history_fields(entry.history)


def dispute_fields(entry: Dispute) -> Iterator[Field]:
    """The values of a dispute."""
    yield "claim", entry.claim
    yield "asserted by", entry.asserted_by or ""
    yield "denied by", entry.denied_by or ""
    yield "hedge", entry.hedge or ""
    for number, step in enumerate(entry.steps):
        day = days(step.published, step.published) or "no date"
        yield "" if number else "steps", f"{step.step} by {step.by or 'unknown'}, in print {day}: {step.text}"


def document_text(shown: ShownDocument, width: int) -> str:
    """A document: its facts, what was read in it, and its text."""
    info, document = shown.info, shown.document
    lines = [f"DOCUMENT  {info.id}", ""]
    kind = info.kind.replace("_", " ") + (f" ({document.kind_basis})" if document.kind_basis else "")
    facts: tuple[Field, ...] = (
        ("title", info.title or ""),
        ("outlet", info.outlet or ""),
        ("published", published_words(info.published)),
        ("kind", kind),
        ("issuer", info.issuer or ""),
        ("url", info.url or ""),
        ("path", info.path or ""),
        ("copy of", info.origin if info.origin != info.id else ""),
        ("version", f"{info.version} of {info.versions}" if info.versions > 1 else ""),
    )
    lines += [field_line(label, value, width) for label, value in facts if value]
    lines += ["", f"What was read ({len(shown.evidence)})"]
    for evidence in shown.evidence:
        kind = str(evidence.mention.__struct_config__.tag)
        words = " ".join(evidence.mention.span.of(document.text).split())
        lines.append(paragraph(f"{kind}: {without_marks(words)}", width, "  "))
    lines += ["", "Text", without_marks(document.text[:TEXT_SHOWN])]
    if len(document.text) > TEXT_SHOWN:
        lines.append(f"… {len(document.text) - TEXT_SHOWN} more characters; --json has them all")
    return "\n".join(lines) + "\n"
