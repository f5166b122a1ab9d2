"""Puts every page of a desk on contact sheets, as it looks on a phone and on a desk, by day and by night.

python docs/sheets.py BOOK OUT [--only WORDS] [--looks WORDS]

OUT gets a picture of each page in the four renderings, and sheets of several pages beside each other, to be looked at by a person.
What a program can see it prints: pages that run over the side, text that is cut, links that lead nowhere, complaints of the
browser. Needs Debian's chromium, playwright and pillow.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pictures import CHROMIUM, FLAGS, desk
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from dragoman import Book
from dragoman.record.entries import Filter
from dragoman.web.addresses import of_document, of_entry, of_scope

LOOKS = ((390, "light"), (1440, "light"), (390, "dark"), (1440, "dark"))
Looks = tuple[tuple[int, str], ...]
TALLEST = 5200  # pixels of a page on a sheet
TABS = (
    "",
    *(
        "engagements readouts statements incidents topics formulas measures negotiations commitments disputes figures "
        "people documents changes brief"
    ).split(),
)
SCAN = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
  for (const each of document.querySelectorAll("main *, header *, footer *")) {
    const style = getComputedStyle(each);
    if (style.overflowX === "hidden" && style.position !== "absolute" && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
      found.push("cut: " + each.outerHTML.slice(0, 90));
  }
  return found.slice(0, 5);
}"""


def pages_of(book: Book) -> Iterator[tuple[str, str]]:
    """Name and address of one page of every kind, with what is largest in the book."""
    pair = book.relationships(1)[0].parties
    yield "home", "/"
    for tab in TABS:
        yield f"r-{tab or 'state'}", of_scope(pair, tab)
    for kind in (
        "engagements",
        "statements",
        "measures",
        "negotiations",
        "commitments",
        "disputes",
        "figures",
        "incidents",
    ):
        held = getattr(book, kind)(Filter(parties=pair, limit=40, latest=True)) or getattr(book, kind)(
            Filter(limit=40, latest=True)
        )
        for entry in sorted(held, key=lambda each: -len(each.documents))[:1]:
            yield f"e-{kind}", of_entry(entry.id)
    for readout in sorted(book.readouts(Filter(parties=pair, limit=20)), key=lambda each: -len(each.points))[:1]:
        yield "e-readout", of_entry(readout.id)
        if readout.engagement:
            yield "e-accounts", of_entry(readout.engagement)
    for number, person in enumerate(sorted(book.people(Filter(limit=200)), key=lambda each: -each.origins)[:2]):
        yield f"person-{number}", f"/p/{person.id}"
    documents = list(book.documents(Filter(limit=400)))
    for info in documents[:1]:
        yield "document", of_document(info.id)
    for info in [each for each in documents if each.versions > 1][:1]:
        yield "versions", f"{of_document(info.id)}/versions"
    said = [
        each for each in book.statements(Filter(limit=40)) if each.directness == "direct" and len(each.text.split()) > 6
    ]
    yield "search", "/search?q=trade"
    yield "search-none", "/search?q=zzyzx"
    yield "quote-empty", "/quote"
    if said:
        words = said[0].text.strip("“”").split()
        yield "quote", "/quote?q=" + quote(" ".join([*words[:4], "gladly", *words[5:14]]))
    yield "quote-none", "/quote?q=" + quote("a sentence that nobody ever said to anyone")
    yield "as-of", f"{of_scope(pair)}?as_of=2025-05-01"
    yield "r-all", "/r/all"
    yield "empty-list", f"{of_scope(pair, 'engagements')}?since=2090-01-01"
    yield "empty-pair", "/r/FJI-PER"
    yield "empty-topics", "/r/FJI-PER/topics"
    yield "add", "/add"
    yield "corrections", "/corrections"
    yield "nowhere", "/nowhere"


def looked_at(browser: Browser, base: str, pages: list[tuple[str, str]], out: Path, looks: Looks) -> Iterator[str]:
    """Takes each page in each look; yields what is wrong by what a program can see."""
    for width, scheme in looks:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        said: list[str] = []
        page.on(
            "console",
            lambda message, said=said: said.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        for name, path in pages:
            said.clear()
            yield from (
                f"{name} {width} {scheme}: {each}"
                for each in taken(page, base + path, out / f"{name}-{width}-{scheme}.png")
            )
            yield from (f"{name} {width} {scheme}: {each}" for each in said if "404" not in each)
        context.close()


def taken(page: Page, address: str, path: Path) -> list[str]:
    """One picture, and what the page shows to a program."""
    answer = page.goto(address, wait_until="load")
    page.wait_for_timeout(250)
    page.screenshot(path=str(path), full_page=True)
    wrong: list[str] = page.evaluate(SCAN)
    if answer is not None and answer.status >= 400 and not address.endswith("/nowhere"):
        wrong.append(f"status {answer.status}")
    return wrong


def dead_links(context: Any, base: str, pages: list[tuple[str, str]]) -> Iterator[str]:
    """Links of the pages that are answered with an error, each kind of address once or twice."""
    seen: dict[str, int] = {}
    for name, path in pages:
        text = context.request.get(base + path).text()
        for href in dict.fromkeys(re.findall(r'href="(/[^"#]*)', text)):
            sort = re.sub(r"(?<=/)[^/?]*\d[^/?]*|=[^&]*", "*", href)
            seen[sort] = seen.get(sort, 0) + 1
            if seen[sort] <= 2 and (status := context.request.get(base + href.replace("&amp;", "&")).status) >= 400:
                yield f"{name}: {href} is answered with {status}"


def sheets(pages: list[tuple[str, str]], out: Path, looks: Looks) -> None:
    """Pages beside each other: eight of a phone, four of a desk, with their names."""
    for width, scheme in looks:
        together = 8 if width < 600 else 4
        for number in range(0, len(pages), together):
            names = [name for name, _ in pages[number : number + together]]
            sheet(out, names, width, scheme, out / f"sheet-{width}-{scheme}-{number // together:02}.png")


def sheet(out: Path, names: list[str], width: int, scheme: str, path: Path) -> None:
    """One sheet."""
    scale = 0.62 if width < 600 else 0.4
    pictures = []
    for name in names:
        picture = Image.open(out / f"{name}-{width}-{scheme}.png")
        picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST if width > 600 else 3200)))
        pictures.append(picture.resize((int(picture.width * scale), int(picture.height * scale))))
    whole = Image.new(
        "RGB", (sum(each.width + 12 for each in pictures), max(each.height for each in pictures) + 24), "gray"
    )
    left = 0
    for name, picture in zip(names, pictures, strict=True):
        ImageDraw.Draw(whole).text((left + 4, 6), name, fill="white")
        whole.paste(picture, (left, 24))
        left += picture.width + 12
    whole.save(path)


def main() -> None:
    """All of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="pages whose name matches")
    parser.add_argument("--looks", default="", help="of the four, those that match, such as 390-light")
    given = parser.parse_args()
    looks = tuple(each for each in LOOKS if re.search(given.looks, f"{each[0]}-{each[1]}"))
    given.out.mkdir(parents=True, exist_ok=True)
    with Book.open(given.book) as book:
        pages = [(name, path) for name, path in pages_of(book) if re.search(given.only, name)]
    with sync_playwright() as driver, desk(given.book) as base:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for wrong in looked_at(browser, base, pages, given.out, looks):
            sys.stdout.write(f"{wrong}\n")
        context = browser.new_context()
        for wrong in dead_links(context, base, pages):
            sys.stdout.write(f"{wrong}\n")
        browser.close()
    sheets(pages, given.out, looks)


if __name__ == "__main__":
    main()
