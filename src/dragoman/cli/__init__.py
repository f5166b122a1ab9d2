"""The commands of the shell, one file each."""

from dragoman.cli.app import main

__all__ = ["main"]
