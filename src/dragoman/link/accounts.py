"""How do two or more accounts of one engagement differ, point by point?

Points are first aligned one to one between accounts by the words and topics they share; a point that is left over then
joins the row of its likest point in another account, since one side often packs into a sentence what the other spreads
over three. An account that has no point for a row does not mention it; that says nothing about what was discussed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from dragoman.link.diff import word_diff
from dragoman.record.comparison import Account, Comparison, PlacedPoint, Row, TopicLine, Verdict
from dragoman.record.entries import EntryPoint, ReadoutEntry

WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
STEM = 5  # letters by which two forms of a word are held to be one: "cooperate", "cooperation"
# Of two points, the share of the shorter one's content words that must return in the other: without a common topic,
# and with one. Set on the two accounts of the development cases, where unrelated points share under a fifth.
WORDS_ALONE, WORDS_WITH_TOPIC = 0.5, 0.2
# Subjects so wide that to share one of them is not to speak of one thing.
WIDE_TOPICS = frozenset({"bilateral_ties", "regional_stability", "security"})
SAME = 0.9  # share of words in the same order from which two wordings count as the same
FUNCTION_WORDS = frozenset(
    "a an and the of to in on for with by at from as or that this these those its it their his her our they he she we "
    "is are was were be been being has have had will would also both between two one all any each other s into over "
    "which who whom including well".split()
)


def compare_accounts(engagement: str, readouts: Sequence[ReadoutEntry]) -> Comparison:
    """The accounts aligned; readouts keep the order given. One readout gives rows of that account only.

    A joint text that each of its parties issued is one account.
    """
    joint = joined_texts(readouts)
    placed = [points_of(number, group[0]) for number, group in enumerate(joint)]
    groups = aligned([point for points in placed for point in points])
    rows = sorted((row_of(group) for group in groups), key=lambda row: (row.points[0].account, row.points[0].order))
    return Comparison(
        engagement=engagement,
        accounts=tuple(map(account_of, joint)),
        rows=tuple(rows),
        topics=topic_lines(placed),
    )


def joined_texts(readouts: Sequence[ReadoutEntry]) -> list[list[ReadoutEntry]]:
    """The readouts, with the joint ones in the same words in one group, where the first of them stood."""
    groups: list[list[ReadoutEntry]] = []
    for readout in readouts:
        same = (group for group in groups if readout.joint and group[0].joint and is_one_text(group[0], readout))
        group = next(same, None)
        if group is None:
            groups.append([readout])
        else:
            group.append(readout)
    return groups


def is_one_text(one: ReadoutEntry, other: ReadoutEntry) -> bool:
    """Whether two readouts say the same in the same words, whichever document each is taken from."""
    ours, theirs = ({" ".join(words_in(point.text)) for point in readout.points} for readout in (one, other))
    return len(ours & theirs) >= SAME * max(len(ours), len(theirs))


def account_of(group: Sequence[ReadoutEntry]) -> Account:
    """The head data and size of a readout, or of a joint text with all who issued it."""
    readout = group[0]
    documents = dict.fromkeys(document for each in group for document in each.documents)
    return Account(
        readout=readout.id,
        issuer=readout.issuer,
        joint=readout.joint,
        relayed=readout.relayed,
        spokesperson=readout.spokesperson,
        documents=tuple(documents),
        words=sum(len(words_in(point.text)) for point in readout.points),
        points=len(readout.points),
        issuers=tuple(dict.fromkeys(each.issuer for each in group)) if len(group) > 1 else (),
    )


def points_of(number: int, readout: ReadoutEntry) -> list[PlacedPoint]:
    """The readout's points with their order and share of the account."""
    sizes = [len(words_in(point.text)) for point in readout.points]
    whole = sum(sizes) or 1
    return [
        PlacedPoint(account=number, order=order, share=size / whole, point=point)
        for order, (point, size) in enumerate(zip(readout.points, sizes, strict=True), start=1)
    ]


def words_in(text: str) -> list[str]:
    """The words of a text, case-folded."""
    return [word.casefold() for word in WORD.findall(text)]


