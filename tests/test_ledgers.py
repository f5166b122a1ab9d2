"""The ledgers: reports of one measure, promise or claim become one entry, and rates add up."""

import datetime
import hashlib
from functools import cache
from importlib.resources import files

import pytest

from dragoman.extract.ledger import ROOMS
from dragoman.grammar.rules import load_examples
from dragoman.link.commitments import CommitmentLinker, state_on
from dragoman.link.conflicts import conflicts_in
from dragoman.link.disputes import DisputeLinker
from dragoman.link.kept import with_meetings
from dragoman.link.measures import MeasureLinker, states_on, status_on
from dragoman.link.negotiations import NegotiationLinker
from dragoman.link.stacks import stacks_on
from dragoman.pipeline import Reader
from dragoman.record.document import Document, Publication, PublishedBasis
from dragoman.record.entries import (
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Evidence,
    Figure,
    Measure,
    Negotiation,
    StatusStep,
)
from dragoman.record.mentions import (
    AnyMention,
    CommitmentMention,
    DisputeMention,
    EngagementKind,
    FigureMention,
    MeasureMention,
    NegotiationMention,
    Status,
)
from dragoman.record.when import UNKNOWN_WHEN, Precision, When


@cache
def reader() -> Reader:
    return Reader()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def evidence_of(name: str, published: str, text: str, kind: type[AnyMention]) -> list[Evidence]:
    known = Publication(start=day(published), end=day(published), basis=PublishedBasis.GIVEN)
    digest = hashlib.sha256(text.encode()).hexdigest()
    reading = reader().read(Document(id=name, text=text, digest=digest, published=known))
    info = DocumentInfo(id=name, digest=digest, origin=name, published=known)
    return [
        Evidence(id=f"{name}-{number}", document=info, mention=mention, wordings=(mention.span.of(text),))
        for number, mention in enumerate(reading.mentions)
        if isinstance(mention, kind)
    ]


def entries_of(linker, items):
    """Entries from the evidence of several texts, joined within blocks."""
    heads = {item.id: item.id for item in items}
    blocks: dict[str, list[Evidence]] = {}
    for item in sorted(items, key=lambda item: item.order):
        for block in linker.blocks(item):
            blocks.setdefault(block, []).append(item)
    for block in blocks.values():
        for group in linker.same(block):
            ids = {heads[block[place].id] for place in group}
            heads.update({name: min(ids) for name, head in heads.items() if head in ids})
    joins: dict[str, list[Evidence]] = {}
    for item in sorted(items, key=lambda item: item.order):
        joins.setdefault(heads[item.id], []).append(item)
    return [linker.fold(name, join) for name, join in sorted(joins.items())]


TARIFF_TEXTS = (
    (
        "one",
        "2025-06-02",
        "The United States will impose an additional 15% tariff on goods from Peru over its copper sales on 10 June 2025, "
        "on top of the 20% reciprocal tariff announced earlier.",
    ),
    ("two", "2025-07-01", "Peruvian goods now face a 35% tariff in the United States, a total of two rates."),
)


@pytest.mark.parametrize(
    "tail", ["on 10 June 2025", "comes into force on Friday", "from Monday", "and will last a year"]
)
def test_a_reason_ends_where_the_sentence_goes_on(tail: str) -> None:
    text = f"The United States imposed an additional 15% tariff on Peru over its copper sales {tail}."
    (found,) = evidence_of("r", "2025-06-02", text, MeasureMention)
    assert isinstance(found.mention, MeasureMention)
    assert found.mention.reason == "its copper sales"


def measures() -> list[Measure]:
    items = [item for text in TARIFF_TEXTS for item in evidence_of(*text, MeasureMention)]
    return entries_of(MeasureLinker(), items)


def test_rates_stack_and_agree_with_a_stated_total() -> None:
    (stack,) = stacks_on(measures(), day("2025-07-02"))
    assert stack.arithmetic == "20 + 15 = 35" or stack.arithmetic == "15 + 20 = 35"
    assert [total.agrees for total in stack.totals] == [True]


def test_a_rate_announced_for_later_is_to_come_before_its_day() -> None:
    (stack,) = stacks_on(measures(), day("2025-06-05"))
    assert 15.0 in [part.rate for part in stack.coming]


