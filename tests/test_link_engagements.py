"""Reports of one engagement become one entry, and reports of two stay two."""

import datetime
import itertools

import msgspec
import pytest

from dragoman.link.engagements import EngagementLinker, link_engagements
from dragoman.record.document import UNKNOWN_PUBLICATION, DocumentKind, Publication, PublishedBasis
from dragoman.record.entries import DocumentInfo, Evidence
from dragoman.record.mentions import EngagementKind, EngagementMention, Participant, Status
from dragoman.record.span import Span
from dragoman.record.when import UNKNOWN_WHEN, Basis, Precision, When

LAVROV = Participant(name="Sergey Lavrov", party="RUS", office="Foreign Minister")
FIDAN = Participant(name="Hakan Fidan", party="TUR", office="Foreign Minister")
PUTIN = Participant(name="Vladimir Putin", party="RUS", office="President")
ERDOGAN = Participant(name="Recep Tayyip Erdoğan", party="TUR", office="President")


def day(text: str, basis: Basis = Basis.STATED) -> When:
    date = datetime.date.fromisoformat(text)
    return When(start=date, end=date, precision=Precision.DAY, basis=basis)


def days(first: str, last: str) -> When:
    return When(start=datetime.date.fromisoformat(first), end=datetime.date.fromisoformat(last), basis=Basis.STATED)


def published(text: str | None) -> Publication:
    if text is None:
        return UNKNOWN_PUBLICATION
    date = datetime.date.fromisoformat(text)
    return Publication(start=date, end=date, basis=PublishedBasis.GIVEN)


def said(
    document: str,
    on: str | None,
    *participants: Participant,
    when: When = UNKNOWN_WHEN,
    kind: EngagementKind = EngagementKind.MEETING,
    status: Status = Status.HELD,
    **fields: object,
) -> Evidence:
    mention = EngagementMention(
        span=Span(0, 10),
        rule="engagement.met",
        kind=kind,
        status=status,
        participants=participants,
        parties=tuple(sorted({p.party for p in participants if p.party})),
        when=when,
        **fields,  # type: ignore[arg-type]
    )
    info = DocumentInfo(id=document, digest=document, origin=document, published=published(on), kind=DocumentKind.NEWS)
    return Evidence(id=f"m-{document}", document=info, mention=mention)


def one_entry(*evidence: Evidence) -> bool:
    return len(link_engagements(evidence)) == 1


def test_preview_account_and_recollection_are_one() -> None:
    preview = said("a", "2024-09-20", LAVROV, FIDAN, when=days("2024-09-24", "2024-09-27"), status=Status.PLANNED)
    account = said("b", "2024-09-25", LAVROV, FIDAN, when=day("2024-09-25", Basis.PUBLICATION))
    recalled = said("c", "2024-10-30", LAVROV, FIDAN, when=day("2024-09-25"))
    assert one_entry(preview, account, recalled)
    entry = EngagementLinker().fold("e1", [preview, account, recalled])
    assert entry.status is Status.HELD
    assert [step.status for step in entry.history] == ["planned", "held"]
    assert entry.when.start == entry.when.end == datetime.date(2024, 9, 25)


def test_calls_on_following_days_are_two() -> None:
    monday = said(
        "a", "2024-03-04", PUTIN, ERDOGAN, when=day("2024-03-04", Basis.PUBLICATION), kind=EngagementKind.CALL
    )
    tuesday = said(
        "b", "2024-03-05", PUTIN, ERDOGAN, when=day("2024-03-05", Basis.PUBLICATION), kind=EngagementKind.CALL
    )
    assert not one_entry(monday, tuesday)


def test_a_stamp_of_the_next_day_gives_way_to_a_stated_day() -> None:
    stamped = said("a", "2024-03-05", PUTIN, ERDOGAN, when=day("2024-03-05", Basis.PUBLICATION), place="Sochi")
    stated = said("b", "2024-03-09", PUTIN, ERDOGAN, when=day("2024-03-04"), place="Sochi")
    assert one_entry(stamped, stated)
    assert EngagementLinker().fold("e1", [stamped, stated]).when.start == datetime.date(2024, 3, 4)


def test_other_people_of_the_same_parties_meet_apart() -> None:
    ministers = said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"))
    presidents = said("b", "2024-03-04", PUTIN, ERDOGAN, when=day("2024-03-04"))
    assert not one_entry(ministers, presidents)


def test_a_bilateral_is_not_the_conference_around_it() -> None:
    others = (Participant(name="Wang Yi", party="CHN"), Participant(name="Marco Rubio", party="USA"))
    conference = said(
        "a", "2025-07-11", LAVROV, FIDAN, *others, when=day("2025-07-11"), mechanism="ASEAN Regional Forum"
    )
    bilateral = said("b", "2025-07-11", LAVROV, FIDAN, when=day("2025-07-11"))
    assert not one_entry(conference, bilateral)


