"""The shipped tables hold together, and the generated ones are what their libraries give."""

import pytest

from dragoman.lexicon.gather import tables
from dragoman.lexicon.inflect import noun_forms, verb_forms
from dragoman.lexicon.load import load_lexicon
from dragoman.lexicon.phrases import irregular_plurals, irregular_verbs
from dragoman.lexicon.tables import DATA

IRREGULAR = irregular_verbs()


@pytest.mark.parametrize("name", ["states.csv", "cities.csv"])
def test_generated_tables_are_up_to_date(name: str) -> None:
    held = (DATA / "generated" / name).read_text(encoding="utf-8")
    assert held.splitlines()[2:] == tables()[name].splitlines()[2:]


def test_every_party_of_a_mechanism_body_and_office_is_known() -> None:
    lexicon = load_lexicon()
    named = {code for held in lexicon.mechanisms.values() for code in held.parties}
    named |= {held.party for held in lexicon.organisations.values() if held.party}
    named |= {held.party for held in lexicon.offices.values() if held.party}
    assert named <= set(lexicon.parties)


def test_every_hit_opens_an_entry() -> None:
    lexicon = load_lexicon()
    held = {
        "place": lexicon.places,
        "organisation": lexicon.organisations,
        "mechanism": lexicon.mechanisms,
        "office": lexicon.offices,
        "office_head": lexicon.heads,
        "cue": lexicon.cues,
    }
    text = (
        "In Geneva the Foreign Minister told Reuters that the Quad and the State Department would meet the ambassador."
    )
    hits = lexicon.hits(text)
    assert {hit.kind for hit in hits} >= set(held)
    assert all(hit.key in held[hit.kind] for hit in hits if hit.kind in held)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", {"deny": "base", "denies": "present", "denied": "past", "denying": "gerund"}),
        ("meet", {"meet": "base", "meets": "present", "met": "past", "meeting": "gerund"}),
        ("speak with", {"spoke with": "past", "spoken with": "participle", "speaking with": "gerund"}),
        ("admit", {"admitted": "past", "admitting": "gerund"}),
        ("cancel", {"cancelled": "past", "canceled": "past", "cancelling": "gerund"}),
        ("impose", {"imposed": "past", "imposing": "gerund"}),
    ],
)
def test_verbs_are_inflected(verb: str, forms: dict[str, str]) -> None:
    assert forms.items() <= dict(verb_forms(verb, IRREGULAR)).items()


@pytest.mark.parametrize(
    ("noun", "forms"),
    [("ministry", ["ministry", "ministries"]), ("condolences", ["condolences"]), ("speech", ["speech", "speeches"])],
)
def test_nouns_are_inflected(noun: str, forms: list[str]) -> None:
    assert list(noun_forms(noun, irregular_plurals())) == forms