@pytest.mark.parametrize(
    ("status", "effective", "asked", "state"),
    [
        ("announced", "2025-08-27", "2025-08-26", "announced"),
        ("announced", "2025-08-27", "2025-08-27", "in_force"),
        ("in_force", "2025-08-27", "2025-08-01", "announced"),
        ("revoked", "2025-08-27", "2025-09-01", "revoked"),
    ],
)
def test_a_measure_is_in_force_from_its_day_on(status: str, effective: str, asked: str, state: str) -> None:
    when = When(start=day(effective), end=day(effective), precision=Precision.DAY)
    measure = Measure(id="m", mentions=(), documents=(), kind="tariff", status=status, effective=when)
    assert status_on(measure, day(asked)) == state


def test_a_pause_of_ninety_days_ends_ninety_days_after_its_first() -> None:
    text = "Chile hopes for a deal within the 90-day pause that the United States announced on April 9 on new tariffs."
    pauses = [item.mention for item in evidence_of("pause", "2025-05-29", text, MeasureMention)]
    assert [m.until.end for m in pauses if isinstance(m, MeasureMention) and m.kind == "pause"] == [day("2025-07-08")]


def test_a_promise_with_a_later_date_has_slipped() -> None:
    texts = (
        ("may", "2025-05-02", "Peru and Japan agreed to sign the fisheries treaty by 30 June 2025."),
        ("july", "2025-07-02", "Peru and Japan now intend to sign the fisheries treaty by 31 August 2025."),
    )
    items = [item for text in texts for item in evidence_of(*text, CommitmentMention)]
    (promise,) = entries_of(CommitmentLinker(), items)
    assert isinstance(promise, Commitment)
    assert [step.due for step in promise.slips] == ["2025-06-30", "2025-08-31"]
    assert state_on(promise, day("2025-08-25")) == "due"
    assert state_on(promise, day("2025-09-01")) == "overdue"


MADE = ("may", "2025-05-02", "Peru and Japan agreed to sign a new fisheries treaty this year.")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Peru and Japan signed the new fisheries treaty in Lima on Monday.", "met"),
        ("The signing of the fisheries treaty by Peru and Japan was postponed.", "postponed"),
        ("Peru and Japan have called off the signing of the fisheries treaty.", "withdrawn"),
        ("Peru and Japan have not signed the new fisheries treaty.", "open"),
        ("Peru and Chile signed a new fisheries treaty on Monday.", "open"),
        ("Peru and Japan signed a new extradition treaty on Monday.", "open"),
    ],
)
def test_a_promise_is_met_or_moved_only_by_a_text_on_its_parties_and_object(text: str, status: str) -> None:
    items = [item for line in (MADE, ("july", "2025-07-02", text)) for item in evidence_of(*line, CommitmentMention)]
    made = [e for e in entries_of(CommitmentLinker(), items) if isinstance(e, Commitment) and e.is_promise]
    assert [entry.status for entry in made] == [status]


def test_an_older_deed_meets_no_later_promise() -> None:
    texts = (("april", "2025-04-02", "Peru and Japan signed the new fisheries treaty on Monday."), MADE)
    items = [item for text in texts for item in evidence_of(*text, CommitmentMention)]
    assert [e.status for e in entries_of(CommitmentLinker(), items) if e.is_promise] == ["open"]


def test_promises_about_different_things_stay_apart() -> None:
    text = "Norway pledged to finance two power stations in Moldova. Norway pledged to train forty judges in Moldova."
    assert len(entries_of(CommitmentLinker(), evidence_of("n", "2025-05-02", text, CommitmentMention))) == 2


def test_a_claim_its_denial_and_its_repetition_are_one_ladder() -> None:
    texts = (
        ("a", "2025-05-02", "President Nicolás Maduro's claim that Guyana had shelled a river boat was denied by Guyana."),
        ("b", "2025-06-02", "Guyana denied that it had shelled the river boat. President Nicolás Maduro repeated his claim that Guyana shelled a river boat."),
    )  # fmt: skip
    items = [item for text in texts for item in evidence_of(*text, DisputeMention)]
    ladders = [e for e in entries_of(DisputeLinker(), items) if isinstance(e, Dispute)]
    longest = max(ladders, key=lambda ladder: len(ladder.steps))
    assert {"asserted", "denied", "repeated"} <= {step.step for step in longest.steps}


