"""Who takes part where a text leaves it out: posts without a subject, bare titles, rounds told by their number."""

import functools
import hashlib

import pytest

from dragoman.library import publication_of
from dragoman.pipeline import Reader
from dragoman.record.document import UNKNOWN_PUBLICATION, Document, DocumentKind
from dragoman.record.mentions import EngagementKind, EngagementMention


@functools.cache
def reader() -> Reader:
    return Reader()


def engagements(
    text: str, *, kind: DocumentKind = DocumentKind.UNKNOWN, issuer: str | None = None
) -> list[EngagementMention]:
    document = Document(
        id="d",
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        published=publication_of("2024-07-19") or UNKNOWN_PUBLICATION,
        kind=kind,
        issuer=issuer,
    )
    return [m for m in reader().read(document).mentions if isinstance(m, EngagementMention)]


@pytest.mark.parametrize(
    "post",
    [
        "Met Foreign Minister Espen Barth Eide of Norway in Oslo today.",
        "Called on Prime Minister Jonas Gahr Støre of Norway in Oslo today.",
        "Pleased to meet Foreign Minister Espen Barth Eide of Norway in Oslo today.",
        "Had a productive meeting with Foreign Minister Espen Barth Eide of Norway in Oslo today.",
    ],
)
def test_a_post_without_a_subject_is_of_its_author_or_its_issuer(post: str) -> None:
    (met,) = engagements(f"Dr. S. Jaishankar (@DrSJaishankar)\n\n{post}")
    assert "S. Jaishankar" in {p.name for p in met.participants}
    (met,) = engagements(post, kind=DocumentKind.POST, issuer="IND")
    assert met.parties == ("IND", "NOR")


def test_a_sentence_without_a_subject_in_no_post_is_nobodys() -> None:
    assert engagements("Oslo was warm.\n\nMet Foreign Minister Espen Barth Eide of Norway in Oslo today.") == []


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("NSA met his French counterpart Emmanuel Bonne in Paris on Tuesday.", ("FRA", "IND")),
        ("Foreign Secretary called on Prime Minister Sheikh Hasina in Dhaka on Monday.", ("BGD", "IND")),
        ("Prime Minister met President Emmanuel Macron of France in Paris on Tuesday.", ("FRA", "IND")),
        (
            "Foreign Secretary congratulated his Norwegian counterpart Torgeir Larsen during their meeting in Oslo on Monday.",
            ("IND", "NOR"),
        ),
    ],
)
def test_a_bare_title_in_an_official_text_is_its_issuers(text: str, parties: tuple[str, str]) -> None:
    assert [m.parties for m in engagements(text, issuer="IND")] == [parties]
    assert engagements(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "India and Chile want a trade agreement. The fifth round of talks was held in Santiago from 14 to 17 July.",
        "Negotiators of India and Chile have completed in Santiago the fifth round of talks, held from 14 to 17 July.",
        "The third round of negotiations was held in Santiago from 14 to 17 July. India sent a team of forty.",
    ],
)
def test_a_round_told_by_its_number_is_between_the_two_parties_of_the_text(text: str) -> None:
    (held,) = engagements(text)
    assert (held.kind, held.parties) == (EngagementKind.NEGOTIATION_ROUND, ("CHL", "IND"))
    assert str(held.when.start) == "2024-07-14"


def test_a_round_in_a_text_of_many_parties_is_nobodys() -> None:
    text = "India, Chile, Peru and Japan want trade. The fifth round of talks was held in Geneva from 14 to 17 July."
    assert engagements(text) == []
