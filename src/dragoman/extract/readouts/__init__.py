"""Which official accounts of an engagement does a text hold, and what points do they make?

``page`` sees whether the whole text is an account, ``relayed`` finds the accounts inside a news text among its
statements, ``points`` reads what an account says into points.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.extract.context import Context
from dragoman.extract.readouts.page import Page, page_of
from dragoman.extract.readouts.points import PointReader
from dragoman.extract.readouts.relayed import relayed_accounts
from dragoman.grammar.stream import Alphabet
from dragoman.lexicon.load import Lexicon
from dragoman.record.mentions import AnyMention, EngagementMention, Point, ReadoutMention, StatementMention


class Readouts:
    """Reads official accounts of engagements, given the engagements and statements of the document."""

    def __init__(self, lexicon: Lexicon, alphabet: Alphabet) -> None:
        del lexicon
        self._points = PointReader(alphabet)

    def mentions(self, context: Context, before: Sequence[AnyMention]) -> list[ReadoutMention]:
        """The document's readouts: one for each issuer and engagement."""
        engagements = [mention for mention in before if isinstance(mention, EngagementMention)]
        if not engagements:
            return []
        page = page_of(context, engagements)
        if page is not None:
            return self._printed(context, page)
        if is_transcript(context):
            return []
        statements = [mention for mention in before if isinstance(mention, StatementMention)]
        return relayed_accounts(context, engagements, statements, self._points)

    def _printed(self, context: Context, page: Page) -> list[ReadoutMention]:
        """The readouts of a text that is an account itself: one for each side that issued it."""
        points = tuple(self._points.within(context, page.body))
        return [
            ReadoutMention(
                span=page.body,
                rule=page.rule,
                issuer=issuer,
                engagement=page.engagement.span,
                account_giver=page.account_giver,
                spokesperson=page.spokesperson,
                channel="joint statement" if page.joint else page.channel,
                joint=page.joint,
                points=points,
                topics=topics_of(points),
            )
            for issuer in page.issuers
        ]


def is_transcript(context: Context) -> bool:
    """Whether speakers take turns: what they say to each other or are asked is no account of a meeting."""
    return sum(paragraph.label is not None for paragraph in context.segments.paragraphs) > 1


def topics_of(points: Sequence[Point]) -> tuple[str, ...]:
    """The topics of several points, each once, in order."""
    return tuple(dict.fromkeys(topic for point in points for topic in point.topics))
