"""What does each kind of amount mean: money, percent, counts, quantities, lengths of time, ratios?"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dragoman.grammar.scan import Hit
from dragoman.mark.amounts.nouns import STOPS, counted_noun
from dragoman.mark.amounts.units import LANDS, MONEY, PHYSICAL, SIGNS, UNITS_OF_TIME
from dragoman.mark.numbers import MAGNITUDE, number_of, ordinal_of, plain
from dragoman.mark.words import Words
from dragoman.record.marks import AmountKind
from dragoman.record.span import Span

LOWER = frozenset(
    {"more than", "at least", "over", "well over", "just over", "no fewer than", "no less than"}
)  # the number is the lower bound
UPPER = frozenset(
    "less than|fewer than|at most|no more than|not more than|up to|as much as|as many as|just under|under|nearly|"
    "almost|close to".split("|")
)  # the number is the upper bound
YEARS = range(1900, 2101)  # four digits without a comma that are sooner a year than a count
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
FACTORS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadr": 4.0, "halve": 0.5, "halvi": 0.5}
DOZENS = {"dozens": 12.0, "scores": 20.0, "tens": 10.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6,
          "billions": 1e9, "trillions": 1e12}  # fmt: skip


class Amount(NamedTuple):
    """What an amount says."""

    kind: AmountKind
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    hedge: str | None = None
    noun: Span | None = None
    previous: float | None = None
    last: int | None = None  # where the amount's words end, when that is behind the match
    steps: tuple[str, ...] = ()


class Found:
    """A match with the words of its slots."""

    __slots__ = ("hit", "words")

    def __init__(self, hit: Hit, words: Words) -> None:
        self.hit = hit
        self.words = words

    def text(self, slot: str) -> str:
        """The words of a slot in small letters; empty when the slot is."""
        return " ".join(self.parts(slot))

    def parts(self, slot: str) -> list[str]:
        """The words of a slot, one by one."""
        place = self.hit.slot(slot)
        return [self.words.folded(at) for at in range(*place)] if place else []

    def number(self, slot: str = "number") -> float | None:
        """The number in a slot."""
        return number_of(self.parts(slot)) if self.hit.slot(slot) else None

    def before(self) -> str:
        """The word before the match, in small letters."""
        return self.words.folded(self.hit.first - 1) if self.hit.first else ""

    def after(self, more: int = 0) -> str:
        """A word behind the match, in small letters."""
        at = self.hit.last + more
        return self.words.folded(at) if at < len(self.words.raws) else ""


def scaled(low: float, upper: list[str]) -> tuple[float, float | None]:
    """Both ends of a range: the lower takes the magnitude of the upper in "1.2-1.5 billion"."""
    high = number_of(upper)
    if high is None:
        return low, None
    magnitude = number_of([word for word in upper if not word[:1].isdecimal()]) if len(upper) > 1 else None
    if magnitude and magnitude >= 1000 and low < high / magnitude:
        return low * magnitude, high
    return low, high


def ranged(found: Found, kind: AmountKind, unit: str, noun: Span | None = None) -> Amount | None:
    """An amount with its bounds: a range has no value of its own; a hedge opens one side."""
    value = found.number()
    if value is None:
        return None
    hedge = found.text("hedge") or None
    low, high = scaled(value, found.parts("upper")) if found.hit.slot("upper") else (value, None)
    if high is not None:
        if high <= low:
            return None
        return Amount(kind, None, unit, low, high, hedge, noun)
    return Amount(
        kind,
        value,
        unit,
        value if hedge in LOWER else None,
        value if hedge in UPPER else None,
        hedge,
        noun,
    )


def money(found: Found) -> Amount | None:
    """Money, with the ISO 4217 code of its currency."""
    cue = found.text("cue")
    land = found.parts("land") or found.parts("land2")
    place = found.hit.slot("land")
    if place and cue in SIGNS and not found.words.joined(place[0]):
        return None
    code = SIGNS.get(cue) or MONEY.get(cue) or (cue.upper() if len(cue) == 3 else "")
    if (
        cue in ("$", "dollar", "dollars", "cent", "cents", "pound", "pounds", "franc", "francs", "peso", "pesos")
        or land
    ):
        code = LANDS.get((" ".join(land), code), LANDS.get((land[0] if land else "", code), code))
    if cue in ("won", "real", "rand") and not found.hit.slot("number"):
        return None
    if cue == "won" and not any(
        word[-4:] in ("lion", "sand") or word[:1].isdecimal() for word in found.parts("number")
    ):
        return None
    amount = ranged(found, AmountKind.MONEY, code)
    if amount and amount.value is not None and cue in ("cent", "cents"):
        return amount._replace(value=amount.value / 100)
    return amount


def percent(found: Found) -> Amount | None:
    """A share or rate in percent."""
    if found.after() in ("point", "points"):
        return None
    return ranged(found, AmountKind.PERCENT, "percent")


def points(found: Found) -> Amount | None:
    """Percentage points; a basis point is a hundredth of one."""
    amount = ranged(found, AmountKind.POINTS, "percentage_point")
    if amount and amount.value is not None and found.text("cue") == "basis":
        return amount._replace(value=amount.value / 100, steps=("100 basis points are one percentage point",))
    return amount


def change(found: Found) -> Amount | None:
    """from 10% to 30%: the new value with the one before."""
    amount = ranged(found, AmountKind.PERCENT, "percent")
    return amount._replace(previous=found.number("previous")) if amount else None


def duration(found: Found) -> Amount | None:
    """A length of time."""
    unit = UNITS_OF_TIME.get(found.text("cue"))
    after = found.after(1) if found.after() in ("-", "–") else found.after()
    if unit is None or after in ("old", "ago", "earlier"):
        return None
    return ranged(found, AmountKind.DURATION, unit)


def quantity(found: Found) -> Amount | None:
    """A physical quantity, with its rate."""
    unit = PHYSICAL.get(found.text("cue"))
    if unit is None:
        return None
    square, rate = found.text("square"), found.parts("rate")
    unit = f"{square} {unit}" if square in ("square", "cubic") else unit
    return ranged(found, AmountKind.QUANTITY, f"{unit}/{rate[-1]}" if rate else unit)


def swap(found: Found) -> Amount | None:
    """1,000 for 1,000: as many from each side."""
    value = found.number()
    if value is None or value != found.number("other"):
        return None
    return Amount(AmountKind.COUNT, value, "count", steps=("the same number from each side",))


def times(found: Found) -> Amount | None:
    """six times, twice."""
    if found.after() in ("as", "more", "higher", "larger", "bigger", "the"):
        return None
    word = found.text("word")
    if word:
        return Amount(AmountKind.COUNT, 2.0 if word == "twice" else 3.0, "count")
    place = found.hit.slot("cue")
    return ranged(found, AmountKind.COUNT, "count", found.words.span(*place) if place else None)


def factor(found: Found) -> Amount | None:
    """doubled, tripled, halved."""
    cue = found.text("cue")
    if cue in ("double", "triple") and found.before() not in ("to", "will", "would", "could", "may"):
        return None
    return Amount(AmountKind.RATIO, FACTORS[cue[:5]], "factor")


def fold(found: Found) -> Amount | None:
    """tenfold, a ten-fold rise."""
    word = found.text("word").removesuffix("fold")
    if word:
        number = 2.0 if word == "two" else number_of([word])
        return Amount(AmountKind.RATIO, number, "factor") if number else None
    return ranged(found, AmountKind.RATIO, "factor")


def dozen(found: Found) -> Amount | None:
    """a dozen countries, half a dozen ships, more than two dozen people."""
    number = found.number() or (0.5 if found.text("half") else 1.0)
    noun = counted_noun(found.words, found.hit.last)
    hedge = found.text("hedge") or None
    value = number * MAGNITUDE["dozen"]
    span = found.words.span(*noun) if noun else None
    low, high = (value if hedge in LOWER else None), (value if hedge in UPPER else None)
    return Amount(AmountKind.COUNT, value, "count", low, high, hedge, span, last=noun[1] if noun else None)


def out_of(found: Found) -> Amount | None:
    """15 of 27 members, one in five."""
    some, whole = found.number(), found.number("whole")
    if not some or not whole or some >= whole or whole in YEARS:
        return None
    noun = counted_noun(found.words, found.hit.last)
    if noun is None:
        return None
    if found.text("cue") == "in":
        if some != 1:
            return None
        span, last = found.words.span(*noun), noun[1]
        return Amount(AmountKind.RATIO, some / whole, "part", hedge=found.text("hedge") or None, noun=span, last=last)
    step = f"{plain(some)} of {plain(whole)}"
    return Amount(AmountKind.COUNT, some, "count", noun=found.words.span(*noun), last=noun[1], steps=(step,))


def ratio_to(found: Found) -> Amount | None:
    """a 3:1 ratio, a margin of three to one."""
    some, whole = found.number() or found.number("number2"), found.number("whole") or found.number("whole2")
    return Amount(AmountKind.RATIO, some / whole, "factor") if some and whole else None


def part(found: Found) -> Amount | None:
    """two thirds of, cut by a third."""
    if found.hit.rule.name == "ratio.by_part" and found.after()[:1].isalpha() and found.after() not in STOPS:
        return None
    below = PARTS[found.text("cue").removesuffix("s")]
    words = [found.words.folded(at) for at in range(found.hit.first, found.hit.last)]
    above = next((number_of([word]) for word in words if word in ("one", "two", "three", "four")), 1.0) or 1.0
    return Amount(AmountKind.RATIO, above / below, "part", hedge=found.text("hedge") or None)


def ordinal(found: Found) -> Amount | None:
    """the fifth round."""
    number = ordinal_of(found.text("number"))
    place = found.hit.slot("cue")
    if number is None or place is None:
        return None
    return Amount(AmountKind.ORDINAL, float(number), "ordinal", noun=found.words.span(*place))


def casualty(found: Found) -> Amount | None:
    """One soldier was killed: so many people and what befell them."""
    place = found.hit.slot("noun")
    return ranged(found, AmountKind.COUNT, "count", found.words.span(*place) if place else None)


def hyphen(found: Found) -> Amount | None:
    """an 11-nation group."""
    place = found.hit.slot("cue")
    return ranged(found, AmountKind.COUNT, "count", found.words.span(*place) if place else None)


def dozens(found: Found) -> Amount | None:
    """dozens of, hundreds of: at least two of them, how many is not said."""
    low = 2 * DOZENS[found.text("cue")] * (DOZENS[found.text("more")] if found.text("more") else 1)
    noun = counted_noun(found.words, found.hit.last)
    span = found.words.span(*noun) if noun else None
    return Amount(AmountKind.COUNT, None, "count", low, None, found.text("cue"), span, last=noun[1] if noun else None)


def count(found: Found) -> Amount | None:
    """A number of things, with its noun."""
    cue = found.hit.slot("cue")
    if cue is None:
        return None
    parts = [*found.parts("cue"), *found.parts("more")]
    value = number_of(parts)
    if value is None or not countable(found, parts, value):
        return None
    noun = counted_noun(found.words, found.hit.last)
    if noun is None:
        return None
    span = found.words.span(*noun)
    hedge = found.text("hedge") or None
    if found.hit.slot("upper"):
        low, high = scaled(value, found.parts("upper"))
        if high is None or high <= low:
            return None
        return Amount(AmountKind.COUNT, None, "count", low, high, hedge, span, last=noun[1])
    low_bound, high_bound = (value if hedge in LOWER else None), (value if hedge in UPPER else None)
    return Amount(AmountKind.COUNT, value, "count", low_bound, high_bound, hedge, span, last=noun[1])


def countable(found: Found, parts: list[str], value: float) -> bool:
    """Whether a number can count what stands behind it: no year, no name's number, no decimal heading."""
    first = parts[0]
    if parts in (["one"], ["a"]) or (first in MAGNITUDE and found.before() != "a"):
        return False
    if found.after() in ("-", "‑", "–") and found.words.joined(found.hit.last - 1):
        return False
    if len(parts) == 1 and len(first) == 4 and first.isdecimal() and int(first) in YEARS:
        return False
    if first[:1].isdecimal() and found.hit.first > 0:
        before = found.words.raws[found.hit.first - 1].rstrip()
        if before in ("+", "/", ".", "-", "–", "#", "(", "'", "’") and found.words.joined(found.hit.first - 1):
            return False
        hedged = found.hit.slot("hedge") is not None
        if before[:1].isupper() and not hedged and found.hit.first > 1 and found.words.raws[found.hit.first - 2].strip() not in (
            ".", "!", "?", "", "”", '"'
        ):  # fmt: skip
            return False
    return value > 0 and found.after() not in ("+", "/")


Builder = Callable[[Found], Amount | None]
BUILDERS: dict[str, Builder] = {
    "money": money,
    "percent": percent,
    "points": points,
    "change": change,
    "duration": duration,
    "quantity": quantity,
    "swap": swap,
    "times": times,
    "factor": factor,
    "fold": fold,
    "part": part,
    "ratio_to": ratio_to,
    "ordinal": ordinal,
    "hyphen": hyphen,
    "casualty": casualty,
    "count": count,
    "dozen": dozen,
    "dozens": dozens,
    "out_of": out_of,
}
