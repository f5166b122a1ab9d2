"""How do matches become measures: kind, sides, rate, reason, life?

A sentence often leaves out who imposes or bears a measure that the text has named before; such a gap is filled from the
nearest measure of the same text, and only then from the two parties that the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.extract.actors import sides_of
from dragoman.extract.context import Context
from dragoman.extract.ledger import Found
from dragoman.extract.measures.draft import Draft
from dragoman.extract.measures.grounds import legal_basis_of, only_blamed, persons_of, reason_of, scope_of
from dragoman.extract.measures.life import CHANGED, Life, life_of, pause_of
from dragoman.extract.measures.sides import (
    MAKES,
)
from dragoman.extract.measures.unreal import of_trade, stands, untold
from dragoman.extract.measures.whose import complete, find_sides
from dragoman.record.marks import AmountMark
from dragoman.record.mentions import AnyMention, MeasureMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span

ADDITIONAL = re.compile(r"\b(?:additional|extra|further|more|another)\b", re.IGNORECASE)
TOTAL = re.compile(
    r"\b(?:br(?:ing|ought)|tak(?:e|es|ing)|doubl|tripl)\w*\b[^.;]{0,70}\bto\s+(?:about |some )?$|"
    r"\b(?:total(?:ling|ing|s)?|combined|cumulative|overall)\b[\w ]{0,20}$",
    re.IGNORECASE,
)
CONTAINS = re.compile(r"[^.;]{0,60}\b(?:includes|including|of which|made up of|consisting of)\b", re.IGNORECASE)
WANTED = re.compile(r"\b(?:want|seek|sought|ask|demand|press|hop)\w*\b[^.;]{0,40}$", re.IGNORECASE)
COMPLAINS = re.compile(  # what is asked for or complained of in general is no measure that somebody has just made
    r"\b(?:want|seek|sought|ask|demand|press|complain|grumbl|grievance|lament|object|frustrat|call(?:s|ed|ing)? for)\w*\b[^.;]{0,60}$",
    re.IGNORECASE,
)
FROM_TO = re.compile(r"\bfrom\s+(?:about |some )?$")
ZERO = re.compile(r"\b(?:zero|no)\b[- ]$", re.IGNORECASE)
VISA = re.compile(r"visas?$", re.IGNORECASE)
RESUMED = re.compile(r"\b(?:resum|restor|reopen|reinstat)\w*\b[^,;]{0,20}$")
TAIL = re.compile(
    r"(?:(?! (?:after|before|while|when|but|that|which|if|because)\b)(?:[^,;.“”\"\n]|\.(?=\w|['’]s| [a-z]))){0,70}(?!\w)"
)


WAS_BEFORE = re.compile(
    r"[,(]?\s*(?:(?:down|up|lowered|raised|reduced|cut|compared|instead|in place|rather)\s)?(?:from|than|of|with)\s(?:about |some |the )*"
)


def measures_in(context: Context, before: Sequence[AnyMention], found: Sequence[Found]) -> list[MeasureMention]:
    """The measures that the matches stand for, in order of the text."""
    drafts: list[Draft] = []
    found, stayed = joined_stays(found)
    hints: list[str] = []
    for number, match in enumerate(found):
        draft = draft_of(context, match, clause_of(context.text, found, number), drafts, hints)
        if match.rule.builds == "life" and drafts:
            context.trace.add(match.firing())
            drafts[-1].later = life_of(context, match.sentence.span, match.span, "in_force")
            continue
        if draft is None:
            context.trace.add(match.firing(Outcome.DROPPED, "no measure that somebody imposes"))
        else:
            draft.stayed = match in stayed
            drafts.append(draft)
    sides = sides_of(before, context.actors.parties)
    complete(context, drafts, tuple(code for code in sides if not only_blamed(context, code)), hints)
    mentions: list[MeasureMention] = []
    for draft in with_lives(context, without_repeats(context, without_echoes(drafts))):
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


def clause_of(text: str, found: Sequence[Found], number: int) -> Span:
    """The part of the sentence that belongs to one match: from the last comma after the match before it on, up to the
    match after it."""
    match = found[number]
    start, end = match.sentence.span.start, match.sentence.span.end
    if number and found[number - 1].number == match.number:
        start = found[number - 1].span.end
        start = max(start, text.rfind(",", start, match.span.start))
    if number + 1 < len(found) and found[number + 1].number == match.number:
        end = found[number + 1].span.start
    return Span(min(start, match.span.start), max(end, match.span.end))


def draft_of(context: Context, match: Found, clause: Span, earlier: Sequence[Draft], hints: list[str]) -> Draft | None:
    """What the sentence itself tells of the measure; one that tells too little may still hint at who imposes."""
    builds = match.rule.builds
    if builds == "life":
        return None
    if builds == "gapped" and not (
        earlier and earlier[-1].found.number == match.number and earlier[-1].rate is not None
    ):
        return None
    act = match.span
    if builds == "gapped" and earlier and in_rate(earlier[-1].found, match.cue):
        return None
    if builds in ("tariff", "gapped") and ZERO.search(context.text, max(0, act.start - 6), match.cue.start):
        return None
    rate, previous, unit = rate_of(context, match)
    if rate == 0.0:
        return None
    draft = Draft(
        found=match, act=act, clause=clause, kind=kind_of(match, rate), rate=rate, previous=previous, unit=unit
    )
    if untold(context.text, match.sentence.span, act, match.cue, rated=rate is not None):
        return None
    find_sides(context, draft)
    told = draft.imposer or draft.targets or of_trade(context.text, match.sentence.span)
    if builds == "exemption" and not told:
        return None
    if builds == "exemption" and WANTED.search(context.text, match.sentence.span.start, act.start):
        return None
    if builds == "tariff" and rate is None and (complained_of(context, draft) or not told_enough(context, draft)):
        hints.extend([draft.imposer] if draft.imposer else [])
        return None
    return draft


def in_rate(found: Found, cue: Span) -> bool:
    """Whether the words are the rate of a measure that was read already."""
    rate = found.slot("rate")
    return rate is not None and rate.start < cue.end and cue.start < rate.end


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
    old = match.slot("old")
    before = context.marks_within(old, AmountMark) if old else follows
    if (
        before
        and before[0].unit == amount.unit
        and (old or WAS_BEFORE.fullmatch(context.text, amount.span.end, before[0].span.start))
    ):
        return amount.value, before[0].value, amount.unit
    return amount.value, amount.previous, amount.unit


def complained_of(context: Context, draft: Draft) -> bool:
    """Whether somebody asks for lower tariffs or complains of tariffs in general: "complained of high duties on wine"."""
    sentence, act = draft.found.sentence.span, draft.act
    if draft.found.slot("mark") or MAKES.search(context.text, sentence.start, sentence.end):
        return False
    return COMPLAINS.search(context.text, sentence.start, act.start) is not None


def told_enough(context: Context, draft: Draft) -> bool:
    """Whether a tariff without a rate says on whom it lies, or what sort it is, so that it is not talk of tariffs."""
    return draft.own_target or bool(draft.found.slot("mark"))


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


def without_repeats(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """The measures without tariffs that a text names twice, once by more of their goods: the fuller one stays."""
    goods = [goods_named(context, draft) if draft.rate is None and draft.kind == "tariff" else None for draft in drafts]
    gone: set[int] = set()
    for number, words in enumerate(goods):
        for other, more in enumerate(goods):
            same = (drafts[number].imposer, drafts[number].targets) == (drafts[other].imposer, drafts[other].targets)
            if words and more and same and (words < more or (words == more and other < number)):
                gone.add(number)
    return [draft for number, draft in enumerate(drafts) if number not in gone]


def goods_named(context: Context, draft: Draft) -> frozenset[str]:
    """The words for the goods on which a measure lies."""
    span = evidence(context, draft)
    return frozenset((scope_of(context, span.of(context.text), span) or "").split()) - {"and"}


def with_lives(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The measures with what the text tells of their lives; one named again without it has what was told of it."""
    told: dict[tuple[str | None, tuple[str, ...], float | None], Life] = {}
    for draft in drafts:
        draft.life = own_life(context, draft)
        if draft.life.told and draft.rate is not None:
            told.setdefault((draft.imposer, draft.targets, draft.rate), draft.life)
    for draft in drafts:
        if draft.life and not draft.life.told:
            draft.life = told.get((draft.imposer, draft.targets, draft.rate), draft.life)
    return drafts


