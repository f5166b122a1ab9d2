"""``import dragoman`` is the library: its names, one text without a book, and runs that end alike with any workers."""

import ast
import datetime
import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest

import dragoman
from dragoman.library import FEW, Workers, batched, decode_batch, in_turn
from dragoman.read import Refusal, Source
from dragoman.record.document import PublishedBasis
from dragoman.record.entries import Engagement, EntryParticipant
from dragoman.record.mentions import EngagementKind, Status
from dragoman.record.when import Precision, When

TEXT = "Foreign Minister Espen Barth Eide met his Peruvian counterpart in Oslo on 3 June 2025, the ministry said.\n"


def test_names_are_those_that_users_rely_on() -> None:
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    assert {"Book", "Filter", "Reader", "Reading", "frame", "read", "party_code", "DragomanError"} <= set(
        dragoman.__all__
    )


def test_every_public_name_says_what_it_promises() -> None:
    for name in dragoman.__all__:
        thing = getattr(dragoman, name)
        if callable(thing):
            assert thing.__doc__, name


def test_the_package_is_typed() -> None:
    assert (Path(dragoman.__file__).parent / "py.typed").exists()


@pytest.mark.parametrize("published", ["2025-06-04", "4 June 2025", datetime.date(2025, 6, 4)])
def test_read_takes_a_day_in_words_or_as_a_date(published: str | datetime.date) -> None:
    reading = dragoman.read(TEXT, published=published)
    assert reading.document.published.day == datetime.date(2025, 6, 4)
    assert reading.document.published.basis is PublishedBasis.GIVEN


def test_read_without_a_date_invents_none() -> None:
    assert dragoman.read("The ministers met.").document.published.basis is PublishedBasis.UNKNOWN


def test_read_says_what_is_wrong() -> None:
    with pytest.raises(dragoman.SourceError):
        dragoman.read(" ")
    with pytest.raises(ValueError, match="no date"):
        dragoman.read(TEXT, published="soon")


@pytest.mark.parametrize(
    ("name", "code"),
    [("India", "IND"), ("IND", "IND"), ("ind", "IND"), ("Indian", "IND"), ("U.S.", "USA"), ("european union", "EU")],
)
def test_parties_are_known_by_names_and_codes(name: str, code: str) -> None:
    assert dragoman.party_code(name) == code


def test_an_unknown_party_is_an_error_with_the_remedy() -> None:
    with pytest.raises(dragoman.UnknownName, match="such as India"):
        dragoman.party_code("Atlantis")


def many(folder: Path) -> Path:
    for number in range(FEW + 40):
        name = "bad" if number == 50 else f"{number:03}"
        text = "" if number == 50 else f"{TEXT}Its note {number} followed.\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    folder = many(tmp_path)
    held = []
    for workers in (1, 2):
        with dragoman.Book.open(tmp_path / f"{workers}.desk", create=True) as book:
            report = book.add([folder], workers=workers)
            assert (report.stored.new, len(report.refused)) == (FEW + 39, 1)
            held.append([(d.id, d.digest) for d in book.documents()] + [p.id for p in book.people()])
    assert held[0] == held[1]


def test_texts_without_a_date_are_read_once(tmp_path: Path) -> None:
    for number, words in enumerate(("on 3 June 2025", "on Tuesday", "in 2024")):
        (tmp_path / f"{number}.txt").write_text(TEXT.replace("on 3 June 2025", words))
    with dragoman.Book.open(tmp_path / "b.desk", create=True) as book:
        assert book.add([tmp_path / f"{number}.txt" for number in range(3)]).read == 3
        again = book.add([tmp_path / f"{number}.txt" for number in range(3)])
        assert (again.read, again.stored.unchanged) == (0, 3)


def test_progress_counts_every_document(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT + name)
    steps: list[dragoman.Progress] = []
    with dragoman.Book.open(tmp_path / "b.desk", create=True) as book:
        book.add([tmp_path], progress=steps.append)
        book.add([tmp_path], progress=steps.append)
    assert [step.done for step in steps] == [1, 2, 3, 1, 2, 3]
    assert {step.total for step in steps} == {3}


