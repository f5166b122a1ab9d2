"""How does a match become a rung of a dispute: the claim, who asserts it, who denies it, the outlet's hedge?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from dragoman.extract.actors import codes_of
from dragoman.extract.context import Context
from dragoman.extract.disputes.denials import NOBODIES, QUESTIONERS, disputes
from dragoman.extract.disputes.voices import Voice, Voices
from dragoman.extract.ledger import Found
from dragoman.record.mentions import AnyMention, DisputeMention
from dragoman.record.reading import Outcome
from dragoman.record.span import Span, hull

THAT = re.compile(
    r"\b(?:that|having|of having|the (?:claim|report|allegation|suggestion|idea)s? (?:that|of))\s+(?P<claim>(?:[^.;”\"–—]|\.(?=\w)|(?<=\b[A-Z])\.){8,200})"
)
STEPS = {
    "denied": "denied",
    "denied_by": "denied",
    "untrue": "denied",
    "quoted": "denied",
    "called": "denied",
    "hedged": "hedged",
    "not_confirmed": "not_confirmed",
    "repeated": "repeated",
    "countered": "asserted",
    "owned": "denied",
    "in_spite": "repeated",
}
WEAK = frozenset({"repeated"})  # only where the text holds a dispute on firmer grounds
RANK = {"denied": 0, "hedged": 1, "asserted": 2, "repeated": 3, "not_confirmed": 4}
NEAR_SENTENCES = 2
NEAR_CHARACTERS = 300
MOST_PARTIES = 4
FEWEST_WORDS = 4  # of a clause that can stand as a claim
LONGEST_CLAIM = 200
POINTING = frozenset(
    {"dispute.disputed_that", "dispute.did_not", "dispute.no_such", "dispute.not_true", "dispute.untrue"}
)
OF_THE_SUBJECT = frozenset({"dispute.made_plain", "dispute.in_spite_of"})
QUOTED = frozenset({"untrue", "quoted"})
RULES_OF_WORDS = re.compile(r"dispute\.(?:not_true|untrue|made_up|did_not|no_such)$")
WHICH = re.compile(r"(?:[,:;] (?:and |or |but )?|^)(?P<thing>[^,:;]{8,120}, which\b[^,:;]{0,40})$")
IT = re.compile(r"\s(?:it|this|that)(?=[.,;]|$|\s(?:on|again|too|in|at)\b)")
SPACES = re.compile(r"\s+")


def disputes_in(context: Context, before: Sequence[AnyMention], found: Sequence[Found]) -> list[DisputeMention]:
    """The disputes that the matches stand for; rungs of one denier in neighbouring sentences are one."""
    voices = Voices(context, before)
    mentions: list[tuple[Found, DisputeMention]] = []
    for match in found:
        if not disputes(context.text, match):
            context.trace.add(match.firing(Outcome.DROPPED, "no claim is disputed"))
            continue
        mention = dispute_of(context, voices, match, [m for _, m in mentions])
        if mention is None:
            context.trace.add(match.firing(Outcome.DROPPED, "nobody asserts or denies here"))
            continue
        context.trace.add(match.firing())
        mentions.append((match, mention))
    firm = any(match.rule.builds not in WEAK for match, _ in mentions)
    return merged([(m.number, mention) for m, mention in mentions if firm or m.rule.builds not in WEAK])


def dispute_of(
    context: Context, voices: Voices, match: Found, earlier: Sequence[DisputeMention]
) -> DisputeMention | None:
    """The rung that one match stands for; None when nobody stands on it."""
    builds = match.rule.builds
    denier = denier_of(context, voices, match) or (denier_near(match, earlier) if builds in QUOTED else None)
    if denier is not None and denier.name.casefold() in QUESTIONERS:
        return None
    if denier is not None and denier.name.casefold() in NOBODIES:
        denier = None
    if builds in QUOTED and (denier is None or not voices.quoted(match.cue, marked=builds == "quoted")):
        return None
    if match.rule.name in OF_THE_SUBJECT and denier is None:
        return None
    asserter = asserter_of(voices, match, denier, earlier)
    if builds == "countered":
        asserter, denier = voices.subject(match.sentence.span, match.cue.start), voices.before(match, None)
        if denier is None or asserter is None or denier.party == asserter.party:
            return None
    if (asserter is None and denier is None) or (builds == "quoted" and asserter is None):
        return None
    return DisputeMention(
        span=match.sentence.span,
        rule=match.rule.name,
        claim=claim_of(context, voices, match),
        asserted_by=asserter.name if asserter else None,
        asserted_party=asserter.party if asserter else None,
        denied_by=denier.name if denier else None,
        denied_party=denier.party if denier else None,
        parties=parties_of(context, match, asserter, denier),
        by_party=tuple(
            side for side, voice in (("asserted", asserter), ("denied", denier)) if voice is not None and voice.is_party
        ),
        hedge=match.cue.of(context.text).casefold() if builds == "hedged" else None,
        step=STEPS[builds],
    )


def parties_of(context: Context, match: Found, asserter: Voice | None, denier: Voice | None) -> tuple[str, ...]:
    """The parties of both sides and, if they are few, those that the sentence names."""
    sides = {voice.party for voice in (asserter, denier) if voice and voice.party}
    named = sides | set(codes_of(context.actors.within(match.sentence.span)))
    return tuple(sorted(named if len(named) <= MOST_PARTIES else sides))


def denier_near(match: Found, earlier: Sequence[DisputeMention]) -> Voice | None:
    """The denier of the rung just before, whose words go on here."""
    last = earlier[-1] if earlier else None
    if last and last.denied_by and match.sentence.span.start - last.span.end < NEAR_CHARACTERS:
        return Voice(last.denied_by, last.denied_party)
    return None


def denier_of(context: Context, voices: Voices, match: Found) -> Voice | None:
    """Who denies: the words of the rule's slot, the subject, the owner of the denial, or the speaker of the words."""
    builds = match.rule.builds
    slot = match.slot("denier")
    if slot:
        return voices.of(context.actors.within(slot)[-1:])
    if builds in ("hedged", "repeated", "not_confirmed", "countered"):
        return None
    if builds == "in_spite":
        return voices.denials(match.sentence.span, match.cue)
    if builds == "owned":
        return voices.owner(match.sentence.span, match.cue.start)
    if builds in ("untrue", "quoted"):
        return voices.speaker(match.cue)
    found = voices.subject(match.sentence.span, match.cue.start) or voices.speaker(match.cue)
    return found or (by_page(context) if match.rule.name in OF_THE_SUBJECT else None)


