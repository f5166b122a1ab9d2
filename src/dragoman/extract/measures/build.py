"""How do matches become measures: kind, sides, rate, reason, life?

A sentence often leaves out who imposes or bears a measure that the text has named before; such a gap is filled from the
nearest measure of the same text, and only then from the two parties that the text is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from dragoman.extract.actors import sides_of
from dragoman.extract.context import Context
from dragoman.extract.ledger import Found
from dragoman.extract.measures.life import Life, life_of, pause_of
from dragoman.extract.measures.sides import imposer_after, imposer_before, party_before, target_after, target_before
from dragoman.record.marks import AmountMark
from dragoman.record.mentions import AnyMention, MeasureMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span

WORDS = re.compile(
    r"\b(reciprocal|punitive|retaliatory|secondary|baseline|anti-dumping|countervailing|universal|sectoral|penalty|"
    r"security|safeguard)\b",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\b(?:over|because of|in response to|in retaliation for|for (?=buying|purchas|import|its|failing)|as punishment for|"
    r"citing|to punish|related to|linked to)\s+((?:the )?[^,.;()]{4,70})"
)
ADDITIONAL = re.compile(r"\b(?:additional|extra|further|more|another|on top of|in addition to)\b", re.IGNORECASE)
TOTAL = re.compile(
    r"\b(?:total(?:ling|ing|s)?|combined|doubl\w+|bring\w*|brought|taking|cumulative|overall|including|includes)\b",
    re.IGNORECASE,
)
FROM_TO = re.compile(r"\bfrom\s+(?:about |some )?$")
ZERO = re.compile(r"\b(?:zero|no)\b[- ]$", re.IGNORECASE)
SCOPE = re.compile(r"\b(steel and alumini?um|steel|alumini?um|automobiles? and parts|cars? and (?:car )?parts|cars|autos?|automobiles|pharmaceuticals|semiconductors|soybeans|dairy|agricultural goods|agriculture|oil|copper|timber|lumber|wine)\b", re.IGNORECASE)  # fmt: skip


PARTY = re.compile(r"[A-Z]{2,6}")
WE = re.compile(r"\b[Ww]e\b(?!.*;)")
TAIL = re.compile(
    r"(?:(?! (?:after|before|while|when|but|that|which|if|because)\b)(?:[^,;.“”\"\n]|\.(?=\w|['’]s| [a-z]))){0,70}(?!\w)"
)


class Draft(msgspec.Struct, kw_only=True):
    """A measure whose sides are still being looked for."""

    found: Found
    act: Span
    clause: Span
    kind: str
    stayed: bool = False
    imposer: str | None = None
    targets: tuple[str, ...] = ()
    rate: float | None = None
    previous: float | None = None
    unit: str | None = None
    own_target: bool = False


def measures_in(context: Context, before: Sequence[AnyMention], found: Sequence[Found]) -> list[MeasureMention]:
    """The measures that the matches stand for, in order of the text."""
    drafts: list[Draft] = []
    found, stayed = joined_stays(found)
    for number, match in enumerate(found):
        draft = draft_of(context, match, clause_of(found, number), drafts)
        if draft is None:
            context.trace.add(match.firing(Outcome.DROPPED, "no measure that somebody imposes"))
        else:
            draft.stayed = match in stayed
            drafts.append(draft)
    complete(drafts, sides_of(before, context.actors.parties))
    mentions: list[MeasureMention] = []
    for draft in without_echoes(drafts):
        if draft.found.rule.builds == "restraint" and len(draft.targets) != 2:
            continue
        if draft.imposer is None and draft.found.rule.builds != "restraint":
            context.trace.add(draft.found.firing(Outcome.DROPPED, "nobody imposes it"))
            continue
        context.trace.add(draft.found.firing())
        mentions.extend(mentions_of(context, draft))
    return mentions


def joined_stays(found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """The matches with each stay and the tariff that it stays made one, and the tariffs with a rate that are stayed.

    "A pause in the 25% tariff" is that tariff, paused; "delay planned tariffs" is a pause.
    """
    gone: list[Found] = []
    stayed: list[Found] = []
    for stay in found:
        if stay.rule.builds != "stay":
            continue
        for act in found:
            if act.rule.builds == "tariff" and act.number == stay.number and overlap(act, stay):
                rated = act.slot("rate") is not None
                gone.append(stay if rated else act)
                stayed.extend([act] if rated else [])
    return [match for match in found if match not in gone], stayed


def overlap(one: Found, other: Found) -> bool:
    """Whether two matches of one sentence share items."""
    return one.match.first < other.match.last and other.match.first < one.match.last


def clause_of(found: Sequence[Found], number: int) -> Span:
    """The part of the sentence that belongs to one match: up to the matches on either side."""
    match = found[number]
    start, end = match.sentence.span.start, match.sentence.span.end
    if number and found[number - 1].number == match.number:
        start = found[number - 1].span.end
    if number + 1 < len(found) and found[number + 1].number == match.number:
        end = found[number + 1].span.start
    return Span(min(start, match.span.start), max(end, match.span.end))


def draft_of(context: Context, match: Found, clause: Span, earlier: Sequence[Draft]) -> Draft | None:
    """What the sentence itself tells of the measure."""
    builds = match.rule.builds
    if builds == "gapped" and not (
        earlier and earlier[-1].found.number == match.number and earlier[-1].rate is not None
    ):
        return None
    act = match.span
    if builds in ("tariff", "gapped") and ZERO.search(context.text, max(0, act.start - 6), match.cue.start):
        return None
    rate, previous, unit = rate_of(context, match)
    if rate == 0.0:
        return None
    draft = Draft(
        found=match, act=act, clause=clause, kind=kind_of(match, rate), rate=rate, previous=previous, unit=unit
    )
    find_sides(context, draft)
    if builds == "tariff" and rate is None and not told_enough(context, draft):
        return None
    return draft


def kind_of(match: Found, rate: float | None) -> str:
    """The kind that the rule names; a stay of a rated tariff is that tariff, paused."""
    if match.rule.builds in ("stay", "restraint"):
        return "tariff" if rate is not None else "pause"
    return str(match.rule.values.get("kind", "tariff"))


def rate_of(context: Context, match: Found) -> tuple[float | None, float | None, str | None]:
    """(rate, rate before, unit) of the match, or of a percentage inside a stay."""
    place = match.cue if match.rule.builds == "gapped" else match.slot("rate")
    if place is None and match.rule.builds != "stay":
        return None, None, None
    amounts = [m for m in context.marks_within(place or match.span, AmountMark) if m.unit != "count" and m.value]
    amounts = [m for m in amounts if m.kind in ("percent", "money")]
    if not amounts:
        return None, None, None
    amount = amounts[0]
    follows = context.marks_within(Span(amount.span.end, amount.span.end + 24), AmountMark)
    if FROM_TO.search(context.text, max(0, amount.span.start - 20), amount.span.start) and follows:
        return follows[0].value, amount.value, follows[0].unit
    return amount.value, amount.previous, amount.unit


def find_sides(context: Context, draft: Draft) -> None:
    """Fill imposer and targets from the sentence."""
    actors, act = context.actors, draft.act
    sentence = draft.found.sentence.span
    goods = draft.found.slot("goods")
    cue = draft.found.cue
    targets: tuple[str, ...] = ()
    if draft.found.rule.builds == "restraint":
        return
    if draft.found.rule.builds == "gapped" and goods:
        targets = tuple(code for a in actors.within(goods) for code in a.parties)
    elif draft.found.rule.builds == "gapped":
        targets = target_after(actors, draft.clause, (draft.found.slot("on") or cue).start)
    targets = targets or target_after(actors, draft.clause, act.end) or target_after(actors, draft.clause, cue.end)
    targets = targets or target_before(
        actors, Span(max(draft.clause.start, sentence.start), draft.clause.end), act.start
    )
    if draft.kind == "sanction" and targets and not PARTY.fullmatch(targets[0]):
        targets = party_before(actors, act.start) or targets
    draft.targets, draft.own_target = targets, bool(targets)
    around = sentence if draft.clause.start > sentence.start and not targets else draft.clause
    draft.imposer = imposer_before(actors, around, act, targets) or imposer_after(
        actors, draft.clause, act.start, targets
    )
    if draft.imposer is None and WE.search(context.text, draft.clause.start, act.end):
        draft.imposer = context.document.issuer


def told_enough(context: Context, draft: Draft) -> bool:
    """Whether a tariff without a rate says on whom it lies, or what sort it is, so that it is not talk of tariffs."""
    return draft.own_target or bool(draft.found.slot("mark"))


def complete(drafts: list[Draft], sides: tuple[str, ...]) -> None:
    """Fill missing sides from the nearest measure of the text, then from the two parties it is about."""
    for draft in drafts:
        if draft.imposer in draft.targets:
            draft.imposer = None
    common = Counter(d.imposer for d in drafts if d.imposer)
    usual = common.most_common(1)[0][0] if common else None
    for number, draft in enumerate(drafts):
        if draft.found.rule.builds == "restraint":
            draft.targets = sides
            continue
        near = sorted((abs(i - number), i > number, i) for i in range(len(drafts)) if i != number)
        if draft.imposer is None:
            names = (drafts[i].imposer for _, _, i in near)
            draft.imposer = next((n for n in names if n and n not in draft.targets), None) or usual
        if draft.found.rule.builds == "gapped" and number:
            draft.imposer = drafts[number - 1].imposer
        if not draft.targets and (draft.rate is not None or draft.kind == "pause"):
            held = (drafts[i] for _, _, i in near)
            draft.targets = next((d.targets for d in held if d.own_target and d.targets), ())
        goods_only = draft.rate is None and draft.targets and not PARTY.fullmatch(draft.targets[0])
        if draft.kind == "tariff" and goods_only and len(sides) == 2 and draft.imposer in sides:
            draft.targets = ()
        if (
            not draft.targets
            and draft.kind in ("tariff", "pause", "sanction")
            and len(sides) == 2
            and draft.imposer in sides
        ):
            draft.targets = tuple(code for code in sides if code != draft.imposer)


def without_echoes(drafts: Sequence[Draft]) -> list[Draft]:
    """The measures without those that only name again, without a rate, what the text gives with one or gave before."""
    rated = {(d.imposer, target) for d in drafts if d.rate is not None for target in d.targets}
    stayed = {d.imposer for d in drafts if d.stayed}
    kept: list[Draft] = []
    pauses: set[tuple[str | None, tuple[str, ...]]] = set()
    for draft in drafts:
        if draft.rate is None and draft.kind == "tariff" and any((draft.imposer, t) in rated for t in draft.targets):
            continue
        if draft.kind == "pause" and draft.found.rule.builds == "stay":
            if draft.imposer in stayed or (draft.imposer, draft.targets) in pauses:
                continue
            pauses.add((draft.imposer, draft.targets))
        kept.append(draft)
    return kept


def mentions_of(context: Context, draft: Draft) -> list[MeasureMention]:
    """One mention a target; both sides of a mutual restraint impose it on each other."""
    if draft.found.rule.builds == "restraint":
        return restraints_of(context, draft)
    targets: tuple[str | None, ...] = draft.targets or (None,)
    return [mention_of(context, draft, target) for target in targets]


def restraints_of(context: Context, draft: Draft) -> list[MeasureMention]:
    """A promise of no new tariffs: one mention each way when both sides give it."""
    one, other = draft.targets
    pairs = [(one, other), (other, one)] if draft.imposer is None else [(draft.imposer, other)]
    return [
        mention_of(context, msgspec.structs.replace(draft, imposer=imposer), target)
        for imposer, target in sorted(pairs)
    ]


def mention_of(context: Context, draft: Draft, target: str | None) -> MeasureMention:
    """The measure on one target."""
    text, span = context.text, evidence(context, draft)
    words = text[span.start : span.end]
    life = (
        pause_life(context, draft) if draft.kind == "pause" else life_of(context, draft.clause, draft.act, "in_force")
    )
    return MeasureMention(
        span=span,
        rule=draft.found.rule.name,
        kind=draft.kind,
        imposer=draft.imposer,
        target=target,
        scope=scope_of(words),
        rate=draft.rate,
        previous_rate=draft.previous,
        unit=draft.unit,
        additional=bool(ADDITIONAL.search(text, draft.act.start - 4, draft.act.end + 8)),
        total=bool(TOTAL.search(text, max(draft.clause.start, draft.act.start - 40), draft.act.start)),
        reason=reason_of(context, draft),
        status="paused" if draft.stayed else life.status,
        effective=life.effective,
        until=life.until,
    )


def pause_life(context: Context, draft: Draft) -> Life:
    """A pause is in force from its first day on; its end may be computed from its length."""
    start, end = pause_of(context, draft.found.sentence.span)
    published = context.document.published.start
    begun = start.start is not None and published is not None and start.start <= published
    return Life("in_force" if begun else "announced", start, end)


def evidence(context: Context, draft: Draft) -> Span:
    """The words of the act with its target: the match, drawn out to the end of the phrase after it."""
    end = draft.act.end
    phrase = TAIL.match(context.text, end, draft.clause.end)
    if phrase:
        end = phrase.end()
    return Span(draft.act.start, end)


def scope_of(words: str) -> str | None:
    """The sector that the words name, if any."""
    found = SCOPE.search(words)
    return found[0].casefold() if found else None


def reason_of(context: Context, draft: Draft) -> str | None:
    """The name of the act ("reciprocal") or what it is said to be imposed for."""
    near = Span(max(draft.clause.start, draft.act.start - 30), min(draft.clause.end, draft.act.end + 60))
    named = WORDS.search(context.text, near.start, near.end)
    if named:
        return named[0].casefold()
    cause = REASON.search(context.text, draft.act.end, draft.clause.end)
    return cause[1].strip() if cause else None
