"""What does the book answer, and on what evidence?

Every function gives a record whose statements of fact carry the places they rest on: document, address, outlet, day, the
exact words and their offsets. Nothing is answered that the book does not hold: a wording that it lacks is "not found".
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import msgspec

from dragoman.book import Book
from dragoman.errors import UnknownName
from dragoman.library import party_code
from dragoman.link.commitments import state_on
from dragoman.link.stacks import stacks_on
from dragoman.record.comparison import Account, Row
from dragoman.record.entries import AnyEntry, Commitment, DocumentInfo, Engagement, Evidence, Filter, Measure, Statement
from dragoman.record.quote import QuoteMatch, QuoteVerdict
from dragoman.record.span import Span
from dragoman.show.brief import brief
from dragoman.show.brief_paper import paper_of
from dragoman.show.brief_words import one_line, promise_words, speaker_words, statement_words, when_words_of_publication
from dragoman.show.changes import words_of
from dragoman.show.compare import compare
from dragoman.show.kept import settled
from dragoman.show.ledger import measure_words
from dragoman.show.news import news, news_paper
from dragoman.show.paper import Paper
from dragoman.show.quotes import quote_check
from dragoman.show.words import party_word

CITED = 5  # places that are cited for one entry
LONGEST = 2_000  # characters of one cited place; a whole joint statement is asked for with ``document``
PAGE = 12_000  # characters of a document at a time
OPEN = frozenset({"open", "due", "overdue", "postponed"})


class Cited(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in a document. ``words`` are its characters from ``start`` to ``end``, cut where ``whole`` is False."""

    document: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str
    words: str
    start: int
    end: int
    rule: str | None = None
    whole: bool = True


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in words, the record itself, and what it rests on. ``places`` is how many places back it in all."""

    id: str
    kind: str
    says: str
    record: AnyEntry
    evidence: tuple[Cited, ...]
    places: int


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """The first entries that answer, and how many do."""

    total: int
    found: tuple[Found, ...]


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """What rates in force on one target add up to; ``parts`` and ``totals`` are ids of measures."""

    says: str
    day: datetime.date | None
    parts: tuple[str, ...]
    agreeing_totals: tuple[str, ...]
    differing_totals: tuple[str, ...]


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """Measures and what they add up to."""

    total: int
    found: tuple[Found, ...]
    sums: tuple[Sum, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One account's words on a point; ``issuers`` are all who issued the account, of which ``issuer`` is the first."""

    issuer: str
    issuers: tuple[str, ...]
    joint: bool
    verb: str
    strength: int
    evidence: Cited


class ComparedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the accounts speak of: same_words, reworded or one_only (not mentioned in the other readouts)."""

    verdict: str
    topics: tuple[str, ...]
    said: tuple[Said, ...]


class OneAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One account: the id of its readout, who issued it, several together where it is joint, and where it stands."""

    readout: str
    issuers: tuple[str, ...]
    joint: bool
    relayed: bool
    documents: tuple[str, ...]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The accounts of one engagement, aligned. ``issuers`` are all who issued an account, alone or with others."""

    engagement: Found
    issuers: tuple[str, ...]
    accounts: tuple[OneAccount, ...]
    rows: tuple[ComparedRow, ...]
    note: str = "one_only means: not mentioned in the other readout. It does not say that a thing was not discussed."


class QuoteAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a wording is in the book. ``verdict`` is "not found" when no document of it has the words."""

    verdict: str
    words: str
    speaker: str | None
    other_speaker: bool
    matches: tuple[QuotePlace, ...]


class QuotePlace(msgspec.Struct, frozen=True, kw_only=True):
    """One place with the words or words like them. ``statement`` is the id of the entry, if anybody is recorded to say it."""

    verdict: str
    wording: str
    speaker: str | None
    statement: str | None
    evidence: tuple[Cited, ...]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that holds the words of a search, with its place or its evidence."""

    id: str
    kind: str
    title: str
    snippet: str
    evidence: tuple[Cited, ...]


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, best first."""

    found: tuple[Hit, ...]


class TextPage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a document's text; ``next`` is where the following one begins, None at the end."""

    document: DocumentInfo
    start: int
    end: int
    characters: int
    next: int | None
    text: str


