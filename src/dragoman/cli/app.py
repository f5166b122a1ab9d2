"""The ``dragoman`` command: its group, and how it ends.

Exit codes: 0 done; 1 some inputs could not be read, or the book could not be used; 2 the command was wrongly given;
130 interrupted; 141 whoever read the output has gone.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence

import click

from dragoman import __version__
from dragoman.cli.add import add
from dragoman.cli.annotate import agreement, annotate
from dragoman.cli.backup import backup
from dragoman.cli.brief import brief
from dragoman.cli.changes import changes
from dragoman.cli.check import check
from dragoman.cli.commitments import commitments
from dragoman.cli.compare import compare
from dragoman.cli.copy import copy
from dragoman.cli.correct import correct
from dragoman.cli.disputes import disputes
from dragoman.cli.documents import documents
from dragoman.cli.engagements import engagements
from dragoman.cli.explain import explain
from dragoman.cli.export import export
from dragoman.cli.figures import figures
from dragoman.cli.formulas import formulas
from dragoman.cli.logs import begin_logs
from dragoman.cli.mcp import mcp
from dragoman.cli.measures import measures
from dragoman.cli.negotiations import negotiations
from dragoman.cli.options import BOOK_HELP, rules_option
from dragoman.cli.output import warn
from dragoman.cli.people import people
from dragoman.cli.publish import publish
from dragoman.cli.quotes import quotes
from dragoman.cli.run import load, run
from dragoman.cli.search import search
from dragoman.cli.serve import serve
from dragoman.cli.show import show
from dragoman.cli.statements import statements
from dragoman.cli.users import users
from dragoman.cli.versions import versions
from dragoman.cli.watch import watch
from dragoman.errors import DragomanError

INTERRUPTED = 130
READER_GONE = 141
COMMANDS = (
    add,
    watch,
    run,
    load,
    brief,
    compare,
    formulas,
    engagements,
    statements,
    quotes,
    measures,
    negotiations,
    commitments,
    figures,
    disputes,
    changes,
    serve,
    users,
    publish,
    people,
    documents,
    versions,
    show,
    search,
    explain,
    correct,
    annotate,
    agreement,
    export,
    mcp,
    check,
    backup,
    copy,
)


class InOrder(click.Group):
    """A group that lists its commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as they were added."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="dragoman")
@click.option("--book", "book_path", metavar="BOOK", help=BOOK_HELP)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
@rules_option
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what is done.")
@click.option("--log", "log_form", type=click.Choice(["text", "json"]), default="text", help="How that is written.")
@click.pass_context
def dragoman(ctx: click.Context, book_path: str | None, as_json: bool, verbose: bool, log_form: str) -> None:
    """Read diplomatic texts and keep the book on a relationship.

    Start with "dragoman add FOLDER", then "dragoman brief USA IND".
    """
    begin_logs(verbose=verbose, form=log_form)
    ctx.ensure_object(dict)
    ctx.obj.update(book_path=book_path, as_json=as_json)


for command in COMMANDS:
    dragoman.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the shell names, and leave with its exit code."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    sys.exit(exit_code(arguments))


def exit_code(arguments: Sequence[str] | None) -> int:
    """Run a command; its errors become a line on stderr and a code."""
    try:
        result = dragoman.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        warn("interrupted; what was stored is kept, run the same command again to complete it")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except DragomanError as error:
        warn(str(error))
        return error.exit_code
    except OSError as error:
        warn(
            f"{error.filename or 'the system'}: {error.strerror or error}; check the path, the space and the permissions"
        )
        return 1
