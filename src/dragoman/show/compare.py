"""How is a comparison of accounts shown? Plain text of a given width; every wording is exact."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec

from dragoman.book import Book
from dragoman.errors import UnknownName
from dragoman.link.contents import contents_of
from dragoman.record.comparison import Account, Comparison, PlacedPoint, Row, Verdict
from dragoman.record.contents import ContentKind
from dragoman.record.entries import AnyEntry, Engagement, Filter, ReadoutEntry
from dragoman.record.mentions import ReadoutMention
from dragoman.show.brief import Accounts, accounts_held, accounts_of
from dragoman.show.words import KIND_WORDS, hanging, joined, party_word, topic_words, when_words, where_words, who_words


def compare(book: Book, name: str, as_of: datetime.date | None = None) -> Accounts:
    """The accounts of an engagement aligned point by point, with what is counted in each.

    ``name`` is the engagement's id or its beginning, or the id of a document that gives an account of it. Raises UnknownName
    when it is neither, or no official account is held.
    """
    engagement = accounted(book, name) or book.entry(name)
    if not isinstance(engagement, Engagement):
        raise UnknownName(f"{name} is no engagement; dragoman engagements lists them with their ids")
    readouts = readouts_of(book, engagement, as_of)
    aligned = accounts_of(engagement, accounts_held(readouts).get(engagement.id, ())).comparison
    if not aligned.accounts:
        raise UnknownName(f"{engagement.id}: no official account of it is held, so there is nothing to compare")
    held = {readout.id: readout for readout in readouts}
    contents = tuple(contents_of(held[account.readout], engagement) for account in aligned.accounts)
    return Accounts(engagement=engagement, comparison=msgspec.structs.replace(aligned, contents=contents))


def accounted(book: Book, document_id: str) -> AnyEntry | None:
    """The engagement of which a document gives the longest official account; None when it gives none."""
    try:
        said = book.mentions(document_id)
    except UnknownName:
        return None
    backed = book.entries_of([each.id for each in said if isinstance(each.mention, ReadoutMention)])
    entries = [book.entry(entry) for entry in dict.fromkeys(backed.values())]
    own = [entry for entry in entries if isinstance(entry, ReadoutEntry) and entry.engagement]
    if not own:
        raise UnknownName(f"{document_id}: this document gives no official account of an engagement")
    longest = max(own, key=lambda readout: (len(readout.points), readout.id))
    return book.entry(str(longest.engagement))


def readouts_of(book: Book, engagement: Engagement, as_of: datetime.date | None) -> list[ReadoutEntry]:
    """The accounts of an engagement, today or as of a day: today they are known by name."""
    if as_of is not None:
        return list(book.readouts(Filter(parties=engagement.parties[:1], as_of=as_of)))
    found = (book.entry(readout) for readout in engagement.readouts)
    return [readout for readout in found if isinstance(readout, ReadoutEntry)]


def comparison_text(engagement: Engagement, comparison: Comparison, width: int) -> str:
    """The accounts of one engagement, aligned."""
    where = where_words(engagement)
    title = f"{when_words(engagement.when)}: {KIND_WORDS[engagement.kind]}, {who_words(engagement)}"
    parts = [[f"{title}{f', {where}' if where else ''}  {engagement.id}", "=" * width]]
    parts.append(
        [line for number, account in enumerate(comparison.accounts) for line in account_lines(number, account, width)]
    )
    parts.append(topic_table(comparison, width))
    parts.append(act_lines(comparison, width))
    parts.append(content_table(comparison, width))
    issuers = labels(comparison.accounts)
    parts += [
        rows_block("IN THE SAME WORDS", Verdict.SAME_WORDS, comparison, issuers, width),
        rows_block("MENTIONED BY BOTH, REWORDED", Verdict.REWORDED, comparison, issuers, width),
    ]
    parts += [only_block(number, comparison, issuers, width) for number in range(len(issuers))]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def labels(accounts: Sequence[Account]) -> list[str]:
    """A short name for each account: its party's, with "joint" or a number where that is not enough."""
    names = [
        "Joint" if a.issuers else f"{party_word(a.issuer)} joint" if a.joint else party_word(a.issuer) for a in accounts
    ]
    return [f"{name} {names[: n + 1].count(name)}" if names.count(name) > 1 else name for n, name in enumerate(names)]


def account_lines(number: int, account: Account, width: int) -> list[str]:
    """Whose account it is, through whom, and how long."""
    through = f", through {account.spokesperson}" if account.spokesperson else ""
    relayed = ", as relayed by the press" if account.relayed else ""
    issuers = f" of {joined([party_word(code) for code in account.issuers])}" if account.issuers else ""
    joint = f"Joint account{issuers}" if account.joint else f"Account of {party_word(account.issuer)}"
    text = f"{number + 1}. {joint}{through}{relayed}: {account.points} points, {account.words} words  {account.readout}"
    return [*hanging(text, width, 2, 5), *hanging(f"in {joined(account.documents)}", width, 5, 7)]


