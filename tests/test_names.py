"""Names are marked as what they are in their surroundings."""

import time
from typing import TypeVar

import pytest

from dragoman.lexicon.load import load_lexicon
from dragoman.mark.names import mark_names
from dragoman.record.document import Boilerplate, BoilerplateKind, Document
from dragoman.record.marks import (
    CueMark,
    Mark,
    MechanismMark,
    OrganisationMark,
    PartyMark,
    PlaceMark,
    TopicMark,
)
from dragoman.record.segments import Segments
from dragoman.record.span import Span

M = TypeVar("M", bound=Mark)
NO_SEGMENTS = Segments((), (), (), ())


def marks(text: str, kind: type[M], boilerplate: tuple[Boilerplate, ...] = ()) -> list[M]:
    document = Document(id="test", text=text, digest="", boilerplate=boilerplate)
    return [mark for mark in mark_names(document, NO_SEGMENTS, load_lexicon()) if isinstance(mark, kind)]


def parties(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(mark.span.of(text), mark.codes, mark.form.value) for mark in marks(text, PartyMark)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.-India channel stayed open.", [("U.S.-India", ("USA", "IND"), "pair")]),
        ("A US–Japan–ROK call was set.", [("US–Japan–ROK", ("USA", "JPN", "KOR"), "pair")]),
        ("Sino-American friction grew.", [("Sino-American", ("CHN", "USA"), "pair")]),
        ("Indo-US trade rose.", [("Indo-US", ("IND", "USA"), "pair")]),
        ("The Russian-Ukrainian front froze.", [("Russian-Ukrainian", ("RUS", "UKR"), "pair")]),
        ("The US-led force left.", [("US", ("USA",), "code")]),
        ("They told us it cost US$5 million.", []),
        ("Patrols cross the South China Sea and the Indian Ocean.", []),
        ("The Paris Agreement and the Geneva Conventions bind all.", []),
        ("The Times of India ran the story.", []),
        ("Jordan Peterson spoke.", []),
        ("Jordan hosted the talks.", [("Jordan", ("JOR",), "name")]),
        ("The Kremlin declined to comment.", [("Kremlin", ("RUS",), "seat")]),
        ("Swaziland and the DPRK voted.", [("Swaziland", ("SWZ",), "name"), ("DPRK", ("PRK",), "code")]),
        ("Russians and Poles voted.", [("Russians", ("RUS",), "demonym"), ("Poles", ("POL",), "demonym")]),
        ("Burmese and Kiwi envoys met.", [("Burmese", ("MMR",), "demonym"), ("Kiwi", ("NZL",), "demonym")]),
        ("African American voters turned out.", []),
    ],
)
def test_parties(text: str, expected: list[tuple[str, tuple[str, ...], str]]) -> None:
    assert parties(text) == expected


@pytest.mark.parametrize(
    ("text", "party", "place"),
    [
        ("They met in Moscow on Friday.", False, True),
        ("Moscow said it would reply.", True, False),
        ("Talks between Washington and Moscow stalled.", True, False),
        ("He flew to Moscow overnight.", True, True),
        ("The envoy met officials in Tehran and Moscow.", False, True),
        ("MOSCOW, May 3 - Russia signed.", False, True),
    ],
)
def test_capitals_are_settled_by_their_surroundings(text: str, party: bool, place: bool) -> None:
    at = text.casefold().index("moscow")
    held = [mark.span.start for mark in marks(text, PartyMark)]
    assert ((at in held), at in [mark.span.start for mark in marks(text, PlaceMark)]) == (party, place)


def test_a_capital_that_acts_is_strong() -> None:
    assert [mark.strong for mark in marks("Ankara denied it.", PartyMark)] == [True]
    assert [mark.strong for mark in marks("He left for Ankara.", PartyMark)] == [False]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("India and Japan signed. Both countries agreed to talk.", ("IND", "JPN")),
        ("Oman hosted Iran and the US. The India-Japan pact held and both sides gained.", ("IND", "JPN")),
        ("France, Germany and Poland met. The three countries agreed.", ("FRA", "DEU", "POL")),
        ("France, Germany and Poland met. The two sides agreed.", ()),
        ("The Secretary of State met Chile's president. The two nations agreed.", ("USA", "CHL")),
        ("A line divides the two Koreas.", ("KOR", "PRK")),
    ],
)
def test_groups_stand_for_the_parties_that_the_text_leaves(text: str, codes: tuple[str, ...]) -> None:
    found = [mark for mark in marks(text, PartyMark) if mark.form.value == "group"]
    assert [mark.codes for mark in found] == [codes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The delegation stopped in Guadalajara.", [("Guadalajara", "MEX")]),
        ("Lloyd Austin spoke to Marco Rubio.", []),
        ("Delegates met in Austin for two days.", [("Austin", "USA")]),
        ("They met at Camp David.", [("Camp David", "USA")]),
        ("A meeting at the White House followed.", [("White House", "USA")]),
        ("She speaks for the Kremlin.", []),
        ("Kiev was the first stop.", [("Kyiv", "UKR")]),
        ("The Washington Post reported it.", []),
        ("Security in the Indo-Pacific matters.", [("Indo-Pacific", None)]),
        ("A Bangalore, India, summit was planned.", [("Bengaluru", "IND")]),
    ],
)
def test_places(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(mark.name, mark.country) for mark in marks(text, PlaceMark)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US State Department replied.", [("US State Department", "State Department", "USA")]),
        ("The MEA declined.", [("MEA", "Ministry of External Affairs", "IND")]),
        (
            "Armenian Foreign Ministry staff left.",
            [("Armenian Foreign Ministry", "Armenian Foreign Ministry", "ARM")],
        ),
        (
            "Iran's foreign ministry protested.",
            [("Iran's foreign ministry", "Iranian Foreign Ministry", "IRN")],
        ),
        (
            "The Ministry of Defence of Ukraine replied.",
            [("Ministry of Defence of Ukraine", "Ukrainian Defence Ministry", "UKR")],
        ),
        ("The Government of Kenya agreed.", [("Government of Kenya", "Kenyan Government", "KEN")]),
        ("She wrote in a post on X.", [("X", "X", None)]),
        ("Mark the spot with an X.", []),
        ("The economist agreed with The Economist.", [("The Economist", "The Economist", None)]),
        ("Treasury Secretary Scott Bessent left.", []),
        ("Reuters and Xinhua carried it.", [("Reuters", "Reuters", None), ("Xinhua", "Xinhua", None)]),
        ("See www.youtube.com and YouTube.com.", []),
    ],
)
def test_organisations(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(mark.span.of(text), mark.name, mark.party) for mark in marks(text, OrganisationMark)] == expected


