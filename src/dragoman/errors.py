"""Which errors does Dragoman raise, and what does each one mean?

    DragomanError
    ├── InputError            a source the user named cannot be read
    │   ├── SourceError       a file, its encoding or its format
    │   ├── ManifestError     a manifest, with its line
    │   └── NotEnglish        a text in a language that is not read
    ├── DataError             data that ships with the program, or the user's own, is wrong
    │   ├── LexiconError      a lexicon entry, with file and entry
    │   └── RuleError         a rule or an example, with file and rule
    ├── BookError             a book cannot be opened, read or written
    │   ├── NotABook          the file is something else
    │   ├── NewerBook         the book was written by a newer program
    │   └── BookBusy          another process holds the book
    ├── AnnotatorError        an annotator of the user's cannot be had, or fails
    ├── NoWorkers             processes to read with cannot be started
    ├── MissingExtra          an optional part of the program is not installed
    ├── WrongCorrection       a correction does not fit the entry or the text that it is for
    └── UnknownName           a party, id or option value that nothing answers to

Every message names the input and the remedy. Only ``cli`` turns an error into an exit code.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class DragomanError(Exception):
    """Base of every error that a caller is expected to handle."""

    exit_code = 1


class InputError(DragomanError):
    """A source the user named cannot be read."""


class SourceError(InputError):
    """A file, its encoding or its format cannot be read."""


class ManifestError(InputError):
    """A manifest is wrong; the message names the file and the line."""


class NotEnglish(InputError):
    """The text is in a language that Dragoman does not read."""


class DataError(DragomanError):
    """Data that ships with the program, or the user's own rules and lexicons, is wrong."""


class LexiconError(DataError):
    """A lexicon entry is wrong; the message names the file and the entry."""


class RuleError(DataError):
    """A rule or an example is wrong; the message names the file and the rule."""


class BookError(DragomanError):
    """A book cannot be opened, read or written."""


class NotABook(BookError):
    """The file is not a book."""


class NewerBook(BookError):
    """The book was written by a newer version of the program."""


class BookBusy(BookError):
    """Another process holds the book."""


class UnknownName(DragomanError):
    """A party, id or option value that nothing answers to."""

    exit_code = 2


class WrongCorrection(DragomanError):
    """A correction does not fit the entry or the text that it is for."""

    exit_code = 2


class AnnotatorError(DragomanError):
    """An annotator of the user's cannot be had, does not answer, or finds what is not there."""


class NoWorkers(DragomanError):
    """The processes that should read cannot be started."""


class MissingExtra(DragomanError):
    """An optional part of the program is not installed; the message names it and the command that installs it."""


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Imports inside belong to the extra of that name; without it, MissingExtra says what it is needed for.

    >>> with extra("web", "the desk in the browser"):
    ...     import dragoman_has_no_such_module
    Traceback (most recent call last):
        ...
    dragoman.errors.MissingExtra: the desk in the browser needs an extra: pip install 'dragoman[web]' (missing: dragoman_has_no_such_module)
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise MissingExtra(f"{what} needs an extra: pip install 'dragoman[{name}]' (missing: {error.name})") from error
