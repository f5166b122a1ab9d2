"""How long may one document take, and what ends it then?

No text is known that takes longer than its length explains, and none must cost the others of a run when one is found. A
timer of the operating system counts the processor time that this process spends, so that a busy machine costs nobody a document.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LEAST = 60.0  # seconds of processor time that any document may take
A_MILLION = 60.0  # seconds more for a million characters: about ten times what they cost
REPEATED = 1.0  # seconds after which it is said again, where whoever was interrupted went on


class OutOfPatience(Exception):
    """A document took longer than it may."""


@contextmanager
def patience(length: int) -> Iterator[None]:
    """Raise OutOfPatience in what is done here once it takes longer than ``length`` characters may.

    Only the main thread of a process on a system with such timers can be interrupted; elsewhere nothing is.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    allowed = LEAST + A_MILLION * length / 1e6

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise OutOfPatience(f"more than {allowed:.0f} seconds of processor time were spent on it")

    before = signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, allowed, REPEATED)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
