"""Generated documents with known truth, as many as one asks for, at any size in little memory.

    python benchmarks/corpus.py write N OUT.jsonl TRUTH.jsonl
    python benchmarks/corpus.py book N OUT.desk [--told]

``write`` gives the documents in the lines that ``dragoman add`` takes, and what is true of them: for each the text that it
copies, and where it reports which engagement and quotes which words. ``book`` adds them to a book, through the reader; with
--told the mentions are made from what is known instead (told.py), at a hundredth of the time: for trying a large book.

The same seed and N give the same bytes, and the first documents of a larger corpus are those of a smaller one: days go by
at about 275 documents each, so that ten thousand fill five weeks and a million ten years. See world.py and corpus.toml.
"""

from __future__ import annotations

import argparse
import datetime
import json
import random
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

import msgspec
from world import DAY, START, Engagement, Official, Quote, State, drawn, engagements, expanded, filled, states, words

SEED = 1
NOISE_PER_DAY = 92
LEDGER_PER_DAY = 12
AHEAD, BACK = 3, 20  # days by which previews come before an engagement, and recollections after it
OUTLETS = tuple(
    f"Generated {name}" for name in "Courier Gazette Herald Ledger Monitor Observer Post Register Tribune Wire".split()
)
REMOTE = frozenset({"call", "virtual"})


class Marked(msgspec.Struct, frozen=True):
    """A stretch of a text, what it tells of, in which way (report, preview, quote, measure), and whom and when it names."""

    start: int
    end: int
    of: str
    way: str
    engagement: Engagement | None = None
    quote: Quote | None = None
    day: datetime.date | None = None


class Doc(msgspec.Struct, frozen=True, kw_only=True):
    """A generated document with what is true of it."""

    id: str
    kind: str
    outlet: str | None
    issuer: str | None
    title: str
    published: datetime.date
    text: str
    origin: str
    marked: tuple[Marked, ...] = ()


class Draft:
    """A text in the making: sentences in paragraphs, some of them marked."""

    def __init__(self) -> None:
        self.text = ""
        self.marked: list[Marked] = []

    def add(self, sentence: str, of: str = "", way: str = "", *, apart: bool = False, **about: object) -> None:
        """Add a sentence, in a paragraph of its own if asked; a mark covers its words."""
        sentence = sentence if sentence.endswith(("”", ".")) else sentence + "."
        if self.text:
            self.text += "\n\n" if apart else " "
        start = len(self.text)
        self.text += sentence
        if of:
            self.marked.append(Marked(start, len(self.text), of, way, **about))  # type: ignore[arg-type]

    def add_quote(self, sentence: str, quote: Quote) -> None:
        """Add a sentence that holds a quotation; the mark covers the quoted words."""
        self.add(sentence, apart=True)
        start = self.text.rindex(quote.text)
        self.marked.append(Marked(start, start + len(quote.text), quote.key, "quote", quote=quote))


def documents(seed: int = SEED) -> Iterator[Doc]:
    """The documents of the generated world, day after day, without end."""
    day = START
    while True:
        for back in range(-AHEAD, BACK + 1):
            for event in engagements(seed, day - back * DAY):
                for way, number, published in plan(seed, event.key):
                    if published == day:
                        yield of_engagement(seed, event, way, number, day)
        for number in range(LEDGER_PER_DAY):
            yield ledger(seed, day, number)
        for number in range(NOISE_PER_DAY):
            yield noise(seed, day, number)
        day += DAY


@lru_cache(maxsize=20_000)
def plan(seed: int, key: str) -> tuple[tuple[str, int, datetime.date], ...]:
    """(way, number, day of publication) of every document on an engagement."""
    rng = drawn(seed, "plan", key)
    day = datetime.datetime.strptime(key.split("-")[0], "%Y%m%d").date()
    made = [("readout", side, day + DAY * (rng.random() < 0.2)) for side in range(2) if rng.random() < 0.7]
    stories = rng.choice((1, 2, 2, 3, 4))
    made += [("news", n, day + DAY * (rng.random() < 0.25)) for n in range(stories)]
    made += [("copy", n, made[-1][2] + DAY * (rng.random() < 0.2)) for n in range(rng.choice((0, 0, 1, 2, 4)))]
    if rng.random() < 0.35:
        made.append(("preview", 0, day - DAY * rng.randint(1, AHEAD)))
    if rng.random() < 0.4:
        made.append(("recall", 0, day + DAY * rng.randint(4, BACK)))
    return tuple(made)


