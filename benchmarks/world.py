"""Which engagements take place in the generated world, between whom, and what is said at them?

The world is a function of its seed: every day has its engagements, drawn among pairs of states of which a few meet often
and most seldom. Its people hold real offices in no state: their names are put together from syllables, and every outlet of
a generated corpus has "Generated" in its name. Twice a year a conference fills three days with bilateral meetings in one city.
"""

from __future__ import annotations

import datetime
import hashlib
import random
import re
import tomllib
from bisect import bisect
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

START = datetime.date(2016, 1, 4)
DAY = datetime.timedelta(days=1)
PER_DAY = 28  # engagements of a common day
CONFERENCE_EVERY = 182  # days
CONFERENCE_DAYS = 3
CONFERENCE_MEETINGS = 60  # a day
TERM = 1200  # days in office, about
PAIRS = 400
CHOICE = re.compile(r"\[([^\[\]{}]*(?:\{[a-z0-9_A-Z]+\}[^\[\]{}]*)*)\]")
KINDS = (("meeting", 45), ("call", 30), ("visit", 15), ("virtual", 10))


@cache
def words() -> dict[str, Any]:
    """The tables of corpus.toml."""
    return tomllib.loads(Path(__file__).with_name("corpus.toml").read_text(encoding="utf-8"))


class State(msgspec.Struct, frozen=True):
    """A state as the templates name it."""

    code: str
    name: str
    adjective: str
    capital: str


class Official(msgspec.Struct, frozen=True):
    """Somebody who holds an office in the generated world."""

    given: str
    surname: str
    office: str
    state: State

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"


class Quote(msgspec.Struct, frozen=True):
    """Words that were said at an engagement."""

    key: str
    speaker: Official
    text: str


class Engagement(msgspec.Struct, frozen=True):
    """Something that took place on one day; ``a`` is the guest or caller, ``b`` the host or the one called."""

    key: str
    day: datetime.date
    kind: str
    a: Official
    b: Official
    city: str
    country: State | None  # None: a third country's city
    topics: tuple[tuple[str, str], ...]  # (name, words)
    quotes: tuple[Quote, ...]
    figure: float


def drawn(*parts: object) -> random.Random:
    """A generator of random numbers that depends on nothing but the parts."""
    return random.Random(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest())


@cache
def states() -> tuple[State, ...]:
    """All states of the world."""
    return tuple(State(*row) for row in words()["states"])


@lru_cache(maxsize=4)
def pairs(seed: int) -> tuple[tuple[tuple[int, int], ...], tuple[float, ...]]:
    """Pairs of states with their summed weights: the n-th pair meets 1/n as often as the first."""
    rng = drawn(seed, "pairs")
    every = [(i, j) for i in range(len(states())) for j in range(i)]
    chosen = tuple(rng.sample(every, PAIRS))
    return chosen, tuple(accumulate(1 / (n + 8) for n in range(PAIRS)))


@lru_cache(maxsize=20_000)
def official(seed: int, state: int, office: str, term: int) -> Official:
    """Who holds an office during a term."""
    rng = drawn(seed, "official", state, office, term)
    return Official(syllables(rng, 1), syllables(rng, rng.choice((1, 1, 2))), office, states()[state])


def syllables(rng: random.Random, middles: int) -> str:
    """A made-up name."""
    table = words()
    parts = [rng.choice(table["onset"].split()), *(rng.choice(table["middle"].split()) for _ in range(middles))]
    return "".join((*parts, rng.choice(table["coda"].split())))


def in_office(seed: int, state: int, office: str, day: datetime.date) -> Official:
    """Who holds the office on a day; terms of the offices begin on different days."""
    offset = int.from_bytes(hashlib.blake2b(f"{seed}{state}{office}".encode(), digest_size=4).digest(), "big") % TERM
    return official(seed, state, office, ((day - START).days + offset) // TERM)


def expanded(rng: random.Random, template: str) -> str:
    """The template with one part of each choice."""
    while "[" in template:
        template = CHOICE.sub(lambda match: rng.choice(match.group(1).split("|")), template)
    return template


@lru_cache(maxsize=64)
def engagements(seed: int, day: datetime.date) -> tuple[Engagement, ...]:
    """What takes place on a day; the same two officials meet at most once."""
    rng = drawn(seed, "day", day.isoformat())
    since = (day - START).days % CONFERENCE_EVERY - CONFERENCE_EVERY // 2
    conference = None
    if 0 <= since < CONFERENCE_DAYS:
        conference = drawn(seed, "city", (day - START).days // CONFERENCE_EVERY).choice(words()["conference_cities"])
    chosen, weights = pairs(seed)
    held: dict[tuple[str, str], Engagement] = {}
    for number in range(CONFERENCE_MEETINGS if conference else PER_DAY):
        one, other = chosen[bisect(weights, rng.random() * weights[-1])]
        if rng.random() < 0.5:
            one, other = other, one
        office = rng.choice(words()["offices"])
        a, b = in_office(seed, one, office, day), in_office(seed, other, office, day)
        if a.name != b.name and (a.name, b.name) not in held and (b.name, a.name) not in held:
            held[a.name, b.name] = engagement(f"{day:%Y%m%d}-{number}", day, (a, b), conference, rng)
    return tuple(held.values())


def engagement(
    key: str, day: datetime.date, who: tuple[Official, Official], conference: str | None, rng: random.Random
) -> Engagement:
    """One engagement of the two."""
    a, b = who
    kind = "meeting" if conference else rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
    names = rng.sample(sorted(words()["topics"]), 3)
    topics = tuple((name, rng.choice(words()["topics"][name])) for name in names)
    quotes = tuple(quote(f"{key}-{n}", who if n % 2 == 0 else (b, a), topics, rng) for n in range(3))
    return Engagement(
        key=key,
        day=day,
        kind=kind,
        a=a,
        b=b,
        city=conference.split(" ", 1)[1] if conference else b.state.capital,
        country=None if conference else b.state,
        topics=topics,
        quotes=quotes,
        figure=rng.randrange(3, 990) / 10,
    )


def quote(key: str, who: tuple[Official, Official], topics: tuple[tuple[str, str], ...], rng: random.Random) -> Quote:
    """What the first of the two says of the other's country."""
    table = words()["quote"]
    text = f"{rng.choice(table['first'])} {rng.choice(table['second'])}"
    slots = {
        "o": who[1].state.name,
        "t1": topics[rng.randrange(3)][1],
        "t2": topics[rng.randrange(3)][1],
        "n": str(rng.randrange(12, 990)),
    }
    return Quote(key, who[0], filled(expanded(rng, text), slots))


def filled(template: str, slots: dict[str, str]) -> str:
    """The template with its slots filled in and a capital at its start."""
    text = template.format_map(slots)
    return text[:1].upper() + text[1:]
