"""The rule engine reads patterns over items, refuses what it cannot read, and never runs away."""

from pathlib import Path

import pytest

from dragoman.errors import RuleError
from dragoman.grammar.match import RuleSet, View, preferred
from dragoman.grammar.needs import needs_of
from dragoman.grammar.rules import Rule, load_rules
from dragoman.grammar.stream import Alphabet, Stream, stream_of, word_class
from dragoman.record.reading import Outcome
from dragoman.record.span import Span

CLASSES = {
    "Ankara": {"actor", "place"},
    "Oslo": {"actor", "place"},
    "Lima": {"actor"},
    "met": {"meet"},
    "hosted": {"host"},
    ",": {"list_joint"},
    "and": {"list_joint"},
    ";": {"boundary"},
}


def stream_for(text: str, rules: RuleSet, alphabet: Alphabet) -> Stream:
    items, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        classes = set(CLASSES.get(word, {"word"}))
        if word.casefold() in rules.words:
            classes.add(word_class(word))
        items.append((Span(start, at), frozenset(classes), word))
    return stream_of(items, alphabet)


def read(pattern: str, text: str) -> list[dict[str, str]]:
    alphabet = Alphabet()
    rules = RuleSet([Rule(name="r", pattern=pattern, builds="x")], alphabet)
    stream = stream_for(text, rules, alphabet)
    return [{name: stream.span(*place).of(text) for name, place in m.slots.items()} for m in rules.matches(stream)]


@pytest.mark.parametrize(
    ("pattern", "text", "slots"),
    [
        ("{a:actor} {cue:meet} with? {b:actor}", "Oslo met with Lima", {"a": "Oslo", "cue": "met", "b": "Lima"}),
        ("{a:actor} {cue:meet} with? {b:actor}", "Oslo met Lima", {"a": "Oslo", "cue": "met", "b": "Lima"}),
        ("{a:actor+} {cue:meet}", "Oslo , Lima and Ankara met", {"a": "Oslo , Lima and Ankara", "cue": "met"}),
        ("{a:actor} ~ {cue:meet}", "Oslo which was late met", {"a": "Oslo", "cue": "met"}),
        ("{cue:meet} ( in {p:place} )?", "met", {"cue": "met"}),
        ("{cue:meet} ( in|at {p:place} )?", "met at Oslo", {"cue": "met", "p": "Oslo"}),
        (
            "{cue:meet|host} {b:[ @actor ( and @actor )* ]}",
            "hosted Oslo and Lima",
            {"cue": "hosted", "b": "Oslo and Lima"},
        ),
        ("<!word {cue:meet} $", "Oslo met", {"cue": "met"}),
        ("^ {cue:meet} !actor", "met nobody", {"cue": "met"}),
        ("{cue:meet|gathered'} {b:actor}", "gathered Lima", {"cue": "gathered", "b": "Lima"}),
    ],
)
def test_pattern_fills_its_slots(pattern: str, text: str, slots: dict[str, str]) -> None:
    assert read(pattern, text) == [slots]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{a:actor} ~ {cue:meet}", "Oslo left ; met"),
        ("{a:actor} ~2 {cue:meet}", "Oslo one two three met"),
        ("{cue:meet} !actor @word", "met Lima"),
        ("<actor {cue:meet}", "then met"),
        ("^ {cue:meet}", "Oslo met"),
        ("{a:actor} {cue:unheard_of}", "Oslo met"),
    ],
)
def test_pattern_leaves_alone(pattern: str, text: str) -> None:
    assert read(pattern, text) == []


