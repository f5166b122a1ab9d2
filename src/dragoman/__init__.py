"""Dragoman reads the public record of diplomacy and keeps the book on a relationship."""
