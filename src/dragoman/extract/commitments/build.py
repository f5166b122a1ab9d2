"""How does a match become a commitment: debtor, object, force, due date, condition?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.extract.actors import Actor, codes_of, sides_of
from dragoman.extract.commitments.binding import binds, names_a_deed, spelt_out
from dragoman.extract.commitments.outcome import outcomes_in
from dragoman.extract.context import Context
from dragoman.extract.due import due_of
from dragoman.extract.ledger import Found
from dragoman.record.document import DocumentKind
from dragoman.record.mentions import AnyMention, CommitmentMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN

CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|on condition that|on the condition that|as long as|so long as|subject to)\s[^,.;”\"]{4,120}"
)
SAID_AFTER = re.compile(r", (?:according to|[A-Z]?[\w.’' ]{2,40} (?:said|added|told|noted|wrote|announced))\b[^,]*$")
NO_PROMISE = re.compile(
    r"(?:['’]s?\s|\b(?:appear|seem|stand|feel|sound)s?\s|\b(?:hopeful|confident|optimistic|likely|unlikely|whether|possible)\b"
    r"[^.;]{0,60})$"
)
HYPOTHETICAL = re.compile(r"\b(?:would|will|could|might) not\b|\bn[o’']t\b|\bnever\b|\bif\b[^,]*$", re.IGNORECASE)
BEFORE_TO = re.compile(r"^(?:on \w+|also|again|together|in \w+|by \w+|at \w+(?: \w+)?|last \w+) (?=to )")
SEVERAL = re.compile(  # those who stand for all who met, where no party stands beside them
    r"(?:the )?(?:(?:two|three|four|both|all|foreign|defen[cs]e|vice|trade|prime|deputy) ){0,4}(?:sides|parties|countries|nations|"
    r"governments|capitals|delegations|leaders|ministers|presidents|secretaries|counterparts|heads|both|they|we|participants|states)\b|"
    r"(?:each|neither) (?:side|party|country|government)\b|they\b",
    re.IGNORECASE,
)
TAKES_TWO = re.compile(
    r"(?:\w+ ){0,4}(?:dialogue|talks|negotiations?|consultations?|working group|joint|each other|cooperat\w+|together|mutual\w*)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"(?:[,;:“”\"]|\b(?:that|and|said|but|which)\b)\s")
PRONOUNS = frozenset({"he", "she", "it", "you", "i"})
SPACES = re.compile(r"\s+")
EDGE = " \t\n,;:.“”\"'‘’"
LONGEST_OBJECT = 200
ROUND = "commitment.numbered_round"


def commitments_in(context: Context, before: Sequence[AnyMention], found: Sequence[Found]) -> list[CommitmentMention]:
    """The commitments that the matches stand for, in order; a match inside an earlier clause adds nothing."""
    sides = sides_of(before, context.actors.parties)
    taken: list[CommitmentMention] = []
    last: Found | None = None
    promises = [match for match in found if "step" not in match.rule.values]
    outcomes = [match for match in found if "step" in match.rule.values]
    for number, match in enumerate(promises):
        following = promises[number + 1] if number + 1 < len(promises) else None
        if last is not None and last.number == match.number and inside(last, match):
            context.trace.add(match.firing(Outcome.DROPPED, "part of the commitment before it"))
            continue
        mention = (
            commitment_of(context, match, clause_end(match, following), sides) if binds(context.text, match) else None
        )
        if mention is None:
            context.trace.add(match.firing(Outcome.DROPPED, "nobody who can be bound is its subject"))
            continue
        context.trace.add(match.firing())
        taken.append(mention)
        last = match
    return sorted([*taken, *outcomes_in(context, outcomes, sides)], key=lambda mention: (mention.span, mention.rule))


def inside(earlier: Found, later: Found) -> bool:
    """Whether the later match only spells out the object of the earlier one."""
    return later.match.first < earlier.match.last or (
        later.rule.builds == "target" and later.match.cue - earlier.match.cue < 40
    )


def clause_end(match: Found, following: Found | None) -> int:
    """Where the clause of the match ends: at the sentence's end or where the next commitment of it begins."""
    end = match.sentence.span.end
    if following is None or following.number != match.number or following.rule.builds == "target":
        return end
    if following.match.first >= match.match.last:
        end = following.stream.spans[following.match.first].start
    return end


