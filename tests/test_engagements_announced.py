"""What schedules announce, what invitations ask for, and whose minister "the Secretary" of an official text is."""

import datetime
import functools
import hashlib

import pytest

from dragoman.pipeline import Reader
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.record.mentions import EngagementKind, EngagementMention, Status


@functools.cache
def reader() -> Reader:
    return Reader()


def engagements(
    text: str, *, issuer: str | None = None, title: str | None = None, day: datetime.date = datetime.date(2025, 6, 12)
) -> list[EngagementMention]:
    document = Document(
        id="d",
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        title=title,
        issuer=issuer,
        published=Publication(start=day, end=day, basis=PublishedBasis.GIVEN),
    )
    return [m for m in reader().read(document).mentions if isinstance(m, EngagementMention)]


def test_a_public_schedule_announces_in_the_present_tense() -> None:
    text = (
        "SECRETARY MARCO RUBIO\n9:00 a.m. Secretary Rubio meets with Kenyan Foreign Minister Musalia Mudavadi, at the "
        "Department of State.\nDEPUTY SECRETARY CHRISTOPHER LANDAU\nDeputy Secretary Landau is on travel to Lima, Peru."
    )
    meeting, visit = engagements(text, issuer="USA", title="Public Schedule – June 12, 2025")
    assert (meeting.status, meeting.when.start) == (Status.PLANNED, datetime.date(2025, 6, 12))
    assert (visit.kind, visit.status, visit.country) == (EngagementKind.VISIT, Status.ONGOING, "PER")


@pytest.mark.parametrize(
    ("text", "guest", "host"),
    [
        ("Prime Minister Modi invited President Lula da Silva to visit New Delhi in January 2026.", "Lula", "Modi"),
        ("Donald Trump accepted an invitation from Prime Minister Modi to visit India in October.", "Trump", "Modi"),
        ("Wang Yi was invited by Secretary Rubio to visit Washington in the autumn.", "Wang", "Rubio"),
    ],
)
def test_an_invitation_with_a_time_is_an_invited_visit(text: str, guest: str, host: str) -> None:
    (visit,) = engagements(text)
    assert (visit.kind, visit.status) == (EngagementKind.VISIT, Status.INVITED)
    named = {str(p.role): p.name or "" for p in visit.participants}
    assert guest in named["guest"]
    assert host in named["host"]


def test_an_invitation_without_a_time_is_no_engagement() -> None:
    assert engagements("Prime Minister Modi invited President Lula da Silva to visit India at his convenience.") == []


def test_the_secretary_of_an_american_release_is_american() -> None:
    (meeting,) = engagements("Yesterday, the Secretary met with Foreign Minister Wong of Australia.", issuer="USA")
    assert meeting.parties == ("AUS", "USA")
    assert engagements("Yesterday, the Secretary met with Foreign Minister Wong of Australia.") == []


def test_a_planned_month_lies_ahead() -> None:
    (meeting,) = engagements("Penny Wong and Winston Peters agreed to meet again in April.")
    assert meeting.when.start == datetime.date(2026, 4, 1)


def test_several_occasions_are_not_one() -> None:
    (calls,) = engagements("Marco Rubio has spoken with Badr Abdelatty of Egypt on a number of occasions.")
    assert calls.several


def test_what_follows_that_has_a_subject_of_its_own() -> None:
    assert engagements("Foreign Minister Wong is pleased to announce that two frigates will arrive in Suva.") == []


def test_an_owner_is_none_of_the_two_leaders() -> None:
    text = (
        "Deputy Secretary of State Christopher Landau met with Canadian Deputy Foreign Minister David Morrison today. "
        "Deputy Secretary Landau and Deputy Foreign Minister Morrison condemned President Putin’s attack. The two "
        "leaders also spoke about Haiti."
    )
    (meeting,) = engagements(text, issuer="USA")
    assert meeting.parties == ("CAN", "USA")


def test_a_list_goes_on_over_short_forms() -> None:
    (call,) = engagements(
        "Marco Rubio spoke today with NATO Secretary General Mark Rutte, Organization for Security and Cooperation in "
        "Europe (OSCE) Chairman-in-Office Elina Valtonen, and EU High Representative Kaja Kallas."
    )
    assert call.parties == ("EU", "NATO", "OSCE", "USA")
