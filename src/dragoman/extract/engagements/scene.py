"""What does the whole document show of who speaks in it and whose affairs it is about?"""

from __future__ import annotations

import calendar
import datetime
import re
from collections import Counter
from functools import cached_property

from dragoman.extract.context import Context
from dragoman.record.marks import CueMark, PartyForm, PartyMark, Person, PersonForm, PersonMark
from dragoman.record.segments import Paragraph, ParagraphKind
from dragoman.record.span import Span

SCHEDULE = re.compile(r"(?i)\b(?:public|daily|weekly) (?:public )?schedule\b")
DAY_OF_TITLE = re.compile(r"\b(?P<month>[A-Z][a-z]+) (?P<day>[12]?\d|3[01]),? (?P<year>20\d\d)\b")
MONTHS = tuple(calendar.month_name)[1:]
HEAD = 160  # characters; a longer first paragraph is no line with a name
NEAR = 80  # characters between a verb of saying and who said it
MANY = 7  # parties that a text speaks of often; beyond them it is about no pair
HIGH = ("minister", "president", "chancellor", "premier", "prince", "king")
OFTEN = 2  # mentions from which a party can stand for a side that the text does not name
CLEARLY = 2  # times as often as the third party
PRESS = frozenset({"question", "q", "reporter"})
OPENING = 6  # sentences in which a release names its spokesperson


def official(person: Person) -> bool:
    """Whether a person who speaks is of a party, or holds an office of state whose party the text does not tell."""
    return bool(person.party) or any(word in (person.office or "").casefold() for word in HIGH)


FIRST_PERSON = frozenset({"I", "i", "My", "my", "MY", "mY"})


