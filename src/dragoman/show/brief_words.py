"""How is each kind of entry put into words in a brief, on a terminal and on paper?"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.record.entries import (
    Commitment,
    Dispute,
    DocumentInfo,
    Engagement,
    Figure,
    Measure,
    Negotiation,
    Statement,
)
from dragoman.record.mentions import Directness
from dragoman.show.brief import Brief
from dragoman.show.ledger import measure_words, slip_words
from dragoman.show.words import KIND_WORDS, day_words, party_word, when_words, where_words, who_words


def counted(number: int, noun: str, several: str = "") -> str:
    """A number with its noun in the right form."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def source_words(brief: Brief) -> str:
    """What a brief rests on."""
    days = [d.published.day for d in brief.documents if d.published.day]
    span = f", published {day_words(min(days))} to {day_words(max(days))}" if days else ""
    latest = "the latest " if brief.earlier else ""
    left = " Earlier ones were not looked at; --every-document looks at all." if brief.earlier else ""
    basis = (
        f"From {latest}{counted(len(brief.documents), 'document')} of {counted(brief.origins, 'origin')}{span}.{left}"
    )
    return f"{basis} What the texts report, not what is true"


def glance_rows(brief: Brief) -> list[tuple[str, str]]:
    """The last and the next engagement and what is open, each with its label."""
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
    return rows


def one_line(engagement: Engagement) -> str:
    """An engagement in one line: day, kind, who, where."""
    where = where_words(engagement)
    what = f"{KIND_WORDS[engagement.kind]}, {who_words(engagement)}"
    return f"{when_words(engagement.when)}: {what}{f', {where}' if where else ''}"


def title_words(engagement: Engagement) -> str:
    """Kind, place and mechanism of an engagement, with its status when it was not held."""
    where = where_words(engagement)
    status = "" if engagement.status == "held" else f" ({engagement.status})"
    return KIND_WORDS[engagement.kind] + (f", {where}" if where else "") + status


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


def joined_readouts(others: Sequence[str]) -> str:
    """What is said of the accounts that lack a point; nothing when there is no other account."""
    if not others:
        return " (no other account is held)"
    return f" (not mentioned in the {' or '.join(dict.fromkeys(others))} readout)"


def speaker_words(statement: Statement) -> str:
    """Who, in which office, through which channel and hands."""
    parties = "; ".join(party_word(code) for code in statement.parties)
    who = statement.speaker or ""
    who += f", {statement.office}" if statement.office else ""
    who += f" ({parties})" if parties else ""
    through = [
        statement.channel or "",
        *(f"via {relay.name}" for relay in statement.relay if relay.kind != "publisher"),
    ]
    route = ", ".join(part for part in through if part)
    return f"{who}{f' [{route}]' if route else ''}"


def statement_words(statement: Statement) -> str:
    """The words in quotation marks; where only parts are the speaker's own, with the marks that the text sets."""
    words = " ".join(statement.text.split())
    return f"“{words}”" if statement.directness is Directness.DIRECT else words


def measure_state(measure: Measure) -> str:
    """One measure with its state and its end."""
    text = f"{measure_words(measure)}: {measure.status.replace('_', ' ')}"
    text += f"; until {when_words(measure.until)}" if measure.until.known else ""
    return text[0].upper() + text[1:]


def track_words(negotiation: Negotiation) -> str:
    """One track: rounds, tranche, targets, progress."""
    facts = [
        f"{negotiation.rounds} rounds held" if negotiation.rounds else "",
        negotiation.tranche or "",
        f"target {slip_words(negotiation.targets)}" if negotiation.targets else "",
        negotiation.progress or "",
    ]
    return f"{negotiation.track}: {'; '.join(fact for fact in facts if fact)}"


def due_words(commitment: Commitment) -> str:
    """By when something is owed."""
    return when_words(commitment.due_when) if commitment.due_when.known else (commitment.due or "no date")


def promise_words(commitment: Commitment) -> str:
    """One commitment: debtors, force, wording and state."""
    who = " and ".join(party_word(code) for code in commitment.who)
    return f"{who} ({commitment.force}): “{commitment.text}” – {commitment.status}"


def ladder_words(dispute: Dispute) -> str:
    """One claim with its ladder: who asserted, denied, repeated it, and when that was printed."""
    rungs = [
        f"{step.step.replace('_', ' ')}{f' by {party_word(step.by)}' if step.by else ''} ({day_words(step.published)})"
        for step in dispute.steps
    ]
    rungs += [] if dispute.denied_by else ["no denial reported"]
    rungs += [f"the outlet: “{dispute.hedge}”"] if dispute.hedge else []
    return f"{dispute.claim}: {'; '.join(rungs)}"


def figure_words(figure: Figure) -> str:
    """One figure as it stands in the text, with what it measures and when."""
    period = f" ({when_words(figure.period)})" if figure.period.known else ""
    return f"{figure.text}: {figure.what}{period}"


def when_words_of_publication(document: DocumentInfo) -> str:
    """The publication day, or the interval that is known of it."""
    published = document.published
    if published.day:
        return day_words(published.day)
    return published.detail or "undated"
