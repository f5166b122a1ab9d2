"""At what level did an engagement take place? By the highest office among those who took part, as the texts give it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from dragoman.lexicon.load import load_lexicon
from dragoman.record.entries import Engagement


class Level(StrEnum):
    """The rank of those who met, the highest first."""

    LEADERS = "leaders"
    MINISTERS = "ministers"
    SENIOR = "senior officials"
    OFFICIALS = "officials"
    NOT_STATED = "level not stated"


LEADERS, MINISTERS, SENIOR = 2, 3, 5  # the lowest rank of each in the lexicon's office_heads.csv


def level_of(engagement: Engagement) -> Level:
    """The level of an engagement; of both sides the lower one decides nothing, the highest office names it."""
    ranks = [rank for person in engagement.participants if person.office and (rank := rank_of(person.office))]
    if not ranks:
        return Level.NOT_STATED
    highest = min(ranks)
    if highest <= LEADERS:
        return Level.LEADERS
    if highest <= MINISTERS:
        return Level.MINISTERS
    return Level.SENIOR if highest <= SENIOR else Level.OFFICIALS


@lru_cache(maxsize=4096)
def rank_of(office: str) -> int | None:
    """The rank of an office: its own in the lexicon, else that of the longest noun it ends with; None for no office."""
    lexicon = load_lexicon()
    named = {name.casefold(): held.rank for name, held in lexicon.offices.items()}
    wanted = office.casefold().removesuffix("-designate")
    if wanted in named:
        return named[wanted]
    heads = {noun.casefold(): head.rank for noun, head in lexicon.heads.items()}
    parts = wanted.split()
    tails = (" ".join(parts[place:]) for place in range(len(parts)))
    return next((heads[tail] for tail in tails if tail in heads), None)
