"""Persons: who is named, in which office, for which party, and to whom titles and pronouns refer."""

import hashlib
import time

import pytest

from dragoman.lexicon.load import load_lexicon
from dragoman.mark.names import mark_names
from dragoman.mark.people import mark_people
from dragoman.record.document import Document
from dragoman.record.marks import Person, PersonForm, PersonMark
from dragoman.segment.divide import divide


def people_in(text: str) -> tuple[list[Person], list[PersonMark]]:
    document = Document(id="test", text=text, digest=hashlib.sha256(text.encode()).hexdigest())
    segments, lexicon = divide(document), load_lexicon()
    return mark_people(document, segments, lexicon, mark_names(document, segments, lexicon))


@pytest.mark.parametrize(
    ("text", "name", "office", "party"),
    [
        ("Japanese Foreign Minister Takeshi Iwaya arrived.", "Takeshi Iwaya", "Foreign Minister", "JPN"),
        ("US Special Envoy for Climate John Kerry arrived.", "John Kerry", "Special Envoy for Climate", "USA"),
        ("Talks with PM Shigeru Ishiba of Japan went on.", "Shigeru Ishiba", "Prime Minister", "JPN"),
        ("Dmytro Kuleba, the foreign minister of Ukraine, spoke.", "Dmytro Kuleba", "foreign minister", "UKR"),
        ("Ukraine's prime minister, Denys Shmyhal, spoke.", "Denys Shmyhal", "prime minister", "UKR"),
        (
            "State Councilor and Foreign Minister Wang Yi left.",
            "Wang Yi",
            "State Councilor and Foreign Minister",
            "CHN",
        ),
        (
            "Donald Lu, the head of the Bureau of South and Central Asian Affairs, spoke.",
            "Donald Lu",
            "head of the Bureau of South and Central Asian Affairs",
            "USA",
        ),
        ("German Chancellor H.E. Dr. Angela Merkel left.", "Angela Merkel", "Chancellor", "DEU"),
        ("Prime Minister Kyriakos Mitsotakis of Greece left.", "Kyriakos Mitsotakis", "Prime Minister", "GRC"),
    ],
)
def test_a_name_has_its_office_and_party(text: str, name: str, office: str, party: str | None) -> None:
    people, _ = people_in(text)
    assert [(p.name, p.office, p.party) for p in people if p.named] == [(name, office, party)]


@pytest.mark.parametrize(
    ("text", "reference", "name"),
    [
        ("Mr Antonio Tajani met Annalena Baerbock. She praised Rome.", "She", "Annalena Baerbock"),
        (
            "Foreign Secretary David Lammy left. The Foreign Secretary said little.",
            "The Foreign Secretary",
            "David Lammy",
        ),
        ("Prime Minister Sanae Takaichi spoke. Takaichi then left.", "Takaichi", "Sanae Takaichi"),
        ("Foreign Minister Chung Eui-yong spoke. Chung then left.", "Chung", "Chung Eui-yong"),
        (
            "President Luiz Inácio Lula da Silva left; Lula da Silva was tired.",
            "Lula da Silva",
            "Luiz Inácio Lula da Silva",
        ),
    ],
)
def test_a_later_reference_finds_its_person(text: str, reference: str, name: str) -> None:
    people, marks = people_in(text)
    found = [m for m in marks if m.span.of(text) == reference]
    assert [[people[n].name for n in m.people] for m in found] == [[name]]


def test_a_role_plural_means_both_persons() -> None:
    text = "Foreign Minister Wang Yi met Brazilian Foreign Minister Mauro Vieira. The two foreign ministers agreed."
    people, marks = people_in(text)
    (group,) = [m for m in marks if m.form is PersonForm.GROUP]
    assert group.span.of(text) == "The two foreign ministers"
    assert {people[n].surname for n in group.people} == {"Wang", "Vieira"}
    assert group.number == 2


def test_one_misspelt_surname_is_the_same_person() -> None:
    people, _ = people_in("Treasury Secretary Janet Yellen spoke. Treasury Secretary Yelen was brief.")
    assert [p.surname for p in people] == ["Yellen"]


def test_two_persons_of_one_surname_stay_apart() -> None:
    people, _ = people_in("Korean Foreign Minister Kim Sung met US envoy Sung Kim.")
    assert [(p.party, p.surname) for p in people] == [("KOR", "Kim"), ("USA", "Kim")]


@pytest.mark.parametrize(
    "text",
    [
        "The Strategic Framework Agreement was signed in March.",
        "Officials from the Transport Workers Union came on Monday.",
        "Talks Resume After Long Pause",
    ],
)
def test_capitals_alone_make_no_person(text: str) -> None:
    people, _ = people_in(text)
    assert not [p for p in people if p.named]


def test_a_plural_office_is_given_to_each_holder() -> None:
    people, _ = people_in("Foreign Ministers Marise Payne, Hayashi Yoshimasa and Mélanie Joly met.")
    assert [(p.name, p.office) for p in people] == [
        ("Marise Payne", "Foreign Minister"),
        ("Hayashi Yoshimasa", "Foreign Minister"),
        ("Mélanie Joly", "Foreign Minister"),
    ]


