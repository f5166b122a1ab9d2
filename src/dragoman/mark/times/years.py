"""What do expressions for years, halves of years, decades and centuries mean?"""

from __future__ import annotations

from dragoman.mark.numbers import number_of, ordinal_of
from dragoman.mark.times.fiscal import fiscal_year
from dragoman.mark.times.periods import Period, century_of, decade_of, half_of, year_of, years_of
from dragoman.mark.times.scene import Found, Meaning, Scene, dated, mod_of, undated
from dragoman.mark.times.units import related_year, spoken_years, stated_year, year_step
from dragoman.record.when import Basis

YEAR_LINKS = frozenset(
    [
        "in",
        "since",
        "by",
        "of",
        "until",
        "till",
        "from",
        "before",
        "after",
        "during",
        "through",
        "to",
        "and",
        "between",
        "for",
        "late",
        "early",
        "mid",
        "around",
        "about",
        "or",
        "than",
        "as",
        "fiscal",
        "throughout",
        "circa",
        "(",
        ",",
        "–",
        "-",
        "—",
        "the",
        "and/or",
        "vs",
        "versus",
        "his",
        "her",
        "its",
        "their",
        "our",
        "year",
    ]
)
FIRM_LINKS = frozenset({"in", "since", "during", "until", "till", "by", "early", "late", "mid", "fiscal", "from"})
COUNTED_NOUNS = frozenset({"people", "men", "women", "children", "troops", "soldiers", "dollars", "feet", "miles"})


def half(found: Found, scene: Scene) -> Meaning | None:
    """A half of a year or of a decade."""
    decade = found.word("decade")
    if decade:
        return dated(decade_from(decade), Basis.STATED, mod="START" if found.word("ordinal") == "first" else "END")
    year = stated_year(found, scene) or related_year(scene, found, "this")
    number = 1 if found.word("ordinal") == "first" else 2
    if year is None:
        return undated(f"XXXX-H{number}", "its year is not known")
    if not found.either("year", "rel_year") and scene.after(found.last - 1) != "year":
        return None
    return dated(half_of(year[0], number), year[1], *year_step(year, scene))


def year(found: Found, scene: Scene) -> Meaning | None:
    """A year that the words call one: "the year 2000", "fiscal 1989", "FY 2022"."""
    short = found.word("year_short")
    stated = (2000 + int(short), Basis.STATED) if short else stated_year(found, scene)
    if stated is None:
        return None
    fiscal = found.either("short", "financial") or found.word("cue") in ("fiscal", "financial", "budget")
    mod = mod_of(found.word("part"))
    if fiscal:
        period, step = fiscal_year(scene, found, stated[0], bool(found.word("last")))
        return dated(period, Basis.STATED, step, mod=mod)
    return dated(year_of(stated[0]), stated[1], *year_step(stated, scene), mod=mod)


def half_short(found: Found, scene: Scene) -> Meaning | None:
    """H1 2025, 2025 H2."""
    place = found.hit.slot("cue") or found.hit.slot("cue2")
    year, number = found.either("year", "year_first"), int(found.either("number", "number2"))
    if place is None or number > 2 or not scene.words.joined(place[0]):
        return None
    return dated(half_of(int(year), number), Basis.STATED)


def spoken_year(found: Found, scene: Scene) -> Meaning | None:
    """nineteen ninety-six."""
    del scene
    number = spoken_years(found.all_words("spoken"))
    return dated(year_of(number), Basis.STATED, mod=mod_of(found.word("part"))) if number else None


def years(found: Found, scene: Scene) -> Meaning | None:
    """2021-22, 2021-2025."""
    cue = found.hit.slot("cue")
    if cue and scene.before(found.first) in ("-", "$", "/"):
        return None
    first, text = int(found.word("year")), found.word("last")
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if not first < last <= first + 100 or not 1900 <= first <= 2100:
        return None
    return dated(years_of(first, last), Basis.STATED)


def bare_year(found: Found, scene: Scene) -> Meaning | None:
    """A number of four digits that its neighbours show to be a year."""
    number = int(found.word("cue"))
    if not year_likely(number, found, scene):
        return None
    return dated(year_of(number), Basis.STATED, mod=mod_of(found.word("part")))


def year_likely(number: int, found: Found, scene: Scene) -> bool:
    """Whether neighbours and distance from publication let a number be a year."""
    if found.word("part"):
        return True
    before = scene.before(found.first)
    after = scene.after(found.last)
    if before in (
        "$",
        "€",
        "£",
        "₹",
        "#",
        "no",
        "resolution",
        "flight",
        "room",
        "/",
        "article",
        "section",
        "route",
        "+",
    ):
        return False
    if before in ("-", "–", "‑") and scene.words.joined(found.first - 1):
        return False
    if scene.words.joined(found.last - 1) and after in ("-", "/", "m", "km", "kg", "%", "‑", "k"):
        return False
    if after in COUNTED_NOUNS or plural_noun(scene, found.last):
        near = scene.today is not None and abs(number - scene.today.year) <= 2 and number % 100 != 0
        return 1900 <= number <= 2100 and (before in FIRM_LINKS or near)
    if before in YEAR_LINKS:
        return 1500 <= number <= 2100
    return 1900 <= number <= 2100 and not capital_name(scene, found.first)


def plural_noun(scene: Scene, at: int) -> bool:
    """Whether a word looks like a counted noun: small letters, ending in s."""
    raws = scene.words.raws
    if at >= len(raws):
        return False
    word = raws[at].strip()
    return word.islower() and len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def capital_name(scene: Scene, at: int) -> bool:
    """Whether the word before is a name that a number belongs to ("Windows 2000")."""
    if at == 0:
        return False
    word = scene.words.raws[at - 1]
    return word[:1].isupper() and at > 1 and scene.words.raws[at - 2][:1] not in ".!?"


def decade(found: Found, scene: Scene) -> Meaning | None:
    """The 1990s, the '90s, the nineties."""
    word = found.word("cue")
    if word[0].isalpha():
        number = 1900 + int(number_of([word.removesuffix("ies") + "y"]) or 0)
        return dated(decade_of(number), Basis.STATED, mod=mod_of(found.word("part")))
    digits = word.strip("s'’")
    if len(digits) == 2 and word[0].isdecimal() and scene.before(found.first + (found.last - found.first - 1)) != "the":
        return None
    if digits[-1] != "0":
        return None
    return dated(decade_from(word), Basis.STATED, mod=mod_of(found.word("part")))


def decade_from(word: str) -> Period:
    """The decade of "1980s", "'80s" or "80s"."""
    digits = word.strip("s'’")
    number = int(digits)
    return decade_of(number if len(digits) == 4 else (1900 if number >= 30 else 2000) + number)


def century(found: Found, scene: Scene) -> Meaning | None:
    """The 21st century."""
    del scene
    number = ordinal_of(found.word("number"))
    if not number or number > 29:
        return None
    return dated(century_of(number), Basis.STATED, mod=mod_of(found.word("part")))
