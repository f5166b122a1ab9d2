"""How is a pattern written, and what regular expression does it become?

    {slot:class}       one item of the class, remembered under the slot's name
    {slot:a|b}         an item of either class
    {slot:class+}      a list of such items, coordinated by commas and "and"
    {slot:[ ... ]}     a whole sub-pattern, remembered
    @class  @a|b       an item of the class, not remembered
    word               that word, case-folded; word|other either of them
    ( a b | c d )      a choice of sequences; ( ... )? an optional one; ( ... )* ( ... )+ repeated ones
    ~  ~5              up to 12 (or 5) items of any class that is not a "boundary", as few as needed
    !class  !word'     the next item is not of the class (or, with a quote mark at the end, not that word)
    <class  <!class    the item before is (is not) of the class
    ^  $               the beginning, the end of the stream

A repeat is always bounded (at most 30 items), and a repeated group may hold neither a gap nor another repeat, so that
no pattern can run away.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.errors import RuleError
from dragoman.grammar.stream import Alphabet, word_class

GAP = 12
LIST_LENGTH = 30
BOUNDARY = "boundary"
LIST_JOINTS = ("list_joint",)  # items between the members of a list: ",", "and", "&", "as well as"

TOKEN = re.compile(
    r"""\s*(?:
      \{(?P<slot>\w+):(?P<sub>\[)                          # a remembered sub-pattern opens
    | (?P<subclose>\]\})                                   # and closes
    | \{(?P<name>\w+):(?P<classes>[\w|'.$%€£¥&@/+-]+?)(?P<list>\+)?\}
    | @(?P<free>[\w|]+)
    | ~(?P<gap>\d*)
    | <(?P<behindnot>!)?(?P<behind>[\w|]+'?)
    | !(?P<not>[\w|]+'?)
    | (?P<edge>[\^$])
    | (?P<open>\()
    | (?P<close>\)[?*+]?)
    | (?P<bar>\|)
    | (?P<words>[^\s(){}|@~<!^$\[\]]+(?:\|[^\s(){}|@~<!^$\[\]]+)*\??)
    )""",
    re.VERBOSE,
)


def words_in(pattern: str) -> frozenset[str]:
    """The words that a pattern names, case-folded: only these need a class of their own."""
    found: set[str] = set()
    for match in tokens_of(pattern):
        if match["words"]:
            found.update(word.casefold() for word in match["words"].rstrip("?").split("|"))
        for group in ("not", "behind", "classes"):
            for name in (match[group] or "").split("|"):
                if name.endswith("'") and len(name) > 1:
                    found.add(name[:-1].casefold())
    return frozenset(found)


def classes_in(pattern: str) -> frozenset[str]:
    """The classes that a pattern tells apart; two items that differ in other classes only are one to it."""
    found = set(map(word_class, words_in(pattern)))
    for match in tokens_of(pattern):
        found.update(LIST_JOINTS if match["list"] else (BOUNDARY,) if match["gap"] is not None else ())
        for group in ("free", "not", "behind", "classes"):
            found.update(name for name in (match[group] or "").split("|") if name and not name.endswith("'"))
    return frozenset(found)


def cue_classes(pattern: str) -> frozenset[str]:
    """The classes of which an item has one at least if it can be the pattern's cue."""
    for match in tokens_of(pattern):
        if match["name"] == "cue":
            return frozenset(class_named(name) for name in match["classes"].split("|"))
    raise RuleError(f"the pattern has no cue slot: {pattern!r}")


def class_named(name: str) -> str:
    """The class that a slot names; a quote mark at the end makes it that of a word."""
    return word_class(name[:-1]) if name.endswith("'") else name


def slots_in(pattern: str) -> tuple[str, ...]:
    """The names of a pattern's slots, in order."""
    return tuple(match["name"] or match["slot"] for match in tokens_of(pattern) if match["name"] or match["slot"])


def tokens_of(pattern: str) -> list[re.Match[str]]:
    """The tokens of a pattern; raises RuleError at the first character that is none."""
    found: list[re.Match[str]] = []
    at = 0
    stripped = pattern.rstrip()
    while at < len(stripped):
        match = TOKEN.match(stripped, at)
        if match is None or match.end() == at:
            raise RuleError(f"cannot read the pattern at {stripped[at : at + 20]!r}: {pattern!r}")
        found.append(match)
        at = match.end()
    return found


def check_repeats(pattern: str) -> None:
    """Raise RuleError when a repeated group holds a gap or another repeat: their product would run away."""
    open_groups: list[bool] = []  # for each open group, whether it holds something of variable length
    for match in tokens_of(pattern):
        if match["open"]:
            open_groups.append(False)
        elif match["close"]:
            varied = open_groups.pop() if open_groups else False
            repeated = match["close"] in (")*", ")+")
            if repeated and varied:
                raise RuleError(
                    f"a repeated group holds a gap or another repeat; bound it by writing it out: {pattern!r}"
                )
            if open_groups and (varied or repeated):
                open_groups[-1] = True
        elif open_groups and (match["gap"] is not None or match["list"]):
            open_groups[-1] = True


def characters_in(names: str, alphabet: Alphabet) -> str:
    """The characters of items of any of the classes."""
    return "".join(alphabet.characters_of(class_named(name)) for name in names.split("|"))


def one_of(names: str, alphabet: Alphabet) -> str:
    """A character class for items of any of the classes; one that nothing can match when none is known yet."""
    characters = characters_in(names, alphabet)
    return f"[{characters}]" if characters else "(?!)"


def word_choice(words: str, alphabet: Alphabet) -> str:
    """A character class for any of the words; a question mark at the end makes it optional."""
    optional = words.endswith("?") and len(words) > 1
    names = words[:-1] if optional else words
    characters = "".join(alphabet.characters_of(word_class(word)) for word in names.split("|"))
    expression = f"[{characters}]" if characters else "(?!)"
    return f"(?:{expression})?" if optional else expression


def list_of(classes: str, alphabet: Alphabet) -> str:
    """Items of the classes joined by commas, "and" and the like."""
    member = one_of(classes, alphabet)
    joints = one_of("|".join(LIST_JOINTS), alphabet)
    return f"{member}(?:{joints}{{1,2}}{member}){{0,{LIST_LENGTH}}}"


def gap(size: str, alphabet: Alphabet) -> str:
    """Up to ``size`` items that are no boundary, as few as needed."""
    characters = alphabet.characters_of(BOUNDARY)
    inner = f"[^{characters}]" if characters else "."
    return f"(?s:{inner}){{0,{size or GAP}}}?"


def bounded(close: str) -> str:
    """A closing bracket with its repeat made finite."""
    return {")*": f"){{0,{LIST_LENGTH}}}", ")+": f"){{1,{LIST_LENGTH}}}"}.get(close, close)


def expression_of(pattern: str, alphabet: Alphabet) -> str:
    """The regular expression of a pattern for the present alphabet."""
    write: dict[str, Callable[[re.Match[str]], str]] = {
        "slot": lambda m: f"(?P<{m['slot']}>",
        "subclose": lambda m: ")",
        "name": lambda m: f"(?P<{m['name']}>{(list_of if m['list'] else one_of)(m['classes'], alphabet)})",
        "free": lambda m: one_of(m["free"], alphabet),
        "gap": lambda m: gap(m["gap"], alphabet),
        "behind": lambda m: f"(?<{'!' if m['behindnot'] else '='}{one_of(m['behind'], alphabet)})",
        "not": lambda m: f"(?!{one_of(m['not'], alphabet)})",
        "edge": lambda m: r"\A" if m["edge"] == "^" else r"\Z",
        "open": lambda m: "(?:",
        "close": lambda m: bounded(m["close"]),
        "bar": lambda m: "|",
        "words": lambda m: word_choice(m["words"], alphabet),
    }
    order = ("slot", "subclose", "name", "free", "gap", "behind", "not", "edge", "open", "close", "bar", "words")
    parts: list[str] = []
    for match in tokens_of(pattern):
        kind = next(group for group in order if match[group] is not None)
        parts.append(write[kind](match))
    return "".join(parts)


def compile_pattern(pattern: str, alphabet: Alphabet) -> re.Pattern[str]:
    """The regular expression of a pattern, compiled for the present state of the alphabet.

    Raises RuleError when the pattern cannot be read.
    """
    try:
        return re.compile(expression_of(pattern, alphabet))
    except (re.error, OverflowError, RecursionError) as error:
        raise RuleError(f"the pattern does not compile ({error}): {pattern!r}") from error
