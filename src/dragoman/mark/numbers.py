"""Which number do some words make?"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
MAGNITUDE = {
    "hundred": 1e2, "dozen": 12, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
    "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "bln": 1e9,
    "trillion": 1e12, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
LARGE = 1000  # from here on a magnitude closes the number before it
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"thirtieth": 30}


def number_of(words: Sequence[str]) -> float | None:
    """The number that words in small letters make ("twenty", "-", "four"); None when they make none."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        value = value_of(word)
        if value is None:
            continue
        if word not in MAGNITUDE:
            current += value
        elif current or not total:
            current = (current or 1.0) * value
            if value >= LARGE:
                total, current = total + current, 0.0
        else:
            total *= value  # "1.2 lakh crore", "a thousand billion"
        seen = True
    return total + current if seen else None


def value_of(word: str) -> float | None:
    """The value of one word: digits, a fraction, a number word or a magnitude."""
    if word[:1].isdecimal():
        return value_of_digits(word)
    found = SMALL.get(word, TENS.get(word))
    return float(found) if found is not None else MAGNITUDE.get(word)


def value_of_digits(word: str) -> float | None:
    """The value of digits with commas between thousands, or of a fraction."""
    try:
        if "/" in word:
            above, below = word.split("/")
            return int(above) / int(below)
        return float(word.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return None


def ordinal_of(word: str) -> int | None:
    """The number of an ordinal: "third", "3rd"."""
    if word[:1].isdecimal():
        digits = word.rstrip("stndrh")
        return int(digits) if digits.isdecimal() else None
    return ORDINALS.get(word)


def plain(number: float) -> str:
    """A number without a needless point."""
    return str(int(number)) if number == int(number) else f"{number:g}"