def commitment_of(context: Context, match: Found, end: int, sides: tuple[str, ...]) -> CommitmentMention | None:
    """The commitment of one match, or None when nobody who can be bound stands there."""
    sentence = match.sentence.span
    subject = subject_of(context, match)
    who = debtors(context, match, subject, sides)
    if not who:
        return None
    start = min([match.span.start, *(a.span.start for a in subject if a.span.start >= sentence.start)])
    if match.rule.builds == "passive":
        start = what_is_done(context.text, sentence.start, match.cue.start)
    span = trimmed(context.text, Span(start, end))
    if HYPOTHETICAL.search(context.text, match.cue.end, match.span.end) or NO_PROMISE.search(
        context.text, max(sentence.start, match.cue.start - 90), match.cue.start
    ):
        return None
    due, when = due_of(context, Span(match.span.start, span.end))
    if match.rule.builds == "target" and due is None:
        return None
    what = spelt_out(object_of(context.text, match, span), context.text[sentence.start : match.cue.start])
    if match.rule.builds != "target" and not names_a_deed(what):
        return None
    condition = CONDITION.search(context.text, match.cue.end, span.end)
    return CommitmentMention(
        span=span,
        rule=match.rule.name,
        who=who,
        beneficiary=beneficiaries(context, Span(match.cue.end, span.end), who),
        what=what,
        force=str(match.rule.values.get("force", "will")),
        due=due,
        due_when=when or UNKNOWN_WHEN,
        condition=condition[0].strip() if condition else None,
    )


def subject_of(context: Context, match: Found) -> list[Actor]:
    """Who stands to the left of the cue as its subject."""
    if match.rule.builds in ("target", "passive"):
        return []
    verb = match.slot("verb") or match.cue
    return context.actors.subject(match.sentence.span, verb.start)


def what_is_done(text: str, start: int, cue: int) -> int:
    """Where the clause of a passive begins, whose subject is what is owed: "the exchange would be carried out"."""
    joints = [*CLAUSE.finditer(text, start, cue - 2)]
    return joints[-1].end() if joints else start


def debtors(context: Context, match: Found, subject: Sequence[Actor], sides: tuple[str, ...]) -> tuple[str, ...]:
    """The parties bound: those of the subject; both sides for a group, a passive and a target."""
    if match.rule.builds in ("target", "passive"):
        return sides
    codes = codes_of(subject)
    if not subject and match.rule.builds == "invited" and context.document.issuer:  # "Foreign Secretary invited ..."
        codes = (context.document.issuer,)
    if not codes and subject:
        codes = by_page(context, subject[-1], sides) or by_us(context, match, subject[-1], sides)
    if several(context, subject) and len(subject) > 1 and set(codes) < set(sides):
        return sides
    group = any(actor.kind == "group" for actor in subject)
    if group and len(codes) < 2:
        return tuple(sorted({*codes, *sides})) if not codes or match.rule.builds == "agreed" else codes
    if match.rule.builds == "agreed" and not subject:
        return sides
    return codes


def by_page(context: Context, actor: Actor, sides: tuple[str, ...]) -> tuple[str, ...]:
    """Whom an official page binds that leaves the party out: "Foreign Secretary invited", "we will", "they agreed"."""
    word = actor.span.of(context.text).casefold()
    if word == "they" or (word == "we" and context.document.kind is DocumentKind.JOINT_STATEMENT):
        return sides
    if word != "we" and several(context, [actor]):
        return sides
    issuer = context.document.issuer
    return (issuer,) if issuer and actor.kind in ("person", "body", "group") and word not in PRONOUNS else ()


def several(context: Context, subject: Sequence[Actor]) -> bool:
    """Whether the last of a subject stands for all who met: "both sides", "the Secretary and the foreign ministers"."""
    return bool(subject) and SEVERAL.fullmatch(subject[-1].span.of(context.text)) is not None


def by_us(context: Context, match: Found, actor: Actor, sides: tuple[str, ...]) -> tuple[str, ...]:
    """The two sides for a speaker's "we agreed" and "we will set up a dialogue"; else it is not known who "we" are."""
    if actor.span.of(context.text).casefold() != "we" or len(sides) != 2:
        return ()
    needs_two = TAKES_TWO.match(context.text, match.cue.end + 1, match.sentence.span.end) is not None
    return sides if match.rule.builds == "agreed" or needs_two else ()


def beneficiaries(context: Context, span: Span, who: Sequence[str]) -> tuple[str, ...]:
    """The parties named in the object that are not bound themselves."""
    return tuple(code for code in codes_of(context.actors.within(span)) if code not in who)


def object_of(text: str, match: Found, span: Span) -> str:
    """What is owed, in the text's words: from the verb that follows the cue on."""
    deed = match.slot("deed")
    start = deed.start if deed and match.rule.builds != "passive" else match.cue.end
    if match.rule.builds in ("target", "passive"):
        start = match.cue.start if match.rule.name == ROUND else span.start
    words = SPACES.sub(" ", text[start : max(start, span.end)]).strip(EDGE)
    words = BEFORE_TO.sub("", words)
    return words.removeprefix("to ").removeprefix("that ")[:LONGEST_OBJECT]


def trimmed(text: str, span: Span) -> Span:
    """The span without a trailing attribution, conjunction and punctuation."""
    said = SAID_AFTER.search(text, span.start, span.end)
    end = said.start() if said and said.start() > span.start + 20 else span.end
    while end > span.start and text[end - 1] in EDGE:
        end -= 1
    for tail in (" and", " but", ", and also", " while"):
        if text.endswith(tail, span.start, end):
            end -= len(tail)
    return Span(span.start, end)
