"""Mentions of one thing become one entry."""
