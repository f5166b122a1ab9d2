"""One side's accounts of one engagement are one readout; a joint statement stands beside it."""

import msgspec

from dragoman.link.readouts import ReadoutLinker
from dragoman.record.document import DocumentKind
from dragoman.record.entries import DocumentInfo, Evidence
from dragoman.record.mentions import Point, ReadoutMention
from dragoman.record.span import Span


def told(document: str, kind: DocumentKind, *, points: int = 1, joint: bool = False, relayed: bool = False) -> Evidence:
    mention = ReadoutMention(
        span=Span(0, 9),
        rule="readout.official",
        issuer="CHL",
        joint=joint,
        relayed=relayed,
        points=tuple(Point(span=Span(n, n + 1), topics=("trade",)) for n in range(points)),
        topics=("trade",),
    )
    info = DocumentInfo(id=document, digest=document, origin=document, kind=kind)
    return Evidence(id=f"m-{document}", document=info, mention=mention, wordings=("x",) * points, engagement="e1")


def test_full_and_relayed_accounts_share_a_block_and_joint_ones_do_not() -> None:
    linker = ReadoutLinker()
    full, relayed = told("a", DocumentKind.READOUT), told("b", DocumentKind.NEWS, relayed=True)
    joint = told("c", DocumentKind.JOINT_STATEMENT, joint=True)
    assert linker.blocks(full) == linker.blocks(relayed) != linker.blocks(joint)
    assert linker.same([full, relayed]) == [[0, 1]]


def test_an_account_of_an_unknown_engagement_stands_alone() -> None:
    assert ReadoutLinker().blocks(msgspec.structs.replace(told("a", DocumentKind.READOUT), engagement=None)) == ()


def test_the_official_page_gives_the_points() -> None:
    page, news = told("b", DocumentKind.READOUT, points=2), told("a", DocumentKind.NEWS, points=5, relayed=True)
    entry = ReadoutLinker().fold("r1", [news, page])
    assert len(entry.points) == 2
    assert {point.document for point in entry.points} == {"b"}
    assert not entry.relayed
    assert entry.documents == ("a", "b")


def by(document: str, giver: str, channel: str | None, *words: str) -> Evidence:
    evidence = told(document, DocumentKind.NEWS, points=len(words), relayed=True)
    mention = evidence.mention
    assert isinstance(mention, ReadoutMention)
    mention = msgspec.structs.replace(mention, account_giver=giver, channel=channel)
    return msgspec.structs.replace(evidence, mention=mention, wordings=words)


def test_one_briefing_in_two_outlets_is_one_account_and_a_post_beside_it_another() -> None:
    briefing = by("a", "Alberto van Klaveren", "press briefing", "the talks went well")
    elsewhere = by("b", "van Klaveren", "press briefing", "copper was not forgotten")
    post = by("c", "Alberto van Klaveren", "X post", "glad to see my friend in Santiago")
    assert ReadoutLinker().same([briefing, elsewhere, post]) == [[0, 1], [2]]


def test_what_two_outlets_have_of_a_person_is_one_account_when_the_words_are_the_same() -> None:
    one = by("a", "Alberto van Klaveren", None, "both sides want a quick end to the dispute")
    same = by("b", "Alberto van Klaveren", None, "Both sides want a quick end to the dispute")
    other = by("c", "Alberto van Klaveren", None, "the fleet stays in port")
    assert ReadoutLinker().same([one, same, other]) == [[0, 1], [2]]
