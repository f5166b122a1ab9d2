"""Small made-up documents for the tests of the book: what each tells, and the reading that it makes."""

from __future__ import annotations

import datetime

import msgspec

from book_texts import document, meeting, quoted, reading, span_in
from dragoman.record.marks import Person
from dragoman.record.mentions import FigureMention, Participant, Point, ReadoutMention, Status
from dragoman.record.reading import Reading

CALLED = {
    "USA": ("Marco Rubio", "Rubio", "M. Rubio", "Christopher Landau", "Landau"),
    "IND": ("Subrahmanyam Jaishankar", "S. Jaishankar", "Jaishankar", "Vikram Misri", "Misri"),
    "GBR": ("David Lammy", "Lammy", "Keir Starmer"),
}
SAYINGS = (
    "we shall open the harbour to ships of every flag before winter comes",
    "we shall open the harbour to ships of every flag",
    "the harbour stays closed",
    "no ship of theirs was ever turned away from our piers, and none will be",
)
DAYS = tuple(str(datetime.date(2025, 6, 1) + datetime.timedelta(days=n)) for n in range(12))


class Plan(msgspec.Struct, frozen=True):
    """What a made-up document tells."""

    number: int
    published: str | None
    met: str
    parties: tuple[str, str]
    names: tuple[str, str]
    saying: str
    status: Status
    account: bool
    copied: bool


def read(plan: Plan) -> Reading:
    """The reading that a plan makes."""
    one, other = plan.names
    end = " ".join(f"The {n} harbour has {n + 3} piers and {n * 7} cranes." for n in range(12)) if plan.copied else ""
    number = "" if plan.copied else f"Text number {plan.number}. "
    text = f"{number}{one} met {other} on {plan.met}. “{plan.saying},” said {one}. Trade was $5 billion. {end}"
    held = document(f"doc{plan.number}", text, plan.published, outlet=f"Outlet {plan.number}")
    people = tuple(
        Person(
            name=name, surname=name.split()[-1], office=f"Minister {len(name) % 3}", party=party, party_basis="stated"
        )
        for name, party in zip(plan.names, plan.parties, strict=True)
    )
    who = [Participant(name=p.name, party=p.party, person=n) for n, p in enumerate(people)]
    met = meeting(held, f"{one} met {other} on {plan.met}", plan.met, *who, status=plan.status)
    said = quoted(held, plan.saying, one, 0, parties=plan.parties[:1])
    figure = FigureMention(span=span_in(text, "$5 billion"), rule="t", value=5e9, unit="USD", what="trade")
    account = ReadoutMention(
        span=met.span, rule="t", issuer=plan.parties[0], engagement=met.span, points=(Point(span=met.span, topics=()),)
    )
    return reading(held, met, said, figure, *([account] if plan.account else []), people=people)
