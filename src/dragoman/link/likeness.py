"""Do two phrases speak of one thing? They do when most of the shorter one's content words stand in the other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
STEM = 6  # letters: "mediat", "framew"; enough to join inflections, too many to join different words
SMALL = frozenset(
    "a about after again all also an and any are as at be been before between both but by can could country countries "
    "did do each early for from further had has have he her his how i in into is it its last later many may more most "
    "much must near new next no not of on one only or other our out over side sides since so some such than that the "
    "their them then there these they this those through to together two under until up upon us was we well were what "
    "when which while who will with within work would year years you".split()
)
GENERIC = frozenset(
    "agree agreed agreement contin remain cooper close touch contac engage commit suppor import expand meetin hold held "
    "meet discus bilate relati partne mutual issues issue matter concern regula streng deepen".split()
)


@lru_cache(maxsize=16384)
def stems_of(text: str) -> frozenset[str]:
    """The beginnings of the content words of a phrase."""
    same = synonyms()
    return frozenset(
        same.get(word, word)[:STEM] for word in WORD.findall(text.casefold()) if word not in SMALL and len(word) > 1
    )


@lru_cache(maxsize=4096)
def heads_of(text: str) -> frozenset[str]:
    """What a claim is about at heart: the heads of synonyms.toml of which one phrase stands in the text."""
    stems = stems_of(text)
    return frozenset(name for name, phrases in heads() if any(phrase <= stems for phrase in phrases))


@cache
def heads() -> tuple[tuple[str, tuple[frozenset[str], ...]], ...]:
    """Each head with its phrases as stems."""
    path = files("dragoman.link").joinpath("synonyms.toml")
    held: Mapping[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["heads"]
    return tuple((name, tuple(stems_of(phrase) for phrase in phrases)) for name, phrases in held.items())


@cache
def synonyms() -> Mapping[str, str]:
    """For each word of synonyms.toml the word that stands for its group."""
    path = files("dragoman.link").joinpath("synonyms.toml")
    groups: list[list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["groups"]
    return {word: group[0] for group in groups for word in group}


def telling(stems: Iterable[str]) -> frozenset[str]:
    """Those stems that tell one promise or claim from another."""
    return frozenset(stem for stem in stems if stem not in GENERIC)


def alike(one: str, other: str, *, share: float, least: int) -> bool:
    """Whether the phrases share that part of the shorter one's stems, and at least so many telling ones."""
    a, b = stems_of(one), stems_of(other)
    shared = a & b
    return len(telling(shared)) >= least and len(shared) >= share * min(len(a), len(b))