@pytest.mark.parametrize(
    ("text", "surname", "party", "basis"),
    [
        (
            "External Affairs Minister Jaishankar and Defence Minister Singh went to Delhi in India.",
            "Singh",
            "IND",
            "office",
        ),
        ("Rajesh Agrawal, Special Secretary, led the Indian delegation.", "Agrawal", "IND", "stated"),
        ("Talks were held, and the French delegation was led by Pierre Lellouche.", "Lellouche", "FRA", "stated"),
        ("President Macron was tired.", "Macron", "FRA", "lexicon"),
    ],
)
def test_a_party_has_its_grounds(text: str, surname: str, party: str, basis: str) -> None:
    people, _ = people_in(text)
    assert [(p.party, p.party_basis) for p in people if p.surname == surname] == [(party, basis)]


def test_an_issuers_own_office_is_the_issuers() -> None:
    text = "Assistant Secretary Lu met Foreign Minister Momen in Dhaka to discuss the ties with Bangladesh."
    document = Document(id="test", text=text, digest="0", issuer="USA")
    segments, lexicon = divide(document), load_lexicon()
    people, _ = mark_people(document, segments, lexicon, mark_names(document, segments, lexicon))
    assert [(p.surname, p.party) for p in people] == [("Lu", "USA"), ("Momen", "BGD")]


def test_every_span_lies_in_the_text_and_heads_lie_in_their_spans() -> None:
    text = (
        "Dr. Ana Brnabić, then Serbia's prime minister, met Mr. Orbán (PM) - he said: 'I, she and they...'\n\nPresident"
    )
    _, marks = people_in(text)
    assert marks
    for mark in marks:
        assert 0 <= mark.span.start < mark.span.end <= len(text)
        assert mark.head is not None
        assert mark.span.covers(mark.head)


@pytest.mark.parametrize("piece", ["President ", "A. ", "Ab-", "he met the minister and they ", "@Ab Foreign "])
def test_long_runs_take_linear_time(piece: str) -> None:
    lexicon = load_lexicon()
    spent: list[float] = []
    for times in (1_000, 8_000):
        document = Document(id="test", text=piece * times, digest="0")
        segments = divide(document)
        marks = mark_names(document, segments, lexicon)
        started = time.process_time()
        mark_people(document, segments, lexicon, marks)
        spent.append(time.process_time() - started)
    assert spent[1] < 30 * spent[0] + 0.5  # eight times the text; a quadratic step would take 64 times as long


TRANSCRIPT = """Secretary of State Marco Rubio and Foreign Minister Penny Wong of Australia took questions in Canberra.

SECRETARY RUBIO: I am glad to be here, and he would be too.

FOREIGN MINISTER WONG: Thank you. I add one word.

QUESTION: May I ask about the submarines?

MR HOUSTON: One moment.

PRIME MINISTER ALBANESE: I will take that."""


def speakers_of(text: str) -> list[tuple[str, str, bool]]:
    people, marks = people_in(text)
    labels = [m for m in marks if m.rule == "people.label"]
    return [(m.span.of(text), people[m.people[0]].name, people[m.people[0]].named) for m in labels]


def test_labels_of_a_transcript_name_their_speakers() -> None:
    assert speakers_of(TRANSCRIPT) == [
        ("SECRETARY RUBIO", "Marco Rubio", True),
        ("FOREIGN MINISTER WONG", "Penny Wong", True),
        ("QUESTION", "reporter", False),
        ("MR HOUSTON", "Houston", True),
        ("PRIME MINISTER ALBANESE", "Anthony Albanese", True),
    ]


def test_the_first_person_of_a_turn_is_its_speaker() -> None:
    people, marks = people_in(TRANSCRIPT)
    said = [people[m.people[0]].surname for m in marks if m.head and m.head.of(TRANSCRIPT) == "I" and m.people]
    assert said == ["Rubio", "Wong", "", "Albanese"]


def test_a_speaker_is_not_whom_he_speaks_of() -> None:
    people, marks = people_in("SECRETARY RUBIO: I came alone. He stayed.\n\nQUESTION: Who did?")
    assert [p.surname for p in people if p.named] == ["Rubio"]
    assert [m.people for m in marks if m.form is PersonForm.PRONOUN and m.rule != "people.speaker"] == [()]


@pytest.mark.parametrize("text", ["BACKGROUND: The talks began in May.", "CONTACT: Press office of the ministry."])
def test_a_heading_with_a_colon_is_no_speaker(text: str) -> None:
    assert speakers_of(text) == []


@pytest.mark.parametrize(
    ("text", "office", "basis"),
    [
        ("Foreign Minister Hakan Fidan met his Omani counterpart on Friday.", "Foreign Minister", "counterpart"),
        ("US Secretary of State Marco Rubio met his Omani counterpart on Friday.", "counterpart", ""),
    ],
)
def test_a_counterpart_has_the_like_office_where_the_state_can_have_it(text: str, office: str, basis: str) -> None:
    people, _ = people_in(text)
    assert [(p.office, p.office_basis) for p in people if p.party == "OMN"] == [(office, basis)]
