"""How are learned weights kept, and how do features add up to a type?

The model is a multinomial logistic regression, trained by ``benchmarks/train_events.py``. A weight is a whole number of
hundredths. The weights of one feature for all types lie side by side in one Python integer, each with a bias that keeps
it above nought, so that one addition serves all types.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from dragoman.errors import LexiconError

LANE = 24  # bits a type: room for 8,192 features of the largest weight
BIAS = 1 << 11  # above the largest weight
HUNDREDTHS = 100
ALWAYS = "bias"  # the feature that every sentence has
MASK = (1 << LANE) - 1


class Scored(msgspec.Struct, frozen=True):
    """A type and its probability."""

    type: str
    probability: float


class Reason(msgspec.Struct, frozen=True):
    """A feature, and how much it speaks for the chosen type beyond its mean over all types."""

    feature: str
    weight: float


class Model:
    """The weights of all features for all types."""

    def __init__(self, types: tuple[str, ...], weights: dict[str, tuple[int, ...]]) -> None:
        self.types = types
        self._packed = {feature: _packed(row) for feature, row in weights.items()}

    def __len__(self) -> int:
        """How many features have weights."""
        return len(self._packed)

    def scores(self, features: Iterable[str]) -> list[Scored]:
        """Every type with its probability, the most probable first."""
        packed = self._packed
        known = [packed[feature] for feature in features if feature in packed]
        known.append(packed[ALWAYS])
        total, bias = sum(known), BIAS * len(known)
        sums = [((total >> (LANE * number)) & MASK) - bias for number in range(len(self.types))]
        powers = [math.exp((value - max(sums)) / HUNDREDTHS) for value in sums]
        whole = sum(powers)
        scored = [Scored(name, power / whole) for name, power in zip(self.types, powers, strict=True)]
        return sorted(scored, key=lambda one: -one.probability)

    def reasons(self, features: Iterable[str], chosen: str, most: int = 6) -> list[Reason]:
        """The features that speak most for a type, the strongest first."""
        place = self.types.index(chosen)
        found: list[Reason] = []
        for feature in sorted(features):
            if feature in self._packed:
                row = _unpacked(self._packed[feature], len(self.types))
                found.append(Reason(feature, (row[place] - sum(row) / len(row)) / HUNDREDTHS))
        return sorted(found, key=lambda reason: (-reason.weight, reason.feature))[:most]


def _packed(row: tuple[int, ...]) -> int:
    return sum((weight + BIAS) << (LANE * number) for number, weight in enumerate(row))


def _unpacked(packed: int, types: int) -> list[int]:
    return [((packed >> (LANE * number)) & MASK) - BIAS for number in range(types)]


def written(types: tuple[str, ...], weights: dict[str, tuple[int, ...]], about: str) -> str:
    """The text of a weights file: comments, the types, then one feature a line, sorted."""
    lines = [f"# {about}", "\t".join(("feature", *types))]
    lines += ["\t".join((feature, *map(str, weights[feature]))) for feature in sorted(weights)]
    return "\n".join(lines) + "\n"


def read_model(path: Traversable | Path) -> Model:
    """The model of a weights file. Raises LexiconError for a row that is too long or short."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    types = tuple(lines[0].split("\t")[1:])
    weights: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(lines[1:], 3):
        feature, *row = line.split("\t")
        if len(row) != len(types):
            raise LexiconError(f"{path.name}, line {number}: {len(row)} weights for {len(types)} types; train it again")
        weights[feature] = tuple(map(int, row))
    return Model(types, weights)


@cache
def model() -> Model:
    """The shipped model."""
    return read_model(files(__package__).joinpath("weights.tsv"))