def of_engagement(seed: int, event: Engagement, way: str, number: int, day: datetime.date) -> Doc:
    """One document on an engagement."""
    rng = drawn(seed, event.key, way, number)
    if way == "readout":
        return readout(event, number, day, rng)
    if way == "copy":
        stories = [(n, published) for made, n, published in plan(seed, event.key) if made == "news"]
        return copied(story(seed, event, *stories[-1]), number, day, rng)
    if way == "news":
        return story(seed, event, number, day)
    return before_or_after(event, way, day, rng)


# ------------------------------------------------------------------ slots


def slots_of(event: Engagement, day: datetime.date, rng: random.Random) -> dict[str, str]:
    """What the templates on an engagement are filled with."""
    a, b = event.a, event.b
    topics = {f"t{n}": text for n, (_, text) in enumerate(event.topics, start=1)}
    country = event.country.name if event.country else event.city
    return {
        **{f"a{name}": value for name, value in official_slots(a).items()},
        **{f"b{name}": value for name, value in official_slots(b).items()},
        "A": a.state.name,
        "a": a.state.name,
        "b": b.state.name,
        "place": event.city,
        "country": country,
        "day": said_day(event.day, day, rng),
        "date": written(event.day),
        "figure": str(event.figure),
        "workers": f"{rng.randrange(2, 90)},{rng.randrange(1, 9)}00",
        "last_year": str(day.year - 1),
        "next_month": (day.replace(day=1) + 45 * DAY).strftime("%B"),
        **topics,
    }


def official_slots(who: Official) -> dict[str, str]:
    """Name, surname, office (and in small letters), adjective, capital."""
    return {
        "n": who.name,
        "s": who.surname,
        "o": who.office,
        "ol": who.office.lower(),
        "adj": who.state.adjective,
        "cap": who.state.capital,
    }


def written(day: datetime.date) -> str:
    """A date in full."""
    return f"{day.day} {day:%B %Y}"


def said_day(day: datetime.date, published: datetime.date, rng: random.Random) -> str:
    """How a text published on one day speaks of another of that week."""
    plain = f"on {day:%A}"
    choices = [plain, plain, f"on {day:%A}, {written(day)}", f"on {written(day)}"]
    return rng.choice(choices) if (published - day).days < 6 else f"on {written(day)}"


# ------------------------------------------------------------------ documents on engagements


def story(seed: int, event: Engagement, number: int, day: datetime.date) -> Doc:
    """An outlet's own story."""
    rng = drawn(seed, event.key, "news", number)
    slots, table = slots_of(event, day, rng), words()
    draft = Draft()
    draft.add(made(rng, table["lead"][event.kind], slots), event.key, "report", engagement=event, day=event.day)
    first, *details = rng.sample(table["news"]["detail"], rng.randint(3, 5))
    draft.add(made(rng, [first], slots))
    quotes = rng.sample(event.quotes, 2)
    draft.add_quote(said(rng, quotes[0]), quotes[0])
    for template in details:
        draft.add(made(rng, [template], slots), apart=rng.random() < 0.6)
    draft.add_quote(said(rng, quotes[1]), quotes[1])
    earlier = earlier_of(seed, event) if rng.random() < 0.5 else None
    if earlier:
        past = slots_of(earlier, day, rng)
        draft.add(
            made(rng, table["recall"][earlier.kind], past),
            earlier.key,
            "report",
            apart=True,
            engagement=earlier,
            day=earlier.day,
        )
    for template in rng.sample(table["news"]["background"], rng.randint(1, 2)):
        draft.add(made(rng, [template], slots), apart=True)
    title = made(rng, table["news"]["title"], slots)
    outlet = OUTLETS[(number * 3 + rng.randrange(3)) % len(OUTLETS)]
    return finished(draft, f"{event.key}-news-{number}", "news", title, day, outlet=outlet)


def earlier_of(seed: int, event: Engagement) -> Engagement | None:
    """An engagement of the same two states within the month before."""
    both = {event.a.state.code, event.b.state.code}
    for back in range(5, 25):
        for other in engagements(seed, event.day - back * DAY):
            if {other.a.state.code, other.b.state.code} == both:
                return other
    return None


def said(rng: random.Random, quote: Quote) -> str:
    """A sentence that quotes somebody."""
    about = {f"s{name}": value for name, value in official_slots(quote.speaker).items()}
    return made(rng, words()["news"]["say"], {**about, "quote": quote.text})


def made(rng: random.Random, templates: list[str], slots: dict[str, str]) -> str:
    """One of the templates, filled in."""
    return filled(expanded(rng, rng.choice(templates)), slots)


