"""By which expression are many phrases sought in a text at once?

A plain list of alternatives is tried word by word at every place. Here each letter is read once, and the first letters
stand in front as a set, so that the engine skips to the places where a phrase can begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Node = dict[str, "Node"]


def trie(words: Iterable[str], *, blind: bool = False) -> str:
    """An expression for any of the words that reads each letter once; ``blind`` to capital and small letters."""
    return _branch(tree_of(words), blind)


def any_of(phrases: Iterable[str], *, edge: str = r"\w") -> re.Pattern[str]:
    """Matches any of the phrases, in capital or small letters, that no character of the class ``edge`` adjoins.

    Where one phrase begins another, the longer is matched. Every phrase begins with a letter.
    """
    root = tree_of(phrase.casefold() for phrase in phrases)
    firsts = "".join(sorted(letter + letter.upper() for letter in root))
    rests = "|".join(f"(?<={cased(letter)}){_branch(below, True)}" for letter, below in sorted(root.items()))
    return re.compile(rf"[{firsts}](?<![{edge}].)(?:{rests})(?![{edge}])")


def tree_of(words: Iterable[str]) -> Node:
    """The words as a tree of letters; an empty letter stands behind a word that ends there."""
    root: Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return root


def cased(letter: str) -> str:
    """A letter, capital or small."""
    return f"[{letter}{letter.upper()}]" if letter.isalpha() else re.escape(letter)


def _branch(node: Node, blind: bool) -> str:
    written = cased if blind else re.escape
    branches = [written(letter) + _branch(below, blind) for letter, below in sorted(node.items()) if letter]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in node else joined
