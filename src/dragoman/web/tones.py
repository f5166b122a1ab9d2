"""In which colour is a state shown? Its words say the same, so that nothing hangs on the colour."""

from __future__ import annotations

TONES = {
    "held": "good", "ongoing": "good", "met": "good", "in_force": "good", "agrees": "good",
    "planned": "warn", "proposed": "warn", "invited": "warn", "postponed": "warn", "due": "warn", "open": "warn",
    "announced": "warn", "threatened": "warn", "paused": "warn", "modified": "warn",
    "cancelled": "bad", "denied": "bad", "alleged": "bad", "overdue": "bad", "withdrawn": "bad", "revoked": "bad",
    "dropped": "bad", "new": "good", "moved": "warn",
}  # fmt: skip
