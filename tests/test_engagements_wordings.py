"""Ways of saying that there was an engagement: who took part is told by other means than "A met B"."""

import datetime
import hashlib

import pytest

from dragoman.pipeline import Reader
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.record.mentions import EngagementKind, EngagementMention, Role, Status

THURSDAY = datetime.date(2025, 5, 29)
READER = Reader()


def engagements(text: str, issuer: str | None = None) -> list[EngagementMention]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = Publication(start=THURSDAY, end=THURSDAY, basis=PublishedBasis.GIVEN)
    document = Document(id="d", text=text, digest=digest, published=published, issuer=issuer)
    return [m for m in READER.read(document).mentions if isinstance(m, EngagementMention)]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Delegations of Serbia and Kosovo ended two days of talks in Brussels on Friday.", ("SRB", "XKX")),
        ("Armenian and Azerbaijani delegations wrapped up talks in Tbilisi on Friday.", ("ARM", "AZE")),
        ("Serbia and Kosovo agreed to exchange prisoners after talks in the capital on Tuesday.", ("SRB", "XKX")),
        ("The eighth Norway-Oman Joint Commission met in Oslo on Monday.", ("NOR", "OMN")),
    ],
)
def test_talks_that_ended_and_formats_that_met_were_held(text: str, parties: tuple[str, ...]) -> None:
    assert [(m.parties, m.status) for m in engagements(text)] == [(parties, Status.HELD)]


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian delegation ended two days of rest in Brussels on Friday.",
        "Serbia agreed to free prisoners after weeks in the capital.",
        "The Norway-Oman Joint Commission met every one of its targets.",
    ],
)
def test_what_ended_and_was_met_is_no_engagement(text: str) -> None:
    assert engagements(text) == []


def test_a_weekday_of_talks_that_were_held_is_past_whatever_was_agreed_for_later() -> None:
    (held,) = engagements("Serbia and Kosovo agreed to exchange prisoners after talks in Brussels on Tuesday.")
    assert held.when.start == datetime.date(2025, 5, 27)


def test_the_party_in_brackets_is_that_of_the_name_before() -> None:
    (met,) = engagements("Marco Rubio met Badr Albusaidi (Oman) and Hakan Fidan (Türkiye) in Muscat on Monday.")
    assert {p.name: p.party for p in met.participants}["Badr Albusaidi"] == "OMN"
    assert met.parties == ("OMN", "TUR", "USA")


def test_a_meeting_that_is_due_is_planned() -> None:
    (due,) = engagements(
        "They spoke of the agenda of the meeting due today between Canadian Prime Minister Mark Carney and French "
        "President Emmanuel Macron."
    )
    assert due.status is Status.PLANNED


def test_the_short_form_of_a_format_has_the_kind_of_its_full_name() -> None:
    text = "The Norway-Oman Joint Working Group (JWG) was held in Oslo on Monday. Oman will host the next JWG in 2026."
    assert [m.kind for m in engagements(text)] == [EngagementKind.CONSULTATION, EngagementKind.CONSULTATION]


def test_a_dialogue_with_somebody_is_a_consultation_and_one_at_home_is_none() -> None:
    (held,) = engagements(
        "Norwegian Deputy Minister Andreas Kravik held a strategic dialogue with Oman in Muscat on Monday."
    )
    assert held.kind is EngagementKind.CONSULTATION
    text = "Marco Rubio spoke with Ethiopian Prime Minister Abiy Ahmed on Monday and called for a political dialogue."
    assert [m.kind for m in engagements(text)] == [EngagementKind.CALL]


@pytest.mark.parametrize(
    "text",
    [
        "Talks mediated by Qatar between Colombia and Ecuador began in Doha on Monday.",
        "Talks between Colombia and Ecuador brokered by Qatar were held in Doha on Monday.",
        "Colombia and Ecuador held talks in Doha on Monday, mediated by Qatar.",
    ],
)
def test_who_mediates_is_no_party_and_told_as_mediator(text: str) -> None:
    (talks,) = engagements(text)
    assert talks.parties == ("COL", "ECU")
    assert {p.party for p in talks.participants if p.role is Role.MEDIATOR} == {"QAT"}


def test_who_brokered_what_was_spoken_of_mediates_nothing() -> None:
    (talks,) = engagements(
        "Serbia and Kosovo held talks in Brussels on Monday on a deal brokered by the United States."
    )
    assert {p.role for p in talks.participants} == {Role.PRINCIPAL}


MUSCAT = "Norwegian Foreign Minister Espen Barth Eide met Omani Foreign Minister Badr Albusaidi in Muscat on Sunday. "


def test_who_joins_takes_part() -> None:
    (met,) = engagements(MUSCAT + "They were joined by Swiss Foreign Minister Ignazio Cassis.")
    assert met.parties == ("CHE", "NOR", "OMN")


@pytest.mark.parametrize(
    "text",
    [
        "They were joined by Swiss Foreign Minister Ignazio Cassis in condemning the attack.",
        "Oslo is joined by a fast train to Bergen.",
        "The ceasefire was signed in Geneva. Zürich has long been a city of banks. They will be joined by Ignazio Cassis.",
    ],
)
def test_who_joins_in_something_else_or_later_does_not(text: str) -> None:
    assert engagements(MUSCAT + text)[0].parties == ("NOR", "OMN")


@pytest.mark.parametrize(
    ("text", "parties", "number"),
    [
        ("The five Central Asian foreign ministers met in Tashkent on Tuesday.", (), 5),
        ("Kazakh Foreign Minister Murat Nurtleu met the five Nordic foreign ministers in Astana.", ("KAZ",), 5),
        ("The three Baltic prime ministers met in Riga on Tuesday.", (), 3),
        ("The six Gulf leaders met Donald Trump in Riyadh on Tuesday.", ("USA",), 6),
    ],
)
def test_a_group_of_a_region_is_kept_with_its_number(text: str, parties: tuple[str, ...], number: int) -> None:
    (met,) = engagements(text)
    assert met.parties == parties
    assert [p.number for p in met.participants if p.party is None] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "The five Democratic senators met in Boston on Tuesday.",
        "The two leaders met in Riga on Tuesday.",
        "The five Central Asian foreign ministers have met their targets.",
    ],
)
def test_a_group_of_nowhere_is_none(text: str) -> None:
    assert engagements(text) == []


@pytest.mark.parametrize(
    "agreed",
    [
        "Serbian and Kosovar delegations ended their talks in Brussels on Friday with agreement on another round of talks.",
        "Serbian and Kosovar delegations held talks in Brussels on Friday. They agreed on another round of talks.",
        "Serbian and Kosovar delegations held talks in Brussels on Friday. The sides agreed to hold another round of "
        "talks. They agreed to meet again in principle.",
    ],
)
def test_another_round_agreed_on_is_planned(agreed: str) -> None:
    held, planned = engagements(agreed)
    assert (held.status, planned.status) == (Status.HELD, Status.PLANNED)
    assert planned.kind is EngagementKind.NEGOTIATION_ROUND
    assert planned.parties == ("SRB", "XKX")
    assert not planned.when.known
    assert planned.place is None


def test_what_was_agreed_on_in_another_round_is_not_the_round() -> None:
    text = "Serbian and Kosovar delegations met in Brussels on Friday. They agreed on a truce after another round of talks."
    assert [m.status for m in engagements(text)] == [Status.HELD]
