"""Train the event model, and say what the rules, the model and both together give.

    python benchmarks/train_events.py train TSV     fit on all sentences of TSV, write the weights that are shipped
    python benchmarks/train_events.py cross TSV     five folds, five times: rules alone, words alone, both
    python benchmarks/train_events.py nested TSV    the same with penalty and kinds of feature chosen inside each fold

TSV has the columns sentence, source, target, root. Multinomial logistic regression with an L2 penalty, fitted by
accelerated gradient descent from nought: the same file gives the same weights. In ``cross`` nothing of a fold's test
sentences enters its fit; PENALTY and LEAST were set once, on the first division, and not moved afterwards. The trigger
table was written by hand by someone who had read the development sentences, and that no division of them can undo.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from dragoman.extract.events import phrase_span
from dragoman.extract.events.features import features_of
from dragoman.extract.events.frames import frames_of
from dragoman.extract.events.model import ALWAYS, HUNDREDTHS, written
from dragoman.extract.events.sentence import Sentence, sentence_of

WEIGHTS = Path(__file__).parents[1] / "src/dragoman/extract/events/weights.tsv"
PENALTY = 0.3
LEAST = 2  # sentences that a feature stands in
PENALTIES = (0.3, 1.0)
# Kinds of feature that a nested choice may leave out.
KINDS = ((), ("near=",), ("phrase:", "head:"))
INNER = 3  # folds inside a fold
INNER_STEPS = 100  # enough to tell choices apart; the fits that are scored take all steps
STEPS = 250
WORDS_ALONE = ("P=", "S=", "B=", "T=", "A=", "near=", "order:")
OLD_NAMES = {
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
HeldOut = Callable[[Places, Places], Sequence[frozenset[str]]]  # known and held-out places -> features of the latter


class Example(NamedTuple):
    """A sentence, its features, what the rules say, and its type."""

    sentence: Sentence
    features: frozenset[str]
    rule: str | None
    type: str


def examples_in(path: Path) -> list[Example]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [example_of(row) for row in csv.DictReader(lines, delimiter="\t")]


def example_of(row: dict[str, str]) -> Example:
    source = phrase_span(row["sentence"], row["source"])
    sentence = sentence_of(row["sentence"], source, phrase_span(row["sentence"], row["target"], source))
    frames = frames_of(sentence)
    rule = frames[0].type if frames else None
    return Example(sentence, frozenset(features_of(sentence, frames)), rule, OLD_NAMES.get(row["root"], row["root"]))


def matrix(rows: Sequence[frozenset[str]], columns: dict[str, int]) -> Floats:
    found = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for number, row in enumerate(rows):
        found[number, columns[ALWAYS]] = 1.0
        for feature in row:
            if feature in columns:
                found[number, columns[feature]] = 1.0
    return found


def fit(
    rows: Sequence[frozenset[str]],
    types: Sequence[str],
    names: Sequence[str],
    strength: float = PENALTY,
    steps: int = STEPS,
) -> tuple[dict[str, int], Floats]:
    """The columns and weights of the best fit under the penalty; the bias is not penalised."""
    counts = Counter(feature for row in rows for feature in row)
    columns = {
        name: number for number, name in enumerate([ALWAYS, *sorted(n for n, c in counts.items() if c >= LEAST)])
    }
    x = matrix(rows, columns)
    y = np.zeros((len(rows), len(names)), dtype=np.float32)
    y[np.arange(len(rows)), [names.index(one) for one in types]] = 1.0
    penalty = np.full((len(columns), 1), strength, dtype=np.float32)
    penalty[columns[ALWAYS]] = 0.0
    start = np.ones(x.shape[1], dtype=np.float32)
    for _ in range(20):
        start = x.T @ (x @ start)
        start /= np.linalg.norm(start)
    rate = 1.0 / (0.5 * float(np.linalg.norm(x.T @ (x @ start))) + strength)
    weights = np.zeros((len(columns), len(names)), dtype=np.float32)
    ahead, pace = weights.copy(), 1.0
    for _ in range(steps):
        gradient = x.T @ (chances(x @ ahead) - y) + penalty * ahead
        new = ahead - rate * gradient
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = new + (pace - 1) / faster * (new - weights)
        weights, pace = new, faster
    return columns, weights


def chances(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def macro(gold: Sequence[str], guessed: Sequence[str]) -> tuple[float, float]:
    """Accuracy and macro F1."""
    scores = []
    for name in sorted(set(gold)):
        hits = sum(a == b == name for a, b in zip(gold, guessed, strict=True))
        scores.append(2 * hits / max(1, gold.count(name) + guessed.count(name)))
    return sum(a == b for a, b in zip(gold, guessed, strict=True)) / len(gold), sum(scores) / len(scores)


def folds(types: Sequence[str], seed: int, number: int = 5) -> NDArray[np.int64]:
    """A fold for each sentence, every type spread evenly."""
    shuffled = np.random.default_rng(seed).permutation(len(types))
    where, seen = np.zeros(len(types), dtype=np.int64), Counter[str]()
    for place in shuffled:
        where[place] = (seen[types[place]] + seed) % number
        seen[types[place]] += 1
    return where


def crossed(rows: Sequence[frozenset[str]], types: list[str], seed: int, held_out: HeldOut) -> list[str]:
    """A guess for each sentence by a model that has not seen it."""
    names, where = sorted(set(types)), folds(types, seed)
    guessed = [""] * len(rows)
    for fold in range(5):
        known, held = np.flatnonzero(where != fold), np.flatnonzero(where == fold)
        columns, weights = fit([rows[i] for i in known], [types[i] for i in known], names)
        best = (matrix(held_out(known, held), columns) @ weights).argmax(axis=1)
        for place, choice in zip(held, best, strict=True):
            guessed[place] = names[choice]
    return guessed


def without_new_phrases(examples: list[Example], known: Places, held: Places) -> list[frozenset[str]]:
    """The features of held-out sentences as if no phrase stood in the table that no known sentence holds.

    It may have been written for the very sentence. General phrases that happen to stand once go too: a lower bound.
    """
    seen = {(hit.label, hit.phrase) for place in known for hit in examples[place].sentence.hits}
    found = []
    for place in held:
        sentence = examples[place].sentence
        hits = [hit for hit in sentence.hits if (hit.label, hit.phrase) in seen]
        found.append(frozenset(features_of(msgspec.structs.replace(sentence, hits=hits))))
    return found


def cross(examples: list[Example], times: int) -> None:
    types = [example.type for example in examples]
    rules = [example.rule or "YIELD" for example in examples]
    print("rules alone                accuracy {:.3f}        macro F1 {:.3f}".format(*macro(types, rules)))
    words = [frozenset(f for f in example.features if f.startswith(WORDS_ALONE)) for example in examples]
    both = [example.features for example in examples]
    measured("words alone", words, types, times, lambda known, held: [words[i] for i in held])
    measured("rules and words", both, types, times, lambda known, held: [both[i] for i in held])
    measured(
        "  without new phrases", both, types, times, lambda known, held: without_new_phrases(examples, known, held)
    )


def guesses(
    rows: Sequence[frozenset[str]],
    types: Sequence[str],
    known: Places,
    held: Sequence[frozenset[str]],
    strength: float,
    steps: int = STEPS,
) -> list[str]:
    """The types of held-out rows, by a fit on the known ones."""
    names = sorted(set(types))
    columns, weights = fit([rows[i] for i in known], [types[i] for i in known], names, strength, steps)
    return [names[place] for place in (matrix(held, columns) @ weights).argmax(axis=1)]


def without_kinds(rows: Sequence[frozenset[str]], left_out: tuple[str, ...]) -> list[frozenset[str]]:
    return [frozenset(f for f in row if not f.startswith(left_out)) for row in rows] if left_out else list(rows)


def best_choice(rows: list[list[frozenset[str]]], types: list[str], known: Places, seed: int) -> tuple[int, float]:
    """Which kinds of feature and which penalty give the best macro F1 inside the known sentences."""
    inner = folds([types[i] for i in known], seed, INNER)
    scores: dict[tuple[int, float], float] = {}
    for kind, choice in enumerate(rows):
        for strength in PENALTIES:
            guessed = [""] * len(known)
            for fold in range(INNER):
                learnt, held = known[inner != fold], np.flatnonzero(inner == fold)
                found = guesses(choice, types, learnt, [choice[known[i]] for i in held], strength, INNER_STEPS)
                for place, guess in zip(held, found, strict=True):
                    guessed[place] = guess
            scores[kind, strength] = macro([types[i] for i in known], guessed)[1]
    return max(scores, key=lambda key: (scores[key], -key[0]))


def nested(examples: list[Example], seed: int = 1) -> None:
    """Five folds; in each, all that is chosen is chosen without its test sentences, the phrases of the table too."""
    types = [example.type for example in examples]
    where, rules, kept = folds(types, seed), [""] * len(types), [""] * len(types)
    words = [[frozenset(f for f in example.features if f.startswith(WORDS_ALONE)) for example in examples]]
    both = [without_kinds([example.features for example in examples], kind) for kind in KINDS]
    alone, together = [""] * len(types), [""] * len(types)
    for fold in range(5):
        known, held = np.flatnonzero(where != fold), np.flatnonzero(where == fold)
        usual = Counter(types[i] for i in known).most_common(1)[0][0]
        bare = without_new_phrases(examples, known, held)
        (_, strength), (kind, other) = best_choice(words, types, known, seed), best_choice(both, types, known, seed)
        print(
            f"fold {fold}: words alone, penalty {strength}; both, penalty {other}, without {KINDS[kind] or 'nothing'}"
        )
        for place, row, word, guess in zip(
            held,
            bare,
            guesses(words[0], types, known, [words[0][i] for i in held], strength),
            guesses(both[kind], types, known, without_kinds(bare, KINDS[kind]), other),
            strict=True,
        ):
            rules[place] = examples[place].rule or usual
            kept[place] = next((f.removeprefix("frame0:") for f in row if f.startswith("frame0:")), usual)
            alone[place], together[place] = word, guess
    for name, found in (
        ("rules alone, whole table", rules),
        ("rules alone, phrases met", kept),
        ("words alone", alone),
        ("both, phrases met", together),
    ):
        print("{:26} accuracy {:.3f}  macro F1 {:.3f}".format(name, *macro(types, found)), flush=True)


def measured(name: str, rows: Sequence[frozenset[str]], types: list[str], times: int, held_out: HeldOut) -> None:
    """Print mean and spread over several divisions."""
    each = [macro(types, crossed(rows, types, seed, held_out)) for seed in range(1, times + 1)]
    mean, spread = np.mean(each, axis=0), np.std(each, axis=0)
    print(f"{name:26} accuracy {mean[0]:.3f} ±{spread[0]:.3f}  macro F1 {mean[1]:.3f} ±{spread[1]:.3f}", flush=True)


def train(examples: list[Example]) -> None:
    types = [example.type for example in examples]
    names = tuple(sorted(set(types)))
    columns, weights = fit([example.features for example in examples], types, names)
    rounded = np.rint((weights - weights.mean(axis=1, keepdims=True)) * HUNDREDTHS).astype(int)
    kept = {
        name: tuple(map(int, rounded[place])) for name, place in columns.items() if np.abs(rounded[place]).max() >= 4
    }
    kept[ALWAYS] = tuple(map(int, rounded[columns[ALWAYS]]))
    about = "Hundredths of log odds, a row a feature; made by benchmarks/train_events.py"
    WEIGHTS.write_text(written(names, kept, about), encoding="utf-8")
    print(f"{len(kept)} of {len(columns)} features kept, {WEIGHTS.stat().st_size / 1000:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("action", choices=["train", "cross", "nested"])
    parser.add_argument("path", type=Path)
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    examples = examples_in(arguments.path)
    if arguments.action == "train":
        train(examples)
    elif arguments.action == "nested":
        nested(examples)
    else:
        cross(examples, arguments.times)


if __name__ == "__main__":
    main()
