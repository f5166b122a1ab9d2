"""Two wordings are told apart: verbatim, shortened, stretched, altered, by somebody else, or different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.link.diff import word_diff
from dragoman.link.quotes import Verdict, Wording, keys_of, same_words
from dragoman.record.comparison import Change

FULL = "We will open the border crossing in the spring, and we will keep it open for good."


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("we will open the border crossing in the spring and we will keep it open for good", Verdict.VERBATIM),
        ("We will open the border crossing in the spring", Verdict.SHORTENED),
        ("We will open the border crossing ... and we will keep it open for good", Verdict.SHORTENED),
        ("Friends, " + FULL + " Thank you.", Verdict.STRETCHED),
        ("We may open the border crossing in the spring, and we will keep it open for good.", Verdict.ALTERED),
        ("The harvest was better than in any year before the war.", Verdict.DIFFERENT),
        ("", Verdict.DIFFERENT),
    ],
)
def test_verdicts(text: str, verdict: Verdict) -> None:
    assert same_words(Wording(text), Wording(FULL)).verdict is verdict


def test_an_altered_word_is_shown() -> None:
    altered = FULL.replace("will open", "may open")
    assert same_words(Wording(altered), Wording(FULL)).verdict is Verdict.ALTERED
    assert [c for c in word_diff(FULL, altered) if c.side != "same"] == [Change("left", "will"), Change("right", "may")]


def test_another_speaker_is_told() -> None:
    assert same_words(Wording(FULL, "Wang Yi"), Wording(FULL, "Marco Rubio")).other_speaker
    assert not same_words(Wording(FULL, "Wang Yi"), Wording(FULL, "WANG YI")).other_speaker
    assert not same_words(Wording(FULL), Wording(FULL, "Wang Yi")).other_speaker


TEXTS = st.lists(st.sampled_from("we will not open the door now or ever ... again".split()), max_size=25).map(" ".join)


@given(TEXTS, TEXTS)
def test_what_is_part_of_the_other_stretches_it(one: str, other: str) -> None:
    if same_words(Wording(one), Wording(f"{one} {other} once more")).verdict is Verdict.SHORTENED:
        assert same_words(Wording(f"{one} {other} once more"), Wording(one)).verdict is not Verdict.SHORTENED


@given(TEXTS)
def test_words_are_verbatim_to_themselves(text: str) -> None:
    verdict = same_words(Wording(text), Wording(text)).verdict
    assert verdict is (Verdict.VERBATIM if keys_of(text) else Verdict.DIFFERENT)