class Teller:
    """Answers questions from one book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._texts: dict[str, str] = {}

    # ------------------------------------------------------------ evidence

    def text(self, info: DocumentInfo) -> str:
        """The text that a piece of evidence stands in."""
        if info.digest not in self._texts:
            self._texts[info.digest] = self.book.document(info.id, digest=info.digest).text
        return self._texts[info.digest]

    def cited(self, info: DocumentInfo, span: Span, rule: str | None = None) -> Cited:
        """A place with its words."""
        words = span.of(self.text(info))
        return Cited(
            document=info.id,
            url=info.url,
            outlet=info.outlet,
            title=info.title,
            published=when_words_of_publication(info),
            words=words[:LONGEST],
            start=span.start,
            end=span.end,
            rule=rule,
            whole=len(words) <= LONGEST,
        )

    def places(self, evidence: Iterable[Evidence]) -> tuple[Cited, ...]:
        """The first places of some evidence."""
        first = list(evidence)[:CITED]
        return tuple(self.cited(each.document, each.span, each.mention.rule) for each in first)

    def found(self, entry: AnyEntry) -> Found:
        """An entry with its evidence; lists of ids that only the book uses are left out of the record."""
        evidence = self.book.evidence(entry)
        return Found(
            id=entry.id,
            kind=str(entry.__struct_config__.tag),
            says=says(entry),
            record=msgspec.structs.replace(entry, mentions=(), grounds=()),
            evidence=self.places(evidence),
            places=len(evidence),
        )

    def listing(self, entries: Sequence[AnyEntry], limit: int) -> Listing:
        """The first entries, with how many there are."""
        return Listing(total=len(entries), found=tuple(self.found(entry) for entry in entries[:limit]))

    # ------------------------------------------------------------ questions

    def brief(self, parties: Sequence[str], as_of: datetime.date | None) -> Paper:
        """The state of play between parties; the numbers of its items are those of ``notes``."""
        codes = tuple(dict.fromkeys(party_code(name) for name in parties))
        if len(codes) < 2:
            raise UnknownName("a brief is on two parties or more; name them by country, bloc or code")
        return paper_of(self.book, brief(self.book, codes, as_of))

    def news(self, since: datetime.date, parties: Sequence[str]) -> Paper:
        """What was printed since a day."""
        return news_paper(self.book, news(self.book, since, tuple(party_code(name) for name in parties)))

    def entry(self, entry_id: str) -> Found:
        """One entry by its id or the beginning of it."""
        return self.found(self.book.entry(entry_id))

    def engagements(self, wanted: Filter, limit: int) -> Listing:
        """Engagements that answer a filter."""
        return self.listing(self.book.engagements(wanted), limit)

    def statements(self, wanted: Filter, limit: int) -> Listing:
        """Statements that answer a filter, the latest first."""
        return self.listing(self.book.statements(wanted)[::-1], limit)

    def commitments(self, wanted: Filter, *, open_only: bool, limit: int) -> Listing:
        """Commitments with their state on the day asked for, else on that of the latest document."""
        day = wanted.as_of or self.today()
        made = settled(self.book, self.book.commitments(wanted), wanted)
        held = [msgspec.structs.replace(each, status=state_on(each, day)) for each in made]
        return self.listing([each for each in held if not open_only or each.status in OPEN], limit)

    def measures(self, on: str | None, by: str | None, as_of: datetime.date | None, limit: int) -> Ledger:
        """Measures on or by a party, and what the rates add up to."""
        target, imposer = (party_code(on) if on else None), (party_code(by) if by else None)
        held = [
            measure
            for measure in self.book.measures(Filter(as_of=as_of))
            if target in (None, measure.target) and imposer in (None, measure.imposer)
        ]
        stacks = stacks_on(held, as_of or self.today())
        sums = tuple(
            Sum(
                says=f"{party_word(stack.imposer)} on {party_word(stack.target)}: {stack.arithmetic} percent",
                day=stack.day,
                parts=tuple(part.id for part in stack.parts),
                agreeing_totals=tuple(total.measure.id for total in stack.totals if total.agrees),
                differing_totals=tuple(total.measure.id for total in stack.totals if not total.agrees),
            )
            for stack in stacks
        )
        return Ledger(total=len(held), found=self.listing(held, limit).found, sums=sums)

    def today(self) -> datetime.date | None:
        """The day of the latest document: an answer is of the book's day, not of the clock's."""
        return max((info.published.day for info in self.book.documents() if info.published.day), default=None)

    def compare(self, engagement_id: str) -> Compared:
        """The accounts of an engagement, aligned point by point."""
        accounts = compare(self.book, engagement_id)
        comparison = accounts.comparison
        backing = {account.readout: self.book.evidence(account.readout) for account in comparison.accounts}

        def said(row: Row) -> Iterable[Said]:
            for placed in row.points:
                account, point = comparison.accounts[placed.account], placed.point
                info = next(e.document for e in backing[account.readout] if e.document.id == point.document)
                yield Said(
                    issuer=account.issuer,
                    issuers=issuers_of(account),
                    joint=account.joint,
                    verb=point.verb,
                    strength=point.strength,
                    evidence=self.cited(info, point.span),
                )

        return Compared(
            engagement=self.found(accounts.engagement),
            issuers=tuple(dict.fromkeys(code for each in comparison.accounts for code in issuers_of(each))),
            accounts=tuple(
                OneAccount(
                    readout=each.readout,
                    issuers=issuers_of(each),
                    joint=each.joint,
                    relayed=each.relayed,
                    documents=each.documents,
                )
                for each in comparison.accounts
            ),
            rows=tuple(
                ComparedRow(verdict=row.verdict, topics=row.topics, said=tuple(said(row))) for row in comparison.rows
            ),
        )

    def check_quotation(self, words: str, speaker: str | None) -> QuoteAnswer:
        """Where a wording stands: verbatim, shortened, stretched, altered, by another speaker, or "not found"."""
        check = quote_check(self.book, words, speaker)
        matches = () if check.verdict is QuoteVerdict.NOT_FOUND else check.matches
        return QuoteAnswer(
            verdict=check.verdict.replace("_", " "),
            words=words,
            speaker=speaker,
            other_speaker=check.other_speaker,
            matches=tuple(self.quote_place(match) for match in matches[:CITED]),
        )

    def quote_place(self, match: QuoteMatch) -> QuotePlace:
        """One match with the places that it stands in."""
        if match.statement:
            evidence = self.places(self.book.evidence(match.statement))
        else:
            infos = [self.book.document_info(document) for document in match.documents[:CITED]]
            evidence = tuple(self.cited(info, match.span) for info in infos[:1] if match.span)
        return QuotePlace(
            verdict=match.verdict.replace("_", " "),
            wording=match.wording,
            speaker=match.speaker,
            statement=match.statement,
            evidence=evidence,
        )

    def search(self, words: str, limit: int) -> Hits:
        """Documents and entries that hold all the words."""
        hits = []
        for hit in self.book.search(words, limit):
            snippet = hit.snippet.replace("\x02", "").replace("\x03", "")
            evidence: tuple[Cited, ...] = ()
            if hit.kind == "document":
                info = self.book.document_info(hit.id)
                evidence = (self.cited(info, place_of(hit.snippet, self.text(info))),)
            else:
                evidence = self.places(self.book.evidence(hit.id))
            hits.append(Hit(id=hit.id, kind=hit.kind, title=hit.title, snippet=snippet, evidence=evidence))
        return Hits(found=tuple(hits))

    def document(self, document_id: str, start: int) -> TextPage:
        """A stretch of a document's current text."""
        info = self.book.document_info(document_id)
        text = self.text(info)
        begin = max(0, min(start, len(text)))
        end = min(len(text), begin + PAGE)
        return TextPage(
            document=info,
            start=begin,
            end=end,
            characters=len(text),
            next=end if end < len(text) else None,
            text=text[begin:end],
        )


def issuers_of(account: Account) -> tuple[str, ...]:
    """All who issued an account."""
    return account.issuers or (account.issuer,)


def says(entry: AnyEntry) -> str:
    """An entry in a line."""
    match entry:
        case Engagement():
            return f"{one_line(entry)} ({entry.status})"
        case Statement():
            return f"{speaker_words(entry)}: {statement_words(entry)}"
        case Measure():
            return f"{measure_words(entry)}: {entry.status.replace('_', ' ')}"
        case Commitment():
            return promise_words(entry)
        case _:
            return words_of(entry)


def place_of(snippet: str, text: str) -> Span:
    """Where a snippet of a search stands in the text: its longest stretch between cuts, else the text's beginning."""
    pieces = snippet.replace("\x02", "").replace("\x03", "").split("…")
    piece = max(pieces, key=len).strip()
    at = text.find(piece)
    return Span(at, at + len(piece)) if piece and at >= 0 else Span(0, min(len(text), 200))
