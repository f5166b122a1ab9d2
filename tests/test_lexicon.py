"""The lexicon finds its phrases, and refuses tables that are wrong."""

from pathlib import Path

import pytest

from dragoman.errors import LexiconError
from dragoman.lexicon.load import load_lexicon
from dragoman.lexicon.tables import phrases_in, rows_of

HEADER = "# source: written for this test\n# date: 2026-11-22\n"


def found(text: str, kind: str) -> list[tuple[str, str]]:
    return [(hit.span.of(text), hit.key) for hit in load_lexicon().hits(text) if hit.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("The US told us to wait.", "party", [("US", "USA")]),
        ("The UAE, Burma and Swaziland voted.", "party", [("UAE", "ARE"), ("Burma", "MMR"), ("Swaziland", "SWZ")]),
        ("a polish of the Polish text", "party", [("Polish", "POL")]),
        ("a quad bike near the Quad office", "party", [("Quad", "QUAD")]),
        ("Ministers flew to Türkiye.", "party", [("Türkiye", "TUR")]),
        ("an Indianapolis race", "party", []),
        ("They reaffirmed it and met.", "cue", [("reaffirmed", "reaffirm/verb"), ("met", "meet/verb")]),
        ("People’s Republic of China", "party", [("People’s Republic of China", "CHN")]),
        ("free trade agreement", "topic", [("free trade agreement", "trade")]),
        ("the Deputy Secretary of State", "office", [("Deputy Secretary of State", "Deputy Secretary of State")]),
    ],
)
def test_phrases_are_found(text: str, kind: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, kind) == expected


def test_offsets_hold_where_folding_makes_the_text_longer() -> None:
    text = "İstanbul, Straße: India spoke."
    assert found(text, "party") == [("India", "IND")]


def test_hits_are_in_order() -> None:
    hits = load_lexicon().hits("India and the United States discussed trade in New Delhi on Monday.")
    assert [hit.span.start for hit in hits] == sorted(hit.span.start for hit in hits)


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "names.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,also\na,b\n", "# source:"),
        (HEADER + "name,other\na,b\n", "expected the columns name,also"),
        (HEADER + "name,also\na,b\na,c\n", "line 5, entry 'a': stands twice"),
        (HEADER + "name,also\nb,c\na,b\n", "line 5, entry 'a': stands after 'b'"),
        (HEADER + "name,also\na\n", "line 4, entry 'a': 1 cells instead of 2"),
    ],
)
def test_wrong_tables_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(LexiconError, match=r"names\.csv") as caught:
        rows_of(table(tmp_path, text), ("name", "also"))
    assert complaint in str(caught.value)


def test_signs_of_phrases() -> None:
    read = [(phrase.text, phrase.case, phrase.strong) for phrase in phrases_in("India;=US;?Georgia;~thaad")]
    assert read == [
        ("India", "capital", True),
        ("US", "exact", True),
        ("Georgia", "capital", False),
        ("thaad", "any", True),
    ]


def test_every_spelling_of_the_lexicon_is_found_as_itself() -> None:
    lexicon = load_lexicon()
    for code, party in lexicon.parties.items():
        assert (party.name, code) in found(party.name, "party"), party