def readout(event: Engagement, side: int, day: datetime.date, rng: random.Random) -> Doc:
    """One side's account."""
    own, other = (event.a, event.b) if side == 0 else (event.b, event.a)
    slots, table = slots_of(event, day, rng), words()["readout"]
    slots |= {f"x{name}": value for name, value in official_slots(own).items()}
    slots |= {f"y{name}": value for name, value in official_slots(other).items()}
    when = f"on {written(event.day)}" if rng.random() < 0.4 else f"on {event.day:%A}"
    remote = event.kind in REMOTE
    place = "" if remote else f"in {event.city} "
    slots |= {"x": own.state.name, "day": when, "place_day": f"{place}{when}", "in_place": f" in {event.city}"}
    draft = Draft()
    opening = words()["lead"]["virtual"] if event.kind == "virtual" else table["call_opening" if remote else "opening"]
    draft.add(made(rng, opening, slots), event.key, "report", engagement=event, day=event.day)
    for template in rng.sample(table["points"], rng.randint(4, 6)):
        draft.add(
            made(rng, [template], slots),
            f"{event.key}/{own.state.code}",
            "point",
            apart=rng.random() < 0.4,
            engagement=event,
        )
    draft.add(made(rng, table["closing"], slots), apart=True)
    noun = {"call": "Call", "virtual": "Video Conference"}.get(event.kind, "Meeting")
    title = f"{own.office} {own.surname}’s {noun} with {other.state.adjective} {other.office} {other.surname}"
    return finished(draft, f"{event.key}-readout-{side}", "readout", title, day, issuer=own.state.code)


def before_or_after(event: Engagement, way: str, day: datetime.date, rng: random.Random) -> Doc:
    """A preview of an engagement, or a text on something else that recalls it."""
    slots, table = slots_of(event, day, rng), words()
    draft = Draft()
    if way == "preview":
        draft.add(made(rng, table["preview"][event.kind], slots), event.key, way, engagement=event, day=event.day)
        draft.add(made(rng, table["news"]["detail"][7:], slots))
    else:
        draft.add(made(rng, table["news"]["background"], slots))
        draft.add(
            made(rng, table["recall"][event.kind], slots),
            event.key,
            "report",
            apart=True,
            engagement=event,
            day=event.day,
        )
    for template in rng.sample(table["news"]["detail"], 3):
        draft.add(made(rng, [template], slots), apart=rng.random() < 0.5)
    draft.add(made(rng, table["news"]["background"], slots), apart=True)
    return finished(
        draft, f"{event.key}-{way}", "news", made(rng, table["news"]["title"], slots), day, outlet=rng.choice(OUTLETS)
    )


def copied(original: Doc, number: int, day: datetime.date, rng: random.Random) -> Doc:
    """Another outlet's copy of a story: whole, cut at the end, or with a line of its own before."""
    text, marked = original.text, original.marked
    change = rng.choice(("whole", "whole", "cut", "line"))
    if change == "cut":
        text = "\n\n".join(text.split("\n\n")[:-1])
        marked = tuple(mark for mark in marked if mark.end <= len(text))
    elif change == "line":
        line = f"This story is carried as received by the {rng.choice(OUTLETS)} desk.\n\n"
        text = line + text
        marked = tuple(msgspec.structs.replace(m, start=m.start + len(line), end=m.end + len(line)) for m in marked)
    return msgspec.structs.replace(
        original, id=f"{original.id}-copy-{number}", outlet=rng.choice(OUTLETS), published=day, text=text, marked=marked
    )


def finished(
    draft: Draft,
    key: str,
    kind: str,
    title: str,
    day: datetime.date,
    *,
    outlet: str | None = None,
    issuer: str | None = None,
) -> Doc:
    """The document that a draft has become."""
    return Doc(
        id=f"generated-{key}",
        kind=kind,
        outlet=outlet,
        issuer=issuer,
        title=title,
        published=day,
        text=draft.text,
        origin=f"generated-{key}",
        marked=tuple(draft.marked),
    )


# ------------------------------------------------------------------ ledgers and noise


