"""A person at the desk: real Chromium opens the shipped book and does the work.

Debian's Chromium is used where it is installed; elsewhere these tests skip.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk_book import sample_book
from desk_users import PASSWORD, READER, with_users

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = [
    "/",
    "/r/USA-IND",
    *(
        f"/r/USA-IND/{name}"
        for name in (
            "engagements readouts statements incidents topics formulas measures negotiations commitments disputes figures "
            "people documents changes brief"
        ).split()
    ),
    "/d/may28-state",
    "/d/may28-state/versions",
    "/search?q=trade",
    "/quote?q=this+is+a+friendship+we+want+to+build+on",
    "/corrections",
    "/add",
    "/nowhere",
]
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium package")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk over a book of the sample corpus."""
    with served(sample_book(tmp_path_factory.mktemp("desk"))) as address:
        yield address


@contextlib.contextmanager
def served(path: Path, *options: str) -> Iterator[str]:
    """The address of `dragoman serve` over a book, in a process of its own."""
    pytest.importorskip("uvicorn")
    command = [sys.executable, "-m", "dragoman", "serve", "--port", "0", "--book", str(path), *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "DRAGOMAN_USER": "tester"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        yield found[0].rstrip("/")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@contextlib.contextmanager
def watched(browser: Any, desk: str, **options: Any) -> Iterator[Any]:
    """A page that must not complain and must not ask any other machine."""
    complaints: list[str] = []
    with contextlib.closing(browser.new_context(**options)) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: complaints.append(asked.url) if not is_of(desk, asked.url) else None)
        yield page
    assert not [each for each in complaints if "404" not in each]


def is_of(desk: str, url: str) -> bool:
    return url.startswith((f"{desk}/", f"blob:{desk}/", "data:"))


def test_a_newcomer_finds_the_meeting_of_may_with_its_evidence(browser: Any, desk: str) -> None:
    with watched(browser, desk) as page:
        page.goto(desk)
        page.get_by_role("link", name=re.compile("India – United States|United States – India")).first.click()
        page.get_by_role("link", name="Engagements", exact=True).click()
        page.get_by_role("link", name=re.compile("Misri – Landau, Washington")).first.click()
        assert "28 May 2025" in page.inner_text("main")
        assert page.locator("article.evidence mark").count() >= 3
        page.locator("article.evidence .source a").first.click()
        assert page.locator(".ref:target").count() == 1


def test_the_readouts_of_march_stand_side_by_side(browser: Any, desk: str) -> None:
    with watched(browser, desk) as page:
        page.goto(f"{desk}/r/USA-IND/engagements?since=2025-03-28&until=2025-03-28")
        page.get_by_role("link", name=re.compile("^Call, Misri – Landau")).click()
        accounts = page.inner_text("#accounts")
        assert "not mentioned in this readout" in accounts
        assert "congratulated Deputy Secretary Landau" in accounts
        assert "mobility and migration" in accounts
        assert "not discussed" not in page.inner_text("main")
        assert page.locator(".aligned .reworded").count() >= 2


def test_two_entries_are_merged_and_parted_again(browser: Any, desk: str) -> None:
    with watched(browser, desk) as page:
        page.goto(f"{desk}/r/USA-IND/engagements?since=2025-09-22&until=2025-09-22")
        links = page.locator("table.rows a[href^='/e/eng-']:not([href*='#'])")
        addresses = [links.nth(number).get_attribute("href") for number in range(2)]
        page.goto(desk + addresses[0])
        page.get_by_text("Correct this entry").click()
        page.get_by_label("Is the same as").fill(addresses[1].removeprefix("/e/"))
        page.get_by_role("button", name="Merge").click()
        assert "Merged by tester" in page.inner_text(".corrected.done")
        page.goto(desk + addresses[1])
        merged = page.url
        page.goto(desk + addresses[0])
        assert page.url == merged
        page.get_by_role("button", name="Undo").click()
        assert page.locator(".corrected").count() == 0
        for address in addresses:
            page.goto(desk + address)
            assert page.url == desk + address
        page.goto(f"{desk}/corrections")
        assert "revoked" in page.inner_text("table")


