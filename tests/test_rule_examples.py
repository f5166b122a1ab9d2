"""Every rule reads its examples, one way, and leaves its near misses alone."""

import datetime
import functools
import hashlib
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.grammar.rules import Example, NearMiss, load_examples, load_rules
from dragoman.pipeline import Reader
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.record.reading import Firing, Outcome

PACKAGE = Path(str(files("dragoman")))
RULE_FILES = sorted(PACKAGE.rglob("*rules.toml"))
PUBLISHED = "2025-05-29"  # a Thursday; the fixed day of every example that names none


@functools.cache
def reader() -> Reader:
    return Reader()


def examples_beside(rule_file: Path) -> Path:
    return rule_file.with_name(rule_file.name.replace("rules.toml", "examples.toml"))


def taken(text: str, published: str | None) -> list[Firing]:
    day = datetime.date.fromisoformat(published or PUBLISHED)
    document = Document(
        id="example",
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        published=Publication(start=day, end=day, basis=PublishedBasis.GIVEN),
    )
    return [f for f in reader().read(document, explain=True).firings if f.outcome is Outcome.TAKEN]


def all_examples() -> list[tuple[str, Example]]:
    return [(p.parent.name, e) for p in RULE_FILES for e in load_examples(examples_beside(p)).example]


def all_near_misses() -> list[tuple[str, NearMiss]]:
    return [(p.parent.name, n) for p in RULE_FILES for n in load_examples(examples_beside(p)).near_miss]


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_rule_has_three_examples_and_a_near_miss(path: Path) -> None:
    held = load_examples(examples_beside(path))
    names = {rule.name for rule in load_rules(path)}
    for name in names:
        assert sum(e.rule == name for e in held.example) >= 3, f"{name} needs three examples"
        assert any(n.rule == name for n in held.near_miss), f"{name} needs a near miss"
    assert {e.rule for e in held.example} | {n.rule for n in held.near_miss} <= names


@pytest.mark.parametrize(
    ("room", "example"), all_examples(), ids=lambda v: v if isinstance(v, str) else f"{v.rule}:{v.text[:40]}"
)
def test_example_is_read_one_way(room: str, example: Example) -> None:
    found = [f for f in taken(example.text, example.published) if f.rule == example.rule]
    assert found, f"{example.rule} does not fire"
    readings = [{name: span.of(example.text) for name, span in f.slots} for f in found]
    fitting = [r for r in readings if all(r.get(k) == v for k, v in example.expect.items())]
    assert len(fitting) == 1, f"expected {example.expect}, read {readings}"


@pytest.mark.parametrize(
    ("room", "miss"), all_near_misses(), ids=lambda v: v if isinstance(v, str) else f"{v.rule}:{v.text[:40]}"
)
def test_near_miss_is_left_alone(room: str, miss: NearMiss) -> None:
    assert miss.rule not in {f.rule for f in taken(miss.text, miss.published)}
