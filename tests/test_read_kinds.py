"""A document's kind and issuer are recognised from url, title and text, and say by what."""

import pytest

from dragoman.read import Given, document_of
from dragoman.read.kinds import issuer_by_url
from dragoman.record.document import DocumentKind as Kind

TALKS = (
    "The Deputy Secretary spoke with the Foreign Secretary of India today and thanked him for the visit of last month."
)


@pytest.mark.parametrize(
    ("text", "given", "kind"),
    [
        (
            f"Office of the Spokesperson\n\nThe below is attributable to Spokesperson X:\n\n{TALKS}",
            Given(),
            Kind.READOUT,
        ),
        (
            "Office of the Spokesperson\n\nThe following is attributable to Spokesperson X:\n\nThe Deputy Secretary"
            " will travel to Lima and Quito next week.",
            Given(),
            Kind.STATEMENT,
        ),
        (TALKS, Given(title="Readout of the Deputy Secretary’s call"), Kind.READOUT),
        (TALKS, Given(title="Secretary Blinken’s Call with Foreign Minister Eide"), Kind.READOUT),
        (TALKS, Given(title="Joint Statement of the Governments of Norway and Peru"), Kind.JOINT_STATEMENT),
        (TALKS, Given(title="Ministers skip joint statement after talks in Lima"), Kind.UNKNOWN),
        ("The following is the joint statement of the ministers.\n\n" + TALKS, Given(), Kind.JOINT_STATEMENT),
        (TALKS, Given(title="FACT SHEET: Norway and Peru"), Kind.FACT_SHEET),
        ("PRESS RELEASE\n\n" + TALKS, Given(), Kind.PRESS_RELEASE),
        (
            "MINISTER EIDE: Thank you.\nQUESTION: Was there a deal?\nMINISTER EIDE: There was not.\nQUESTION: Why?",
            Given(),
            Kind.TRANSCRIPT,
        ),
        (
            "I thank the Prime Minister for receiving me here in Lima. We have agreed that our ministers will meet"
            " again, and I am glad that my delegation and I could see the port. We will come back in the autumn.",
            Given(),
            Kind.TRANSCRIPT,
        ),
        ("Glad to meet @EspenEide in Oslo today. Good talks on fish!", Given(), Kind.POST),
        (TALKS, Given(url="https://x.com/EspenEide/status/1"), Kind.POST),
        (TALKS, Given(title="Opinion: Norway should listen"), Kind.COMMENTARY),
        (TALKS, Given(url="https://example.org/opinion/norway-should-listen"), Kind.COMMENTARY),
        (f"Lima, Jun 3 (EFE) {TALKS}", Given(), Kind.NEWS),
        (f"{TALKS} The ministry said so. It added that a report was due.", Given(), Kind.NEWS),
        (TALKS, Given(), Kind.UNKNOWN),
        (TALKS, Given(kind=Kind.PRESS_RELEASE), Kind.PRESS_RELEASE),
    ],
)
def test_kind(text: str, given: Given, kind: Kind) -> None:
    document = document_of(text, given=given)
    assert document.kind is kind
    assert bool(document.kind_basis) == (kind is not Kind.UNKNOWN)


@pytest.mark.parametrize(
    ("url", "issuer"),
    [
        ("https://www.state.gov/a/b", "USA"),
        ("https://in.usembassy.gov/x", "USA"),
        ("https://www.mea.gov.in/press-releases.htm", "IND"),
        ("https://www.gov.uk/government/news/x", "GBR"),
        ("https://www.mofa.go.jp/x", "JPN"),
        ("https://www.diplomatie.gouv.fr/en/", "FRA"),
        ("https://www.auswaertiges-amt.de/en/", "DEU"),
        ("https://www.fmprc.gov.cn/eng/", "CHN"),
        ("http://en.kremlin.ru/events", "RUS"),
        ("https://www.consilium.europa.eu/en/press/", "EU"),
        ("https://www.gob.mx/sre", "MEX"),
        ("https://www.reuters.com/world/", None),
        ("https://news.example.in/gov/", None),
    ],
)
def test_issuer_by_address(url: str, issuer: str | None) -> None:
    assert issuer_by_url(url) == issuer


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("Office of the Spokesperson", "USA"),
        ("Ministry of External Affairs", "IND"),
        ("European Council", "EU"),
        ("The ministry of external affairs said so.", None),
    ],
)
def test_issuer_by_heading(head: str, issuer: str | None) -> None:
    assert document_of(f"{head}\n\n{TALKS}").issuer == issuer
