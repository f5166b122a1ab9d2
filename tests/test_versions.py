"""A document published again: changes of substance are told from changes of how it is written."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book_texts import document, reading
from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.link.versions import edits_between
from dragoman.record.versions import EditKind

BASE = "The two ministers met in Tórshavn on 3 May.\n\nThey hailed the labour accord, worth $4.5 million, as a success."


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("ministers met", "ministers  met", EditKind.SPACING),
        ("ministers met", "ministers\u00a0met", EditKind.SPACING),
        ("accord, worth", "accord – worth", EditKind.PUNCTUATION),
        ("The two ministers", "The Two Ministers", EditKind.CAPITALS),
        ("Tórshavn", "Torshavn", EditKind.SPELLING),
        ("labour", "labor", EditKind.SPELLING),
        ("ministers", "minsters", EditKind.SPELLING),
        ("$4.5 million", "$45 million", EditKind.SUBSTANCE),
        ("3 May", "4 May", EditKind.SUBSTANCE),
        ("hailed", "noted", EditKind.SUBSTANCE),
        ("labour accord", "draft labour accord", EditKind.SUBSTANCE),
        (", as a success", "", EditKind.SUBSTANCE),
    ],
)
def test_the_kind_of_an_edit(old: str, new: str, kind: EditKind) -> None:
    edits = edits_between(BASE, BASE.replace(old, new))
    assert {edit.kind for edit in edits} == {kind}


def test_short_words_that_differ_by_a_letter_are_other_words() -> None:
    assert edits_between("It could act.", "It would act.")[0].kind is EditKind.SUBSTANCE
    assert edits_between("They will not go.", "They will now go.")[0].kind is EditKind.SUBSTANCE


def test_equal_texts_have_no_edits() -> None:
    assert edits_between(BASE, BASE) == ()


def test_empty_lines_are_spacing() -> None:
    assert [edit.kind for edit in edits_between(BASE, BASE + "\n\n")] == [EditKind.SPACING]


@given(st.text(alphabet="ab c.\n,D", max_size=60), st.text(alphabet="ab c.\n,D", max_size=60))
def test_every_edit_stands_in_both_texts_and_other_words_are_never_lost(before: str, after: str) -> None:
    edits = edits_between(before, after)
    assert bool(edits) == (before != after)
    for edit in edits:
        if edit.before or edit.after:
            assert edit.before_span.of(before) == edit.before
            assert edit.after_span.of(after) == edit.after


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("versions") / "b.desk"
    with Book.open(place, create=True) as book:
        for number, text in enumerate((BASE, BASE.replace("hailed", "noted").replace("labour", "labor")), start=3):
            book.store([reading(document("release", text, f"2025-05-0{number}"))], seen=f"2025-05-0{number}T10:00:00")
        book.store([reading(document("other", "Nothing to see.", "2025-05-03"))])
        book.link()
    return place


def test_the_command_shows_what_changed_with_times(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["versions", "release", "--book", str(path)]) == 0
    text = capsys.readouterr().out
    assert "FROM 1 TO 2: 1 of substance, 1 of spelling" in text
    assert "[-hailed-] {+noted+}" in text
    assert "seen 2025-05-04 10:00" in text
    assert "labor+}" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert exit_code(["versions", "release", "--all", "--book", str(path)]) == 0
    assert "{+labor+}" in capsys.readouterr().out


def test_without_a_document_the_edited_ones_are_listed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["versions", "--book", str(path)]) == 0
    text = capsys.readouterr().out
    assert "release: 2 versions" in text
    assert "other" not in text
    assert exit_code(["versions", "release", "--book", str(path), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["changes"][0]["edits"]) == 2
    assert exit_code(["versions", "nothing", "--book", str(path)]) == 2
