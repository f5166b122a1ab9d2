"""dragoman export FORM OUT"""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.options import Settings, filter_options, opened, settings_options
from dragoman.cli.output import put, write_json
from dragoman.export.exporters import EXPORTERS, Exporter, offered
from dragoman.record.entries import Filter


def command_of(name: str, exporter: Exporter) -> click.Command:
    """The command that writes one form."""

    @click.command(name, help=help_of(exporter))
    @click.argument("out", type=click.Path(path_type=Path, dir_okay=exporter.folder, file_okay=not exporter.folder))
    @filter_options("party", "person", "topic", "since", "until", "as_of")
    @settings_options
    def write(out: Path, wanted: Filter, settings: Settings) -> None:
        with opened(settings) as book:
            counts = exporter.write(book, out, wanted)
        if settings.as_json:
            write_json(counts)
        elif exporter.folder:
            put("".join(f"{out / name}: {count}\n" for name, count in counts.items()))
        else:
            put(f"{out}: {', '.join(f'{count} {name}' for name, count in counts.items())}\n")

    return write


def help_of(exporter: Exporter) -> str:
    """What the command says of itself."""
    replaced = "Files of these names in OUT are replaced." if exporter.folder else "OUT is replaced, whole."
    return f"Write {exporter.about}.\n\n{replaced} docs/export.md says more."


class Forms(click.Group):
    """The forms of the house, then those of installed packages, which are looked for only when asked for."""

    @property
    def _offered(self) -> dict[str, click.Command]:
        return {name: command_of(name, exporter) for name, exporter in offered()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return [*self.commands, *self._offered]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a form."""
        return self.commands.get(cmd_name) or self._offered.get(cmd_name)


@click.group(cls=Forms)
def export() -> None:
    """Write the book's contents for other programs."""


for form, written in EXPORTERS.items():
    export.add_command(command_of(form, written))