def topic_table(comparison: Comparison, width: int) -> list[str]:
    """Topics by account: how many points touch each. A dash is "not mentioned in this readout"."""
    if not comparison.topics:
        return []
    issuers = labels(comparison.accounts)
    column = max(len(name) for name in issuers) + 2
    first = max(len(line.topic) for line in comparison.topics) + 4
    lines = [f"{'TOPICS':<{first}}{''.join(name.rjust(column) for name in issuers)}"[:width]]
    for line in comparison.topics:
        counts = "".join((str(count) if count else "–").rjust(column) for count in line.counts)
        lines.append(f"  {topic_words([line.topic]):<{first - 2}}{counts}")
    return [*lines, "  – not mentioned in this readout"]


def act_lines(comparison: Comparison, width: int) -> list[str]:
    """What each account alone says was done: thanked, congratulated, asked, invited, ..."""
    if len(comparison.accounts) < 2:
        return []
    acts: list[set[str]] = [set() for _ in comparison.accounts]
    for row in comparison.rows:
        for placed in row.points:
            acts[placed.account].add(placed.point.act)
    lines: list[str] = []
    for number, issuer in enumerate(labels(comparison.accounts)):
        others = set().union(*(held for n, held in enumerate(acts) if n != number))
        own = sorted(acts[number] - others - {""})
        if own:
            lines += hanging(f"{issuer}: {', '.join(act.replace('_', ' ') for act in own)}", width, 2, 4)
    return ["ACTS THAT ONE ACCOUNT ALONE NAMES", *lines] if lines else []


CONTENT_WORDS = {
    ContentKind.THIRD_PARTIES: "third parties",
    ContentKind.NAMES: "places and groups named",
    ContentKind.COMMITMENTS_OF_OTHER: "promises of the other",
}


def content_table(comparison: Comparison, width: int) -> list[str]:
    """What is counted in each account, and under each line the words."""
    lines: list[str] = []
    issuers = labels(comparison.accounts)
    column = max((len(name) for name in issuers), default=0) + 2
    for kind in ContentKind:
        held = [[item for item in account.items if item.kind is kind] for account in comparison.contents]
        if not any(held):
            continue
        counts = "".join((str(len(items)) if items else "–").rjust(column) for items in held)
        lines.append(f"  {CONTENT_WORDS.get(kind, kind.value.replace('_', ' ')):<26}{counts}"[:width])
        for issuer, items in zip(issuers, held, strict=True):
            said = dict.fromkeys(item.text for item in items)
            lines += hanging(f"{issuer}: {'; '.join(said)}", width, 6, 8) if said else []
    if not lines:
        return []
    return [f"{'COUNTED':<28}{''.join(name.rjust(column) for name in issuers)}"[:width], *lines]


def rows_block(title: str, verdict: Verdict, comparison: Comparison, issuers: Sequence[str], width: int) -> list[str]:
    """All rows of one verdict; nothing when there is none."""
    rows = [row for row in comparison.rows if row.verdict is verdict]
    return [title, *(line for row in rows for line in row_lines(row, issuers, width))] if rows else []


def row_lines(row: Row, issuers: Sequence[str], width: int) -> list[str]:
    """One row: its topics and the gap of verb strength, then each side's words."""
    gap = f"; verb strength differs by {row.gap}" if row.gap else ""
    lines = [f"  {topic_words(row.topics) or 'no topic'}{gap}"]
    for placed in row.points:
        lines += hanging(f"{issuers[placed.account]}: {placed_words(placed)}", width, 4, 6)
    return lines


def only_block(number: int, comparison: Comparison, issuers: Sequence[str], width: int) -> list[str]:
    """What one account alone mentions."""
    rows = [r for r in comparison.rows if r.verdict is Verdict.ONE_ONLY and r.points[0].account == number]
    if not rows:
        return []
    others = [name for n, name in enumerate(issuers) if n != number]
    tail = f" (not mentioned in the {' or '.join(others)} readout)" if others else " (no other account is held)"
    return [
        f"{issuers[number].upper()} ONLY{tail}",
        *(line for row in rows for line in hanging(f"• {placed_words(row.points[0])}", width, 2, 4)),
    ]


def placed_words(placed: PlacedPoint) -> str:
    """A point's exact words, who raised it, and the strength of its verb."""
    point = placed.point
    by = f", raised by {point.raised_by}" if point.raised_by and point.raised_by != "both" else ""
    verb = f"{point.verb} {point.strength}/5" if point.verb and point.strength else point.verb
    return f"{quoted_words(placed)} [{placed.order}{f', {verb}' if verb else ''}{by}]"


def quoted_words(placed: PlacedPoint) -> str:
    """A point's exact words on one line, in quotation marks."""
    return f"“{' '.join(placed.point.text.split()).strip('“”')}”"