@pytest.mark.parametrize(
    "pattern",
    ["{a:actor} met", "{cue:meet", "{cue:meet} )", "{cue:meet} {cue:host}", "{cue:meet} %who%", "( ~ , )* {cue:meet}"],
)
def test_broken_pattern_is_refused_with_file_and_rule(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(f'[[rule]]\nname = "one"\nbuilds = "x"\npattern = "{pattern}"\n', encoding="utf-8")
    with pytest.raises(RuleError, match=r"rules.toml.*one|one.*rules.toml"):
        load_rules(path)


def test_macros_are_written_out_where_they_stand_in_each_other(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[macros]\nwith = "( with %who% )?"\nwho = "@actor"\n'
        '[[rule]]\nname = "one"\nbuilds = "x"\npattern = "{cue:meet} %with%"\n',
        encoding="utf-8",
    )
    assert load_rules(path)[0].pattern == "{cue:meet} ( with @actor )?"


def test_one_reading_a_cue_by_priority_then_length() -> None:
    alphabet = Alphabet()
    short = Rule(name="short", pattern="{cue:meet} @actor", builds="x")
    long = Rule(name="long", pattern="{a:actor} {cue:meet} @actor", builds="x")
    urgent = Rule(name="urgent", pattern="{cue:meet}", builds="x", priority=1)
    text = "Oslo met Lima"
    for rules, winner in (([short, long], "long"), ([short, long, urgent], "urgent")):
        ruleset = RuleSet(rules, alphabet)
        kept, lost = preferred(ruleset.matches(stream_for(text, ruleset, alphabet)))
        assert [m.rule.name for m in kept] == [winner]
        assert {m.rule.name for m in lost} == {r.name for r in rules} - {winner}


def test_a_cue_without_a_match_is_reported_as_looked_at() -> None:
    alphabet = Alphabet()
    ruleset = RuleSet([Rule(name="r", pattern="{a:actor} {cue:meet}", builds="x")], alphabet)
    stream = stream_for("then met", ruleset, alphabet)
    found = ruleset.looked_at(stream, ruleset.matches(stream))
    assert [(f.rule, f.outcome, f.span) for f in found] == [("r", Outcome.LOOKED_AT, Span(5, 8))]


def test_rules_see_sets_of_classes_that_appear_after_they_were_compiled() -> None:
    alphabet = Alphabet()
    ruleset = RuleSet([Rule(name="r", pattern="{a:actor} {cue:meet}", builds="x")], alphabet)
    assert not ruleset.matches(stream_for("nobody met", ruleset, alphabet))
    assert len(ruleset.matches(stream_for("Oslo met", ruleset, alphabet))) == 1


def test_a_crowd_of_items_costs_no_more_than_its_length() -> None:
    text = "Oslo , " * 3000 + "met ; " * 300
    assert read("{a:actor+} ~ ( @actor ~5 )? {cue:host}", text) == []
    assert read("{a:actor+} ( @word , )* {cue:host} {b:actor}", text + "hosted") == []


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("{a:actor|party} ~ {cue:meet}", [{"actor", "party"}, {"meet"}]),
        ("{cue:meet} with? ( in {p:place} )?", [{"meet"}]),
        ("{cue:meet} ( @actor )*", [{"meet"}]),
        ("{cue:meet} ( @actor )+", [{"meet"}, {"actor"}]),
        ("{cue:meet} ( in @place | on @time )", [{"meet"}, {"'in", "'on"}]),
        ("{cue:meet} ( in | )", [{"meet"}]),
        ("<host {cue:met'} !actor <!word", [{"host"}, {"'met"}]),
        ("{cue:meet} {b:[ at|in {a:actor+} ]}", [{"meet"}, {"'at", "'in"}, {"actor"}]),
    ],
)
def test_a_pattern_needs_what_stands_in_none_of_its_options(pattern: str, needs: list[set[str]]) -> None:
    assert needs_of(pattern) == frozenset(map(frozenset, needs))


@pytest.mark.parametrize("missing", ["Oslo", "met", "and"])
def test_a_rule_is_not_tried_without_what_it_needs(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alphabet = Alphabet()
    ruleset = RuleSet([Rule(name="r", pattern="{a:actor} and {cue:meet}", builds="x")], alphabet)
    text = "Oslo and met"
    assert len(ruleset.matches(stream_for(text, ruleset, alphabet))) == 1
    monkeypatch.setattr(View, "finditer", lambda view, characters: pytest.fail("a rule was tried"))
    assert ruleset.matches(stream_for(text.replace(missing, "so"), ruleset, alphabet)) == []