def test_one_claim_in_other_words_is_one_ladder_when_the_sides_are_the_same() -> None:
    texts = (
        ("a", "2025-05-02", "Peru denied President Donald Trump's claim that the United States had mediated a truce at the border."),
        ("b", "2025-06-02", "President Donald Trump said once more, despite Peruvian denials, that he had stopped the fighting in the Andes."),
        ("c", "2025-07-02", "Peru denied President Donald Trump's claim that the United States had bought the mine."),
    )  # fmt: skip
    items = [item for text in texts for item in evidence_of(*text, DisputeMention)]
    ladders = [e for e in entries_of(DisputeLinker(), items) if isinstance(e, Dispute)]
    assert sorted(len({step.document for step in ladder.steps}) for ladder in ladders) == [1, 2]


def test_a_track_counts_the_rounds_held() -> None:
    texts = (
        ("a", "2025-05-02", "Chile and Indonesia have held four rounds of trade talks."),
        ("b", "2025-06-02", "The fifth round of trade talks between Chile and Indonesia ended on Monday."),
    )
    items = [item for text in texts for item in evidence_of(*text, NegotiationMention)]
    (track,) = entries_of(NegotiationLinker(), items)
    assert isinstance(track, Negotiation)
    assert track.rounds == 5


def test_a_target_that_slips_keeps_both_dates() -> None:
    texts = (
        ("a", "2025-05-02", "Chile and Indonesia want to conclude a trade deal by 30 June 2025."),
        ("b", "2025-06-20", "In the trade talks of Chile and Indonesia 31 October 2025 is now the working date. The tariff deadline of Chile and Indonesia is 1 December 2025."),
    )  # fmt: skip
    items = [item for text in texts for item in evidence_of(*text, NegotiationMention)]
    (track,) = [entry for entry in entries_of(NegotiationLinker(), items) if isinstance(entry, Negotiation)]
    assert [step.due for step in track.targets] == ["2025-06-30", "2025-10-31"]


def track_of(*texts: tuple[str, str, str]) -> Negotiation:
    items = [item for text in texts for item in evidence_of(*text, NegotiationMention)]
    (track,) = [entry for entry in entries_of(NegotiationLinker(), items) if isinstance(entry, Negotiation)]
    return track


def test_a_track_keeps_who_leads_what_is_in_the_way_and_how_progress_is_worded() -> None:
    track = track_of(
        ("a", "2025-03-20", "Chile and Indonesia will hold the tenth round of trade talks on Monday. Nine rounds have been held. "
         "Talks are led by Foreign Ministers Alberto van Klaveren and Retno Marsudi. Palm oil remains the main sticking point."),
        ("b", "2025-05-20", "The trade talks of Chile and Indonesia are at an impasse. Both sides differ over copper."),
        ("c", "2025-06-20", "A trade deal of Chile and Indonesia is within reach, an official said."),
    )  # fmt: skip
    assert (track.rounds, track.planned) == (9, 10)
    assert track.leads == ("Alberto van Klaveren", "Retno Marsudi")
    assert track.sticking == ("Palm oil", "copper")
    assert track.wordings == ("are at an impasse", "is within reach")


def test_talks_are_of_the_track_last_named_and_not_of_the_forum_that_hosts_them() -> None:
    text = (
        "Peru and Japan differ on a free trade agreement. A peace treaty of Russia and Japan is far away. "
        "On the sidelines of the APEC summit Peru and Japan said that the trade talks were at a standstill."
    )
    told = [item.mention for item in evidence_of("a", "2025-06-20", text, NegotiationMention)]
    (stuck,) = [mention for mention in told if mention.progress == "were at a standstill"]
    assert (stuck.track, stuck.parties) == ("bilateral trade agreement", ("JPN", "PER"))


