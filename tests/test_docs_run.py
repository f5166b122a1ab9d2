"""The examples of the documentation run, page by page, in a folder with the book of the sample corpus.

A ``sh``, ``python`` or ``r`` block is run. One that cannot be (it needs a server, a network, or goes on until it is stopped) stands
under a comment ``<!-- not run: why -->``; its commands and options are checked, ``NOT_RUN`` knows how many there are, and those
that only need a server, a clock or a cluster are run by tests of their own below or where ``why`` says.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from dragoman.book import Book
from dragoman.cli.app import dragoman, exit_code
from dragoman.grammar.match import RuleSet
from dragoman.grammar.rules import load_examples, load_rules
from dragoman.grammar.stream import Alphabet, stream_of, word_class
from dragoman.library import add
from dragoman.record.span import Span
from postgres_server import Server
from web_server import serving

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<why>[^\n]+) -->\n)?^```(?P<language>python|sh|r)\n(?P<text>.*?)^```", re.M | re.S
)
HERE_TEXT = re.compile(r"cat > (\S+) <<'(\w+)'")


def pages() -> dict[str, Path]:
    """Every page that has a block of Python or of the shell."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return {path.name: path for path in found if BLOCK.search(path.read_text(encoding="utf-8"))}


PAGES = pages()
NOT_RUN = {  # blocks that need a server, the network or other data, or go on until they are stopped
    "README.md": 1,
    "annotators.md": 1,
    "cluster.md": 1,
    "cookbook.md": 2,
    "quality-engagements.md": 2,
    "quality-ledgers.md": 1,
    "quality-statements.md": 1,
    "quality.md": 2,
    "reliability.md": 3,
    "schema.md": 1,
    "start.md": 2,
    "team.md": 3,
}
OTHER_TESTS = {  # who reads the blocks of the other languages
    "bibtex": {"cite.md"},
    "json": {"assistant.md"},  # test_the_assistants_settings_start_it
    "nginx": {"team.md"},  # shown only: the proxy is another program
    "sql": {"schema.md", "team.md", "export.md"},  # test_schema_documented, and below
    "toml": {"library.md", "rules.md", "sources.md"},  # test_sources_documented, test_exports, and below
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("docs") / "us-india-2025.desk"
    with Book.open(path, create=True) as book:
        add(book, [ROOT / "examples" / "us-india-2025" / "manifest.csv"])
    return path


def program_in(folder: Path) -> Path:
    """A folder with the ``dragoman`` of this source, for programs that start it."""
    folder.mkdir()
    program = folder / "dragoman"
    start = "from dragoman.cli import main; main()"
    program.write_text(f"#!{sys.executable}\nimport sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n{start}\n")
    program.chmod(0o700)
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_examples_run(page: str, held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(held, tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{program_in(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DRAGOMAN_USER", "reader")
    monkeypatch.setenv("DRAGOMAN_BOOK", "us-india-2025.desk")
    names: dict[str, object] = {"__name__": page}
    for block in BLOCK.finditer(PAGES[page].read_text(encoding="utf-8")):
        if block["why"]:
            continue
        if block["language"] == "r":
            run_r(block["text"])
            continue
        if block["language"] == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block["text"], page, "exec"), names)
            continue
        if "$(" in block["text"]:
            done = subprocess.run(
                ["bash", "-e", "-c", block["text"]], capture_output=True, text=True, timeout=240, check=False
            )
            assert done.returncode == 0, f"{block['text']}\n{done.stderr}"
            continue
        for line in lines_of(block["text"]):
            run_line(line, monkeypatch)


def run_r(text: str) -> None:
    """A program in R, where that and the packages it names are installed."""
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("R is not installed here (Debian: apt-get install r-base-core r-cran-rsqlite)")
    Path("block.R").write_text(text, encoding="utf-8")
    done = subprocess.run([found, "block.R"], capture_output=True, text=True, timeout=60, check=False)
    if "there is no package called" in done.stderr:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, f"{text}\n{done.stderr}"
    assert done.stdout.strip()


def fences(path: Path) -> list[tuple[str, str]]:
    """Every block of a page: its language and what it holds."""
    return re.findall(r"^```([a-z]*)\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_every_block_says_what_it_is_and_somebody_runs_it(path: Path) -> None:
    for language, text in fences(path):
        if language in ("sh", "python", "r", "text"):
            continue
        assert path.name in OTHER_TESTS.get(language, ()), (
            f"no test reads this block of {language or 'nothing'}:\n{text}"
        )


def test_commands_that_are_shown_and_not_run_exist_with_their_options() -> None:
    checked = 0
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        if path.name == "commands.md":  # written by the program itself
            continue
        whole = path.read_text(encoding="utf-8")
        shown = [block["text"] for block in BLOCK.finditer(whole) if block["why"] and block["language"] == "sh"]
        shown += [text for language, text in fences(path) if language == "text"]
        for line in "\n".join(shown).splitlines():
            command = re.search(r"(?:^|\$ |&& |\* {1,2})dragoman (?P<rest>[a-z-].*?)(?=&&|$)", line.split("  #")[0])
            if command:
                check_syntax(shlex.split(command["rest"].replace("\\%F", ""), comments=True), line)
                checked += 1
            for script in re.findall(r"python ((?:benchmarks|faults|fuzz)/\S+\.py)", line):
                assert (ROOT / script).is_file(), line
    assert checked > 15


def check_syntax(arguments: list[str], line: str) -> None:
    """The command is one of ours and has the options it is given; nothing is run."""
    command: click.Command = dragoman
    while arguments and isinstance(command, click.Group):
        if arguments[0].startswith("-"):
            with_value = arguments[0] in ("--book", "--log")
            arguments = arguments[2 if with_value else 1 :]
            continue
        assert arguments[0] in command.commands, line
        command, arguments = command.commands[arguments[0]], arguments[1:]
    assert not isinstance(command, click.Group), line
    try:
        command.make_parser(click.Context(command)).parse_args(arguments)
    except click.UsageError as error:
        raise AssertionError(f"{line}: {error.message}") from error


# ---------------------------------------------------------------- what needs a server


@pytest.mark.parametrize("page", ["team.md", "cookbook.md"])
def test_the_commands_of_a_team_run_on_a_server(
    page: str, held: Path, schema: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(held, tmp_path)
    (tmp_path / "inbox").symlink_to(ROOT / "examples" / "us-india-2025")
    monkeypatch.chdir(tmp_path)
    shown = [block["text"] for block in BLOCK.finditer(PAGES[page].read_text("utf-8")) if block["why"]]
    ran = 0
    for text in shown:
        address = schema()
        for line in text.splitlines():
            program, *arguments = shlex.split(line.replace("postgresql://desk@db.example.org/us_india", address))
            if program == "export":
                monkeypatch.setenv(*arguments[0].split("=", 1))
            elif arguments[0] in ("serve", "users"):
                continue  # test_the_desk_opens_as_shown
            elif program == "dragoman" and address in (*arguments, os.environ.get("DRAGOMAN_BOOK")):
                assert exit_code(arguments) == 0, line
                ran += 1
    assert ran >= {"team.md": 5, "cookbook.md": 1}[page]


def test_the_rights_of_a_team_can_be_given(server: Server) -> None:
    psycopg = pytest.importorskip("psycopg")
    blocks = [text for language, text in fences(ROOT / "docs" / "team.md") if language == "sql"]
    names = {"desk": "docs_desk", "reader": "docs_reader", "us_india": "docs_book"}
    with psycopg.connect(server.url(), autocommit=True) as connection:
        for text in blocks:
            whole = "\n".join(line.split("--")[0] for line in text.splitlines())
            own = re.sub(r"\b(desk|reader|us_india)\b", lambda match: names[match[1]], whole)
            for statement in filter(str.strip, own.split(";")):
                connection.execute(statement)


def test_a_list_of_feeds_as_shown_is_watched(held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("httpx")
    monkeypatch.chdir(tmp_path)
    page = PAGES["cookbook.md"].read_text("utf-8")
    blocks = [block for block in BLOCK.finditer(page) if "feeds.toml" in block["text"]]
    listing, command = (next(b["text"] for b in blocks if bool(b["why"]) is asked) for asked in (False, True))
    story = (ROOT / "examples" / "us-india-2025" / "jul01-quad.txt").read_text("utf-8")
    with serving() as site:
        site.pages["/statement"] = f"<html><body><article><p>{story}</p></article></body></html>".encode()
        site.pages["/world/1"] = site.pages["/statement"].replace(b"</p>", b" More.</p>")
        item = f"<item><title>T</title><link>{site.at}/world/1</link></item>"
        site.pages["/news.xml"] = f'<rss version="2.0"><channel><title>F</title>{item}</channel></rss>'.encode()
        assert not list(lines_of(listing))  # it writes the file
        toml = Path("feeds.toml").read_text("utf-8")
        for host in ("https://www.example.org", "https://mfa.example.org"):
            assert host in toml
            toml = toml.replace(host, site.at)
        Path("feeds.toml").write_text('allow_private = true\npause = "0s"\n' + toml, encoding="utf-8")
        (line,) = lines_of(command)
        assert exit_code(shlex.split(line)[1:]) == 0
    with Book.open(tmp_path / "desk.desk") as book:
        assert [info.outlet for info in book.documents()].count("Fjord Daily") == 1
        assert len(book.documents()) == 2
    assert Path("changes.txt").stat().st_size


def test_the_desk_opens_as_shown(held: Path, tmp_path: Path) -> None:
    pytest.importorskip("uvicorn")
    shutil.copy(held, tmp_path)
    assert "\ndragoman serve\n" in PAGES["start.md"].read_text("utf-8")
    command = [sys.executable, "-u", "-m", "dragoman", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DRAGOMAN_BOOK": str(tmp_path / held.name)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        try:
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address
            with urllib.request.urlopen(address[0], timeout=20) as answer:
                assert b"<h1>" in answer.read()
        finally:
            process.terminate()


# ---------------------------------------------------------------- other languages


def test_duckdb_reads_the_book_itself(held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    shutil.copy(held, tmp_path)
    monkeypatch.chdir(tmp_path)
    (text,) = (text for language, text in fences(ROOT / "docs" / "export.md") if language == "sql")
    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    load, *others = filter(str.strip, text.split(";"))
    try:
        connection.execute(load)
    except duckdb.Error as error:
        pytest.skip(f"DuckDB's extension for SQLite is not installed here: {str(error).splitlines()[0]}")
    for statement in others:
        connection.execute(statement)
    assert connection.fetchall()


def test_the_rule_that_is_shown_reads_its_example_and_leaves_its_near_miss(tmp_path: Path) -> None:
    rule, examples = (text for language, text in fences(ROOT / "docs" / "rules.md") if language == "toml")
    (tmp_path / "rules.toml").write_text(rule, encoding="utf-8")
    (tmp_path / "examples.toml").write_text(examples, encoding="utf-8")
    alphabet = Alphabet()
    rules = RuleSet(load_rules(tmp_path / "rules.toml"), alphabet)
    held = load_examples(tmp_path / "examples.toml")
    for text, expected in [
        *((each.text, [dict(each.expect)]) for each in held.example),
        *((each.text, []) for each in held.near_miss),
    ]:
        actors = [*(expected[0].values() if expected else ()), "The minister"]
        stream = stream_of(items_of(text, actors, rules), alphabet)
        found = [{name: stream.span(*place).of(text) for name, place in m.slots.items()} for m in rules.matches(stream)]
        assert [{name: slots[name] for name in expected[0]} for slots in found] == expected if expected else not found


def items_of(text: str, actors: list[str], rules: RuleSet) -> list[tuple[Span, frozenset[str], str]]:
    """The words of a text as marks would have them: who acts is one item, and "spoke" a cue."""
    pattern = "|".join([*map(re.escape, sorted(actors, key=len, reverse=True)), r"\w+"])
    items = []
    for match in re.finditer(pattern, text):
        word = match[0]
        classes = {"actor"} if word in actors else {"speak"} if word == "spoke" else {"word"}
        if word.casefold() in rules.words:
            classes.add(word_class(word))
        items.append((Span(*match.span()), frozenset(classes), word))
    return items


def test_the_assistants_settings_start_it() -> None:
    (text,) = (text for language, text in fences(ROOT / "docs" / "assistant.md") if language == "json")
    settings = json.loads(text)["mcpServers"]["dragoman"]
    assert settings["command"] == "dragoman"
    check_syntax(settings["args"], text)


def test_entry_points_that_are_shown_are_of_groups_that_are_looked_for() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    shown = 0
    for page in ("library.md", "sources.md"):
        for language, text in fences(ROOT / "docs" / page):
            for group in tomllib.loads(text).get("project", {}).get("entry-points", {}) if language == "toml" else ():
                assert f'"{group}"' in source
                shown += 1
    assert shown >= 2


def test_what_is_not_run_says_why() -> None:
    marked = {name: [block["why"] for block in BLOCK.finditer(path.read_text("utf-8"))] for name, path in PAGES.items()}
    assert {name: sum(map(bool, whys)) for name, whys in marked.items() if any(whys)} == NOT_RUN


def lines_of(text: str) -> Iterator[str]:
    """The commands of a shell block; what stands between ``<<'END'`` and ``END`` is written to its file."""
    waiting = iter(text.replace("\\\n", " ").splitlines())
    for line in waiting:
        if begun := HERE_TEXT.fullmatch(line):
            path, end = begun.groups()
            Path(path).write_text("".join(f"{each}\n" for each in iter(lambda: next(waiting), end)), encoding="utf-8")
        elif shlex.split(line, comments=True):
            yield line


def run_line(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line of a shell: our own commands in this process, other programs as they are installed."""
    program, *arguments = shlex.split(line, comments=True)
    if program == "export":
        monkeypatch.setenv(*arguments[0].split("=", 1))
        return
    if (
        program == "dragoman" and "--with" not in arguments and "|" not in arguments
    ):  # a process keeps to the rules it began with
        assert exit_code(arguments) == 0, line
        return
    beside = Path(sys.executable).with_name(program)
    if shutil.which(program) is None and not beside.exists():
        pytest.skip(f"{program} is not installed here")
    path = f"{os.environ['PATH']}{os.pathsep}{beside.parent}"
    shell = ["bash", "-c", line]
    done = subprocess.run(
        shell, capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PATH": path}
    )
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert done.stdout.strip() or program in ("mkdir", "cp"), line
