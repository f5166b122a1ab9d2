"""Whose measure is it, and on whom, from the sentence and then from the rest of the text?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dragoman.extract.actors import Actors
from dragoman.extract.context import Context
from dragoman.extract.measures.draft import Draft
from dragoman.extract.measures.sides import (
    imposer_after,
    imposer_before,
    imposer_relative,
    laid_on,
    listed_in,
    owner_of,
    party_before,
    seeker,
    target_after,
    target_before,
    taxed,
    towards,
    we_make,
)
from dragoman.extract.measures.unreal import passed_by
from dragoman.record.span import Span

OWNED = re.compile(
    r"(?:['’]s?)?\s(?:[\w-]+\s){0,3}(?:tariff|dut(?:y|ies)|lev(?:y|ies)|sanction|surcharge)", re.IGNORECASE
)
WE_MADE = re.compile(
    r"[^.;,]{0,30}?\s(?:that|which) we(?:['’]ve| have| had)? (?:\w+ )?(?:impos|plac|announc|put|adopt|introduc|levi)\w*"
)
TAXING = frozenset({"measure.taxed", "measure.to_tax"})
NOT_LAID = frozenset({"export_control", "visa"})  # kinds whose target stands behind "to" or "for"
IS_DONE = re.compile(r"\b(?:is|are|was|were|been|being)\s(?:(?:also|now|already|recently|previously|\w+ly)\s)?$")
PARTY = re.compile(r"[A-Z]{2,6}")
# Departments called by one word, before a verb, and the governments that have one of that name, the commonest first.
DEPARTMENT = re.compile(
    r"(?<!HM )(?<!His Majesty’s )\b(?P<name>Treasury|Commerce)\s(?:(?:has|had|have|will|also|today|[a-z]+ly)\s){0,3}$"
)
GOVERNMENTS = {"Treasury": ("USA", "GBR", "AUS", "NZL"), "Commerce": ("USA", "CHN", "IND")}


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
    if draft.found.rule.name in TAXING:
        targets = taxed(actors, draft.clause, cue)
    targets = targets or target_after(actors, draft.clause, act.end) or target_after(actors, draft.clause, cue.end)
    if draft.kind in NOT_LAID and not (targets and PARTY.fullmatch(targets[0])):
        targets = towards(actors, draft.clause, cue.end) or targets
    if not (targets and PARTY.fullmatch(targets[0])):
        start = cue.start if draft.found.slot("verb") else act.start
        targets = laid_on(actors, sentence, start) or seeker(actors, sentence, act.start) or targets
    targets = targets or target_before(
        actors, Span(max(draft.clause.start, sentence.start), draft.clause.end), act.start
    )
    if not (targets and PARTY.fullmatch(targets[0])):
        targets = borne_by(actors, draft, targets) or targets
    draft.targets, draft.own_target = targets, bool(targets)
    draft.imposer = maker_of(context, draft)


def maker_of(context: Context, draft: Draft) -> str | None:
    """The one who imposes, as the sentence tells it."""
    actors, act, targets = context.actors, draft.act, draft.targets
    text, sentence, clause = context.text, draft.found.sentence.span, draft.clause
    if draft.found.rule.builds == "stay":
        owners = [a for a in actors.within(act) if OWNED.match(text, a.span.end) and not set(a.parties) & set(targets)]
        if owners:
            return owners[0].parties[0] if len(owners[0].parties) == 1 else None
    if passed_by(text, sentence, act):
        return owner_of(actors, clause, act, targets)
    cue = draft.found.cue
    if (
        draft.kind == "sanction"
        and text.endswith("ed", cue.start, cue.end)
        and IS_DONE.search(text, sentence.start, cue.start)
    ):
        return imposer_after(actors, clause, act.start, targets)
    around = sentence if clause.start > sentence.start and not targets else clause
    found = (
        imposer_relative(actors, clause, act.end, targets)
        or imposer_before(actors, around, act, targets)
        or imposer_after(actors, clause, act.start, targets)
    )
    if found is None and (we_make(text, clause, act) or WE_MADE.match(text, act.end, clause.end)):
        return context.document.issuer
    return found or department_of(context, sentence, draft)


def department_of(context: Context, sentence: Span, draft: Draft) -> str | None:
    """The government of a department named by a word alone, as the subject of the act: "Treasury", "Commerce"."""
    start = (draft.found.slot("verb") or draft.found.cue).start
    named = DEPARTMENT.search(context.text, sentence.start, start)
    if named is None:
        return None
    known = {code for actor in context.actors.all for code in actor.parties} | {context.document.issuer}
    return next((code for code in GOVERNMENTS[named["name"]] if code in known), None)


def borne_by(actors: Actors, draft: Draft, words: tuple[str, ...]) -> tuple[str, ...]:
    """Whose persons, firms or goods the words of the act name; for sanctions, failing that, the party named last."""
    act, cue = draft.act, draft.found.cue
    if draft.kind == "tariff" or draft.kind == "pause":
        return ()
    verb = draft.found.slot("verb")
    start = verb.end if verb else min(cue.end, (draft.found.slot("who") or cue).start)
    inside = listed_in(actors, Span(start, min(draft.clause.end, act.end + 90)))
    if inside or draft.kind != "sanction" or not words:
        return inside
    return party_before(actors, act.start)


def complete(context: Context, drafts: list[Draft], sides: tuple[str, ...], hints: Sequence[str]) -> None:
    """Fill missing sides from the nearest measure of the text, then from the two parties it is about."""
    for draft in drafts:
        if draft.imposer in draft.targets:
            draft.imposer = None
    common = Counter([d.imposer for d in drafts if d.imposer] or hints)
    usual = common.most_common(1)[0][0] if common else context.document.issuer
    for number, draft in enumerate(drafts):
        if draft.found.rule.builds == "restraint":
            draft.targets = sides
            continue
        near = [
            drafts[i] for _, _, i in sorted((abs(i - number), i > number, i) for i in range(len(drafts)) if i != number)
        ]
        find_imposer(draft, drafts[number - 1] if number else None, near, usual, sides)
        find_target(context.text, draft, near, sides)


def find_imposer(
    draft: Draft, before: Draft | None, near: Sequence[Draft], usual: str | None, sides: tuple[str, ...]
) -> None:
    """The imposer of a gapped measure is the one before's; else the nearest one's, the usual one, or the other side."""
    if draft.found.rule.builds == "gapped" and before:
        draft.imposer = before.imposer
    if draft.imposer is None and len(sides) == 2 and len(draft.targets) == 1 and draft.targets[0] in sides:
        draft.imposer = next(code for code in sides if code != draft.targets[0])
    if draft.imposer is None:
        held = next((d.imposer for d in near if d.imposer and d.imposer not in draft.targets), None)
        draft.imposer = held or (usual if usual not in draft.targets else None)


def find_target(text: str, draft: Draft, near: Sequence[Draft], sides: tuple[str, ...]) -> None:
    """The target of the nearest measure of the paragraph, else the other of the two parties the text is about."""
    bilateral = len(sides) == 2 and draft.imposer in sides
    goods_only = draft.rate is None and bool(draft.targets) and not PARTY.fullmatch(draft.targets[0])
    if draft.kind == "tariff" and goods_only and bilateral:
        draft.targets = ()
    if draft.targets or draft.kind not in ("tariff", "pause", "sanction"):
        return
    for other in near:
        between = text[min(other.act.end, draft.act.end) : max(other.act.start, draft.act.start)]
        named = other.own_target and PARTY.fullmatch(other.targets[0]) if other.targets else None
        if named and "\n" not in between and draft.imposer not in other.targets:
            draft.targets = other.targets
            return
    if bilateral and draft.kind != "sanction":
        draft.targets = tuple(code for code in sides if code != draft.imposer)
