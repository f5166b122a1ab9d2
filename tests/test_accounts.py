"""Two accounts of one engagement are aligned point by point, and nothing is said of what an account leaves out."""

import msgspec

from dragoman.link.accounts import compare_accounts
from dragoman.link.diff import word_diff
from dragoman.record.comparison import Change, Verdict
from dragoman.record.entries import Engagement, EntryPoint, ReadoutEntry
from dragoman.record.mentions import EngagementKind, Status
from dragoman.record.span import Span
from dragoman.show.compare import comparison_text


def point(text: str, *topics: str, strength: int = 0, act: str = "") -> EntryPoint:
    return EntryPoint(text=text, document="d", span=Span(0, len(text)), topics=topics, strength=strength, act=act)


def readout(issuer: str, *points: EntryPoint) -> ReadoutEntry:
    return ReadoutEntry(id=f"r-{issuer}", mentions=(), documents=(f"doc-{issuer}",), issuer=issuer, points=points)


NORWAY = readout(
    "NOR",
    point("urged a quick end to the dispute over mackerel quotas", "trade", strength=4),
    point("thanked Iceland for its help at sea", "humanitarian", act="thank"),
    point("The ministers reaffirmed their commitment to free passage in the High North.", "maritime"),
)
ICELAND = readout(
    "ISL",
    point("The ministers reaffirmed their commitment to free passage in the High North.", "maritime"),
    point("noted the talks on mackerel quotas", "trade", strength=1),
    point("invited her colleague to Reykjavik in the spring", "bilateral_ties", act="invite"),
)


def test_points_are_found_in_the_same_words_reworded_and_in_one_account_only() -> None:
    rows = compare_accounts("e", [NORWAY, ICELAND]).rows
    found = [(row.verdict, [(p.account, p.order) for p in row.points]) for row in rows]
    assert found == [
        (Verdict.REWORDED, [(0, 1), (1, 2)]),
        (Verdict.ONE_ONLY, [(0, 2)]),
        (Verdict.SAME_WORDS, [(0, 3), (1, 1)]),
        (Verdict.ONE_ONLY, [(1, 3)]),
    ]


def test_a_reworded_point_shows_the_gap_of_verb_strength_and_the_words_that_differ() -> None:
    row = compare_accounts("e", [NORWAY, ICELAND]).rows[0]
    assert row.gap == 3
    assert Change("same", "mackerel quotas") in row.diff
    assert row.topics == ("trade",)


def test_every_point_stands_in_exactly_one_row() -> None:
    rows = compare_accounts("e", [NORWAY, ICELAND, NORWAY]).rows
    places = [(p.account, p.order) for row in rows for p in row.points]
    assert sorted(places) == [(account, order) for account in range(3) for order in (1, 2, 3)]


def test_topics_are_counted_account_by_account() -> None:
    lines = {line.topic: line.counts for line in compare_accounts("e", [NORWAY, ICELAND]).topics}
    assert lines == {"trade": (1, 1), "maritime": (1, 1), "humanitarian": (1, 0), "bilateral_ties": (0, 1)}


def test_one_account_alone_is_shown_as_such() -> None:
    comparison = compare_accounts("e", [NORWAY])
    assert {row.verdict for row in comparison.rows} == {Verdict.ONE_ONLY}
    assert [account.points for account in comparison.accounts] == [3]


def test_a_wide_topic_alone_does_not_make_two_points_one() -> None:
    one = readout("NOR", point("praised the warmth of old ties", "bilateral_ties"))
    other = readout("ISL", point("accepted an invitation to Oslo", "bilateral_ties"))
    assert len(compare_accounts("e", [one, other]).rows) == 2


def test_a_sentence_that_packs_three_subjects_meets_the_three_that_spread_them() -> None:
    packed = readout("NOR", point("They spoke of fisheries, radar and visas.", "trade", "defence", "consular"))
    spread = readout(
        "ISL",
        point("asked for easier visas for crews", "consular"),
        point("offered to share radar pictures", "defence"),
        point("noted the landing of cod", "trade"),
    )
    rows = compare_accounts("e", [packed, spread]).rows
    assert [(row.verdict, len(row.points)) for row in rows] == [(Verdict.REWORDED, 4)]


def test_a_word_diff_gives_back_both_texts() -> None:
    left, right = "both sides agreed to meet soon", "both ministers agreed to meet again soon"
    changes = word_diff(left, right)
    assert " ".join(c.words for c in changes if c.side != "right") == left
    assert " ".join(c.words for c in changes if c.side != "left") == right


def test_a_comparison_is_shown_within_eighty_columns_and_says_what_is_not_mentioned() -> None:
    engagement = Engagement(
        id="eng-1",
        mentions=(),
        documents=("d",),
        kind=EngagementKind.MEETING,
        status=Status.HELD,
        parties=("ISL", "NOR"),
    )
    text = comparison_text(engagement, compare_accounts("eng-1", [NORWAY, ICELAND]), 80)
    assert max(map(len, text.splitlines())) <= 80
    assert "(not mentioned in the Iceland readout)" in text
    assert "“thanked Iceland for its help at sea”" in text
    assert "not discussed" not in text
    assert "Norway: thank" in text
    assert "Iceland: invite" in text


def test_a_joint_text_of_several_parties_is_one_account_beside_a_sides_own() -> None:
    words = (
        point("The four ministers pledged to keep the strait open to all ships.", "maritime", strength=3),
        point("They will meet again in Perth before the winter.", "bilateral_ties"),
    )
    codes = ("AUS", "IND", "JPN", "USA")
    joint = [msgspec.structs.replace(readout(code, *words), joint=True) for code in codes]
    own = readout("AUS", point("The minister pledged that the strait stays open to ships.", "maritime", strength=3))
    made = compare_accounts("e", [*joint, own])
    assert [(account.issuers, account.joint) for account in made.accounts] == [(codes, True), ((), False)]
    assert made.accounts[0].documents == tuple(f"doc-{code}" for code in codes)
    assert [(row.verdict, [p.account for p in row.points]) for row in made.rows] == [
        (Verdict.REWORDED, [0, 1]),
        (Verdict.ONE_ONLY, [0]),
    ]
    text = comparison_text(Engagement(id="e", kind=EngagementKind.MEETING, status=Status.HELD), made, 100)
    assert "Joint account of Australia, India, Japan and " in text
    assert "JOINT ONLY (not mentioned in the Australia readout)" in text


def test_joint_accounts_in_other_words_stay_apart_and_so_do_sides_that_say_the_same() -> None:
    one = msgspec.structs.replace(NORWAY, joint=True)
    other = msgspec.structs.replace(ICELAND, joint=True)
    assert len(compare_accounts("e", [one, other]).accounts) == 2
    same = msgspec.structs.replace(NORWAY, id="r-2", issuer="SWE")
    assert len(compare_accounts("e", [NORWAY, same]).accounts) == 2


def test_the_same_words_under_another_verb_are_reworded() -> None:
    words = "their support for a free passage through the strait"
    one = readout("NOR", msgspec.structs.replace(point(f"reaffirmed {words}", strength=3), verb="reaffirm"))
    other = readout("ISL", msgspec.structs.replace(point(f"noted {words}", strength=1), verb="note"))
    (row,) = compare_accounts("e", [one, other]).rows
    assert (row.verdict, row.gap) == (Verdict.REWORDED, 2)