def by_page(context: Context) -> Voice | None:
    """The issuer of an official page, whose "Prime Minister" without a name is its own."""
    issuer = context.document.issuer
    return Voice(issuer, issuer, is_party=True) if issuer else None


def asserter_of(voices: Voices, match: Found, denier: Voice | None, earlier: Sequence[DisputeMention]) -> Voice | None:
    """Who asserts: the owner of the claim, the one who says it in the sentence, the one disputed before, or the last
    other speaker."""
    builds = match.rule.builds
    sentence = match.sentence.span
    if builds == "hedged" and (accuser := match.slot("said")):
        found = voices.subject(sentence, accuser.start)
        if found:
            return found
    if builds == "in_spite":
        return voices.says(sentence, match.cue, denier) or voices.subject(sentence, match.span.start)
    if builds in ("hedged", "repeated"):
        return voices.owner(sentence, match.span.end) or voices.subject(sentence, match.cue.start)
    owned = voices.claimed(Span(match.cue.end, sentence.end), denier) or voices.claimed(
        Span(sentence.start, match.cue.start), denier
    )
    if owned:
        return owned
    spoken = voices.says(sentence, match.cue, denier)
    if spoken:
        return spoken
    known = [m for m in earlier if m.asserted_by and (denier is None or m.asserted_party != denier.party)]
    if known:
        return Voice(known[-1].asserted_by or "", known[-1].asserted_party)
    if builds == "not_confirmed":
        return None
    if builds == "called":
        imposer = voices.imposer_before(match, denier)
        if imposer:
            return imposer
    if builds == "quoted":
        return voices.before(match, denier)
    return voices.before(match, denier) or voices.after(match, denier)


def claim_of(context: Context, voices: Voices, match: Found) -> str:
    """The proposition in the text's words: what follows "claim that" or "denied that"; else what was said before; else
    the sentence."""
    sentence = match.sentence.span
    text = context.text
    for start, end in ((sentence.start, match.cue.start), (match.cue.start, sentence.end)):
        that = THAT.search(text, start, end)
        if that and len(that["claim"].split()) >= FEWEST_WORDS:
            return plain(that["claim"])
    if match.rule.builds == "called" and (thing := WHICH.search(text[sentence.start : match.cue.start])):
        return plain(text[sentence.start + thing.start("thing") : sentence.end])
    pointing = match.rule.name in POINTING or IT.match(text, match.cue.end, sentence.end)
    said = voices.said_before(match) if pointing else None
    return plain(said or sentence.of(text))


def plain(words: str) -> str:
    """The words on one line, without the marks around them."""
    return SPACES.sub(" ", words).strip(' ,.“”"–-')[:LONGEST_CLAIM]


def merged(found: Sequence[tuple[int, DisputeMention]]) -> list[DisputeMention]:
    """The rungs in order, those of one sentence or of one denier in neighbouring sentences made one."""
    kept: list[tuple[int, DisputeMention]] = []
    for number, mention in found:
        last = kept[-1] if kept else None
        if last and mergeable(last, number, mention):
            kept[-1] = (number, joined(last[1], mention))
        else:
            kept.append((number, mention))
    return [mention for _, mention in kept]


def mergeable(last: tuple[int, DisputeMention], number: int, mention: DisputeMention) -> bool:
    """Whether two rungs are one: one sentence, or neighbouring sentences with the same denier."""
    if last[0] == number:
        if RULES_OF_WORDS.match(mention.rule):
            return True
        return last[1].denied_by == mention.denied_by or None in (last[1].denied_by, mention.denied_by)
    same = mention.denied_by is not None and last[1].denied_by == mention.denied_by
    return same and number - last[0] <= NEAR_SENTENCES


def joined(one: DisputeMention, other: DisputeMention) -> DisputeMention:
    """Two rungs as one: the firmer step, and what either tells."""
    first, second = sorted((one, other), key=lambda m: RANK[m.step])
    return msgspec.structs.replace(
        first,
        span=hull(one.span, other.span),
        asserted_by=first.asserted_by or second.asserted_by,
        asserted_party=first.asserted_party if first.asserted_by else second.asserted_party,
        denied_by=first.denied_by or second.denied_by,
        denied_party=first.denied_party if first.denied_by else second.denied_party,
        parties=tuple(sorted({*one.parties, *other.parties})),
        by_party=tuple(sorted({*one.by_party, *other.by_party})),
        hedge=first.hedge or second.hedge,
    )
