"""Typed spans become mentions: one room for each kind of mention."""
