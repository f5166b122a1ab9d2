"""Entries become files for other programs."""
