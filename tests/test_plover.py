"""The book as PLOVER events."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import msgspec
import pytest

from dragoman.book import Book
from dragoman.cli.app import exit_code
from dragoman.export.plover import Event, events_of
from dragoman.export.plover.coding import (
    Coded,
    code_of_words,
    coded_commitment,
    coded_engagement,
    coded_incident,
    coded_measure,
    coded_readout,
    coded_statement,
)
from dragoman.export.plover.tables import code_of, codes, contexts, event_types, goldstein, sector_of
from dragoman.extract.ledger import rules_of
from dragoman.library import add
from dragoman.record.entries import (
    Commitment,
    Engagement,
    EntryParticipant,
    EntryPoint,
    Incident,
    Measure,
    ReadoutEntry,
    Statement,
    StatusStep,
)
from dragoman.record.mentions import Directness, EngagementKind, Role, Status
from dragoman.record.span import Span
from dragoman.record.when import When

PAGE = Path(__file__).parents[1] / "docs" / "plover.md"
MAY = datetime.date(2025, 5, 1)
JUNE = datetime.date(2025, 6, 1)
TEXT = (
    "Foreign Minister Espen Barth Eide met Peruvian Foreign Minister Elmer Schialer in Oslo on 3 June 2025. Norway condemned"
    " the attack on a Peruvian trawler, Eide said. The two ministers will meet again in Lima on 9 September 2025.\n"
)


def engagement(
    kind: EngagementKind = EngagementKind.MEETING, status: Status = Status.HELD, **values: object
) -> Engagement:
    participants = (
        EntryParticipant(name="Espen Barth Eide", party="NOR", office="Foreign Minister", role=Role.GUEST),
        EntryParticipant(name="Elmer Schialer", party="PER", office="Foreign Minister", role=Role.HOST),
    )
    fields = {"id": "e1", "parties": ("NOR", "PER"), "participants": participants, **values}
    return msgspec.convert(
        {"kind": kind, "status": status, **msgspec.to_builtins(fields), "entry": "engagement"}, Engagement
    )


def one(found: object) -> Coded:
    (only,) = list(found)  # type: ignore[call-overload]
    assert isinstance(only, Coded)
    return only


@pytest.mark.parametrize(
    ("kind", "status", "event", "cameo", "special"),
    [
        (EngagementKind.MEETING, Status.HELD, "CONSULT", "040", ""),
        (EngagementKind.CALL, Status.HELD, "CONSULT", "041", ""),
        (EngagementKind.VISIT, Status.ONGOING, "CONSULT", "042", ""),
        (EngagementKind.NEGOTIATION_ROUND, Status.HELD, "CONSULT", "046", ""),
        (EngagementKind.VISIT, Status.PLANNED, "AGREE", "036", "future"),
        (EngagementKind.MEETING, Status.PROPOSED, "AGREE", "036", "hypothetical"),
        (EngagementKind.CALL, Status.CANCELLED, "REJECT", "125", ""),
        (EngagementKind.CALL, Status.DENIED, "CONSULT", "040", "negation"),
        (EngagementKind.CALL, Status.ALLEGED, "CONSULT", "040", "hypothetical"),
    ],
)
def test_an_engagement_by_kind_and_status(
    kind: EngagementKind, status: Status, event: str, cameo: str, special: str
) -> None:
    code = one(coded_engagement(engagement(kind, status))).code
    assert (code.event, code.cameo, code.special) == (event, cameo, special)


def test_every_kind_and_status_of_an_engagement_has_a_code() -> None:
    assert all(code_of("engagement", kind, status) for kind in EngagementKind for status in Status)


def test_the_guest_is_the_source_of_a_visit_and_all_of_a_meeting() -> None:
    visit, meeting = one(coded_engagement(engagement(EngagementKind.VISIT))), one(coded_engagement(engagement()))
    assert [actor.code for actor in visit.source] == ["NOR"]
    assert [actor.code for actor in visit.recipient] == ["PER"]
    assert [actor.code for actor in meeting.source] == ["NOR", "PER"]
    assert meeting.recipient == []


def test_modes_of_a_contact() -> None:
    many = engagement(parties=("CHL", "NOR", "PER"), country="ESP")
    assert one(coded_engagement(many)).modes == ("multilateral", "third-party")


def test_a_measure_gives_an_event_a_stage() -> None:
    steps = tuple(
        StatusStep(status=status, published=MAY, document="d", mention=status)
        for status in ("threatened", "announced", "in_force", "revoked")
    )
    measure = Measure(id="m1", kind="tariff", imposer="NOR", target="PER", history=steps)
    found = list(coded_measure(measure))
    assert [(coded.code.event, coded.stage) for coded in found] == [
        ("THREATEN", "threatened"),
        ("SANCTION", "imposed"),
        ("CONCEDE", "ended"),
    ]


def test_a_measure_announced_for_a_later_day_is_future() -> None:
    step = StatusStep(status="announced", published=MAY, document="d", mention="m")
    later = Measure(id="m", kind="quota", imposer="NOR", target="cod", effective=When(start=JUNE), history=(step,))
    assert one(coded_measure(later)).code.special == "future"
    assert one(coded_measure(later)).recipient == []


@pytest.mark.parametrize(
    ("cue", "event"),
    [
        ("condemned", "ACCUSE"),
        ("praised", "SUPPORT"),
        ("urged", "REQUEST"),
        ("rejected", "REJECT"),
        ("threatened", "THREATEN"),
        ("apologised", "CONCEDE"),
        ("said", None),
        ("", None),
    ],
)
def test_a_statement_by_its_cue(cue: str, event: str | None) -> None:
    code = code_of_words(cue)
    assert (code.event if code else None) == event


def test_a_statement_names_its_recipient_and_a_denied_cue_is_negated() -> None:
    said = Statement(
        id="s",
        text="the raid by Chile on a Peruvian port",
        directness=Directness.INDIRECT,
        parties=("PER",),
        cue="condemned",
    )
    assert [actor.code for actor in one(coded_statement(said)).recipient] == ["CHL"]
    denied = msgspec.structs.replace(said, negated=True)
    assert one(coded_statement(denied)).code.special == "negation"


def test_a_point_belongs_to_whoever_raised_it() -> None:
    def point(raised_by: str | None) -> EntryPoint:
        return EntryPoint(text="welcomed", document="d", span=Span(0, 8), verb="welcomed", raised_by=raised_by)

    points = tuple(point(raised_by) for raised_by in ("PER", "Espen Barth Eide", "both", None))
    readout = ReadoutEntry(id="r", issuer="NOR", points=points)
    found = [
        ([actor.code for actor in coded.source], [actor.code for actor in coded.recipient])
        for coded in coded_readout(readout, engagement())
    ]
    assert found == [(["PER"], ["NOR"]), (["NOR"], ["PER"]), (["NOR", "PER"], []), (["NOR"], ["PER"])]


def test_a_promise_and_its_withdrawal() -> None:
    promise = Commitment(id="c", who=("NOR",), beneficiary=("PER",), force="will")
    assert one(coded_commitment(promise)).code.event == "AGREE"
    assert one(coded_commitment(msgspec.structs.replace(promise, status="withdrawn"))).code.event == "REJECT"


def test_an_incident_of_an_unknown_kind_is_read_from_its_words_or_left_out() -> None:
    known = Incident(id="i", kind="strike", actors=("CHL",), targets=("PER",))
    assert one(coded_incident(known)).code.event == "ASSAULT"
    told = Incident(id="i", kind="?", actors=("CHL",), targets=("PER",), text="Chile expelled Peruvian diplomats.")
    assert one(coded_incident(told)).code.event == "SANCTION"
    assert list(coded_incident(msgspec.structs.replace(told, text="Chile."))) == []


def test_both_sides_of_a_clash_are_sources() -> None:
    clash = one(coded_incident(Incident(id="i", kind="clash", actors=("CHL",), targets=("PER",))))
    assert ([actor.code for actor in clash.source], clash.recipient) == (["CHL", "PER"], [])


def test_every_kind_of_incident_that_a_rule_reads_has_a_code() -> None:
    kinds = {str(rule.values["kind"]) for rule in rules_of("incidents")}
    assert kinds
    assert {kind for kind in kinds if code_of("incident", kind) is None} == set()


@pytest.mark.parametrize(
    ("office", "sector"),
    [("Foreign Minister", "GOV"), ("General", "MIL"), ("Secretary General", "GOV"), ("Senator", "LEG"), (None, "GOV")],
)
def test_sector(office: str | None, sector: str) -> None:
    assert sector_of(office) == sector


def test_every_code_has_its_scores_and_agrees_in_sign() -> None:
    assert {code.event for code in codes().values()} <= event_types().keys()
    for what, code in codes().items():
        cooperative = event_types()[code.event].quad <= 2
        assert (goldstein()[code.cameo] > 0) == cooperative or code.cameo == "020", what


def test_contexts_are_of_topics_that_exist() -> None:
    table = Path(__file__).parents[1] / "src/dragoman/lexicon/data/topics.csv"
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    topics = {topic for row in csv.DictReader(lines) for topic in row["topics"].split(";")}
    assert contexts().keys() <= topics


def test_every_field_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in Event.__struct_fields__ if f"`{name}`" not in page] == []


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plover")
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    with Book.open(folder / "book.desk", create=True) as held:
        add(held, [folder / "one.txt"])
    return folder / "book.desk"


def test_events_of_a_book_lead_back_to_their_words(book: Path) -> None:
    with Book.open(book) as held:
        found = list(events_of(held))
        for event in found:
            text = held.document(event.text_info.document).text
            assert text[event.text_info.start : event.text_info.end] == event.text
            assert event.source
    assert len({event.id for event in found}) == len(found)
    (met,) = [event for event in found if event.event == ["CONSULT"]]
    assert (met.date, met.date_basis) == (datetime.date(2025, 6, 3), "stated")
    assert {actor.code for actor in met.source} == {"NOR", "PER"}


def test_the_command_writes_the_same_lines_twice(book: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    for path in (first, second):
        assert exit_code(["export", "plover", str(path), "--book", str(book)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert all(json.loads(line)["coder"] == "dragoman" for line in first.read_text(encoding="utf-8").splitlines())
