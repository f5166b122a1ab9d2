"""Who may use a desk that others can reach? Names, roles and hashed passwords, in a file of their own beside the book.

They are kept beside the book and not in it, because a book is handed on: copied, backed up, opened by other programs, read in
PostgreSQL by who may only read. The file has mode 0600. Passwords are hashed by scrypt (RFC 7914) of the standard library
with 32 MiB of memory and three passes, a setting that OWASP's Password Storage Cheat Sheet gives.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import tempfile
from enum import StrEnum
from pathlib import Path

import msgspec

from dragoman.book.address import Address
from dragoman.errors import DragomanError, UnknownName

COST, BLOCK, PASSES = 2**15, 8, 3
MEMORY = 64 * 1024 * 1024  # the most that one hash may take; scrypt of these numbers takes half
SHORTEST, LONGEST = 10, 1024  # characters of a password
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")


class WrongUsers(DragomanError):
    """The file of users cannot be used, or a name or password does not fit."""


class Role(StrEnum):
    """What a user may do."""

    READER = "reader"  # see every page
    EDITOR = "editor"  # and correct the book


class User(msgspec.Struct, frozen=True, kw_only=True):
    """One user; ``password`` is ``scrypt$COST$BLOCK$PASSES$SALT$HASH``."""

    name: str
    role: Role
    password: str


class Users(msgspec.Struct, frozen=True, kw_only=True):
    """All users, by name."""

    users: tuple[User, ...] = ()

    def find(self, name: str) -> User | None:
        """The user of that name."""
        return next((user for user in self.users if user.name == name), None)

    def having(self, user: User) -> Users:
        """With that user, in place of one of that name."""
        others = [each for each in self.users if each.name != user.name]
        return Users(users=tuple(sorted([*others, user], key=lambda each: each.name)))

    def lacking(self, name: str) -> Users:
        """Without the user of that name. Raises UnknownName."""
        if self.find(name) is None:
            raise UnknownName(f"{name}: there is no such user; `dragoman users list` lists them")
        return Users(users=tuple(each for each in self.users if each.name != name))


def place_of_users(book: Path | Address, given: Path | None) -> Path:
    """Where the users of a book's desk are kept: in the file that is given, else beside the book.

    Raises WrongUsers for a book on a server, which has no place beside it.
    """
    if given is not None:
        return given
    if isinstance(book, Address):
        raise WrongUsers("a book on a server has no file beside it; name the file of its users with --users FILE")
    return book.with_name(f"{book.name}.users")


def load_users(path: Path) -> Users:
    """The users of a file; none when it is missing. Raises WrongUsers when others can read it or it is something else."""
    try:
        mode = path.stat().st_mode
        raw = path.read_bytes()
    except FileNotFoundError:
        return Users()
    if os.name == "posix" and mode & 0o077:
        raise WrongUsers(f"{path}: other users of this machine can read it; run: chmod 600 {path}")
    try:
        return msgspec.json.decode(raw, type=Users)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WrongUsers(f"{path}: this is no file of users ({error}); name another with --users") from error


def save_users(path: Path, users: Users) -> None:
    """Write the file whole, mode 0600; it takes its name when it is on disk."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # which makes it with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(users), indent=1) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def new_user(name: str, role: Role, password: str) -> User:
    """A user with the password hashed. Raises WrongUsers for a name or password that will not do."""
    if not NAME.fullmatch(name):
        raise WrongUsers(f"{name!r}: a user's name is of letters, digits and . _ @ -, 64 at most")
    if not SHORTEST <= len(password) <= LONGEST:
        raise WrongUsers(f"a password has at least {SHORTEST} characters and at most {LONGEST}")
    return User(name=name, role=role, password=hashed(password, secrets.token_bytes(16)))


def hashed(password: str, salt: bytes) -> str:
    """The password as it is kept."""
    found = scrypt(password, salt, COST, BLOCK, PASSES)
    return "$".join(("scrypt", str(COST), str(BLOCK), str(PASSES), coded(salt), coded(found)))


def is_right(password: str, kept: str) -> bool:
    """Whether it is the password that is kept; takes as long for a wrong one."""
    _, cost, block, passes, salt, wanted = kept.split("$")
    found = scrypt(password, base64.b64decode(salt), int(cost), int(block), int(passes))
    return hmac.compare_digest(coded(found), wanted)


def scrypt(password: str, salt: bytes, cost: int, block: int, passes: int) -> bytes:
    """The hash; a lone surrogate is hashed as it stands."""
    raw = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(raw, salt=salt, n=cost, r=block, p=passes, maxmem=MEMORY, dklen=32)


def coded(raw: bytes) -> str:
    """Bytes as text."""
    return base64.b64encode(raw).decode("ascii")


NOBODY = f"scrypt${COST}${BLOCK}${PASSES}${coded(bytes(16))}${coded(bytes(32))}"  # no password has this hash