def killer(items: list[str]) -> object:
    import os

    if "poison" in items:
        os.kill(os.getpid(), 9)
    return decode_batch([Source(name=item, text=TEXT + item) for item in items])


def test_a_process_that_dies_costs_the_document_it_died_of() -> None:
    items = [str(number) for number in range(9)] + ["poison"] + [str(number) for number in range(9)]
    with Workers(2) as workers:
        outcomes = list(workers.ordered(killer, batched(items, 4)))  # type: ignore[arg-type]
    results = [result for outcome in outcomes for result in outcome.results]
    assert [isinstance(result, Refusal) for result in results] == [item == "poison" for item in items]


def test_a_fault_in_a_parser_costs_its_document_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: Source) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("dragoman.library.document_or_aside", fail)
    (outcome,) = in_turn(decode_batch, iter([[Source(name="a.txt", text=TEXT)]]))
    (refused,) = outcome.results
    assert isinstance(refused, Refusal)
    assert "RecursionError" in refused.reason


def test_the_version_is_that_of_the_package() -> None:
    try:
        assert importlib.metadata.version("dragoman") == dragoman.__version__
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("the package is not installed here")


def test_importing_the_package_loads_next_to_nothing() -> None:
    source = Path(dragoman.__file__).parent.parent
    program = (
        "import sys; import dragoman; before = len(sys.modules)\n"
        "assert not [name for name in sys.modules if name.startswith('dragoman.')], 'a room is loaded'\n"
        "dragoman.Filter; assert 'dragoman.pipeline' not in sys.modules\n"
        "import dragoman.read.find; dragoman.Reader\n"
        "assert dragoman.read('The ministers met.').mentions is not None\n"
        "from dragoman import read; assert callable(read)\n"
        "from dragoman.read import Given; assert Given\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_names_that_type_checkers_see_are_those_that_are_loaded() -> None:
    tree = ast.parse(Path(dragoman.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.name: node.module for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == dragoman.HOMES | {"read": "dragoman.library"}
    assert sorted([*seen, "__version__"]) == sorted(dragoman.__all__)
    assert set(dragoman.__all__) <= set(dir(dragoman))


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="rumours"):
        _ = dragoman.rumours  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["pandas", "polars"])
def test_a_frame_has_a_row_a_record_and_days_as_days(kind: Literal["pandas", "polars"]) -> None:
    records = [
        Engagement(
            id="eng-1",
            kind=EngagementKind.CALL,
            status=Status.HELD,
            parties=("NOR", "PER"),
            when=When(start=datetime.date(2025, 6, 3), end=datetime.date(2025, 6, 3), precision=Precision.DAY),
            participants=(EntryParticipant(name="Espen Barth Eide", party="NOR"),),
        ),
        Engagement(id="eng-2", kind=EngagementKind.MEETING, status=Status.PLANNED),
    ]
    table = dragoman.frame(records, kind)
    assert list(table["id"]) == ["eng-1", "eng-2"]
    assert list(table["kind"]) == ["call", "meeting"]
    assert list(table["parties"][0]) == ["NOR", "PER"]
    assert table["participants"][0][0]["name"] == "Espen Barth Eide"
    day = table["when_start"][0]
    assert (day.year, day.month, day.day) == (2025, 6, 3)
    assert len(dragoman.frame([], kind)) == 0


def test_a_frame_without_its_library_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(dragoman.MissingExtra, match="pip install pandas"):
        dragoman.frame([])


def test_a_script_that_starts_itself_again_is_told_so(tmp_path: Path) -> None:
    for number in range(70):  # more than one process reads alone
        (tmp_path / f"{number}.txt").write_text(f"Norway and Chile met in Oslo on {number % 28 + 1} May 2025.")
    script = tmp_path / "script.py"
    script.write_text(
        "from dragoman import Book\n"
        f"with Book.open({str(tmp_path / 'a.desk')!r}, create=True) as book:\n"
        f"    book.add([{str(tmp_path)!r}], workers=2)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(dragoman.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, env=environment, timeout=120, check=False
    )
    assert done.returncode == 1
    assert 'if __name__ == "__main__"' in done.stderr.splitlines()[-1]
