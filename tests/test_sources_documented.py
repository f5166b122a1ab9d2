"""docs/sources.md names every ending, column, limit and setting, and its list of feeds is one that is accepted."""

import re
from pathlib import Path

import msgspec
import pytest

from dragoman.read import limits
from dragoman.read.containers import DOCUMENT_NAMES, finders
from dragoman.read.given import ALIASES
from dragoman.read.web.watchlist import Mail, Tell, Watched, Watchlist, watchlist_in
from dragoman.record.document import PublishedBasis

DOCS = (Path(__file__).parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_ending_is_named() -> None:
    left_out = {".text", ".markdown"}
    assert not [name for name in (*DOCUMENT_NAMES, *finders()) if f"`{name}`" not in DOCS and name not in left_out]


def test_every_basis_of_a_date_is_named() -> None:
    assert not [basis for basis in PublishedBasis if f"`{basis.value}`" not in DOCS and basis.value != "unknown"]


def test_common_names_of_columns_are_named() -> None:
    rare = {"file", "filename", "fulltext"}
    assert not [name for name in ALIASES if f"`{name}`" not in DOCS and name not in rare]


@pytest.mark.parametrize("settings", [Watchlist, Watched, Tell, Mail])
def test_every_setting_of_a_list_is_shown(settings: type[msgspec.Struct]) -> None:
    example = DOCS.partition("```toml\n")[2].partition("```")[0]
    tables = {"feed": r"^\[\[feed\]\]", "page": r"^\[\[page\]\]", "tell": r"^\[tell\]", "mail": r"^\[tell\.mail\]"}
    for field in msgspec.structs.fields(settings):
        shown = tables.get(field.encode_name, rf"^{field.encode_name} = ")
        assert re.search(shown, example, re.MULTILINE), field.encode_name


def test_the_list_that_is_shown_is_accepted_and_shows_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(DOCS.partition("```toml\n")[2].partition("```")[0])
    held = watchlist_in(path)
    plain = Watchlist()
    for name in ("every", "look_again", "look_again_for", "pause", "robots", "allow_private"):
        assert getattr(held, name) == getattr(plain, name), name


def test_the_limits_are_those_in_force() -> None:
    for value in (
        f"{limits.LARGEST // 10**6} MB",
        f"{limits.LARGEST_FILE // 10**6} MB",
        f"{limits.LARGEST_NESTED // 10**6} MB, three deep",
        f"{limits.HIGHEST_RATIO} times its size, or {limits.ALWAYS_ALLOWED // 10**6} MB",
        f"{limits.MOST_MEMBERS // 10**6} million",
    ):
        assert value in DOCS
    assert limits.DEEPEST == 3