def test_a_round_only_proposed_or_cancelled_is_not_held() -> None:
    track = track_of(
        (
            "a",
            "2025-06-03",
            "Chile and Indonesia held a second round of trade talks in Lima. Chile proposed a third round.",
        ),
        ("b", "2025-06-14", "The fourth round of trade talks between Chile and Indonesia has been cancelled."),
    )
    assert (track.rounds, track.planned) == (2, 4)
    assert track.wordings == ("has been cancelled",)


def figure(name: str, value: float, what: str, hedge: str | None = None) -> Figure:
    period = When(start=day("2024-01-01"), end=day("2024-12-31"), precision=Precision.YEAR)
    return Figure(
        id=name, mentions=(), documents=(), value=value, unit="USD", what=what, hedge=hedge, parties=("PER", "USA"),
        period=period, text=f"${value:g}",
    )  # fmt: skip


def test_figures_that_differ_make_a_card_with_the_difference_of_definition() -> None:
    (card,) = conflicts_in([figure("a", 21e9, "trade in goods"), figure("b", 30e9, "trade in goods and services")])
    assert card.difference == "goods; goods and services"


def test_a_hedge_covers_a_small_difference() -> None:
    assert not conflicts_in([figure("a", 21e9, "trade in goods", "about"), figure("b", 21.4e9, "trade in goods")])


def sides_and_rates(text: str) -> list[tuple[str | None, str | None, float | None, float | None, str]]:
    found = [item.mention for item in evidence_of("a", "2025-07-20", text, MeasureMention)]
    return [(m.imposer, m.target, m.rate, m.previous_rate, m.status) for m in found if isinstance(m, MeasureMention)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one rate on two targets, behind the goods
        (
            "Canada imposed a 20% tariff on goods from Peru and Chile.",
            [("CAN", "PER", 20.0, None, "in_force"), ("CAN", "CHL", 20.0, None, "in_force")],
        ),
        # a rate that takes another's place
        (
            "The new 15% rate replaces the 39% duty that Norway had imposed on Kenya.",
            [("NOR", "KEN", 15.0, 39.0, "modified")],
        ),
        ("Norway cut its duties on Kenyan tea from 10 to 5 percent.", [("NOR", "KEN", 5.0, 10.0, "announced")]),
        ("Norway cut its duty on Kenyan tea to 5%, down from 10%.", [("NOR", "KEN", 5.0, 10.0, "announced")]),
        # who bears it stands as the object of a verb
        ("A truce by Norway spared Kenya a levy of 46 percent.", [("NOR", "KEN", 46.0, None, "announced")]),
        ("Norway hit Kenya with a 12% tariff.", [("NOR", "KEN", 12.0, None, "in_force")]),
        # called off before it took effect; zero as a goal; talk of tariffs
        ("Norway called off its 9% tariff on Kenya.", [("NOR", "KEN", 9.0, None, "revoked")]),
        ("Norway and Kenya set zero tariffs on tea as a goal.", []),
        ("India wants an exemption, when a pause on a 26% tariff expires.", []),
        # the cause is no target; the one who makes it stands behind it
        ("Norway put a 7% tariff on tea from Kenya for buying Sudanese gum.", [("NOR", "KEN", 7.0, None, "in_force")]),
        ("Kenya criticised the 7% tariff that Norway imposed.", [("NOR", "KEN", 7.0, None, "in_force")]),
    ],
)
def test_a_measure_is_laid_by_one_side_on_the_other(text: str, expected: list[tuple[str, ...]]) -> None:
    found = [(*row[:4], row[4]) for row in sides_and_rates(text)]
    assert [row[:4] for row in found] == [row[:4] for row in expected]
    assert all(row[4] == known[4] for row, known in zip(found, expected, strict=True) if known[4] != "announced")


def test_a_measure_named_again_keeps_what_the_text_told_of_its_life() -> None:
    text = "The pause on Norway's 26% tariff on Kenya ends on 9 August. Kenya seeks relief from the 26% duty."
    assert {row[4] for row in sides_and_rates(text)} == {"paused"}


def test_a_later_sentence_says_from_when_a_tariff_holds() -> None:
    (item,) = evidence_of(
        "a",
        "2025-07-20",
        "Norway imposed a 5% tariff on Kenya. The tariff takes effect on 1 September.",
        MeasureMention,
    )
    assert isinstance(item.mention, MeasureMention)
    assert item.mention.effective.start == day("2025-09-01")