def own_life(context: Context, draft: Draft) -> Life:
    """What the measure's own clause, or the sentence that takes it up, tells of its life."""
    if draft.kind == "pause":
        return pause_life(context, draft)
    life = life_of(context, draft.clause, draft.act, "in_force")
    if draft.stayed:
        life = life._replace(status="paused", told=True)
    if stands(context.text, draft.found.sentence.span, draft.act):
        return life._replace(status="in_force")
    if draft.kind == "visa" and VISA.search(context.text[draft.found.cue.start : draft.found.cue.end]):
        life = life._replace(status=visa_status(context, draft, life.status))
    if life.status == "paused" and draft.found.rule.name == "measure.asset_freeze":
        return life._replace(status="in_force")  # what is frozen are the assets, not the sanction
    if life.status == "paused":
        return life if life.until.known else life._replace(until=pause_of(context, draft.clause)[1])
    if life.status == "in_force" and is_changed(context, draft):
        life = life._replace(status="modified")
    if draft.later and draft.later.effective.known and not life.effective.known:
        return draft.later._replace(until=life.until)
    return life


def visa_status(context: Context, draft: Draft, status: str) -> str:
    """Where a restriction stands that is told by what becomes of visas: visas that are stopped are one in force."""
    start = max(draft.clause.start, draft.act.start - 30)
    if RESUMED.search(context.text, start, draft.found.cue.start):
        return "revoked"
    return "in_force" if status in ("paused", "revoked") else status


def is_changed(context: Context, draft: Draft) -> bool:
    """Whether the clause tells of a change of a measure that was there before."""
    if draft.previous is not None or draft.found.rule.name == "measure.tariff_moved":
        return True
    start = max(draft.clause.start, draft.act.start - 60)
    return CHANGED.search(context.text, start, draft.found.cue.start) is not None


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
    life = draft.life or own_life(context, draft)
    listing = draft.kind in ("sanction", "visa")
    scope = persons_of(text, draft.act, draft.clause) if listing else scope_of(context, words, span)
    return MeasureMention(
        span=span,
        rule=draft.found.rule.name,
        kind=draft.kind,
        imposer=draft.imposer,
        target=target,
        scope=scope,
        rate=draft.rate,
        previous_rate=draft.previous,
        unit=draft.unit,
        additional=bool(ADDITIONAL.search(text, max(draft.clause.start, draft.act.start - 14), draft.act.end + 8)),
        total=is_total(context, draft),
        reason=reason_of(context.text, draft.clause, draft.act),
        legal_basis=legal_basis_of(context.text, draft.found.sentence.span),
        status=life.status,
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


def is_total(context: Context, draft: Draft) -> bool:
    """Whether the text gives the rate as a total: "bring the tariff to 50%", "the 50% tariff includes ..."."""
    place = draft.found.slot("rate")
    if place is None:
        return False
    start = max(draft.found.sentence.span.start, place.start - 90)
    return bool(
        TOTAL.search(context.text, start, place.start)
        or CONTAINS.match(context.text, draft.act.end, draft.found.sentence.span.end)
    )
