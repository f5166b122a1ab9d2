"""The commands of the shell."""

from __future__ import annotations


def main() -> None:
    """Run the command that the shell names."""