def promises_of(*texts: tuple[str, str, str]) -> list[Commitment]:
    items = [item for text in texts for item in evidence_of(*text, CommitmentMention)]
    return [e for e in entries_of(CommitmentLinker(), items) if isinstance(e, Commitment) and e.is_promise]


@pytest.mark.parametrize(
    ("visit", "status"),
    [
        ("President William Ruto visited Norway on Monday.", "met"),
        ("President William Ruto arrived in Oslo on Monday.", "met"),
        ("President William Ruto visited Peru on Monday.", "open"),
        ("Foreign Minister Musalia Mudavadi of Kenya visited Norway on Monday.", "open"),
    ],
)
def test_an_invitation_is_met_by_the_visit_of_its_guest(visit: str, status: str) -> None:
    invitation = ("a", "2025-05-02", "Norway invited President William Ruto of Kenya to visit Oslo this year.")
    assert [p.status for p in promises_of(invitation, ("b", "2025-07-02", visit))] == [status]


def test_a_round_that_was_to_have_been_held_is_put_off() -> None:
    promises = promises_of(
        ("a", "2025-05-02", "A Kenyan team will travel to Oman for the sixth round of talks in June 2025."),
        ("b", "2025-07-02", "Kenya and Oman have no dates for the sixth round of talks, which was to have been held in June 2025."),
    )  # fmt: skip
    assert [promise.status for promise in promises] == ["postponed"]


def test_a_deal_aimed_for_by_a_day_is_overdue_after_it() -> None:
    (promise,) = promises_of(
        ("a", "2025-05-02", "Kenya and Oman are aiming for an interim trade deal before 9 July 2025.")
    )
    assert state_on(promise, day("2025-07-20")) == "overdue"


def test_a_claim_told_again_after_its_denial_is_repeated() -> None:
    texts = (
        ("a", "2025-05-02", "Peru denied President Donald Trump's claim that the United States had mediated a truce at the border."),
        ("b", "2025-06-02", "President Donald Trump said again that he had mediated a truce at the border, though Peru has denied that."),
    )  # fmt: skip
    items = [item for text in texts for item in evidence_of(*text, DisputeMention)]
    (ladder,) = [e for e in entries_of(DisputeLinker(), items) if isinstance(e, Dispute)]
    assert ("repeated", "b") in {(step.step, step.document) for step in ladder.steps}


@pytest.mark.parametrize("room", ROOMS)
def test_passing_over_sentences_that_lack_what_rules_need_loses_nothing(room: str) -> None:
    examples = load_examples(files("dragoman.extract").joinpath(room, "examples.toml"))
    text = "\n\n".join(example.text for example in (*examples.example, *examples.near_miss))
    document = Document(id=room, text=text, digest="")
    assert reader().read(document).mentions == reader().read(document, explain=True).mentions


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Norway and Chile Sign Five-Year Fisheries Pact After Long Talks\n\nThe ministers signed in Oslo.", []),
        ("Envoys Back a 60-Day Truce\n\nThe envoys met in Doha.", []),
        ("Norway and Chile signed a five-year fisheries pact on Monday.", ["five-year"]),
        ("The envoys presented a five-point plan.", []),
    ],
)
def test_the_term_of_a_pact_is_no_figure_in_a_heading(text: str, figures: list[str]) -> None:
    found = evidence_of("d", "2025-05-29", text, FigureMention)
    assert [item.wordings[0] for item in found] == figures


@pytest.mark.parametrize(
    "text",
    [
        "Washington is asking New Delhi for smaller duties on almonds and walnuts.",
        "French officials complained about American tariffs on wine.",
        "Norway is pressing Chile over Chilean tariffs on salmon.",
    ],
)
def test_a_complaint_of_tariffs_in_general_is_no_measure(text: str) -> None:
    assert not evidence_of("d", "2025-05-29", text, MeasureMention)


def test_a_tariff_that_somebody_has_imposed_is_a_measure_though_another_complains() -> None:
    text = "Brazil complained that the United States had imposed a 25% tariff on Brazilian steel."
    (item,) = evidence_of("d", "2025-05-29", text, MeasureMention)
    assert (item.mention.imposer, item.mention.target, item.mention.rate) == ("USA", "BRA", 25.0)


