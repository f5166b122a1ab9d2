"""Takes the pictures of the desk in docs/pictures: the sample corpus in a real browser.

python docs/make.py --pictures
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dragoman import Book
from dragoman.record.entries import Filter

DOCS = Path(__file__).parent
SAMPLE = DOCS.parent / "examples" / "us-india-2025" / "manifest.csv"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
WIDTH, HEIGHT = 1180, 760


@contextmanager
def desk(path: Path) -> Iterator[str]:
    """The address of a desk over the book."""
    command = [sys.executable, "-m", "dragoman", "serve", "--port", "0", "--book", str(path)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        found = re.search(r"http://\S+[^/\s]", process.stdout.readline())
        assert found
        yield found[0]
        process.send_signal(signal.SIGINT)


def take(browser: Browser, address: str, name: str, *, scheme: str = "light", at: str = "") -> None:
    """One picture; ``at`` is what stands at its top."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    if at:
        page.locator(at).evaluate("each => scrollTo({top: each.getBoundingClientRect().top - 16, behavior: 'instant'})")
    page.screenshot(path=str(DOCS / "pictures" / f"{name}.png"))
    page.close()


def main() -> None:
    """All pictures."""
    (DOCS / "pictures").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "sample.desk"
        with Book.open(path, create=True) as book:
            book.add([SAMPLE])
            call = book.engagements(Filter(parties=("IND", "USA"), kind="call"))[0].id
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with desk(path) as base:
            take(browser, f"{base}/r/USA-IND", "state-of-play")
            take(browser, f"{base}/e/{call}", "accounts", at=".aligned")
            take(browser, f"{base}/r/USA-IND/topics", "topics", scheme="dark")
        browser.close()


if __name__ == "__main__":
    main()
