"""Which states and blocs does a text name, and for whom do "both sides" stand?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dragoman.lexicon.entries import Hit
from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.namesakes import in_the_union
from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.mark.names.surroundings import (
    ACTS,
    at_rest,
    before,
    dealt_with,
    in_dateline,
    opens_a_name,
    part_of_a_name,
    words_before,
)
from dragoman.record.marks import PartyForm, PartyMark
from dragoman.record.span import Span

JOINTS = frozenset("-–/‑—")
NAMING = frozenset({PartyForm.NAME, PartyForm.CODE, PartyForm.DEMONYM, PartyForm.PAIR, PartyForm.CAPITAL})
COVERING_KINDS = frozenset({"outlet", "company", "political_party", "party_body"})
MONEY_AFTER = re.compile(r"\s?\$|\s+dollars?\b")
DIASPORA_AFTER = re.compile(r"\s+(?:communit|diaspora|voter|citizen|famil)")
GROUP_BEFORE = re.compile(
    r"\b(?:(?P<both>both(?: (?:of )?(?:the|our|these|their))?|(?:(?:the|our|these|their|its|those) )?two)"
    r"|(?P<three>(?:the |our |these |all )?three)|(?P<four>(?:the |our |these |all )?four)|(?P<open>the|our|all))"
    r"(?: (?:great|friendly|neighbou?ring|regional|allied|sovereign|ancient|democratic|nuclear|Asian|European|"
    r"South Asian|partner|close|rival|warring|nuclear-armed))* $",
    re.IGNORECASE,
)
DETERMINERS = frozenset({"both", "two", "three", "four", "the", "our", "all"})
OPEN_NOUNS = frozenset({"sides", "parties"})
# Another capital before this one: what is true of the first is true of the second, "between Washington and Moscow".
COORDINATED = re.compile(r" [A-Z][a-zé]+(?: [A-Z][a-z]+)?(?:,|,? and|,? or) \Z")
COORDINATING = (", ", "and ", "or ")
SIZES = (("both", 2), ("three", 3), ("four", 4))
NEAR = 400  # characters in which the parties of a group are looked for first: about two sentences
CLEAR = 2  # how many times as often the last of a group must be named as the first one outside it


def mark_parties(text: str, hits: SortedHits, lexicon: Lexicon) -> list[PartyMark]:
    """Names, demonyms, capitals, seats and pairs of parties, then the groups that stand for them."""
    named = paired(text, hits, [mark for hit in hits.of("party") if (mark := named_party(text, hit, hits, lexicon))])
    return sorted([*named, *groups(text, hits, named, lexicon)], key=lambda mark: (mark.span.start, -mark.span.end))


def named_party(text: str, hit: Hit, hits: SortedHits, lexicon: Lexicon) -> PartyMark | None:
    """The mark for a hit, or None where the words mean something else."""
    form = PartyForm(hit.form)
    if covered(hit.span, hits, lexicon) or MONEY_AFTER.match(text, hit.span.end):
        return None
    if form in (PartyForm.CAPITAL, PartyForm.NAME) and in_the_union(text, hit.span):
        return None
    if form is PartyForm.CAPITAL:
        return capital(text, hit, hits)
    if not hit.strong and (part_of_a_name(text, hit.span, hits.name_ends) or opens(text, hit, hits)):
        return None
    rule = f"party.{form}"
    if form is PartyForm.SEAT and at_rest(words_before(text, hit.span.start)):
        return PartyMark(span=hit.span, rule=rule, codes=(hit.key,), form=form, strong=False)
    return PartyMark(span=hit.span, rule=rule, codes=(hit.key,), form=form, strong=not shouted(text, hit.span))


def opens(text: str, hit: Hit, hits: SortedHits) -> bool:
    """Whether a weak name is a given name; a demonym ("Korean War") is none."""
    return hit.form == PartyForm.NAME and opens_a_name(text, hit.span, hits.known_starts)


def covered(span: Span, hits: SortedHits, lexicon: Lexicon) -> bool:
    """Whether a name lies within a longer one that is not the party's: "South China Sea", "Times of India"."""
    if hits.mask("decoy")[span.start] or hits.longer(span, ("place",)):
        return True
    return any(lexicon.organisations[hit.key].kind in COVERING_KINDS for hit in hits.around(span, "organisation"))


def shouted(text: str, span: Span) -> bool:
    """Whether a two-letter code stands among words in capitals, where it may be a pronoun: "GIVE US TIME"."""
    if span.end - span.start > 2:
        return False
    beside = text[max(0, span.start - 12) : span.start] + text[span.end : span.end + 12]
    return sum(map(str.isupper, beside)) > 6 and not any(map(str.islower, beside))


def capital(text: str, hit: Hit, hits: SortedHits) -> PartyMark | None:
    """A capital as a government: certain when it acts or is dealt with, left out where it is only a place."""
    words = words_of_all(before(text, hit.span))
    if at_rest(words) or in_dateline(text, hit.span) or part_of_a_name(text, hit.span, hits.name_ends):
        return None
    acts = bool(ACTS.match(text, hit.span.end) or dealt_with(words))
    if not acts and (opens_a_name(text, hit.span, hits.known_starts) or (not hit.strong and hit.key != "USA")):
        return None
    return PartyMark(span=hit.span, rule="party.capital", codes=(hit.key,), form=PartyForm.CAPITAL, strong=acts)


