"""Who is logged in, and how often may one try? Kept in the server's memory: whoever holds a copy of the book holds no session.

Sessions are known by a random secret that only the browser's cookie has; the server keeps its hash. The clock is passed in.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable

import msgspec

from dragoman.web.users import User

LIFE = 12 * 3600.0  # seconds that a session lasts
IDLE = 2 * 3600.0  # seconds without a request after which it ends
KEPT = 10_000  # sessions
WINDOW = 15 * 60.0  # seconds in which failures count
PER_PAIR, PER_ADDRESS, PER_NAME = 5, 30, 100  # failures: of one name from one address, from one address, of one name


class Session(msgspec.Struct, kw_only=True):
    """One login. ``user`` is as it was then, so that a changed password or role ends it; ``token`` is for its forms."""

    user: User
    token: str
    begun: float
    seen: float
    life: float = LIFE


class Sessions:
    """The sessions of one server."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: OrderedDict[str, Session] = OrderedDict()

    def begin(self, user: User) -> str:
        """A new session; the secret for the cookie."""
        secret = secrets.token_urlsafe(32)
        self.hold(secret, user)
        return secret

    def hold(self, secret: str, user: User, life: float = LIFE) -> None:
        """Let a secret stand for a user."""
        now = self._clock()
        self._held[digest(secret)] = Session(user=user, token=secrets.token_urlsafe(32), begun=now, seen=now, life=life)
        while len(self._held) > KEPT:
            self._held.popitem(last=False)

    def find(self, secret: str, current: Callable[[str], User | None]) -> Session | None:
        """The session of a secret, unless it has expired or its user is no longer what it was."""
        key = digest(secret)
        session = self._held.get(key)
        if session is None:
            return None
        now = self._clock()
        if (
            now - session.begun > session.life
            or now - session.seen > IDLE
            or current(session.user.name) != session.user
        ):
            del self._held[key]
            return None
        session.seen = now
        return session

    def end(self, secret: str) -> None:
        """Log out."""
        self._held.pop(digest(secret), None)


def digest(secret: str) -> str:
    """What the server keeps of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Attempts:
    """Failed logins of late. An attempt counts from its beginning, so that many at once are many."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def admit(self, name: str, address: str) -> float:
        """Count an attempt and return 0; or count nothing and return the seconds to wait."""
        keys = self._keys(name, address)
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in keys]
            if max(waits) > 0:
                return max(waits)
            for key, _ in keys:
                self._times.setdefault(key, deque()).append(now)
                self._times.move_to_end(key)
            while len(self._times) > 50_000:
                self._times.popitem(last=False)
        return 0.0

    def forgive(self, name: str, address: str) -> None:
        """The attempt was right: failures of the name from there no longer count, nor does this attempt elsewhere."""
        with self._lock:
            (pair, _), *others = self._keys(name, address)
            self._times.pop(pair, None)
            for key, _ in others:
                if self._times.get(key):
                    self._times[key].pop()

    def _keys(self, name: str, address: str) -> tuple[tuple[str, int], ...]:
        own = digest(name)
        return ((f"{own} {address}", PER_PAIR), (f"from {address}", PER_ADDRESS), (f"of {own}", PER_NAME))

    def _wait(self, key: str, most: int, now: float) -> float:
        times = self._times.get(key)
        while times and now - times[0] >= WINDOW:
            times.popleft()
        return WINDOW - (now - times[0]) if times and len(times) >= most else 0.0
