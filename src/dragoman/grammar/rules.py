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

import msgspec

from dragoman.errors import RuleError
from dragoman.grammar.pattern import check_repeats, compile_pattern, slots_in
from dragoman.grammar.stream import Alphabet

MACRO = re.compile(r"%(\w+)%")


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
    try:
        table = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), RuleFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RuleError(f"{path}: {error}") from error
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

    def written_out(match: re.Match[str]) -> str:
        if match[1] not in macros:
            raise RuleError(f"{path}: rule {rule.name} uses %{match[1]}%, which the file's [macros] do not define")
        return MACRO.sub(written_out, macros[match[1]])

    pattern = MACRO.sub(written_out, rule.pattern)
    try:
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


def load_examples(path: Traversable | Path) -> ExampleFile:
    """The examples of a file. Raises RuleError naming the file."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), ExampleFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RuleError(f"{path}: {error}") from error