def words_of_all(left: str) -> list[str]:
    """The words before a capital, or before the first of several that are coordinated with it."""
    if left[-1:] != " ":
        return []
    return (COORDINATED.sub(" ", left) if left.endswith(COORDINATING) else left).lower().split()


def paired(text: str, hits: SortedHits, marks: Sequence[PartyMark]) -> list[PartyMark]:
    """The marks, with those that are joined by a hyphen or a stroke made one: "U.S.-India", "Sino-American"."""
    combining = {hit.span.end: hit for hit in hits.of("combining")}
    found: list[PartyMark] = []
    at = 0
    while at < len(marks):
        chain = [marks[at]]
        while at + 1 < len(marks) and joined(text, chain[-1], marks[at + 1]):
            at += 1
            chain.append(marks[at])
        at += 1
        prefix = combining.get(chain[0].span.start)
        found.append(one_of(chain, prefix, text) if prefix or len(chain) > 1 else chain[0])
    return found


def joined(text: str, left: PartyMark, right: PartyMark) -> bool:
    """Whether nothing but a joint stands between two names; a stroke between capitals joins places, not parties."""
    if right.span.start - left.span.end != 1 or text[left.span.end] not in JOINTS:
        return False
    return text[left.span.end] != "/" or PartyForm.CAPITAL not in (left.form, right.form)


def one_of(chain: Sequence[PartyMark], prefix: Hit | None, text: str) -> PartyMark:
    """A chain of joined names as one mark."""
    codes = tuple(dict.fromkeys([*([prefix.key] if prefix else []), *(code for mark in chain for code in mark.codes)]))
    start = prefix.span.start if prefix else chain[0].span.start
    if len(codes) == 1 or DIASPORA_AFTER.match(text, chain[-1].span.end):
        return chain[0]
    return PartyMark(span=Span(start, chain[-1].span.end), rule="party.pair", codes=codes, form=PartyForm.PAIR)


class Named(NamedTuple):
    """Parties that are named, or shown by a body or an office, up to a place in the text."""

    end: int
    codes: tuple[str, ...]
    pair: bool


def evidence(hits: SortedHits, named: Sequence[PartyMark], lexicon: Lexicon) -> list[Named]:
    """What shows which parties a text is about: names, and bodies and offices that are one party's own."""
    found = [
        Named(mark.span.end, mark.codes, mark.form is PartyForm.PAIR)
        for mark in named
        if mark.form in NAMING and mark.strong
    ]
    for hit in hits.of("organisation"):
        code = lexicon.organisations[hit.key].party
        if code:
            found.append(Named(hit.span.end, (code,), False))
    for hit in hits.of("office"):
        code = lexicon.offices[hit.key].party
        if code:
            found.append(Named(hit.span.end, (code,), False))
    return sorted(found)


def groups(text: str, hits: SortedHits, named: Sequence[PartyMark], lexicon: Lexicon) -> Iterator[PartyMark]:
    """ "both countries", "the two sides", with the parties they stand for where the text leaves no doubt."""
    shown: list[Named] | None = None
    overall: Counter[str] = Counter()
    for hit in hits.of("group"):
        if DETERMINERS.isdisjoint(words_before(text, hit.span.start)[-4:]):
            continue
        left = GROUP_BEFORE.search(before(text, hit.span))
        if left is None or (left["open"] and hit.key not in OPEN_NOUNS and not hit.form):
            continue
        span = Span(hit.span.start - len(left[0]), hit.span.end)
        if hit.form:
            yield group(span, tuple(hit.form.split(";")), strong=True)
        elif left["open"]:
            yield group(span, (), strong=False)
        else:
            if shown is None:
                shown = evidence(hits, named, lexicon)
                overall = counted(shown)
            size = next(number for name, number in SIZES if left[name])
            yield group(span, meant(size, span, shown, overall), strong=True)


def group(span: Span, codes: tuple[str, ...], *, strong: bool) -> PartyMark:
    """The mark of a group."""
    return PartyMark(span=span, rule="party.group", codes=codes, form=PartyForm.GROUP, strong=strong)


def counted(shown: Sequence[Named]) -> Counter[str]:
    """How often each party is shown."""
    return Counter(code for each in shown for code in each.codes)


def meant(size: int, span: Span, shown: Sequence[Named], overall: Counter[str]) -> tuple[str, ...]:
    """The parties that a group of a size stands for: the pair named last nearby, all that are named nearby, or those
    that are named far more than any other, nearby or in the whole text; empty when none of these is clear.
    """
    nearby = shown[bisect_left(shown, (span.start - NEAR,)) : bisect_right(shown, (span.start,))]
    for each in reversed(nearby):
        if each.pair and len(each.codes) == size:
            return each.codes
    counts = counted(nearby)
    if len(counts) == size:
        return tuple(counts)
    return leading(size, counts) or leading(size, overall)


def leading(size: int, counts: Counter[str]) -> tuple[str, ...]:
    """The parties named most, when the last of them is named clearly more than the next; else nothing."""
    ranked = counts.most_common(size + 1)
    if len(ranked) < size or (len(ranked) > size and ranked[size - 1][1] < CLEAR * ranked[size][1]):
        return ()
    return tuple(code for code, _ in ranked[:size])
