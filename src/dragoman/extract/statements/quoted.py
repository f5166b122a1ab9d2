"""To whom do the quotations belong that no attribution has claimed?

A quotation alone in its sentence goes on with the words of the last speaker; one that follows "he said:" is what was
said; one closed by a dash and a name is by that name; a turn of a transcript is by its label; any other long one is kept
without a source, for somebody must have said it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from dragoman.extract.statements.attribution import Attribution
from dragoman.extract.statements.blocks import Block, Quoted
from dragoman.record.segments import Paragraph, ParagraphKind, Segments
from dragoman.record.span import Span

SMALL = 4  # letters up to which a word is small in a title
SPOKEN = re.compile(r"(?i)sa(?:id|ys?)\b|:|t(?:old|ell)|wrote|added|asked|repl|shout|chant|according")
LONG = 4  # words from which a quotation is speech rather than a term or a title
FEW = 2  # words that may stand beside a quotation that is alone
NEAR = 1  # paragraphs over which a speaker's words may go on without a cue
TALK = 2  # labelled turns from which there is talk
NAME = r"[A-Z][\w’'-]+(?:\.(?=\s[A-Z]))?(?: (?:[A-Z]\.|[A-Z][\w’'.-]+|of|the|al|bin|van|de|von)){1,5}"
SIGNED = re.compile(rf"\s*(?:[-–—―]+|:(?=[^\n]{{1,80}}(?:\n|\Z)))\s*(?P<name>{NAME}|[A-Z][^\n.,;:()“”\"]{{2,60}})")
# A line below a quotation that is but a name, with or without an office: the signature of a quotation set off.
SIGNED_BELOW = re.compile(rf"\s*\n\s*(?P<name>{NAME})(?:, [^\n.!?:;“”\"]{{3,90}})?\s*(?:\n|\Z)")
# The same below words that are set off without marks; it begins with a dash.
SIGNATURE = re.compile(rf"[-–—―]{{1,2}}\s*(?P<name>{NAME})(?:,? [^\n!?:;“”\"]{{3,90}})?")
FIELDS = frozenset(
    "WHAT WHEN WHERE WHO WHY HOW NOTE NOTES DATE TIME PLACE VENUE LOCATION CONTACT CONTACTS SUBJECT TO FROM RE CC"
    " BACKGROUND UPDATE SUMMARY TOPIC TOPICS MEDIA".split()
)  # what a notice's lines begin with, which is nobody's name
DASHES = frozenset("-–—―")
MARKS = frozenset('“”"«»')
SIGNS = frozenset(".,;:!?…)(-–—―")


class Last(msgspec.Struct):
    """The attribution whose speaker may go on speaking: its number, and the paragraph its words ended in."""

    number: int
    paragraph: int
    opens: bool  # it ended with a colon and its words are still to come


class Quotations:
    """Claims a document's quotations; give it the attributions that are known, in order."""

    def __init__(self, text: str, blocks: Sequence[Block], known: Sequence[Attribution]) -> None:
        self.text = text
        self.blocks = blocks
        self.found = list(known)
        self._last: Last | None = None

    def claimed(self) -> list[Attribution]:
        """All attributions, with every long quotation claimed."""
        by_block: dict[int, list[int]] = {}
        for number, attribution in enumerate(self.found):
            by_block.setdefault(attribution.block, []).append(number)
        for number, block in enumerate(self.blocks):
            held = by_block.get(number, [])
            missing = self._missing(block, held)
            if held and not self.found[held[-1]].content:
                self._last = Last(held[-1], block.paragraph, True)
            elif held:
                self._beside(block, held, missing)
            elif missing:
                self._alone(number, block, missing)
        return self.found

    def _missing(self, block: Block, held: Sequence[int]) -> list[Quoted]:
        if not block.quotations:
            return []
        spans = [span for number in held for span in self.found[number].content]
        return [q for q in block.quotations if not any(s.start < q.end and s.end > q.start for s in spans)]

    def _beside(self, block: Block, held: Sequence[int], missing: Sequence[Quoted]) -> None:
        """Claim the long quotations of a sentence that has attributions, for the nearest of them."""
        for item in missing:
            if size(self.text, item) >= LONG:
                self._extend(min(held, key=lambda n: distance(self.found[n], item)), item)
        speaking = [n for n in held if self.found[n].source] or list(held)
        quoting = [n for n in speaking if self._quotes(block, self.found[n])]
        self._last = Last((quoting or speaking)[-1], block.paragraph, self._opens(block))

    def _quotes(self, block: Block, attribution: Attribution) -> bool:
        return any(s.start < q.end and s.end > q.start for q in block.quotations for s in attribution.content)

    def _opens(self, block: Block) -> bool:
        return self.text[block.span.end - 1] == ":"

    def _alone(self, number: int, block: Block, missing: Sequence[Quoted]) -> None:
        """Claim the quotations of a sentence without attributions."""
        at = missing[-1].end
        below = self._is_alone(block) and SIGNED_BELOW.match(self.text, at)
        signed = SIGNED.match(self.text, at) or below or None
        last = self._last
        if signed and signed.end() <= block.span.end + 80:
            source = Span(signed.start("name"), signed.start("name") + len(signed["name"].rstrip()))
            cue = trimmed(self.text, Span(missing[-1].end, signed.start("name")))
            self._add(number, source, cue if cue.start < cue.end else None, missing, "quotation.signed")
        elif last and block.paragraph - last.paragraph <= NEAR and (last.opens or self._is_alone(block)):
            for item in missing:
                self._extend(last.number, item)
            self._last = Last(last.number, block.paragraph, False)
        elif any(self._is_said(block, item) for item in missing):
            near = last is not None and block.paragraph - last.paragraph <= NEAR
            source_of_last = self.found[last.number].source if last and near else None
            long = [item for item in missing if self._is_said(block, item)]
            self._add(number, source_of_last, None, long, "quotation.continued" if near else "quotation.unclaimed")

    def _is_said(self, block: Block, item: Quoted) -> bool:
        """Whether a quotation is speech: a long one, or a line of dialogue that ends as a sentence does."""
        if is_title(self.text, item.quotation.parts):
            return False
        line = self.text[item.start : item.end].rstrip("”\"’'»“")
        return size(self.text, item) >= LONG or (line.endswith((".", "?", "!", "…")) and self._is_alone(block))

    def _is_alone(self, block: Block) -> bool:
        words = [
            item
            for item in block.items
            if not isinstance(item, Quoted) and self.text[item.start : item.end].strip() not in SIGNS
        ]
        return len(words) <= FEW and isinstance(block.items[0], Quoted)

    def _extend(self, number: int, item: Quoted) -> None:
        held = self.found[number]
        content = tuple(sorted([*held.content, Span(item.start, item.end)]))
        self.found[number] = msgspec.structs.replace(held, content=content)

    def _add(self, block: int, source: Span | None, cue: Span | None, items: Sequence[Quoted], rule: str) -> None:
        content = tuple(Span(item.start, item.end) for item in items)
        self.found.append(Attribution(cue=cue, source=source, content=content, block=block, rule=rule))