def test_the_denials_of_other_parties_are_not_one_dispute() -> None:
    texts = [
        ("a", "2025-05-02", "Norway denied that it had asked for talks on the border fence and the fishing grounds."),
        ("b", "2025-05-04", "Chile denied that its navy had entered the fishing grounds near the border fence."),
    ]
    items = [item for name, day, text in texts for item in evidence_of(name, day, text, DisputeMention)]
    assert len(items) == 2
    assert len(entries_of(DisputeLinker(), items)) == 2


def test_denials_far_apart_in_time_are_not_one_dispute() -> None:
    text = "Norway denied that its navy had entered the fishing grounds off Peru."
    items = [
        i
        for name, day in (("a", "2022-05-02"), ("b", "2025-05-04"))
        for i in evidence_of(name, day, text, DisputeMention)
    ]
    near = [
        i
        for name, day in (("a", "2025-05-02"), ("b", "2025-05-04"))
        for i in evidence_of(name, day, text, DisputeMention)
    ]
    assert len(entries_of(DisputeLinker(), items)) == 2
    assert len(entries_of(DisputeLinker(), near)) == 1


def test_what_is_called_unfair_is_the_claim_without_the_rest_of_its_sentence() -> None:
    text = (
        "Brazil said on Monday it would wait. Its exporters pay a 10 percent duty, and 40 percent more for ethanol, "
        "which Brasília has called unjustified."
    )
    (item,) = evidence_of("d", "2025-05-29", text, DisputeMention)
    assert item.mention.claim.startswith("40 percent more for ethanol")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the life of a listing, a ban, a visa act
        ("Canada threatened sanctions on Sudanese generals.", [("sanction", "CAN", "SDN", "threatened")]),
        ("Canada will impose sanctions on Sudan from 4 June 2024.", [("sanction", "CAN", "SDN", "announced")]),
        ("Canada extended its sanctions on Sudan until 9 May 2026.", [("sanction", "CAN", "SDN", "modified")]),
        ("Canada suspended its sanctions on Sudan for six months.", [("sanction", "CAN", "SDN", "paused")]),
        ("Canada lifted its sanctions on Sudan.", [("sanction", "CAN", "SDN", "revoked")]),
        ("Canada has not lifted its sanctions on Sudan.", [("sanction", "CAN", "SDN", "in_force")]),
        ("Ghana denied visas to Togolese judges.", [("visa", "GHA", "TGO", "in_force")]),
        ("Ghana resumed visas for Togolese students.", [("visa", "GHA", "TGO", "revoked")]),
        ("Chile shut its ports to Peruvian trawlers.", [("closure", "CHL", "PER", "in_force")]),
        ("Japan added two Syrian banks to its sanctions list.", [("sanction", "JPN", "SYR", "in_force")]),
        ("Japan removed two Syrian banks from its sanctions list.", [("sanction", "JPN", "SYR", "revoked")]),
        ("Egypt banned exports of onions to Jordan.", [("export_control", "EGY", "JOR", "in_force")]),
        # who joins or evades a measure does not make it
        ("Norway joined the EU sanctions on Belarus.", [("sanction", "EU", "BLR", "in_force")]),
        # asked about, denied, wished for
        ("Has Canada imposed sanctions on Sudan?", []),
        ("Canada has not imposed sanctions on Sudan.", []),
        ("The deputy urged Canada to consider sanctions on Sudan.", []),
    ],
)
def test_the_life_of_a_measure_is_read_from_its_verb(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [(m.kind, m.imposer, m.target, m.status) for m in measures_told(text)] == expected


def measures_told(text: str) -> list[MeasureMention]:
    return [
        m
        for item in evidence_of("x", "2024-06-01", text, MeasureMention)
        if isinstance(m := item.mention, MeasureMention)
    ]


def test_a_listing_keeps_whom_it_names_and_the_law_it_cites() -> None:
    text = "The State Department designated four Peruvian traders under Executive Order 13581 for smuggling gold."
    (found,) = measures_told(text)
    assert (found.scope, found.legal_basis, found.reason) == (
        "four Peruvian traders",
        "Executive Order 13581",
        "smuggling gold",
    )


def test_a_rate_that_a_later_text_replaces_is_shown_so_from_its_day_on() -> None:
    items = [
        *evidence_of("a", "2025-03-03", "Norway put a 12% tariff on Kenyan tea on 5 March 2025.", MeasureMention),
        *evidence_of(
            "b",
            "2025-05-02",
            "Norway cut its tariff on Kenyan tea from 12% to 6%, effective 9 May 2025.",
            MeasureMention,
        ),
    ]
    measures = [m for m in entries_of(MeasureLinker(), items) if isinstance(m, Measure)]
    by_rate = {m.rate: place for place, m in enumerate(measures)}
    before, after = states_on(measures, day("2025-05-04")), states_on(measures, day("2025-05-10"))
    assert (before[by_rate[12.0]], after[by_rate[12.0]]) == ("in_force", "replaced")
    assert after[by_rate[6.0]] in ("in_force", "modified")


def test_a_pause_of_a_tariff_runs_for_its_length() -> None:
    (found,) = measures_told("Norway suspended its 9% tariff on Kenyan tea for 30 days from 10 June 2024.")
    assert (found.status, str(found.until.end)) == ("paused", "2024-07-10")


@pytest.mark.parametrize(
    "text",
    [
        # withheld, not disputed
        "Norway denied Kenyan pilots the right to land.",
        "Those villages have been denied water for too long, Kenya said.",
        "Norway's order denies Kenya access to spare parts.",
        # not to be denied, called otherwise, made up otherwise
        "There is no denying that Norway is far from Kenya.",
        "Norway called out Kenya for its unfair fishing rules.",
        "Norway said that Kenya had made up its mind.",
    ],
)
def test_words_of_denial_that_dispute_no_claim(text: str) -> None:
    assert evidence_of("x", "2024-06-01", text, DisputeMention) == []


def test_a_denied_it_takes_its_claim_from_what_was_said_before() -> None:
    text = "Kenya claimed that Norway had moved the buoys. Norway denied it on Friday."
    claims = [item.mention.claim for item in evidence_of("x", "2024-06-01", text, DisputeMention)]
    assert len(claims) == 1
    assert "moved the buoys" in claims[0]


MET_IN_JUNE = Engagement(
    id="e",
    kind=EngagementKind.MEETING,
    status=Status.HELD,
    parties=("KEN", "NOR"),
    when=When(start=day("2024-06-12"), end=day("2024-06-12"), precision=Precision.DAY),
    history=(StatusStep(status="held", published=day("2024-06-13"), document="d2", mention="m2"),),
)


@pytest.mark.parametrize(
    ("what", "due", "expected"),
    [
        ("meet again in June", ("2024-06-01", "2024-06-30"), "met"),
        ("hold another meeting in Oslo", None, "met"),
        ("hold another round of talks", None, "open"),  # no round of talks
        ("meet again by May", ("2024-05-01", "2024-05-31"), "open"),  # the meeting came too late
        ("meet again in July", ("2024-07-01", "2024-07-31"), "open"),  # and this one is still to come
        ("meet its emission targets", None, "open"),
        ("build a bridge", None, "open"),
    ],
)
def test_a_promise_to_meet_is_kept_by_the_meeting(what: str, due: tuple[str, str] | None, expected: str) -> None:
    when = When(start=day(due[0]), end=day(due[1])) if due else UNKNOWN_WHEN
    promise = Commitment(id="c", who=("KEN", "NOR"), what=what, due_when=when, first_published=day("2024-05-10"))
    (found,) = with_meetings([promise], [MET_IN_JUNE])
    assert found.status == expected
    assert [step.mention for step in found.history] == (["m2"] if expected == "met" else [])


def test_a_meeting_before_the_promise_or_of_others_keeps_nothing() -> None:
    later = Commitment(id="c", who=("KEN", "NOR"), what="meet again", first_published=day("2024-06-20"))
    others = Commitment(id="d", who=("CHL", "NOR"), what="meet again", first_published=day("2024-05-10"))
    assert [each.status for each in with_meetings([later, others], [MET_IN_JUNE])] == ["open", "open"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway is able to buy more tea from Kenya, and it is going to do so.", ["buy more tea from Kenya"]),
        ("Norway committed to share its charts with Kenya.", ["share its charts with Kenya"]),
        # crimes are committed and disputes resolved without a promise; laws and requests promise nothing
        ("Norwegian sailors committed abuses against Kenyan divers.", []),
        ("Norway resolved the dispute with Kenya.", []),
        ("The law that will create posts in Kenya was read in Norway.", []),
        ("Norway called on Kenya to agree to a truce.", []),
        ("Will Norway build a port in Kenya?", []),
        ("Norway will do so.", []),
    ],
)
def test_only_wording_that_binds_is_a_promise(text: str, expected: list[str]) -> None:
    found = [item.mention for item in evidence_of("x", "2024-06-01", text, CommitmentMention)]
    assert [m.what for m in found if isinstance(m, CommitmentMention) and m.step == "made"] == expected


