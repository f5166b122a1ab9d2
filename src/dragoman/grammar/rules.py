"""What is a rule, and how is a file of rules read and checked?

A file ``rules.toml`` holds ``[[rule]]`` tables (name, pattern, builds, and optional priority and values); the file
``examples.toml`` beside it holds ``[[example]]`` tables (rule, text, expect, optional published) and ``[[near_miss]]``
tables (rule, text).
A pattern may use ``%macro%``, defined in the file's ``[macros]`` table.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.errors import RuleError
from dragoman.grammar.pattern import check_repeats, compile_pattern, slots_in
from dragoman.grammar.stream import Alphabet

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
    """The rules of a file, macros written out. Raises RuleError naming the file and the rule."""
    table = tables_of(path, RuleFile)
    rules: list[Rule] = []
    seen: set[str] = set()
    for rule in table.rule:
        if rule.name in seen:
            raise RuleError(f"{path}: rule {rule.name} stands twice; give one of them another name")
        seen.add(rule.name)
        rules.append(checked(rule, table.macros, path))
    return tuple(rules)


def checked(rule: Rule, macros: dict[str, str], path: Traversable | Path) -> Rule:
    """The rule with its macros written out, once its pattern and slots have been found sound."""

    try:
        pattern = written_out(rule.pattern, macros)
        check_repeats(pattern)
        compile_pattern(pattern, Alphabet())
        slots = slots_in(pattern)
    except RuleError as error:
        raise RuleError(f"{path}: rule {rule.name}: {error}") from error
    if len(set(slots)) != len(slots):
        raise RuleError(f"{path}: rule {rule.name} names a slot twice; every slot needs its own name")
    if "cue" not in slots:
        raise RuleError(f"{path}: rule {rule.name} has no {{cue:...}} slot; a rule hangs on a cue")
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