def is_title(text: str, parts: Sequence[Span]) -> bool:
    """Whether quoted words are a title or a name: no sentence, and every word of weight begins with a capital."""
    if len(parts) != 1 or text[parts[0].end - 1] in ".,?!…":
        return False
    weighty = [word for word in parts[0].of(text).split() if len(word) > SMALL or word[0].isupper()]
    return len(weighty) > 1 and all(word[0].isupper() or not word[0].isalpha() for word in weighty)


def size(text: str, item: Quoted) -> int:
    """How many words a quotation has."""
    return text.count(" ", item.start, item.end) + 1


def distance(attribution: Attribution, item: Quoted) -> int:
    """How far an attribution's cue stands from a quotation."""
    if attribution.cue is None:
        return 0
    return max(item.start - attribution.cue.end, attribution.cue.start - item.end)


def trimmed(text: str, span: Span) -> Span:
    """The span without blanks at its edges."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def turns_of(text: str, segments: Segments) -> list[Attribution]:
    """The turns of a transcript: all that follows a speaker's label, up to the next label.

    One label alone ("GENEVA: Talks opened ...") is a dateline or a heading; "WHAT:" and "WHEN:" are a notice's.
    """
    paragraphs = segments.paragraphs
    labelled = [(n, p.label) for n, p in enumerate(paragraphs) if p.label and p.label.of(text) not in FIELDS]
    if len(labelled) < TALK:
        return []
    found: list[Attribution] = []
    for number, label in labelled:
        content = [words for words in [bare_words(text, paragraphs[number])] if words]
        for following in paragraphs[number + 1 :]:
            if following.kind is not ParagraphKind.BODY:
                break
            content.append(following.span)
        if content:
            cue = Span(label.end, label.end + 1)
            turn = Attribution(cue=cue, source=label, content=tuple(content), block=-1, rule="statement.turn")
            found.append(turn)
    return found


def bare_words(text: str, paragraph: Paragraph) -> Span | None:
    """The words of a turn's first paragraph, without the signs that set off its label."""
    words = paragraph.words
    start = words.end - len(words.of(text).lstrip("* \t\xa0"))
    marked = text[paragraph.span.start] in MARKS and text[words.end - 1] in MARKS
    end = words.end - marked
    return Span(start, end) if start < end else None


def set_off(text: str, segments: Segments, known: Sequence[Attribution]) -> list[Attribution]:
    """Words set off without marks: the paragraph above a line that is a dash and a name."""
    found: list[Attribution] = []
    for above, line in pairwise(segments.paragraphs):
        if text[line.span.start] not in DASHES or above.kind is not ParagraphKind.BODY:
            continue
        signed = SIGNATURE.fullmatch(text, line.span.start, line.span.end)
        if signed is None or any(span.overlaps(above.span) for held in known for span in held.content):
            continue
        source, cue = Span(*signed.span("name")), Span(line.span.start, signed.start("name"))
        found.append(
            Attribution(
                cue=trimmed(text, cue), source=source, content=(above.span,), block=-1, rule="quotation.set_off"
            )
        )
    return found