def test_a_missed_entry_is_added_by_selecting_its_words(browser: Any, desk: str) -> None:
    with watched(browser, desk) as page:
        page.goto(f"{desk}/d/may28-state")
        page.evaluate(
            """() => {
              const line = document.querySelector(".text p[data-start]:last-of-type");
              const pieces = line.querySelectorAll(".p");
              getSelection().setBaseAndExtent(pieces[0].firstChild, 4, pieces[pieces.length - 1].firstChild, 1);
              document.dispatchEvent(new MouseEvent("mouseup"));
            }"""
        )
        words = page.input_value("#missed-words")
        assert words.startswith("Deputy Secretary noted")
        page.select_option("#missed-kind", "incident")
        page.fill("#missed-values", "kind=ceasefire\nactors=IND, PAK")
        page.locator("#missed button").click()
        page.goto(f"{desk}/corrections")
        assert "incident in may28-state" in page.inner_text("table")
        page.get_by_role("button", name=re.compile("Undo the add")).click()


def test_an_altered_quotation_is_found_out(browser: Any, desk: str) -> None:
    with watched(browser, desk) as page:
        page.goto(f"{desk}/quote")
        page.get_by_label("The quotation").fill("This is a friendship we want to build on")
        page.get_by_role("button", name="Check").click()
        assert "ALTERED" in page.inner_text(".verdict-card")
        assert page.locator("del").first.inner_text() == "mean"


def test_a_brief_is_printed(browser: Any, desk: str, tmp_path: Path) -> None:
    with watched(browser, desk) as page:
        page.goto(f"{desk}/r/USA-IND/brief")
        pdf = page.pdf(path=str(tmp_path / "brief.pdf"), format="A4")
        assert pdf.startswith(b"%PDF")
        assert len(pdf) > 20_000


def test_a_chart_is_saved_as_svg_and_png(browser: Any, desk: str) -> None:
    with watched(browser, desk) as page:
        page.goto(f"{desk}/r/USA-IND/measures")
        for form, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
            with page.expect_download() as download:
                page.get_by_role("button", name=f"Save as {form}").click()
            assert Path(download.value.path()).read_bytes().startswith(start)


def test_the_keys_work(browser: Any, desk: str) -> None:
    with watched(browser, desk) as page:
        page.goto(f"{desk}/r/USA-IND/engagements")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        first = page.locator("table.rows tbody tr").first
        assert "current" in (first.get_attribute("class") or "")
        page.keyboard.press("?")
        assert page.locator("#keys").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("Misri")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=Misri*")


def test_pages_read_without_scripts(browser: Any, desk: str) -> None:
    with watched(browser, desk, java_script_enabled=False) as page:
        page.goto(f"{desk}/r/USA-IND/measures")
        page.get_by_text("The chart as a table").click()
        assert page.get_by_text("25 + 25 = 50 %").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_fault_that_axe_finds(browser: Any, desk: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with watched(browser, desk, color_scheme=scheme, viewport={"width": 1440, "height": 900}) as page:
        page.goto(f"{desk}/r/USA-IND/engagements")
        entry = page.locator("table.rows a[href^='/e/']:not([href*='#'])").first.get_attribute("href")
        page.goto(f"{desk}/r/USA-IND/people")
        person = page.locator("table.rows a[href^='/p/']").first.get_attribute("href")
        faults = {}
        rules = {} if scheme == "light" else {"runOnly": ["color-contrast"]}  # all that another theme can change
        for address in (*PAGES, entry, person):
            page.goto(desk + address)
            found = axe.run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
            if found:
                faults[address] = [(each["id"], each["nodes"][0]["html"][:120]) for each in found]
        assert not faults


@pytest.mark.parametrize("width", [390, 1440])
def test_the_login_page_has_no_fault_and_lets_one_in_by_keyboard(browser: Any, tmp_path: Path, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    users, book = with_users(tmp_path), sample_book(tmp_path)
    with (
        served(book, "--users", str(users)) as desk,
        watched(browser, desk, viewport={"width": width, "height": 900}) as page,
    ):
        page.goto(f"{desk}/")
        assert "/login" in page.url
        assert not axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_label("Name").focus()
        page.keyboard.type(READER)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{desk}/")
        assert READER in page.inner_text("header")


def test_nothing_runs_over_the_side_of_a_phone(browser: Any, desk: str) -> None:
    with watched(browser, desk, viewport={"width": 390, "height": 844}) as page:
        wide = []
        for address in PAGES:
            page.goto(desk + address)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(address)
        assert not wide
