"""dragoman users add, remove, list"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from dragoman.cli.options import Settings, settings_options
from dragoman.cli.output import put, write_json
from dragoman.web.users import Role, load_users, new_user, place_of_users, save_users

P = ParamSpec("P")
R = TypeVar("R")
USERS_HELP = "The file of users; else BOOK.users beside the book."


def users_file(command: Callable[P, R]) -> Callable[P, R]:
    """``--users``, which every command of the group takes."""
    return click.option(
        "--users", "users_path", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=USERS_HELP
    )(command)


@click.group()
def users() -> None:
    """Say who may log in to a desk that other machines can reach.

    A reader sees every page; an editor also corrects, under that name. Passwords
    are kept hashed, in a file of mode 0600 beside the book.
    """


@users.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.READER.value,
    show_default=True,
    help="What the user may do.",
)
@users_file
@settings_options
def add(name: str, role: str, users_path: Path | None, settings: Settings) -> None:
    """Add a user, or change the role and password of one.

    The password is asked for; without a terminal it is the first line of
    standard input. Whoever was logged in under the name is logged out.
    """
    place = place_of_users(settings.book, users_path)
    held = load_users(place)
    save_users(place, held.having(new_user(name, Role(role), asked_password())))
    put(f"{name} may log in as {role} ({place})\n")


@users.command()
@click.argument("name")
@users_file
@settings_options
def remove(name: str, users_path: Path | None, settings: Settings) -> None:
    """Remove a user, who is logged out at once."""
    place = place_of_users(settings.book, users_path)
    save_users(place, load_users(place).lacking(name))
    put(f"{name} may no longer log in\n")


@users.command(name="list")
@users_file
@settings_options
def list_(users_path: Path | None, settings: Settings) -> None:
    """List the users with their roles."""
    held = load_users(place_of_users(settings.book, users_path)).users
    if settings.as_json:
        write_json([{"name": user.name, "role": user.role} for user in held])
    else:
        put("".join(f"{user.name}  {user.role}\n" for user in held) or "no users yet; dragoman users add NAME\n")


def asked_password() -> str:
    """The password, asked twice on a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return given
    return sys.stdin.readline().rstrip("\r\n")
