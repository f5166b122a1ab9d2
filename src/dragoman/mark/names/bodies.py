"""Which ministries, agencies, parliaments, forces, firms and outlets does a text name, and whose are they?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.lexicon.entries import Hit, Organisation
from dragoman.lexicon.load import Lexicon
from dragoman.mark.names.sorted_hits import SortedHits
from dragoman.mark.names.surroundings import before, part_of_a_name
from dragoman.record.marks import OrganisationMark, PartyForm, PartyMark
from dragoman.record.span import Span

OWNING = frozenset({PartyForm.NAME, PartyForm.CODE, PartyForm.DEMONYM})
X_BEFORE = re.compile(r"\b(?:on|to|via|platform|network|media site|site) $")
X_AFTER = re.compile(r" (?:post|account|handle|page)\b|, (?:formerly|the platform)| \(formerly")
WEB_NAME = (".com", ".org", ".net", ".gov", ".co.")
WEB_BEFORE = frozenset({".", "@", "/", "#"})
ALONE_BEFORE = re.compile(r"\b(?:the|his|her|its|their|our|whose) (?:\w+ )?$", re.IGNORECASE)
OFFICE_AFTER = re.compile(r"\s(?:Secretary|secretary|Minister|minister|Under Secretary|official|Chancellor)\b")
OF_PARTY = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?$")
OF_PORTFOLIO = re.compile(
    r"\s+(?:of|for)\s+(?:the\s+)?((?:[A-Z][\w’'-]+)(?:(?:,? and|,? &|,)? (?:the )?[A-Z][\w’'-]+){0,5})"
)
PORTFOLIO_BEFORE = re.compile(
    r"((?:(?:[A-Z][\w-]+|external|foreign|defen[cs]e|home|interior|finance|trade|commerce|justice|health|energy|economy|"
    r"culture|education|agriculture|transport|oil|industry|information|environment|labou?r|security|affairs|and|"
    r"petroleum|economic|national|state|internal|public|police|intelligence|emergency|emergencies|situations)\s)+)$"
)
GENERIC_ALONE = frozenset({"ministry", "embassy", "consulate", "government", "presidency"})
FOREIGN = frozenset({"foreign", "foreign affairs", "external affairs"})
LOOSE = frozenset(
    {"office", "department", "mission", "administration", "police", "cabinet", "chancellery", "navy", "army"}
)
ADJECTIVES = {"USA": "U.S."}  # where the first demonym is not what official names bear
OWN_NAMES = {
    ("IND", "ministry", "foreign"): "Ministry of External Affairs",
    ("IND", "ministry", "external affairs"): "Ministry of External Affairs",
}


def mark_bodies(
    text: str, hits: SortedHits, lexicon: Lexicon, parties: Sequence[PartyMark]
) -> Iterator[OrganisationMark]:
    """Bodies with a name of their own, and those composed of a party, a portfolio and a noun."""
    owners = Owners(text, parties)
    taken: set[int] = set()
    for hit in hits.of("organisation"):
        held = lexicon.organisations[hit.key]
        if is_body(text, hit, held, hits):
            taken.add(hit.span.end)
            yield named(hit, held, owners)
    for hit in hits.of("body_head"):
        if hit.span.end not in taken and not hits.around(hit.span, "organisation"):
            found = composed(text, hit, owners, lexicon)
            if found:
                yield found


class Owners:
    """Which party stands directly before or after a body."""

    def __init__(self, text: str, parties: Sequence[PartyMark]) -> None:
        self._text = text
        owning = [mark for mark in parties if mark.form in OWNING]
        self._by_end = {mark.span.end: mark for mark in owning}
        self._by_start = {mark.span.start: mark for mark in owning}

    def before(self, start: int) -> PartyMark | None:
        """The party whose name or demonym ends just before a place, possessive or not."""
        found = self._by_end.get(start - 1)
        if found is None and self._text[max(0, start - 3) : start] in ("'s ", "’s "):
            found = self._by_end.get(start - 3)
        if found is None and self._text[max(0, start - 2) : start] in ("' ", "’ "):
            found = self._by_end.get(start - 2)
        return found

    def after(self, end: int) -> PartyMark | None:
        """The party named after "of": "Foreign Ministry of Iran"."""
        if not self._text.startswith(" of ", end):
            return None
        at = end + len(" of ")
        return self._by_start.get(at + len("the ") if self._text.startswith("the ", at) else at)

    def covering(self, span: Span) -> tuple[Span, str | None]:
        """The span with a party before or after it, and whose it is."""
        owner = self.before(span.start)
        if owner:
            return Span(owner.span.start, span.end), owner.codes[0]
        owner = self.after(span.end)
        return (Span(span.start, owner.span.end), owner.codes[0]) if owner else (span, None)


def is_body(text: str, hit: Hit, held: Organisation, hits: SortedHits) -> bool:
    """Whether the words are the body and not part of an office ("Treasury Secretary") or of another name."""
    if held.name == "X":
        return bool(X_BEFORE.search(before(text, hit.span)) or X_AFTER.match(text, hit.span.end))
    if text.startswith(WEB_NAME, hit.span.end) or text[hit.span.start - 1 : hit.span.start] in WEB_BEFORE:
        return False
    if held.kind == "outlet":
        # "The economist" is a person, "The Economist" a paper.
        if not hit.span.of(text).split()[-1][0].isupper():
            return False
        return not part_of_a_name(text, hit.span, hits.name_ends)
    return OFFICE_AFTER.match(text, hit.span.end) is None or " " in hit.span.of(text)


def named(hit: Hit, held: Organisation, owners: Owners) -> OrganisationMark:
    """The mark of a body with a name of its own, with the party that is named beside it."""
    span, code = owners.covering(hit.span) if held.kind not in ("outlet", "network", "company") else (hit.span, None)
    return OrganisationMark(
        span=span if held.party is None or code == held.party else hit.span,
        rule="organisation.named",
        name=held.name,
        party=held.party or code,
        kind=held.kind,
    )


def composed(text: str, hit: Hit, owners: Owners, lexicon: Lexicon) -> OrganisationMark | None:
    """The mark of a body such as "Armenian Foreign Ministry", "Ministry of Defence of Ukraine", "Indian embassy"."""
    span, portfolio = with_portfolio(text, hit, owners)
    if not portfolio and hit.key not in GENERIC_ALONE and owners.covering(span)[1] is None:
        return None
    if not portfolio and hit.key in LOOSE and owners.before(span.start) is None:
        return None
    if not portfolio and owners.covering(span)[1] is None and not ALONE_BEFORE.search(before(text, span)):
        return None
    span, code = owners.covering(span)
    return OrganisationMark(
        span=span,
        rule="organisation.composed",
        name=name_of(hit, portfolio, code, lexicon),
        party=code,
        kind=hit.form,
    )


def with_portfolio(text: str, hit: Hit, owners: Owners) -> tuple[Span, str]:
    """The span with the portfolio before or after the noun, and the portfolio."""
    if hit.form not in ("ministry", "government") and hit.key != "office":
        return hit.span, ""
    after = OF_PORTFOLIO.match(text, hit.span.end)
    if after and owners.after(hit.span.end) is None and hit.key in ("ministry", "department", "office"):
        return Span(hit.span.start, after.end()), after[1]
    if hit.key not in ("ministry", "department"):
        return hit.span, ""
    match = PORTFOLIO_BEFORE.search(before(text, hit.span))
    if match is None:
        return hit.span, ""
    words = without_owner(hit.span.start - len(match[1]), match[1], owners)
    return Span(hit.span.start - len(words), hit.span.end), words.strip()


def without_owner(start: int, words: str, owners: Owners) -> str:
    """The words of a portfolio after the party and the article that stand before it."""
    for at in [0, *(match.end() for match in re.finditer(r"\s", words))][::-1]:
        if owners.before(start + at) is not None:
            return words[at:]
    return re.sub(r"^(?:(?:The|And|In|But|A|An|and|state) )+", "", words)


def name_of(hit: Hit, portfolio: str, code: str | None, lexicon: Lexicon) -> str:
    """The canonical name of a composed body: "Armenian Foreign Ministry", "Indian Government"."""
    owner = adjective_of(code, lexicon)
    if not portfolio:
        return f"{owner}{hit.key[:1].upper()}{hit.key[1:]}"
    folded = portfolio.casefold()
    own = OWN_NAMES.get((code or "", hit.form, folded))
    if own:
        return own
    if hit.key == "office":
        return f"{owner}Office of the {portfolio}"
    kind = "Foreign" if folded in FOREIGN else portfolio[:1].upper() + portfolio[1:]
    return f"{owner}{kind} {hit.key.capitalize()}"


def adjective_of(code: str | None, lexicon: Lexicon) -> str:
    """The adjective of a party with a space after it, or nothing."""
    party = lexicon.parties.get(code) if code else None
    return f"{ADJECTIVES.get(party.code, party.adjective or party.name)} " if party else ""