def test_two_things_due_in_one_month_are_two_promises() -> None:
    text = "Norway and Kenya agreed to meet again in June 2025. Norway pledged to deliver 20 buses to Kenya by 1 June 2025."
    found = entries_of(CommitmentLinker(), evidence_of("x", "2025-05-10", text, CommitmentMention))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Chile and Peru met in Lima. Both sides pledged to open a joint border post.", ("CHL", "PER")),
        ("Chile and Peru held talks in Lima. The two countries vowed to share data on floods.", ("CHL", "PER")),
        ("Chile and Peru met in Lima. “We agreed to reopen the railway,” Foreign Minister Alberto van Klaveren said.", ("CHL", "PER")),
        ("Chile and Peru met in Lima. “We will set up a dialogue on copper,” Foreign Minister Alberto van Klaveren said.", ("CHL", "PER")),
        ("Chile and Peru met in Lima. Peruvian ministers pledged to build a road.", ("PER",)),
    ],
)  # fmt: skip
def test_those_who_stand_for_all_who_met_are_the_parties_of_the_text(text: str, who: tuple[str, ...]) -> None:
    (item,) = evidence_of("t", "2025-05-02", text, CommitmentMention)
    assert item.mention.who == who


def test_what_is_owed_in_the_passive_is_its_subject() -> None:
    text = "Chile and Peru met in Lima. The minister said the exchange of maps would be carried out soon."
    (item,) = evidence_of("t", "2025-05-02", text, CommitmentMention)
    assert item.mention.what == "the exchange of maps would be carried out soon"


