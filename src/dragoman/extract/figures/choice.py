"""Which of a text's amounts are figures: numbers a desk would keep, with what they measure?

Money, rates and physical quantities are. A count is one when it says how many of something, not who takes part
("the two sides", "the ten members"): small counts only of people who suffered or were named in a decision, and of
rounds and times. A length of time is one when it is the term of an instrument ("a 90-day pause").
"""

from __future__ import annotations

from dragoman.record.marks import AmountKind, AmountMark

MANY_ACTORS = 20  # from so many on, states or leaders are counted and no longer just named together
FEW = 12  # up to so many, a count mostly says who takes part or what is listed
ACTORS = frozenset(
    "countries nations sides leaders ministers parties governments officials presidents diplomats partners states "
    "members others delegations delegates participants capitals neighbours neighbors allies signatories envoys "
    "economies powers heads counterparts secretaries negotiators teams continents".split()
)
LISTED = frozenset(
    "things results areas meetings projects issues points topics ways reasons questions steps pillars themes "
    "priorities agreements documents memoranda principles elements factors occasions days weeks months years hours "
    "minutes decades occasions initiatives categories pages paragraphs speeches visits phases stages".split()
)
COUNTED_WHEN_FEW = frozenset(
    "rounds times individuals entities persons people soldiers civilians prisoners hostages detainees troops personnel "
    "citizens nationals deaths casualties servicemen firms companies banks vessels tankers launches tests".split()
)
INSTRUMENTS = frozenset(
    "pause framework agreement plan deal truce ceasefire cease-fire moratorium extension waiver suspension exemption "
    "pact accord treaty partnership roadmap programme program delay reprieve halt lease loan contract deadline".split()
)
INSTRUMENT_REACH = 4  # words between a term and its instrument
HEADING = 0.6  # of the longer words of a line: from so many capitals on it is set as a heading
LONGER = 4  # letters; shorter words are small in headings too


def is_figure(mark: AmountMark, text: str) -> bool:
    """Whether an amount is a figure."""
    match mark.kind:
        case AmountKind.MONEY:
            return not any(step.startswith("conversion of") for step in mark.steps)
        case AmountKind.PERCENT | AmountKind.POINTS | AmountKind.QUANTITY:
            return True
        case AmountKind.COUNT:
            return counts(mark, text)
        case AmountKind.DURATION:
            return is_term(mark, text)
        case _:
            return False


def counts(mark: AmountMark, text: str) -> bool:
    """Whether a count says how many of something."""
    if mark.rule == "amount.count.swap":
        return True
    if mark.noun is None or mark.rule == "amount.count.hyphen":
        return False
    noun = mark.noun.of(text).casefold()
    last = noun.split()[-1]
    number = mark.value if mark.value is not None else mark.low or 0.0
    if mark.rule == "amount.count.casualty":
        return last != "others"
    if last in ACTORS:
        return number >= MANY_ACTORS and " ".join(noun.split()) not in ACTORS
    if last in LISTED:
        return False
    return number > FEW or last in COUNTED_WHEN_FEW


def is_term(mark: AmountMark, text: str) -> bool:
    """Whether a length of time is the term of an instrument: "a ten-year framework".

    In a heading it only names the instrument: "Ministers Sign Five-Year Pact".
    """
    words = mark.span.of(text)
    if ("-" not in words and "‑" not in words) or in_heading(mark, text):
        return False
    following = text[mark.span.end : mark.span.end + 80].replace("-", " ").casefold().split()[:INSTRUMENT_REACH]
    return any(word.strip(".,;:”\"’'") in INSTRUMENTS for word in following)


def in_heading(mark: AmountMark, text: str) -> bool:
    """Whether an amount stands in a line without a full stop, most of whose longer words are capitalised."""
    start = text.rfind("\n", 0, mark.span.start) + 1
    end = text.find("\n", mark.span.end)
    line = text[start : end if end >= 0 else len(text)].strip()
    longer = [word for word in line.split() if len(word) >= LONGER]
    capitals = sum(1 for word in longer if word[0].isupper() or word[0].isdigit())
    return not line.endswith((".", "!", "?", "”", '"')) and capitals >= HEADING * len(longer)
