"""What belongs to the page is marked and stays in the text; what belongs to the story is left alone."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.read import document_of
from dragoman.read.boilerplate import boilerplate_in
from dragoman.record.document import BoilerplateKind as Kind

TITLE = "Peru and Norway agree to reopen fisheries talks"
LEAD = (
    "LIMA: The governments of Peru and Norway said on Tuesday that they would reopen talks on fisheries, which had been"
    " suspended since the spring of last year."
)
MORE = "The Norwegian minister said the first round was to be held in Oslo, and that both sides wanted an early result."


def marked(*lines: str, title: str | None = None) -> list[tuple[Kind, str]]:
    text = "\n".join(lines)
    return [(mark.kind, mark.span.of(text)) for mark in boilerplate_in(text, title)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((TITLE, "", TITLE, LEAD), [(Kind.REPEATED_TITLE, TITLE)]),
        ((LEAD, MORE, "UNI RN"), [(Kind.SIGN_OFF, "UNI RN")]),
        ((LEAD, MORE, "PTI"), [(Kind.SIGN_OFF, "PTI")]),
        ((LEAD, MORE, "-- IANS sd/pgh"), [(Kind.SIGN_OFF, "-- IANS sd/pgh")]),
        ((LEAD, MORE + " (ANI)"), [(Kind.SIGN_OFF, "(ANI)")]),
        ((LEAD, MORE, "(With inputs from agencies)"), [(Kind.SIGN_OFF, "(With inputs from agencies)")]),
        (
            (LEAD, MORE, "(Reporting by A. Lund in Oslo; editing by B. Vega)"),
            [(Kind.SIGN_OFF, "(Reporting by A. Lund in Oslo; editing by B. Vega)")],
        ),
        ((LEAD, MORE, "ENDS"), [(Kind.SIGN_OFF, "ENDS")]),
        ((LEAD, MORE, "###"), [(Kind.SIGN_OFF, "###")]),
        ((LEAD, "Advertisement", MORE), [(Kind.ADVERTISEMENT, "Advertisement")]),
        ((LEAD, "Story continues below this ad", MORE), [(Kind.ADVERTISEMENT, "Story continues below this ad")]),
        ((LEAD, "Also Read: Chile to join the pact", MORE), [(Kind.RELATED, "Also Read: Chile to join the pact")]),
        ((LEAD, "READ | Chile to join the pact", MORE), [(Kind.RELATED, "READ | Chile to join the pact")]),
        (
            (LEAD, MORE, "Related Stories", "Chile to join the pact", "Why herring matters", "No stories found."),
            [
                (Kind.RELATED, "Related Stories"),
                (Kind.RELATED, "Chile to join the pact"),
                (Kind.RELATED, "Why herring matters"),
                (Kind.RELATED, "No stories found."),
            ],
        ),
        (
            (LEAD, MORE, "Fjord Daily", "www.fjorddaily.example.no"),
            [(Kind.ADDRESS, "Fjord Daily"), (Kind.ADDRESS, "www.fjorddaily.example.no")],
        ),
        (
            (LEAD, MORE, "© 2025 Fjord Daily. All rights reserved."),
            [(Kind.ADDRESS, "© 2025 Fjord Daily. All rights reserved.")],
        ),
        (
            ("Home", "World", "Politics", "Sport", LEAD, MORE),
            [(Kind.MENU, "Home"), (Kind.MENU, "World"), (Kind.MENU, "Politics"), (Kind.MENU, "Sport")],
        ),
        (("HomeWorldPoliticsSportOpinion", LEAD, MORE), [(Kind.MENU, "HomeWorldPoliticsSportOpinion")]),
        (("Home > World > Americas", LEAD, MORE), [(Kind.MENU, "Home > World > Americas")]),
        (
            (LEAD, "Share", "Facebook", "WhatsApp", MORE),
            [(Kind.MENU, "Share"), (Kind.MENU, "Facebook"), (Kind.MENU, "WhatsApp")],
        ),
        (
            ("The two ministers in Lima on Tuesday. Photo: Agency/A. Lund", LEAD),
            [(Kind.CAPTION_CREDIT, "Photo: Agency/A. Lund")],
        ),
        (
            (LEAD, "window.dataLayer = window.dataLayer || [];", "function track() {", "  send('view');", "}", MORE),
            [
                (Kind.SCRIPT, "window.dataLayer = window.dataLayer || [];"),
                (Kind.SCRIPT, "function track() {"),
                (Kind.SCRIPT, "send('view');"),
                (Kind.SCRIPT, "}"),
            ],
        ),
    ],
)
def test_marked(lines: tuple[str, ...], expected: list[tuple[Kind, str]]) -> None:
    assert marked(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        (LEAD, MORE),
        (TITLE, LEAD, MORE),
        ("QUESTION: Thank you.", "MINISTER VEGA: Thank you.", "QUESTION: Thank you.", LEAD),
        (LEAD, "The ministers discussed:", "Trade", "Fisheries", "Defence", "Migration", "Health", MORE),
        (LEAD, "The minister left the document. It was, he said, a draft.", MORE),
        (LEAD, "Let us = be clear } on this.", MORE),
        (LEAD, "A related story was told by the envoy, who recalled the first round of the talks in Oslo.", MORE),
        (LEAD, "The agency PTI reported that the talks went well.", MORE),
        (LEAD, "Efforts to Resolve Trade Tensions", MORE),
        ("Share",),
    ],
)
def test_left_alone(lines: tuple[str, ...]) -> None:
    assert marked(*lines) == []


def test_the_title_given_by_a_page_is_known_when_it_stands_twice() -> None:
    assert marked(TITLE + " | Fjord Daily", TITLE, LEAD, title=TITLE) == [(Kind.REPEATED_TITLE, TITLE)]


@given(
    st.lists(
        st.sampled_from([LEAD, MORE, TITLE, "PTI", "Share", "Menu", "Related Stories", "ENDS", "}", "{", "", "Ad"]),
        max_size=14,
    )
)
@settings(max_examples=120, deadline=None)
def test_marks_are_in_order_apart_and_inside_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    marks = boilerplate_in(text, None)
    assert all(0 <= mark.span.start < mark.span.end <= len(text) for mark in marks)
    assert all(one.span.end <= two.span.start for one, two in itertools.pairwise(marks))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLE}\n\n{LEAD}", TITLE),
        (f"June 3, 2025\n\n{TITLE}\n\n{LEAD}", TITLE),
        (LEAD, None),
        (f"Office of the Spokesperson\n\n{LEAD}", None),
        (f"A. Lund, Department Spokesperson\n\n{LEAD}", None),
        (f"MINISTER VEGA: Thank you all for coming\n{LEAD}", None),
        (f"January – June 2025\n\n{LEAD}", None),
        (f"By Anna Lund\n{LEAD}", None),
    ],
)
def test_the_title_of_a_plain_text_is_the_line_that_reads_as_one(text: str, title: str | None) -> None:
    document = document_of(text)
    assert document.title == title
    assert (document.title_span.of(text) if document.title_span else None) == title
