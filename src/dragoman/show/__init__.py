"""Entries become text for people: pure renderers."""