def stems_in(text: str) -> frozenset[str]:
    """The content words of a text, cut to what their forms have in common."""
    return frozenset(word[:STEM] for word in words_in(text) if word not in FUNCTION_WORDS)


def likeness(one: EntryPoint, other: EntryPoint) -> float:
    """How much two points speak of one thing; 0 when they do not."""
    ours, theirs = stems_in(one.text), stems_in(other.text)
    if not ours or not theirs:
        return 0.0
    shared = len(ours & theirs) / min(len(ours), len(theirs))
    topics = set(one.topics) & set(other.topics)
    if shared < least_words(topics):
        return 0.0
    union = set(one.topics) | set(other.topics)
    return shared + (len(topics) / len(union) if union else 0.0) + 0.2 * (one.act == other.act and bool(one.act))


def least_words(topics: set[str]) -> float:
    """The share of content words that two points must have in common, given the topics that they share."""
    if topics - WIDE_TOPICS:
        return 0.0
    return WORDS_WITH_TOPIC if topics else WORDS_ALONE


def aligned(points: Sequence[PlacedPoint]) -> list[list[PlacedPoint]]:
    """Groups of points that speak of one thing, the likest pairs joined first; a point alone is a group of its own."""
    weighed = (
        (likeness(one.point, other.point), i, j)
        for (i, one), (j, other) in combinations(enumerate(points), 2)
        if one.account != other.account
    )
    pairs = sorted((pair for pair in weighed if pair[0]), key=lambda pair: (-pair[0], pair[1], pair[2]))
    group_of = {i: [i] for i in range(len(points))}
    for _, i, j in pairs:
        left, right = group_of[i], group_of[j]
        if {points[k].account for k in left}.isdisjoint(points[k].account for k in right):
            join(group_of, left, right)
    for _, i, j in pairs:  # what is left over, once
        left, right = group_of[i], group_of[j]
        if left is not right and 1 in (len(left), len(right)):
            join(group_of, left, right)
    return [[points[k] for k in group] for i, group in group_of.items() if group[0] == i]


def join(group_of: dict[int, list[int]], left: list[int], right: list[int]) -> None:
    """Make one group of two, in the order of their points."""
    joined = sorted(left + right)
    for k in joined:
        group_of[k] = joined


def row_of(group: Sequence[PlacedPoint]) -> Row:
    """The row that a group of points makes."""
    topics = tuple(sorted({topic for placed in group for topic in placed.point.topics}))
    if len(group) == 1:
        return Row(verdict=Verdict.ONE_ONLY, points=tuple(group), topics=topics)
    first, second = group[0].point, next(p.point for p in group if p.account != group[0].account)
    strengths = [placed.point.strength for placed in group if placed.point.strength]
    same = (
        len(group)
        == len({p.account for p in group})
        == 1
        + sum(ratio(first.text, placed.point.text) >= SAME and of_one_verb(first, placed.point) for placed in group[1:])
    )
    return Row(
        verdict=Verdict.SAME_WORDS if same else Verdict.REWORDED,
        points=tuple(group),
        topics=topics,
        gap=max(strengths) - min(strengths) if len(strengths) > 1 else 0,
        diff=() if same else word_diff(first.text, second.text),
    )


def of_one_verb(one: EntryPoint, other: EntryPoint) -> bool:
    """Whether two points rest on the same verb, as far as it is known; "noted" is not "reaffirmed"."""
    return not (one.verb and other.verb) or one.verb == other.verb


def ratio(one: str, other: str) -> float:
    """Share of the words of two texts that agree in the same order."""
    return difflib.SequenceMatcher(None, words_in(one), words_in(other), autojunk=False).ratio()


def topic_lines(placed: Iterable[Sequence[PlacedPoint]]) -> tuple[TopicLine, ...]:
    """For every topic, how many points of each account touch it; most touched first."""
    accounts = list(placed)
    topics = {topic for points in accounts for p in points for topic in p.point.topics}
    lines = [
        TopicLine(topic=topic, counts=tuple(sum(topic in p.point.topics for p in points) for points in accounts))
        for topic in topics
    ]
    return tuple(sorted(lines, key=lambda line: (-sum(line.counts), line.topic)))