def test_a_call_and_a_meeting_of_one_day_are_two() -> None:
    call = said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"), kind=EngagementKind.CALL)
    meeting = said("b", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"), kind=EngagementKind.MEETING)
    assert not one_entry(call, meeting)


def test_a_kind_by_default_gives_way_to_a_stated_one() -> None:
    open_kind = said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"), kind_basis="no kind given")
    call = said("b", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"), kind=EngagementKind.CALL)
    assert one_entry(open_kind, call)
    assert EngagementLinker().fold("e1", [open_kind, call]).kind is EngagementKind.CALL


@pytest.mark.parametrize(("on", "together"), [("2024-03-06", True), (None, True), ("2024-05-30", False)])
def test_an_undated_report_joins_by_people_and_publication(on: str | None, together: bool) -> None:
    dated = said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"))
    undated = said("b", on, LAVROV, FIDAN)
    assert one_entry(dated, undated) is together


def test_a_publication_known_to_be_after_a_day_stays_open() -> None:
    dated = said("a", "2025-05-20", LAVROV, FIDAN, when=day("2025-05-19"))
    undated = said("b", None, LAVROV, FIDAN)

    def after(text: str) -> Evidence:
        since = Publication(start=datetime.date.fromisoformat(text), basis=PublishedBasis.INFERRED)
        return msgspec.structs.replace(undated, document=msgspec.structs.replace(undated.document, published=since))

    assert one_entry(dated, after("2025-01-07"))
    assert not one_entry(dated, after("2025-07-01"))


def test_an_undated_report_without_people_stays_alone() -> None:
    russia, turkey = Participant(party="RUS"), Participant(party="TUR")
    assert not one_entry(
        said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04")), said("b", None, russia, turkey)
    )


def test_several_meetings_in_a_word_are_no_one_meeting() -> None:
    assert not one_entry(
        said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04")),
        said("b", "2024-03-05", LAVROV, FIDAN, several=True),
    )


def test_any_order_gives_the_same_groups() -> None:
    reports = [
        said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04")),
        said("b", "2024-03-05", LAVROV, FIDAN, when=day("2024-03-04", Basis.TEXT)),
        said("c", None, LAVROV, FIDAN),
        said("d", "2024-03-04", PUTIN, ERDOGAN, when=day("2024-03-04")),
    ]
    results = {
        frozenset(frozenset(order[i].id for i in group) for group in link_engagements(order))
        for order in itertools.permutations(reports)
    }
    assert results == {frozenset({frozenset({"m-a", "m-b", "m-c"}), frozenset({"m-d"})})}


def test_variants_of_a_name_are_one_participant() -> None:
    folded = EngagementLinker().fold(
        "e1",
        [
            said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04")),
            said("b", "2024-03-04", Participant(name="Lavrov", party="RUS"), FIDAN, when=day("2024-03-04")),
        ],
    )
    assert [p.name for p in folded.participants] == ["Sergey Lavrov", "Hakan Fidan"]


def test_an_undated_recollection_does_not_make_one_of_two_calls_of_the_same_people() -> None:
    call = EngagementKind.CALL
    first = said("a", "2024-03-01", LAVROV, FIDAN, when=day("2024-03-01"), kind=call)
    second = said("b", "2024-03-13", LAVROV, FIDAN, when=day("2024-03-13"), kind=call)
    recalled = said("c", "2024-03-08", LAVROV, FIDAN, kind=call)
    for order in itertools.permutations([first, second, recalled]):
        assert sorted(len(group) for group in link_engagements(order)) == [1, 2]


def test_what_is_still_to_come_is_no_meeting_of_last_week_and_what_was_held_none_of_the_next() -> None:
    held = said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"))
    announced = said("b", "2024-03-08", LAVROV, FIDAN, status=Status.PLANNED)
    assert not one_entry(held, announced)
    later = said("c", "2024-03-12", LAVROV, FIDAN, when=day("2024-03-12"))
    recalled = said("d", "2024-03-08", LAVROV, FIDAN)
    assert not one_entry(later, recalled)
    assert one_entry(later, announced)


def test_a_call_that_plans_a_meeting_is_not_the_meeting() -> None:
    call = said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"), kind=EngagementKind.CALL, kind_basis="spoke")
    plan = said("a", "2024-03-04", LAVROV, FIDAN, status=Status.PLANNED)
    plan = msgspec.structs.replace(plan, id="m-plan")
    assert not one_entry(call, plan)


def test_unnamed_officials_are_not_those_of_a_call_of_another_kind_on_the_same_day() -> None:
    call = said("a", "2024-03-04", LAVROV, FIDAN, when=day("2024-03-04"), kind=EngagementKind.CALL)
    both = said("b", "2024-03-04", when=day("2024-03-04"), kind_basis="talked")
    unnamed = msgspec.structs.replace(both, mention=msgspec.structs.replace(both.mention, parties=("RUS", "TUR")))
    assert not one_entry(call, unnamed)


def test_two_reports_of_a_group_of_a_region_are_one_and_two_groups_are_two() -> None:
    nordic = Participant(group="Nordic foreign ministers", number=5)
    baltic = Participant(group="Baltic foreign ministers", number=3)
    helsinki = {"when": day("2024-03-04"), "place": "Helsinki"}
    one, other = (said(name, "2024-03-05", nordic, **helsinki) for name in "ab")  # type: ignore[arg-type]
    assert one_entry(one, other)
    assert not one_entry(one, said("c", "2024-03-05", baltic, **helsinki))  # type: ignore[arg-type]