def ledger(seed: int, day: datetime.date, number: int) -> Doc:
    """A report of a tariff, with figures."""
    rng, table = drawn(seed, day, "ledger", number), words()["ledger"]
    a, b = rng.sample(states(), 2)
    start = day + DAY * rng.randint(5, 60)
    slots = {
        **state_slots("a", a),
        **state_slots("b", b),
        "A": a.name,
        "rate": str(rng.choice((5, 8, 10, 12, 15, 20, 25, 30, 40))),
        "goods": rng.choice(table["goods"]),
        "day": f"on {day:%A}",
        "date": written(start),
        "figure": str(rng.randrange(3, 990) / 10),
        "last_year": str(day.year - 1),
    }
    draft = Draft()
    of = f"{a.code}-{b.code}-{slots['goods']}-{slots['rate']}-{start}"
    draft.add(made(rng, table["measure"], slots), of, "measure", day=start)
    for template in rng.sample(table["talk"], 3):
        draft.add(made(rng, [template], slots), apart=rng.random() < 0.5)
    title = f"{a.name} to raise duties on {slots['goods']} from {b.name}"
    return finished(draft, f"{day:%Y%m%d}-ledger-{number}", "news", title, day, outlet=rng.choice(OUTLETS))


def state_slots(prefix: str, state: State) -> dict[str, str]:
    """Name, adjective and capital of a state."""
    return {prefix: state.name, f"{prefix}adj": state.adjective, f"{prefix}cap": state.capital}


def noise(seed: int, day: datetime.date, number: int) -> Doc:
    """A text with no diplomacy in it."""
    rng, table = drawn(seed, day, "noise", number), words()["noise"]
    subject = rng.choice(("sport", "weather", "market", "culture"))
    draft = Draft()
    for place in range(rng.randint(5, 9)):
        draft.add(made(rng, table[subject], noise_slots(rng, day)), apart=place > 0 and rng.random() < 0.4)
    title = f"{rng.choice(table['towns'].split())}: {subject} of the day"
    return finished(draft, f"{day:%Y%m%d}-noise-{number}", "news", title, day, outlet=rng.choice(OUTLETS))


def noise_slots(rng: random.Random, day: datetime.date) -> dict[str, str]:
    """What the templates of noise are filled with."""
    table = words()
    town, other = rng.sample(table["noise"]["towns"].split(), 2)
    team, rival = rng.sample(table["noise"]["teams"].split(), 2)
    return {
        "p": f"{rng.choice(table['onset'].split())}{rng.choice(table['coda'].split())}",
        "town": town,
        "team": f"{town} {team}",
        "team2": f"{other} {rival}",
        "firm": rng.choice(table["noise"]["firms"].split()),
        "weekday": f"{day:%A}",
        "n": str(rng.randrange(40, 9000)),
        "g1": str(rng.randrange(1, 9)),
        "g2": str(rng.randrange(2, 30)),
    }


# ------------------------------------------------------------------ lines


def line_of(doc: Doc) -> str:
    """The line that ``dragoman add`` takes."""
    fields = {
        "id": doc.id,
        "outlet": doc.outlet,
        "title": doc.title,
        "published": doc.published.isoformat(),
        "kind": doc.kind,
        "issuer": doc.issuer,
        "text": doc.text,
    }
    return json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False)


def truth_of(doc: Doc) -> str:
    """What is true of the document: its origin, and (what, way, start, end) of every stretch that tells of something."""
    marked = [[mark.of, mark.way, mark.start, mark.end] for mark in doc.marked]
    return json.dumps({"id": doc.id, "origin": doc.origin, "marked": marked})


def write(count: int, lines: Path, truth: Path, seed: int) -> None:
    """Write so many documents and what is true of them."""
    with lines.open("w", encoding="utf-8") as out, truth.open("w", encoding="utf-8") as known:
        for doc in islice(documents(seed), count):
            out.write(line_of(doc) + "\n")
            known.write(truth_of(doc) + "\n")


def book(count: int, path: Path, seed: int, workers: int, *, told: bool) -> None:
    """Make a book of so many documents."""
    from dragoman.book import Book
    from dragoman.library import add

    if told:
        from told import readings

        with Book.open(path, create=True) as held:
            held.store(readings(islice(documents(seed), count)))
            held.link()
        return
    lines = path.with_suffix(".jsonl")
    write(count, lines, path.with_suffix(".truth.jsonl"), seed)
    with Book.open(path, create=True) as held:
        report = add(held, [lines], workers=workers)
    print(f"{path}: {report.stored.new} documents in {report.elapsed:.0f} s; {report.seconds}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("write", "book"))
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("truth", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--told", action="store_true", help="make the mentions from what is known, without reading")
    given = parser.parse_args()
    if given.action == "book":
        book(given.count, given.out, given.seed, given.workers, told=given.told)
    elif given.truth is None:
        parser.error("write needs a file for the truth")
    else:
        write(given.count, given.out, given.truth, given.seed)


if __name__ == "__main__":
    sys.exit(main())
