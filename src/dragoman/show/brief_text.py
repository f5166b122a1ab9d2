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
from dragoman.record.mentions import Directness
from dragoman.show.brief import Accounts, Brief
from dragoman.show.compare import labels, quoted_words
from dragoman.show.formulas import changed_lines
from dragoman.show.ledger import conflict_lines, measure_words, slip_words, stack_lines
from dragoman.show.words import (
    KIND_WORDS,
    day_words,
    hanging,
    participant_words,
    party_name,
    party_word,
    topic_words,
    when_words,
    where_words,
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
    days = [d.published.day for d in brief.documents if d.published.day]
    span = f", published {day_words(min(days))} to {day_words(max(days))}" if days else ""
    basis = f"From {counted(len(brief.documents), 'document')} of {counted(brief.origins, 'origin')}{span}."
    return "\n".join(
        [
            f"{names.upper()}{day.rjust(max(1, width - len(names)))}",
            "=" * width,
            *textwrap.wrap(
                f"{basis} What the texts report, not what is true; `dragoman show ID` shows the evidence.", width
            ),
        ]
    )


def counted(number: int, noun: str) -> str:
    """A number with its noun in the right form."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def glance(brief: Brief, width: int) -> str:
    """The last and the next engagement and what is open, a line each."""
    rows = [("Last held", one_line(brief.held[0]) if brief.held else "none reported")]
    if brief.ahead:
        rows.append(("Next", one_line(brief.ahead[0])))
    both = sum(len({a.issuer for a in accounts.comparison.accounts}) > 1 for accounts in brief.accounts)
    rows.append(
        ("Accounts", f"{counted(len(brief.accounts), 'engagement')} with an official account, {both} with both sides'")
    )
    if brief.commitments:
        open_ones = sum(c.status in ("open", "due", "overdue") for c in brief.commitments)
        overdue = sum(c.status == "overdue" for c in brief.commitments)
        rows.append(("Open", f"{counted(open_ones, 'commitment')}, {overdue} overdue"))
    if brief.disputes:
        rows.append(("Disputed", counted(len(brief.disputes), "claim")))
    lines = (hanging(label.ljust(12) + text, width, 2, 14) for label, text in rows)
    return "\n".join(line for block in lines for line in block)


def one_line(engagement: Engagement) -> str:
    """An engagement in one line: day, kind, who, where."""
    where = where_words(engagement)
    what = f"{KIND_WORDS[engagement.kind]}, {who_words(engagement)}"
    return f"{when_words(engagement.when)}: {what}{f', {where}' if where else ''}"


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
    where = where_words(engagement)
    title = KIND_WORDS[engagement.kind] + (f", {where}" if where else "")
    if engagement.status != "held":
        title += f" ({engagement.status})"
    lines = dated(when_words(engagement.when), title, engagement.id, width)
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


def basis_words(engagement: Engagement) -> str:
    """By how many origins it is reported, on what grounds it is dated, and what status it had before."""
    parts = [f"Reported by {counted(engagement.origins, 'origin')}"]
    if engagement.when.known and engagement.when.basis not in ("stated", "none"):
        parts.append(f"date from {engagement.when.basis}")
    if engagement.kind_basis:
        parts.append(engagement.kind_basis.replace("_", " "))
    earlier = [step for step in engagement.history if step.status != engagement.status]
    if earlier:
        parts.append(f"{earlier[0].status} as of {day_words(earlier[0].published)}")
    return "; ".join(parts) + "."


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


def joined_readouts(others: Sequence[str]) -> str:
    """What is said of the accounts that lack a point; nothing when there is no other account."""
    if not others:
        return " (no other account is held)"
    return f" (not mentioned in the {' or '.join(dict.fromkeys(others))} readout)"


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
    parties = "; ".join(party_word(code) for code in statement.parties)
    who = statement.speaker or ""
    who += f", {statement.office}" if statement.office else ""
    who += f" ({parties})" if parties else ""
    through = [statement.channel or "", *(f"via {relay.name}" for relay in statement.relay)]
    route = ", ".join(part for part in through if part)
    lines = dated(day_words(statement.first_published), f"{who}{f' [{route}]' if route else ''}", statement.id, width)
    lines += hanging(statement_words(statement), width, DATED, DATED + 1)
    if len(statement.variants) > 1:
        lines.append(" " * DATED + f"In {len(statement.variants)} wordings.")
    return lines


def statement_words(statement: Statement) -> str:
    """The words in quotation marks; where only parts are the speaker's own, with the marks that the text sets."""
    words = " ".join(statement.text.split())
    return f"“{words}”" if statement.directness is Directness.DIRECT else words


def measure_lines(measure: Measure, width: int) -> list[str]:
    """One measure with its life."""
    text = f"{measure_words(measure)}: {measure.status.replace('_', ' ')}"
    text = text[0].upper() + text[1:]
    text += f"; until {when_words(measure.until)}" if measure.until.known else ""
    return dated(when_words(measure.effective), text, measure.id, width)


def stack_words(stacks: Sequence[Stack], width: int) -> Iterator[str]:
    """What the rates add up to, and whether the totals that texts state agree."""
    for stack in stacks:
        yield from indented(stack_lines(stack, width - 2))


def indented(blocks: Iterable[str]) -> list[str]:
    """The lines of the blocks, set in by two."""
    return [f"  {line}" for block in blocks for line in block.splitlines()]


def negotiation_lines(negotiation: Negotiation, width: int) -> list[str]:
    """One track: rounds, tranche, target."""
    facts = [
        f"{negotiation.rounds} rounds held" if negotiation.rounds else "",
        negotiation.tranche or "",
        f"target {slip_words(negotiation.targets)}" if negotiation.targets else "",
        negotiation.progress or "",
    ]
    return dated("", f"{negotiation.track}: {'; '.join(f for f in facts if f)}", negotiation.id, width)


def commitment_lines(commitment: Commitment, width: int) -> list[str]:
    """One commitment: due day, debtors, wording and state."""
    who = " and ".join(party_word(code) for code in commitment.who)
    due = when_words(commitment.due_when) if commitment.due_when.known else (commitment.due or "no date")
    return dated(due, f"{who} ({commitment.force}): “{commitment.text}” – {commitment.status}", commitment.id, width)


def dispute_lines(dispute: Dispute, width: int) -> list[str]:
    """One claim with its ladder: who asserted, denied, repeated it, and when that was printed."""
    rungs = [
        f"{step.step.replace('_', ' ')}{f' by {party_word(step.by)}' if step.by else ''} ({day_words(step.published)})"
        for step in dispute.steps
    ]
    rungs += [] if dispute.denied_by else ["no denial reported"]
    rungs += [f"the outlet: “{dispute.hedge}”"] if dispute.hedge else []
    return dated(day_words(dispute.first_published), f"{dispute.claim}: {'; '.join(rungs)}", dispute.id, width)


def figure_lines(figure: Figure, width: int) -> list[str]:
    """One figure as it stands in the text, with what it measures."""
    period = f" ({when_words(figure.period)})" if figure.period.known else ""
    return dated(day_words(figure.first_published), f"{figure.text}: {figure.what}{period}", figure.id, width)


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


def when_words_of_publication(document: DocumentInfo) -> str:
    """The publication day, or the interval that is known of it."""
    published = document.published
    if published.day:
        return day_words(published.day)
    return published.detail or "undated"
