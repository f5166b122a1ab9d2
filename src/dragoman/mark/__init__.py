"""Sentences become typed spans: one room for each kind of mark."""
