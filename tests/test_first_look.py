"""The first look sets aside texts without diplomacy, says so, and lets every other text through."""

import gzip
import json
import re
from pathlib import Path

import pytest

from dragoman.book import Book
from dragoman.library import add
from dragoman.read import Given, SetAside, Source, document_or_aside
from dragoman.read.first_look import first_look, plain
from dragoman.record.document import Document, DocumentKind

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
RELEASES = SHARED / "corpora" / "state-releases" / "dev.jsonl.gz"

SPORT = (
    "The home side went ahead after nine minutes when the captain headed in a corner at the near post. They might have"
    " had a second before the break, but the goalkeeper, who had been ill with fever during the week, tipped a long"
    " shot over the bar. After the restart the visitors were the better team, and it was no surprise that their winger,"
    " on from the bench, levelled the match with a low drive from the edge of the box. The manager said that he would"
    " have taken a point before the game."
)
STORM = (
    "Heavy snow closed schools and brought down power lines across the county on Tuesday, and forecasters said that"
    " more was on its way before the weekend. Crews who had worked through the night cleared the main road to the"
    " hospital by noon, but the bridge over the mill stream would stay shut until engineers had looked at its piers."
    " Residents were told to keep their taps running so that the pipes do not freeze, and not to drive without need."
)
RECIPE = (
    "Melt the butter in a heavy pan and cook the onions on a low heat until they are soft but not brown. Stir in the"
    " flour, then pour in the warm milk by degrees, and keep stirring so that no lumps form. Season with nutmeg, salt"
    " and a little white pepper. Layer the pasta with the sauce and the mushrooms, finish with the cheese that was left"
    " from the first step, and bake for half an hour, until the top is golden and the sauce bubbles at the sides."
)
# One line of diplomacy in the middle of the same texts: each way in which it can show.
DIPLOMACY = {
    "two countries": "Brazil beat Norway there two years before.",
    "a capital and an adjective": "Tokyo objected, and Korean boats turned back.",
    "two incumbents": "Modi rang Macron about it.",
    "capitals": "FRANCE AND MEXICO WERE TOLD.",
    "initials": "The U.S. had asked the U.K. to wait.",
    "curly possessive": "Peru’s offer reached Chile’s negotiators.",
    "ambassador": "The ambassador had left by then.",
    "an office": "A former Secretary of State paid for the stand.",
    "a bloc": "The European Union pays for the works.",
    "sanctions": "Sanctions kept the spare parts away.",
}
FRENCH = (
    "Les ministres ont parlé pendant deux heures de la situation dans la région, et ils ont convenu de se revoir avant"
    " la fin du mois. Selon le communiqué, les deux délégations ont rappelé leur attachement au dialogue et demandé que"
    " les convois puissent passer sans délai. Le porte-parole n'a pas voulu dire quand la prochaine rencontre aurait"
    " lieu, ni si les experts seraient de nouveau invités à se joindre aux entretiens."
)


@pytest.mark.parametrize("text", [SPORT, STORM, RECIPE])
def test_a_text_without_diplomacy_is_set_aside(text: str) -> None:
    aside = document_or_aside(Source(name="a.txt", text=text))
    assert isinstance(aside, SetAside)
    assert aside.source.name == "a.txt"
    assert "diplomacy" in aside.reason


@pytest.mark.parametrize("line", DIPLOMACY.values(), ids=DIPLOMACY)
@pytest.mark.parametrize("text", [SPORT, STORM, RECIPE], ids=["sport", "storm", "recipe"])
def test_one_line_of_diplomacy_is_enough(text: str, line: str) -> None:
    middle = text.index(". ") + 2
    assert first_look().sees_diplomacy(text[:middle] + line + " " + text[middle:])


def test_one_country_alone_is_not_enough() -> None:
    assert not first_look().sees_diplomacy(SPORT + " It was the best crowd in Norway for years.")


def test_a_text_in_another_language_is_not_taken_for_one_without_diplomacy() -> None:
    assert first_look().sees_diplomacy(FRENCH)


def test_a_short_text_is_read_whatever_it_says() -> None:
    assert first_look().sees_diplomacy("Good call this morning. More to follow.")


@pytest.mark.parametrize(
    "given",
    [Given(issuer="NOR"), Given(kind=DocumentKind.TRANSCRIPT), Given(url="https://www.mofa.go.jp/press/x.html")],
    ids=["issuer", "kind", "address"],
)
def test_an_official_text_is_read_whatever_it_says(given: Given) -> None:
    assert isinstance(document_or_aside(Source(name="a.txt", text=STORM, given=given)), Document)


@pytest.mark.parametrize("line", ["issuer: Norway", "kind: transcript", "url: https://www.mofa.go.jp/press/x.html"])
def test_front_matter_that_calls_a_text_official_is_believed(line: str) -> None:
    text = f"---\n{line}\noutlet: Fjord Post\n---\n{STORM}"
    assert isinstance(document_or_aside(Source(name="a.txt", text=text)), Document)
    assert isinstance(document_or_aside(Source(name="a.txt", text=text.replace(line, "mood: calm"))), SetAside)


def test_a_title_counts_as_text() -> None:
    source = Source(name="a.txt", text=STORM, given=Given(title="Ambassador stranded by snow"))
    assert isinstance(document_or_aside(source), Document)


def test_words_are_parted_by_every_sign() -> None:
    assert plain("“Peru’s”—not Chile’s…").split() == [b"Peru", b"s", b"not", b"Chile", b"s"]


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "match.txt").write_text(SPORT, encoding="utf-8")
    (folder / "visit.txt").write_text("Foreign Minister Espen Barth Eide met his Peruvian counterpart in Oslo.")
    return folder


def test_the_report_names_what_was_set_aside(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with Book.open(tmp_path / "book.desk", create=True) as book:
        report = add(book, [folder])
        assert [Path(unread.name).name for unread in report.set_aside] == ["match.txt"]
        assert (report.read, book.meta.documents) == (1, 1)


def test_everything_is_read_when_asked(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with Book.open(tmp_path / "book.desk", create=True) as book:
        report = add(book, [folder], read_all=True)
        assert report.set_aside == ()
        assert book.meta.documents == 2


def test_a_new_version_of_a_known_text_is_read_even_without_diplomacy(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with Book.open(tmp_path / "book.desk", create=True) as book:
        add(book, [folder])
        (folder / "visit.txt").write_text(STORM, encoding="utf-8")
        report = add(book, [folder])
        assert [Path(unread.name).name for unread in report.set_aside] == ["match.txt"]
        assert report.stored.versions == 1


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*/*.[th][xt][tm]*")), ids=lambda path: path.name)
def test_no_text_of_the_sample_corpus_is_set_aside(path: Path) -> None:
    assert first_look().sees_diplomacy(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not RELEASES.exists(), reason="needs ../shared/corpora/state-releases")
def test_no_release_of_a_foreign_ministry_is_set_aside() -> None:
    with gzip.open(RELEASES, "rt", encoding="utf-8") as lines:
        pages = [version["html"] for line in lines for version in json.loads(line)["versions"]]
    texts = [re.sub(r"<[^>]+>", " ", page) for page in pages]
    assert [text[:80] for text in texts if not first_look().sees_diplomacy(text)] == []


@pytest.mark.skipif(not (SHARED / "cases").exists(), reason="needs ../shared/cases")
def test_no_text_of_the_cases_is_set_aside() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "cases").glob("*/*.txt"))]
    assert texts
    assert [text[:80] for text in texts if not first_look().sees_diplomacy(text)] == []
