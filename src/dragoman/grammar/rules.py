"""What is a rule, and how is a file of rules read and checked?

A file ``rules.toml`` holds ``[[rule]]`` tables (name, pattern, builds, and optional priority and values); the file
``examples.toml`` beside it holds ``[[example]]`` tables (rule, text, expect, optional published) and ``[[near_miss]]``
tables (rule, text).
A pattern may use ``%macro%``, defined in the file's ``[macros]`` table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.errors import RuleError
from dragoman.grammar.pattern import check_repeats, compile_pattern, slots_in
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.own import own

MACRO = re.compile(r"%(\w+)%")
LONGEST = 100_000  # characters of a pattern with its macros in place; the longest of ours has under two thousand

T = TypeVar("T")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule. Of two rules that read one cue, the one of higher priority wins, then the longer match."""

    name: str
    pattern: str
    builds: str
    priority: int = 0
    values: dict[str, str | int | float | bool] = {}


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that the rule reads, and the words it is expected to find in its slots."""

    rule: str
    text: str
    expect: dict[str, str] = {}
    published: str | None = None
    values: dict[str, str | int | float | bool | None] = {}


class NearMiss(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that looks alike and that the rule must not take."""

    rule: str
    text: str
    published: str | None = None


class RuleFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of a rule file."""

    rule: tuple[Rule, ...] = ()
    macros: dict[str, str] = {}


class ExampleFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of an example file."""

    example: tuple[Example, ...] = ()
    near_miss: tuple[NearMiss, ...] = ()


def load_rules(path: Traversable | Path) -> tuple[Rule, ...]:
    """The rules of a file, macros written out, and the user's rules for that room. Raises RuleError naming file and rule."""
    table = tables_of(path, RuleFile)
    rules = rules_in(table, table.macros, path)
    room = Path(str(path)).parent.name
    mine = own().rules.get(room)
    return (*rules, *own_rules(mine, table, rules)) if mine and path.name == "rules.toml" else rules


def rules_in(table: RuleFile, macros: dict[str, str], path: Traversable | Path) -> tuple[Rule, ...]:
    """The checked rules of a file, each name once."""
    rules: list[Rule] = []
    seen: set[str] = set()
    for rule in table.rule:
        if rule.name in seen:
            raise RuleError(f"{path}: rule {rule.name} stands twice; give one of them another name")
        seen.add(rule.name)
        rules.append(checked(rule, macros, path))
    return tuple(rules)


OWN = "own."  # begins the name of every rule of the user's


def own_rules(path: Path, table: RuleFile, ours: Sequence[Rule]) -> tuple[Rule, ...]:
    """The user's rules for a room, under names that begin with "own.". They may use the room's macros.

    What they build, with which slots and values, must be what some rule of ours builds so: the builder knows no other.
    """
    mine = tables_of(path, RuleFile)
    rules = rules_in(mine, table.macros | mine.macros, path)
    for rule in rules:
        alike = [known for known in ours if known.builds == rule.builds]
        where = f"{path}, line {line_of(path, rule.name)}: rule {rule.name}"
        if not alike:
            known_builds = ", ".join(sorted({known.builds for known in ours}))
            raise RuleError(f"{where}: builds {rule.builds!r}, which this room cannot; it builds {known_builds}")
        slots, held = set(slots_in(rule.pattern)), [set(slots_in(known.pattern)) for known in alike]
        if unknown := slots - set().union(*held):
            raise RuleError(f"{where}: {rule.builds} has no slot {', '.join(sorted(unknown))}")
        if missing := set.intersection(*held) - slots:
            raise RuleError(f"{where}: {rule.builds} needs the slot {', '.join(sorted(missing))}")
        if strange := rule.values.keys() - set().union(*(known.values for known in alike)):
            raise RuleError(f"{where}: {rule.builds} has no value {', '.join(sorted(strange))}")
        if needed := set.intersection(*(set(known.values) for known in alike)) - rule.values.keys():
            raise RuleError(f"{where}: {rule.builds} needs the value {', '.join(sorted(needed))}")
    return tuple(msgspec.structs.replace(rule, name=OWN + rule.name) for rule in rules)


def place_of(path: Traversable | Path, rule: Rule) -> str:
    """A rule's file and line."""
    return f"{path}, line {line_of(path, rule.name)}"


def line_of(path: Traversable | Path, name: str) -> int:
    """The line on which a rule is named."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if re.match(rf"""\s*name\s*=\s*["']{re.escape(name)}["']""", line):
            return number
    return 1


def checked(rule: Rule, macros: dict[str, str], path: Traversable | Path) -> Rule:
    """The rule with its macros written out, once its pattern and slots have been found sound."""

    try:
        pattern = written_out(rule.pattern, macros)
        check_repeats(pattern)
        compile_pattern(pattern, Alphabet())
        slots = slots_in(pattern)
    except RuleError as error:
        raise RuleError(f"{place_of(path, rule)}: rule {rule.name}: {error}") from error
    if len(set(slots)) != len(slots):
        raise RuleError(f"{place_of(path, rule)}: rule {rule.name} names a slot twice; every slot needs its own name")
    if "cue" not in slots:
        raise RuleError(f"{place_of(path, rule)}: rule {rule.name} has no {{cue:...}} slot; a rule hangs on a cue")
    return msgspec.structs.replace(rule, pattern=pattern)


def written_out(pattern: str, macros: dict[str, str], within: tuple[str, ...] = ()) -> str:
    """A pattern with its macros, and theirs, in place. Raises RuleError for one that is missing or stands in itself."""

    def macro(match: re.Match[str]) -> str:
        name = match[1]
        if name not in macros:
            raise RuleError(f"%{name}% is not among the file's [macros]")
        if name in within:
            raise RuleError(f"the macro %{name}% stands in itself")
        return written_out(macros[name], macros, (*within, name))

    written = MACRO.sub(macro, pattern)
    if len(written) > LONGEST:
        raise RuleError(
            f"with its macros written out the pattern is longer than {LONGEST:,} characters; divide the rule"
        )
    return written


def load_examples(path: Traversable | Path) -> ExampleFile:
    """The examples of a file. Raises RuleError naming the file."""
    return tables_of(path, ExampleFile)


def tables_of(path: Traversable | Path, kind: type[T]) -> T:
    """The tables of a TOML file. Raises RuleError naming the file."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RuleError(f"{path}: {error}") from error
    except RecursionError:
        raise RuleError(f"{path}: values lie too deep in each other; rules are flat") from None
