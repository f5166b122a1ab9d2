"""What does a brief look like on a terminal or on paper? Plain text of a given width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from dragoman.record.comparison import PlacedPoint, Row, Verdict
from dragoman.record.entries import (
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Figure,
    Incident,
    Measure,
    Negotiation,
    Statement,
)
from dragoman.record.ledgers import Stack
from dragoman.show.brief import Accounts, Brief
from dragoman.show.brief_words import (
    basis_words,
    due_words,
    figure_words,
    glance_rows,
    joined_readouts,
    ladder_words,
    measure_state,
    promise_words,
    source_words,
    speaker_words,
    statement_words,
    title_words,
    track_words,
    when_words_of_publication,
)
from dragoman.show.compare import labels, quoted_words
from dragoman.show.formulas import changed_lines
from dragoman.show.ledger import conflict_lines, stack_lines
from dragoman.show.words import (
    KIND_WORDS,
    day_words,
    hanging,
    participant_words,
    party_name,
    party_word,
    topic_words,
    when_words,
    who_words,
)

WIDTH = 80
DATED = 17  # columns of the date at the left of an entry
MORE = {
    "engagements": "dragoman engagements",
    "accounts": "dragoman compare ID",
    "statements": "dragoman statements",
    "sources": "dragoman documents",
}
MOST = {"engagements": 12, "accounts": 4, "statements": 8, "sources": 40}


def brief_text(brief: Brief, width: int = WIDTH) -> str:
    """The brief as plain text; long lists are cut, and say so."""
    parts = [heading(brief, width), glance(brief, width)]
    sections: list[tuple[str, Iterable[str]]] = [
        ("Ahead", engagement_lines(brief.ahead, width)),
        ("Engagements, latest first", engagement_lines(brief.held, width)),
        ("Called off, or only claimed", engagement_lines(brief.unsettled, width)),
        ("The accounts, side by side", accounts_lines(brief.accounts, width)),
        ("Wording that changed", changed_lines(brief.rewordings, width)),
        (
            "Said, word for word",
            cut((lines_of_statement(s, width) for s in brief.statements), "statements", brief.statements),
        ),
        ("Measures", [*flat(measure_lines(m, width) for m in brief.measures), *stack_words(brief.stacks, width)]),
        ("Negotiations", flat(negotiation_lines(n, width) for n in brief.negotiations)),
        ("Commitments", flat(commitment_lines(c, width) for c in brief.commitments)),
        ("Disputed", flat(dispute_lines(d, width) for d in brief.disputes)),
        ("Figures", flat(figure_lines(f, width) for f in brief.figures)),
        ("Figures in conflict", flat(indented(conflict_lines(card, width - 2)) for card in brief.conflicts)),
        ("Incidents", flat(incident_lines(i, width) for i in brief.incidents)),
        ("Sources", source_lines(brief.documents, width)),
    ]
    for title, lines in sections:
        body = list(lines)
        if body:
            parts.append("\n".join([title.upper(), *body]))
    return "\n\n".join(parts) + "\n"


def heading(brief: Brief, width: int) -> str:
    """Who and when, and what the brief rests on."""
    names = " – ".join(party_name(code) for code in brief.parties)
    day = f"as of {day_words(brief.today)}" if brief.today else "undated texts"
    return "\n".join(
        [
            f"{names.upper()}{day.rjust(max(1, width - len(names)))}",
            "=" * width,
            *textwrap.wrap(f"{source_words(brief)}; `dragoman show ID` shows the evidence.", width),
        ]
    )


def glance(brief: Brief, width: int) -> str:
    """The last and the next engagement and what is open, a line each."""
    lines = (hanging(label.ljust(12) + text, width, 2, 14) for label, text in glance_rows(brief))
    return "\n".join(line for block in lines for line in block)


def dated(when: str, text: str, entry_id: str, width: int) -> list[str]:
    """A first line with the date at the left and the id at the right; the text runs on below itself."""
    room = width - DATED - len(entry_id) - 2
    lines = textwrap.wrap(text, room, break_long_words=False) or [""]
    head = f"  {when.ljust(DATED - 2)}{lines[0].ljust(room)}  {entry_id}"
    if len(when) > DATED - 3:
        head = f"  {when}\n{' ' * DATED}{lines[0].ljust(room)}  {entry_id}"
    return [*head.splitlines(), *(" " * DATED + line for line in lines[1:])]


def engagement_lines(engagements: Sequence[Engagement], width: int) -> Iterator[str]:
    """Engagements with participants, topics and how they are known."""
    return cut((lines_of_engagement(e, width) for e in engagements), "engagements", engagements)


def cut(blocks: Iterable[list[str]], kind: str, whole: Sequence[object]) -> Iterator[str]:
    """The first blocks, and how many more there are."""
    for number, block in enumerate(blocks):
        if number == MOST[kind]:
            yield f"  ... and {len(whole) - number} more: {MORE[kind]}"
            return
        yield from block


def flat(blocks: Iterable[list[str]]) -> Iterator[str]:
    """The lines of all blocks."""
    for block in blocks:
        yield from block


def lines_of_engagement(engagement: Engagement, width: int) -> list[str]:
    """One engagement as a block of lines."""
    lines = dated(when_words(engagement.when), title_words(engagement), engagement.id, width)
    people = [p for p in engagement.participants if p.name or p.group]
    for participant in people:
        text = (
            f"{participant_words(participant)} ({party_word(participant.party)})"
            if participant.party
            else (participant_words(participant))
        )
        lines += hanging(text, width, DATED, DATED + 2)
    if not people:
        lines.append(" " * DATED + who_words(engagement))
    if engagement.topics:
        lines += hanging(f"Topics: {topic_words(engagement.topics)}", width, DATED, DATED + 2)
    lines += hanging(basis_words(engagement), width, DATED, DATED + 2)
    return lines


def accounts_lines(accounts: Sequence[Accounts], width: int) -> Iterator[str]:
    """Engagements with accounts, those of both sides first."""
    ranked = sorted(accounts, key=lambda a: len({x.issuer for x in a.comparison.accounts}) < 2)
    return cut((lines_of_accounts(a, width) for a in ranked), "accounts", ranked)


def lines_of_accounts(accounts: Accounts, width: int) -> list[str]:
    """What both accounts mention and what only one does, with the exact words."""
    engagement, comparison = accounts.engagement, accounts.comparison
    lines = dated(
        when_words(engagement.when), f"{KIND_WORDS[engagement.kind]}, {who_words(engagement)}", engagement.id, width
    )
    issuers = labels(comparison.accounts)
    for verdict, title in (
        (Verdict.SAME_WORDS, "In the same words"),
        (Verdict.REWORDED, "Mentioned by both, reworded"),
    ):
        rows = [row for row in comparison.rows if row.verdict is verdict]
        if rows:
            lines.append(f"    {title}")
            lines += [line for row in rows for line in lines_of_row(row, issuers, width)]
    for number, issuer in enumerate(issuers):
        rows = [r for r in comparison.rows if r.verdict is Verdict.ONE_ONLY and r.points[0].account == number]
        if rows:
            others = joined_readouts([other for n, other in enumerate(issuers) if n != number])
            lines.append(f"    {issuer} only{others}")
            lines += [line for row in rows for line in bullet(row.points[0], width)]
    return lines


def lines_of_row(row: Row, issuers: Sequence[str], width: int) -> list[str]:
    """The points of a row, one side under the other; once when the words are the same."""
    shown = row.points[:1] if row.verdict is Verdict.SAME_WORDS else row.points
    mark = "+".join(issuers[p.account] for p in row.points) if row.verdict is Verdict.SAME_WORDS else ""
    lines: list[str] = []
    for number, placed in enumerate(shown):
        label = mark or issuers[placed.account]
        lines += hanging(f"{'•' if not number else ' '} {label}: {quoted_words(placed)}", width, 6, 8)
    return lines


def bullet(placed: PlacedPoint, width: int) -> list[str]:
    """One point as a bullet."""
    return hanging(f"• {quoted_words(placed)}", width, 6, 8)


def lines_of_statement(statement: Statement, width: int) -> list[str]:
    """Who, through which channel and hands, and the words."""
    lines = dated(day_words(statement.first_published), speaker_words(statement), statement.id, width)
    lines += hanging(statement_words(statement), width, DATED, DATED + 1)
    if len(statement.variants) > 1:
        lines.append(" " * DATED + f"In {len(statement.variants)} wordings.")
    return lines


def measure_lines(measure: Measure, width: int) -> list[str]:
    """One measure with its life."""
    return dated(when_words(measure.effective), measure_state(measure), measure.id, width)


def stack_words(stacks: Sequence[Stack], width: int) -> Iterator[str]:
    """What the rates add up to, and whether the totals that texts state agree."""
    for stack in stacks:
        yield from indented(stack_lines(stack, width - 2))


def indented(blocks: Iterable[str]) -> list[str]:
    """The lines of the blocks, set in by two."""
    return [f"  {line}" for block in blocks for line in block.splitlines()]


def negotiation_lines(negotiation: Negotiation, width: int) -> list[str]:
    """One track: rounds, tranche, target."""
    return dated("", track_words(negotiation), negotiation.id, width)


def commitment_lines(commitment: Commitment, width: int) -> list[str]:
    """One commitment: due day, debtors, wording and state."""
    return dated(due_words(commitment), promise_words(commitment), commitment.id, width)


def dispute_lines(dispute: Dispute, width: int) -> list[str]:
    """One claim with its ladder: who asserted, denied, repeated it, and when that was printed."""
    return dated(day_words(dispute.first_published), ladder_words(dispute), dispute.id, width)


def figure_lines(figure: Figure, width: int) -> list[str]:
    """One figure as it stands in the text, with what it measures."""
    return dated(day_words(figure.first_published), figure_words(figure), figure.id, width)


def incident_lines(incident: Incident, width: int) -> list[str]:
    """One incident."""
    return dated(when_words(incident.when), f"{incident.kind}: “{incident.text}”", incident.id, width)


def source_lines(documents: Sequence[DocumentInfo], width: int) -> Iterator[str]:
    """The documents, with copies named as such."""
    return cut((source_block(document, width) for document in documents), "sources", documents)


def source_block(document: DocumentInfo, width: int) -> list[str]:
    """One document: day, outlet, title; the id below it when it does not fit."""
    title = " – ".join(part for part in (document.outlet, document.title) if part) or document.id
    copy = " (copy of another text)" if document.origin != document.id else ""
    edited = f" ({document.versions} versions)" if document.versions > 1 else ""
    day = when_words_of_publication(document)
    gap = "" if len(day) < DATED - 2 else " – "
    return hanging(f"{day.ljust(DATED - 2)}{gap}{title}{copy}{edited}", width, 2, DATED)