@pytest.mark.parametrize(
    ("text", "imposer"),
    [
        ("The United States, Iran and Oman met. Treasury has sanctioned two Iranian banks.", "USA"),
        ("Britain, Iran and Oman met. Treasury has sanctioned two Iranian banks.", "GBR"),
        ("The United States, Kenya and Oman met. Commerce added two Kenyan firms to the entity list.", "USA"),
    ],
)
def test_a_department_named_by_one_word_acts_for_the_government_in_the_text(text: str, imposer: str) -> None:
    assert [found.imposer for found in measures_told(text)] == [imposer]


def ladders_of(*texts: tuple[str, str, str]) -> list[list[str]]:
    items = [item for text in texts for item in evidence_of(*text, DisputeMention)]
    return sorted(
        sorted({step.document for step in e.steps})
        for e in entries_of(DisputeLinker(), items)
        if isinstance(e, Dispute)
    )


def test_two_wordings_of_one_complaint_about_one_measure_are_one_ladder() -> None:
    unfair = ("a", "2025-05-02", "Peru called the Chilean tariffs on its grapes unfair.")
    other = ("b", "2025-05-09", "Peru called the Chilean tariffs unjustified and unreasonable.")
    assert ladders_of(unfair, other) == [["a", "b"]]


def test_complaints_of_different_rates_or_sides_stay_apart() -> None:
    one = ("a", "2025-05-02", "Peru called the 25 percent Chilean tariffs on its grapes unfair.")
    rate = ("b", "2025-05-09", "Peru called the 10 percent Chilean tariffs on its fish unjustified.")
    side = ("c", "2025-05-09", "Kenya called the Chilean tariffs unreasonable.")
    assert ladders_of(one, rate, side) == [["a"], ["b"], ["c"]]
