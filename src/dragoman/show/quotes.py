"""Where does a given wording stand, and how is that told?"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.book import Book
from dragoman.link.wordings import Candidate, asked_phrases, check_quote
from dragoman.record.entries import Statement
from dragoman.record.mentions import Directness
from dragoman.record.quote import QuoteCheck, QuoteMatch, QuoteVerdict
from dragoman.show.formulas import bare, diff_words
from dragoman.show.words import day_words, hanging, joined, party_word

LOOKED_AT = 40  # statements, and documents, that are compared: those that share most of the wording's phrases
MOST = 12  # matches that are shown
VERDICTS = {
    QuoteVerdict.VERBATIM: "VERBATIM: these very words stand in the book.",
    QuoteVerdict.SHORTENED: "SHORTENED: word for word, but part of a longer wording.",
    QuoteVerdict.STRETCHED: "STRETCHED: the book has these words without all of what is added here.",
    QuoteVerdict.ALTERED: "ALTERED: the book has other words.",
    QuoteVerdict.NOT_FOUND: "NOT FOUND: no document of the book has this wording.",
}


def quote_check(book: Book, words: str, speaker: str | None = None) -> QuoteCheck:
    """The verdict on a wording, from the statements and texts that share a phrase with it."""
    hits = book.having_any(asked_phrases(words), LOOKED_AT)
    entries = (book.entry(hit.id) for hit in hits if hit.kind == "statement")
    documents = (
        Candidate(book.document_info(hit.id), book.document(hit.id).text) for hit in hits if hit.kind == "document"
    )
    return check_quote(words, speaker, [entry for entry in entries if isinstance(entry, Statement)], documents)


def quote_text(check: QuoteCheck, width: int) -> str:
    """The verdict and the places it rests on."""
    lines = hanging(f"“{bare(check.words)}”", width, 0, 1)
    lines += ["", *hanging(VERDICTS[check.verdict], width, 0, 2)]
    if check.other_speaker:
        lines += hanging(f"OTHER SPEAKER: the book does not have them from {check.speaker}.", width, 0, 2)
    for match in check.matches[:MOST]:
        lines += ["", *match_lines(match, width)]
    if len(check.matches) > MOST:
        lines += ["", f"... and {len(check.matches) - MOST} more; --json has all"]
    return "\n".join(lines) + "\n"


def match_lines(match: QuoteMatch, width: int) -> Iterator[str]:
    """One place: how near it is, whose words they are, through whom, where they stand."""
    verdict = match.verdict.value.replace("_", " ")
    who = speaker_words(match) if match.statement else "in the text, not recorded as anybody's statement"
    yield from hanging(f"{match.statement or ''}  {verdict}: {who}".strip(), width, 2, 4)
    own = match.directness in (None, Directness.DIRECT)
    words = diff_words(match.diff) if match.diff else f"“{bare(match.wording)}”" if own else match.wording
    yield from hanging(words, width, 4, 5)
    day = f", printed {day_words(match.published)}" if match.published else ""
    yield from hanging(f"in {joined(match.documents)}{day}", width, 4, 6)


def speaker_words(match: QuoteMatch) -> str:
    """Whose words they are, in which channel, and who passed them on."""
    name = match.speaker or "an unnamed speaker"
    party = f" ({'/'.join(party_word(code) for code in match.parties)})" if match.parties else ""
    office = f", {match.office}" if match.office else ""
    channel = f" [{match.channel}]" if match.channel else ""
    hands = [hand.name for hand in match.relay if hand.kind != "publisher"]
    relay = f", through {joined(hands)}" if hands else ""
    reported = {"indirect": ", in reported speech", "mixed": ", in part in reported speech"}.get(
        match.directness or "", ""
    )
    return f"{name}{office}{party}{channel}{relay}{reported}"
