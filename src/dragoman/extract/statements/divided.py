"""Where does one report of words hold several?

A clause that "and that" joins is a statement of its own, and so is what a second verb of saying tells of the same
speaker: "said that the route is safe and urged shippers to return". Reported words and a quotation of another paragraph
are two statements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.extract.context import Context
from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.layers import Said
from dragoman.extract.statements.reported import JUDGED
from dragoman.record.marks import CueMark
from dragoman.record.span import Span

AND_THAT = re.compile(r"(?:,\s+|\s*[—–]\s*|\s+)(?:and|but)\s+(?=that\s)")
SECOND = re.compile(r",?\s+(?:and|but)\s+(?:also\s+|then\s+)?")
# Verbs that only a speaker of the first clause can be meant by: nobody "urged" within what was said to be.
TELLING = frozenset({"emphasise", "reaffirm", "urge", "request", "say", "tell", "warn", "add", "express", "raise"})
FIRST = frozenset({"past", "participle"})
LEAST = 12  # characters that a part has at least


def divided(context: Context, said: Said) -> list[Said]:
    """The statements that an attribution holds, in order: itself where it holds one."""
    attribution = said.attribution
    if attribution.rule not in JUDGED or attribution.cue is None:
        return [said]
    parts = [part for one in by_verb(context, said) for part in by_that(context, one)]
    return [part for one in parts for part in by_paragraph(context, one)]


def by_that(context: Context, said: Said) -> list[Said]:
    """One statement for each clause that "and that" joins."""
    spans: list[list[Span]] = [[]]
    for span in said.attribution.content:
        start = span.start
        if context.quotations_touching(span):
            spans[-1].append(span)
            continue
        if context.text.startswith(("and that ", "but that "), start) and spans[-1]:
            spans.append([])
            start += 4
        if "that" not in context.text[start : span.end]:
            spans[-1].append(Span(start, span.end))
            continue
        for match in AND_THAT.finditer(context.text, start, span.end):
            if match.start() - start >= LEAST and span.end - match.end() >= LEAST:
                spans[-1].append(Span(start, match.start()))
                spans.append([])
                start = match.end()
        spans[-1].append(Span(start, span.end))
    return [with_content(said, tuple(group)) for group in spans] if len(spans) > 1 else [said]


def by_verb(context: Context, said: Said) -> list[Said]:
    """One statement for each verb of saying whose subject is the speaker."""
    attribution = said.attribution
    cue = attribution.cue
    if cue is None or form_of(context, cue) not in FIRST or cue.start > attribution.content[0].start:
        return [said]
    for number, span in enumerate(attribution.content):
        for mark in context.marks_within(span, CueMark):
            joint = joint_before(context.text, span, mark.span.start)
            if joint is None or not tells(mark) or context.quotations_touching(Span(joint, span.end)):
                continue
            rest = Span(mark.span.end + 1, span.end)
            if joint - span.start < LEAST or rest.end - rest.start < LEAST:
                continue
            first = with_content(said, (*attribution.content[:number], Span(span.start, joint)))
            own = msgspec.structs.replace(
                attribution, cue=mark.span, content=(rest, *attribution.content[number + 1 :])
            )
            return [first, *by_verb(context, msgspec.structs.replace(said, attribution=own))]
    return [said]


def by_paragraph(context: Context, said: Said) -> list[Said]:
    """Words reported before the cue, and a quotation that begins in another paragraph, one by one."""
    attribution = said.attribution
    first, *rest = attribution.content
    if not rest or attribution.cue is None or attribution.cue.start < first.end:
        return [said]
    if context.quotations_touching(first) or "\n" not in context.text[attribution.cue.end : rest[0].start]:
        return [said]
    return [with_content(said, (first,)), with_content(said, tuple(rest))]


def joint_before(text: str, span: Span, start: int) -> int | None:
    """Where "and" begins before ``start``, when nothing stands between."""
    for match in SECOND.finditer(text, max(span.start, start - 12), start):
        if match.end() == start:
            return match.start()
    return None


def tells(mark: CueMark) -> bool:
    """Whether a mark is a verb in the past that tells what a speaker said."""
    return mark.form in FIRST and not TELLING.isdisjoint(mark.classes)


def form_of(context: Context, cue: Span) -> str:
    """The form of a cue's verb."""
    marks: Sequence[CueMark] = context.marks_within(cue, CueMark)
    return marks[-1].form if marks else ""


def with_content(said: Said, content: tuple[Span, ...]) -> Said:
    """The same speaker with other words."""
    attribution: Attribution = msgspec.structs.replace(said.attribution, content=content)
    return msgspec.structs.replace(said, attribution=attribution)
