"""What an official account says, point by point: who raised what, by which act."""

import functools

import pytest

from dragoman.pipeline import Reader
from dragoman.record.document import Document, DocumentKind
from dragoman.record.mentions import EngagementMention, Point, ReadoutMention

MET = "Foreign Minister Espen Barth Eide met the Foreign Minister of Chile, H.E. Mr. Alberto van Klaveren, in Oslo today. "


@functools.cache
def reader() -> Reader:
    return Reader()


def account(text: str, issuer: str = "NOR") -> ReadoutMention:
    document = Document(id="d", text=text, digest="0", kind=DocumentKind.READOUT, issuer=issuer)
    return next(m for m in reader().read(document).mentions if isinstance(m, ReadoutMention))


def points(sentence: str) -> list[tuple[str | None, str, str]]:
    text = MET + sentence
    found: tuple[Point, ...] = account(text).points
    return [(point.raised_by, point.act, point.span.of(text)) for point in found]


EIDE, KLAVEREN = "Espen Barth Eide", "Alberto van Klaveren"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Minister Eide thanked Minister van Klaveren for Chile’s help with the rescue and asked that it go on.",
            [
                (EIDE, "thank", "Minister Eide thanked Minister van Klaveren for Chile’s help with the rescue"),
                (EIDE, "request", "asked that it go on."),
            ],
        ),
        (
            "Minister Eide invited Minister van Klaveren to come back in the spring.",
            [(EIDE, "invite", "Minister Eide invited Minister van Klaveren to come back in the spring.")],
        ),
        (
            "The ministers have asked that the fisheries accord be signed by June.",
            [("both", "request", "The ministers have asked that the fisheries accord be signed by June.")],
        ),
        (
            "Minister Eide told his colleague that Norway stands by its pledge on salmon.",
            [(EIDE, "say", "Minister Eide told his colleague that Norway stands by its pledge on salmon.")],
        ),
        (
            "They discussed the tariffs that Peru announced in May.",
            [("both", "discuss", "They discussed the tariffs that Peru announced in May.")],
        ),
        (
            "Minister Eide promised a new research ship for the strait.",
            [(EIDE, "promise", "Minister Eide promised a new research ship for the strait.")],
        ),
        (
            "The two sides had a frank and useful exchange on fisheries and whaling.",
            [("both", "discuss", "The two sides had a frank and useful exchange on fisheries and whaling.")],
        ),
        (
            "Minister Eide expressed his condolences for the victims of the flood.",
            [(EIDE, "condole", "Minister Eide expressed his condolences for the victims of the flood.")],
        ),
    ],
)
def test_every_act_of_an_account_is_a_point_of_its_own(
    sentence: str, expected: list[tuple[str | None, str, str]]
) -> None:
    assert points(sentence) == expected


def test_a_guest_called_by_excellency_is_part_of_the_meeting() -> None:
    text = MET + "They discussed trade."
    found = reader().read(Document(id="d", text=text, digest="0", issuer="NOR")).mentions
    meeting = next(m for m in found if isinstance(m, EngagementMention))
    assert {p.name for p in meeting.participants} == {EIDE, KLAVEREN}
    assert meeting.parties == ("CHL", "NOR")


def test_an_account_begins_where_its_engagement_is_first_told() -> None:
    text = "Minister Eide was in Santiago on Monday for talks. " + MET + "Minister Eide praised the harbour works."
    body = account(text)
    assert "praise" in [point.act for point in body.points]
