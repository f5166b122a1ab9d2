"""Which forms does an English verb or noun take?

Regular forms follow the spelling rules of Quirk et al., A Comprehensive Grammar of the English Language, 3.2-3.10;
irregular ones stand in ``data/irregular.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

VOWELS = frozenset("aeiou")
SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
# Final consonants double in verbs stressed on the last syllable; these end in a single stressed one.
DOUBLING_WORDS = (
    "admit ban bar chat commit compel concur confer control cut defer deter drop drug equip expel fit jam occur omit "
    "permit plan plot prefer propel recur refer regret repel rip set shut skip slip step stop strip submit swap trap "
    "transfer transmit trim wrap ship"
)
DOUBLING = frozenset(DOUBLING_WORDS.split())
# British spelling doubles "l" after an unstressed vowel too; both spellings are read.
BRITISH_DOUBLING_WORDS = "cancel counsel dial fuel label level marshal model signal travel"
BRITISH_DOUBLING = frozenset(BRITISH_DOUBLING_WORDS.split())


def verb_forms(verb: str, irregular: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(spelling, form) for a verb of one or more words, whose first word is inflected.

    >>> sorted(verb_forms("call for", {}))
    [('call for', 'base'), ('called for', 'past'), ('calling for', 'gerund'), ('calls for', 'present')]
    """
    head, space, rest = verb.partition(" ")
    tail = space + rest
    yield head + tail, "base"
    for spelling in third_person(head):
        yield spelling + tail, "present"
    if head in irregular:
        past, participle = irregular[head]
        for spelling in past.split("/"):
            yield spelling + tail, "past"
        for spelling in participle.split("/"):
            if spelling not in past.split("/"):
                yield spelling + tail, "participle"
    else:
        for stem in stems(head):
            yield past_of(stem) + tail, "past"
    for stem in stems(head):
        yield gerund_of(stem) + tail, "gerund"


def stems(head: str) -> tuple[str, ...]:
    """What an ending is put on: the last consonant doubled where it doubles, both spellings where they differ."""
    if head in DOUBLING or head.rpartition("-")[2] in DOUBLING:
        return (head + head[-1],)
    if head in BRITISH_DOUBLING:
        return (head, head + head[-1])
    return (head,)


def third_person(head: str) -> tuple[str, ...]:
    """ "calls", "denies", "expresses"."""
    return (plural_of(head),)


def plural_of(word: str) -> str:
    """The regular plural of a noun, which is also the third person of a verb.

    >>> [plural_of(word) for word in ("talk", "ministry", "launch", "day")]
    ['talks', 'ministries', 'launches', 'days']
    """
    if word.endswith("y") and len(word) > 1 and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(SIBILANTS) else "s")


def past_of(stem: str) -> str:
    """The regular past of a stem.

    >>> [past_of(stem) for stem in ("deny", "agree", "talk", "stay")]
    ['denied', 'agreed', 'talked', 'stayed']
    """
    if stem.endswith("y") and stem[-2] not in VOWELS:
        return stem[:-1] + "ied"
    return stem + ("d" if stem.endswith("e") else "ed")


def gerund_of(stem: str) -> str:
    """The form in -ing.

    >>> [gerund_of(stem) for stem in ("impose", "agree", "lie", "talk")]
    ['imposing', 'agreeing', 'lying', 'talking']
    """
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")):
        return stem[:-1] + "ing"
    return stem + "ing"


def noun_forms(noun: str, plurals: Mapping[str, str]) -> Iterator[str]:
    """The singular and plural of a noun of one or more words, whose last word is inflected."""
    yield noun
    before, space, head = noun.rpartition(" ")
    if head in plurals:
        if plurals[head]:
            yield before + space + plurals[head]
    else:
        yield before + space + plural_of(head)