@pytest.mark.parametrize(
    ("text", "name", "edition", "codes"),
    [
        ("The fifth 2+2 Ministerial ended.", "2+2 Ministerial", "fifth", ()),
        (
            "The U.S.-Kenya Counterterrorism Working Group met.",
            "U.S.-Kenya Counterterrorism Working Group",
            None,
            ("USA", "KEN"),
        ),
        ("They held the 4th India-Oman Strategic Dialogue.", "India-Oman Strategic Dialogue", "4th", ("IND", "OMN")),
        ("He spoke at the East Asia Summit.", "East Asia Summit", None, ()),
        (
            "It follows the U.S.-Oman Strategic Dialogue. The Dialogue ended.",
            "U.S.-Oman Strategic Dialogue",
            None,
            ("USA", "OMN"),
        ),
        ("The Quad will gather.", "Quad", None, ("AUS", "IND", "JPN", "USA")),
    ],
)
def test_mechanisms(text: str, name: str, edition: str | None, codes: tuple[str, ...]) -> None:
    found = marks(text, MechanismMark)
    assert [(mark.name, mark.edition, mark.parties) for mark in found] == [(name, edition, codes)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They discussed trade and counter-terrorism.", ["trade", "terrorism"]),
        ("The Trade Minister and the Department of Energy replied.", []),
        ("Defence Secretary John Healey left.", []),
        ("Duties on steel are tariffs.", ["tariffs"]),
        ("The U.S.-Oman relationship is old.", ["bilateral_ties"]),
        ("The U.S.-Oman border is imaginary.", ["territorial"]),
    ],
)
def test_topics(text: str, expected: list[str]) -> None:
    assert [mark.topic for mark in marks(text, TopicMark)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met.", [("meet", "past")]),
        ("They have not yet met.", [("meet", "participle")]),
        ("The call lasted an hour.", [("call", "noun")]),
        ("She will call.", [("call", "base")]),
        ("His meeting with the king was short.", [("meeting", "noun")]),
        ("Their shared border is long.", []),
        ("They reaffirmed it.", [("reaffirm", "past")]),
        ("The State Department left.", []),
        ("It will emphasize restraint.", [("emphasise", "base")]),
        ("The state of the economy.", []),
    ],
)
def test_cues(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(mark.lemma, mark.form) for mark in marks(text, CueMark)] == expected


def test_boilerplate_is_not_read() -> None:
    text = "India spoke.\nRelated: China news"
    hidden = Boilerplate(BoilerplateKind.RELATED, Span(13, len(text)), "test")
    assert [mark.codes for mark in marks(text, PartyMark, (hidden,))] == [("IND",)]


def test_marks_are_in_order_and_slice_back() -> None:
    text = "India and the U.S. State Department discussed trade in New Delhi at the 2+2 Ministerial."
    found = marks(text, Mark)
    assert [mark.span.start for mark in found] == sorted(mark.span.start for mark in found)
    assert all(mark.span.of(text).strip() == mark.span.of(text) for mark in found)


@pytest.mark.parametrize(
    "unit",
    [
        "US-",
        "both countries ",
        "Austin, ",
        "Washington, ",
        "Ministry of A, B and C ",
        "The Foreign Trade ",
        "- 9",
        "a",
        "US-India Dialogue, ",
    ],
)
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    marks(text, Mark)
    assert time.process_time() - began < 10  # 200 kB of names alone: seconds would mean a squared cost


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("He was born in Warsaw, Indiana, and met Poland's envoy.", ["POL"]),
        ("The fair in Atlanta, Georgia, drew guests from Kenya.", ["KEN"]),
        ("Georgia's governor flew to Korea.", ["KOR"]),
        ("Voters in the state of Georgia chose on Tuesday.", []),
        ("Georgia and Armenia signed a treaty.", ["GEO", "ARM"]),
        ("The ministers met in Tbilisi, Georgia, on Monday.", ["GEO"]),
        ("Georgia's foreign minister met her Polish counterpart.", ["GEO", "POL"]),
    ],
)
def test_a_namesake_in_the_united_states_is_no_country(text: str, codes: list[str]) -> None:
    assert [code for mark in marks(text, PartyMark) for code in mark.codes] == codes


def test_a_city_before_a_federal_state_lies_there() -> None:
    assert {mark.country for mark in marks("The plant in Paris, Texas, stands.", PlaceMark)} == {"USA"}
    assert "USA" not in {mark.country for mark in marks("The plant in Tbilisi, Georgia, stands.", PlaceMark)}