class Scene:
    """The parties, the issuer and the speakers of one document; each is worked out when it is first asked for."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @cached_property
    def issuer(self) -> str | None:
        """The party whose text it is: as given, or that of the spokesperson to whom it is attributed."""
        context = self._context
        if context.document.issuer:
            return context.document.issuer
        for sentence in context.segments.sentences[:OPENING]:
            if any("attributable" in cue.classes for cue in context.marks_within(sentence.span, CueMark)):
                people = [m for m in context.marks_within(sentence.span, PersonMark) if m.people]
                return next((context.people[m.people[0]].party for m in people), None)
        return None

    @cached_property
    def official(self) -> bool:
        """Whether the text is a government's own: attributed to a spokesperson, or released by governments together."""
        context = self._context
        if self.issuer is not None:
            return True
        opening = context.segments.sentences[:OPENING]
        words = [context.text[s.span.start : s.span.end].casefold() for s in opening]
        return any("statement" in w and ("released by" in w or "issued by" in w) for w in words)

    @cached_property
    def scheduled(self) -> datetime.date | None:
        """The day of a public schedule, which announces in the present tense what is to be; None of any other text."""
        document = self._context.document
        if not SCHEDULE.search(f"{document.title or ''}\n{document.text[:HEAD]}"):
            return None
        stated = DAY_OF_TITLE.search(document.title or "")
        if stated is None or stated["month"] not in MONTHS:
            return document.published.day
        return datetime.date(int(stated["year"]), MONTHS.index(stated["month"]) + 1, int(stated["day"]))

    @cached_property
    def transcript(self) -> bool:
        """Whether the text has turns of speakers."""
        return any(paragraph.label is not None for paragraph in self._context.segments.paragraphs)

    @cached_property
    def pair(self) -> tuple[int, ...]:
        """The two persons of two parties that the heading (else the first sentence) is about; none when it is not two."""
        context = self._context
        headings = [p.span for p in context.segments.paragraphs if p.kind is ParagraphKind.HEADING][:2]
        for span in [*headings, *(s.span for s in context.segments.sentences[:1])]:
            people = dict.fromkeys(i for m in context.marks_within(span, PersonMark) for i in m.people)
            named = [i for i in people if context.people[i].named]
            if len(named) == 2 and len({context.people[i].party for i in named} - {None}) == 2:
                return tuple(named)
        return ()

    @cached_property
    def ranking(self) -> tuple[str, ...]:
        """The parties that the text names often, the most frequent first."""
        counts: Counter[str] = Counter()
        for mark in self._context.marks:
            if type(mark) is PartyMark and mark.form is not PartyForm.GROUP:
                if not self._context.text.endswith(("for the ", "on the "), 0, mark.span.start):
                    counts.update(mark.codes)
            elif type(mark) is PersonMark and mark.people and mark.form is PersonForm.FULL:
                counts.update(p for i in mark.people if (p := self._context.people[i].party))
        return tuple(code for code, number in counts.most_common() if number >= OFTEN)

    @cached_property
    def named(self) -> Counter[str]:
        """How often each party is named."""
        marks = (m for m in self._context.marks_of(PartyMark) if m.form is not PartyForm.GROUP)
        return Counter(code for mark in marks for code in mark.codes)

    def two_or_host(self, country: str | None) -> tuple[str, ...]:
        """The two parties that a text is about; where it names one only, that one and the country of the place."""
        others = set(self.named) - {country}
        return self.two or (tuple(sorted((*others, country))) if country and len(others) == 1 else ())

    @cached_property
    def two(self) -> tuple[str, ...]:
        """The two parties that a text is about: the only ones it names, or named far more often than any other."""
        held = self.named.most_common(3)
        if len(held) < 2 or (len(held) > 2 and held[1][1] < CLEARLY * held[2][1]):
            return ()
        return tuple(sorted(code for code, _ in held[:2]))

    def other_than(self, known: set[str]) -> str | None:
        """The issuer, or the party spoken of most, that is none of the known ones."""
        # A text on many parties, as a briefing is, shows nothing of who the other one is.
        candidates = (self.issuer, *(self.ranking[:2] if len(self.ranking) <= MANY else ()))
        return next((code for code in candidates if code and code not in known), None)

    def own_voice(self, span: Span) -> bool:
        """Whether a whole text is told in the first person, as an excerpt of a speech is, and a place is no quotation."""
        return self._first_person and not any(q.outer.covers(span) for q in self._context.quotations_touching(span))

    @cached_property
    def _first_person(self) -> bool:
        """Whether "I" stands in several paragraphs outside quotations."""
        context = self._context
        outside = [s for s in context.starts_of(FIRST_PERSON) if not context.quotations_touching(Span(s, s + 1))]
        return len(outside) >= OFTEN

    @cached_property
    def speakers(self) -> tuple[int, ...]:
        """The named officials who have a turn in a transcript, in order: of a party, or with a high office."""
        found: dict[int, None] = {}
        for paragraph in self._context.segments.paragraphs:
            if paragraph.label is not None:
                who = self.named_in(paragraph.label)
                if who is not None and self._context.people[who].named and official(self._context.people[who]):
                    found[who] = None
        return tuple(who for who in found if not self.speaks_for(who))

    def speaks_for(self, person: int) -> bool:
        """Whether a person speaks for others: a spokesperson, a press secretary."""
        office = (self._context.people[person].office or "").casefold()
        return "spokes" in office or "press secretary" in office

    def briefs(self, person: int) -> bool:
        """Whether somebody with turns in a transcript is of no known party and no high office, as "MR LEE" who briefs."""
        return self.transcript and not official(self._context.people[person])

    @cached_property
    def questioned(self) -> bool:
        """Whether reporters have turns in a transcript: much of what it speaks of is not of its day."""
        labels = [p.label for p in self._context.segments.paragraphs if p.label is not None]
        return any(self._context.text[label.start : label.end].rstrip(": ").casefold() in PRESS for label in labels)

    def speaker(self, span: Span) -> int | None:
        """The person who says "I" at a place: of the turn, of the quotation, or of the whole text."""
        context = self._context
        turn = self._turn(span)
        if turn is not None and turn.label is not None:
            return self.named_in(turn.label)
        if any(q.outer.covers(span) for q in context.quotations_touching(span)):
            return self._quoted(span)
        head = context.segments.paragraphs[0] if context.segments.paragraphs else None
        if head is not None and head.span.end - head.span.start <= HEAD:
            return self.named_in(head.span)
        return None

    def _turn(self, span: Span) -> Paragraph | None:
        """The paragraph with a label that the text at a place belongs to."""
        turn = None
        for paragraph in self._context.segments.paragraphs:
            if paragraph.span.start > span.start:
                break
            turn = paragraph if paragraph.label is not None else turn
        return turn

    def named_in(self, span: Span) -> int | None:
        """The first person named in a span."""
        marks = self._context.marks_within(span, PersonMark)
        return next((mark.people[0] for mark in marks if mark.people), None)

    def _quoted(self, span: Span) -> int | None:
        """The person next to a verb of saying outside the quotation marks, in this paragraph or the one before."""
        paragraphs = self._context.segments.paragraphs
        at = next((n for n, p in enumerate(paragraphs) if p.span.covers(span)), None)
        if at is None:
            return None
        here = self._sayer(paragraphs[at].span)
        return here if here is not None or at == 0 else self._sayer(paragraphs[at - 1].span)

    def _sayer(self, span: Span) -> int | None:
        """The person nearest to a verb of saying in a paragraph, outside its quotations."""
        context = self._context
        quoted = [q.outer for q in context.quotations_touching(span)]
        for cue in context.marks_within(span, CueMark):
            if "speech" not in cue.classes or any(q.covers(cue.span) for q in quoted):
                continue
            reach = Span(max(span.start, cue.span.start - NEAR), min(span.end, cue.span.end + NEAR))
            people = [m for m in context.marks_within(reach, PersonMark) if m.people]
            outside = [m for m in people if not any(q.covers(m.span) for q in quoted)]
            if outside:
                return min(outside, key=lambda m: abs(m.span.start - cue.span.start)).people[0]
        return None
