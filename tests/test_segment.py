"""Paragraphs, sentences, tokens and quotations lie where a reader sees them, on any text."""

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record.document import Boilerplate, BoilerplateKind, Document
from dragoman.record.segments import ParagraphKind, Segments
from dragoman.record.span import Span
from dragoman.segment.divide import divide


def document(text: str, *boilerplate: str) -> Document:
    marked = tuple(
        Boilerplate(BoilerplateKind.RELATED, Span(text.index(b), text.index(b) + len(b)), "test") for b in boilerplate
    )
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(id="d", text=text, digest=digest, boilerplate=marked)


def segments(text: str) -> Segments:
    return divide(document(text))


def sentences(text: str) -> list[str]:
    return [s.span.of(text) for s in segments(text).sentences]


def tokens(text: str) -> list[str]:
    return [t.of(text) for t in segments(text).tokens]


def quoted(text: str) -> list[list[str]]:
    return [[p.of(text) for p in q.parts] for q in segments(text).quotations if q.depth == 0]


@pytest.mark.parametrize(
    "parts",
    [
        ("Mr. Lavrov met Gen. Caine in St. Petersburg.", "They spoke for an hour."),
        ("The U.S. President arrived.", "He left at noon."),
        ("He flew to the U.S.", "The visit had been planned."),
        ("John D. Negroponte and C. Q. Brown attended.", "No one else did."),
        ("Trade rose to $45.7 billion.", "It fell before."),
        ("“We agree.”", "The envoy then left."),
        ("“Will you sign?” the reporter asked.", "He nodded."),
        ("They waited ... and waited.", "Nobody came."),
        ("It opens at 9 a.m. in Geneva.", "Entry is free."),
        ("Resolution No. 242 was cited.", "So was Art. 5 of the treaty."),
        ("The dispute has ended.", "Both sides said so!", "Did they?"),
    ],
    ids=lambda parts: parts[0][:30],
)
def test_sentences_end_where_they_end(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts)) == list(parts)


def test_run_together_sentences_are_parted() -> None:
    assert sentences("The round has ended.The next one is in May.") == [
        "The round has ended.",
        "The next one is in May.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.-India ties", ["U.S.", "-", "India", "ties"]),
        ("@VikramMisri wrote", ["@VikramMisri", "wrote"]),
        ("$45.7bn, 10,000 or 25%", ["$", "45.7", "bn", ",", "10,000", "or", "25", "%"]),
        ("India’s 21st-century aim", ["India", "’s", "21st", "-", "century", "aim"]),
        ("O’Brien didn't", ["O’Brien", "didn't"]),
        ("Gen. Caine, Jr. and J. D. Vance", ["Gen.", "Caine", ",", "Jr.", "and", "J.", "D.", "Vance"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We agree,” he said. “We sign.”", [["We agree,"], ["We sign."]]),
        ('He said "we agree" and left.', [["we agree"]]),
        ("He said ‘we agree’ and left.", [["we agree"]]),
        ("'We won't,' he said of the ministers' plan.", [["We won't,"]]),
        ("Il a dit «nous signons» hier.", [["nous signons"]]),
        ('He said “we agree" and left.', [["we agree"]]),
        ("“First.\n\n“Second,” he said.", [["First.", "Second,"]]),
        ("“First.\n\nSecond,” he said.", [["First.", "Second,"]]),
        ("“First, never closed.\n\nA new one. He said “yes”.", [["First, never closed."], ["yes"]]),
        ("He said “this stays open. She said “no” and left.", [["this stays open."], ["no"]]),
        ("“He called it ‘a pity’ twice,” she said.", [["He called it ‘a pity’ twice,"]]),
        ("“He said “go” to us” was all.", [["He said “go” to us"]]),
        ("The talks ended.” Then “yes” was said.", [["yes"]]),
        ("“First.\n\nSecond.\n\nThird,” he said.", [["First.", "Second.", "Third,"]]),
        ("``We agree,'' he said.", [["We agree,"]]),
        ('The 6" pipe and “one word”.', [["one word"]]),
    ],
)
def test_outer_quotations(text: str, expected: list[list[str]]) -> None:
    assert quoted(text) == expected


def test_inner_quotations_are_deeper() -> None:
    text = "“He called it ‘a pity’ twice,” she said."
    assert [(q.depth, q.parts[0].of(text)) for q in segments(text).quotations if q.depth] == [(1, "a pity")]


def test_one_odd_mark_costs_no_later_paragraph() -> None:
    text = 'An odd " mark.\n\n“We agree,” he said.\n\nAnother ” one.\n\n"Yes," she said.'
    assert ["We agree,"] in quoted(text)
    assert ["Yes,"] in quoted(text)


def test_paragraph_kinds() -> None:
    text = (
        "Talks resume in Geneva\n\nThe envoys met. They agreed.\n\n"
        "QUESTION: Will they sign?\nMR. PRICE: They will.\nRead more"
    )
    found = divide(document(text, "Read more"))
    kinds = [p.kind for p in found.paragraphs]
    assert kinds == [
        ParagraphKind.HEADING,
        ParagraphKind.BODY,
        ParagraphKind.SPEAKER,
        ParagraphKind.SPEAKER,
        ParagraphKind.BOILERPLATE,
    ]
    assert [p.label.of(text) for p in found.paragraphs if p.label] == ["QUESTION", "MR. PRICE"]
    assert "Read more" not in [s.span.of(text) for s in found.sentences]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "The two ministers met for an hour in the capital and agreed to keep",
        "talking about the border, about trade and about the many students",
        "who have waited for their visas since the spring of last year.",
    ]
    assert len(segments("\n".join(lines)).paragraphs) == 1


MARKED = st.text(alphabet=st.sampled_from("ab S.,?! \n\"'“”‘’«»„`-:AUI1"), max_size=400)


@settings(max_examples=300, deadline=None)
@given(st.one_of(MARKED, st.text(alphabet=st.characters(), max_size=300)))
def test_every_span_lies_in_the_text_and_in_order(text: str) -> None:
    found = segments(text)
    spans = [p.span for p in found.paragraphs]
    assert spans == sorted(spans)
    for sentence in found.sentences:
        assert found.paragraphs[sentence.paragraph].span.covers(sentence.span)
        held = found.tokens[sentence.first : sentence.last]
        assert all(sentence.span.covers(token) for token in held)
        assert "".join(t.of(text) for t in held) == "".join(sentence.span.of(text).split())
    for quotation in found.quotations:
        assert all(quotation.outer.covers(part) and part.of(text).strip() for part in quotation.parts)
    assert all(0 <= t.start < t.end <= len(text) for t in found.tokens)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(categories=["Cs", "Lu", "Zs", "Po"]), max_size=200))
def test_lone_surrogates_are_divided(text: str) -> None:
    assert len(segments(text).sentences) >= bool(text.strip()) - 1


@pytest.mark.parametrize("unit", ["word ", "“a ", "' ", "a.b.", "A. ", "? ” ", "1,1.", "U.S.-", "said?” he "])
def test_one_long_line_costs_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        segments(text)
        return time.process_time() - begin

    small, large = max(seconds(20_000), 0.005), seconds(400_000)
    assert large < 80 * small
