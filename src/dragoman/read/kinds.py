"""What kind of document is a text, and which party issued it?"""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec
import pycountry

from dragoman.read.published import head_lines
from dragoman.record.document import DocumentKind

OPENING = 900
POST_LENGTH = 700
TURNS = 3
TURN = re.compile(
    r"^(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,5}|Q|A|[A-Z][a-z]+(?: [A-Z][a-z]+){1,3})(?: \([^)\n]{1,40}\))?: \S",
    re.MULTILINE,
)
UPPER_TURN = re.compile(r"^(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,5}|Q|A)(?: \([^)\n]{1,40}\))?: \S", re.MULTILINE)
ATTRIBUTABLE = re.compile(
    r"\bthe (?:below|following) (?:statement |readout )?is attributable to\b"
    r"|\b(?:readout|statement) (?:is )?attributable to\b",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:met|spoke|hosted|received|talked"
    r"|held (?:a |an )?(?:\w+ ){0,3}(?:call|meeting|talks|conversation|discussion|consultation|dialogue)s?|"
    r"co-?(?:chaired|hosted)|convened|welcomed|participated|joined"
    r"|had (?:a |an )?(?:\w+ ){0,2}(?:call|meeting|conversation))\b",
    re.IGNORECASE,
)
AGENCY_DATELINE = re.compile(
    r"^[A-Z][\w ./,'’-]{1,60}\(\w[\w ./-]{1,20}\)\s*(?:[-–—:]|\w)|^[A-Z][\w ./,'’-]{1,50}[|]\s*\w+\s*[|]"
)
REPORTING = re.compile(
    r"\b(?:said|told|according to|reported|announced|added|stated|noted|claimed|reports?|saying|wrote|told"
    r"|confirmed|denied|expressed|warned)\b",
    re.IGNORECASE,
)
REPORTING_ENOUGH = 2
QUOTED = re.compile(r"“[^”\n]{0,2000}”|\"[^\"\n]{0,2000}\"")
FIRST_PERSON = re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|[Ww]e|[Ww]e[’'](?:re|ve|d|ll)|[Mm]y|[Oo]ur|us)\b")
# Of the words outside quotation marks; reporting prose stays under 1 in 100, remarks and speeches lie at 4 and above.
SPOKEN_SHARE = 0.025
SPOKEN_SAMPLE = 4000
LONGEST_STATEMENT = 3500  # an official text in the first person is a written statement when short, remarks when long
# Second-level labels under which a country keeps its government: gov.in, go.jp, gob.mx, gouv.fr, gc.ca, admin.ch.
GOVERNMENT_LABELS = frozenset(
    {"gov", "go", "gob", "gouv", "gub", "govt", "government", "gv", "gc", "admin", "mfa", "mofa", "mod"}
)
BARE_GOVERNMENT = {"gov": "USA", "mil": "USA", "int": ""}
OTHER_DOMAINS = {"uk": "GBR", "eu": "EU", "ac": "SHN", "su": "RUS"}


class KindRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of ``data/kinds.toml``."""

    kind: DocumentKind
    basis: str
    where: str
    pattern: str


class Compiled(msgspec.Struct, frozen=True):
    """A row with its expression ready."""

    kind: DocumentKind
    basis: str
    where: str
    expression: re.Pattern[str]


class Issuers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables of ``data/issuers.toml``."""

    domains: dict[str, str]
    headings: dict[str, str]


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """What kind and issuer are read from."""

    text: str
    title: str | None = None
    url: str | None = None
    issuer: str | None = None


@functools.cache
def rules() -> tuple[Compiled, ...]:
    """The shipped rules for kinds, in their order."""
    text = files("dragoman.read").joinpath("data/kinds.toml").read_text(encoding="utf-8")
    rows = msgspec.convert(tomllib.loads(text)["kind"], tuple[KindRule, ...])
    return tuple(Compiled(row.kind, row.basis, row.where, re.compile(row.pattern, re.IGNORECASE)) for row in rows)


@functools.cache
def issuers() -> Issuers:
    """The shipped tables of official publishers."""
    text = files("dragoman.read").joinpath("data/issuers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Issuers)


def kind_of(known: Text) -> tuple[DocumentKind, str]:
    """The kind of a document and what it was recognised by."""
    places = places_of(known)
    for rule in rules():
        if any(fits(rule, place) for place in places.get(rule.where, ())):
            return rule.kind, rule.basis
    return by_shape(known)


def places_of(known: Text) -> dict[str, list[str]]:
    """The stretches that rules look at, by the name of the place."""
    head = head_lines(known.text)
    return {
        "title": [known.title] if known.title else [],
        "url": [known.url] if known.url else [],
        "opening": [known.text[:OPENING]],
        "line": [line.strip() for line in head],
        "post": [known.text] if len(known.text) <= POST_LENGTH and not known.title else [],
    }


def fits(rule: Compiled, place: str) -> bool:
    """Whether a rule fits a stretch; a line has to be the whole of it."""
    return bool(rule.expression.fullmatch(place) if rule.where == "line" else rule.expression.search(place))


def by_shape(known: Text) -> tuple[DocumentKind, str]:
    """The kind by what a text is like: speakers' turns, an attribution formula, reporting verbs."""
    text = known.text
    if count_up_to(UPPER_TURN, text, TURNS) >= TURNS or count_up_to(TURN, text, 2 * TURNS) >= 2 * TURNS:
        return DocumentKind.TRANSCRIPT, "speaker labels"
    attributable = ATTRIBUTABLE.search(text[:OPENING])
    if attributable:
        contact = CONTACT.search(text[attributable.end() : attributable.end() + 500])
        return (DocumentKind.READOUT if contact else DocumentKind.STATEMENT), "attribution formula"
    if known.issuer and not is_spoken(text):
        contact = CONTACT.search(text[:400])
        return (DocumentKind.READOUT, "issuer and contact") if contact else (DocumentKind.PRESS_RELEASE, "issuer")
    if is_spoken(text):
        short = bool(known.issuer) and len(text) <= LONGEST_STATEMENT
        return (DocumentKind.STATEMENT if short else DocumentKind.TRANSCRIPT), "first person"
    if any(AGENCY_DATELINE.match(line.strip()) for line in head_lines(text)[:4]):
        return DocumentKind.NEWS, "agency dateline"
    if count_up_to(REPORTING, text, REPORTING_ENOUGH) >= REPORTING_ENOUGH:
        return DocumentKind.NEWS, "reporting verbs"
    return DocumentKind.UNKNOWN, ""


def is_spoken(text: str) -> bool:
    """Whether the words outside quotation marks speak in the first person: remarks, a speech, a letter."""
    own = QUOTED.sub(" ", text[:SPOKEN_SAMPLE])
    words = own.count(" ") + 1
    return words > 30 and len(FIRST_PERSON.findall(own)) / words >= SPOKEN_SHARE


def count_up_to(expression: re.Pattern[str], text: str, enough: int) -> int:
    """How often an expression matches, without looking further than needed."""
    found = 0
    for _ in expression.finditer(text):
        found += 1
        if found >= enough:
            break
    return found


def issuer_of(known: Text) -> str | None:
    """The party whose official text this is, by its url or by a heading among its first lines."""
    return (issuer_by_url(known.url) if known.url else None) or issuer_by_heading(known.text)


def issuer_by_url(url: str) -> str | None:
    """The party that publishes at an address: by the table, then by the country of a governmental domain."""
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").casefold()
    except ValueError:  # no address: a stray bracket in what a page says of itself
        return None
    labels = host.split(".")
    table = issuers().domains
    for first in range(len(labels) - 1):
        code = table.get(".".join(labels[first:]))
        if code:
            return code
    if labels[-1] in BARE_GOVERNMENT:
        return BARE_GOVERNMENT[labels[-1]] or None
    if len(labels) >= 2 and GOVERNMENT_LABELS & set(labels[:-1]):
        return country_of_domain(labels[-1])
    return None


@functools.cache
def country_of_domain(label: str) -> str | None:
    """The country of a top-level domain, as ISO 3166-1 alpha-3."""
    if label in OTHER_DOMAINS:
        return OTHER_DOMAINS[label]
    country = pycountry.countries.get(alpha_2=label.upper()) if len(label) == 2 else None
    return str(country.alpha_3) if country else None


def issuer_by_heading(text: str) -> str | None:
    """The party whose office heads a text."""
    table = issuers()
    for line in head_lines(text)[:5]:
        key = " ".join(line.casefold().replace("’", "'").split()).strip(" *:|.")
        if key in table.headings:
            return table.headings[key]
    return None
