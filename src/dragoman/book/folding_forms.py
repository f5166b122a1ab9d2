"""How does an entry come from its forms, whatever the number of mentions, and get their ids back when it is shown?

The ids of ten thousand mentions are no part of what is kept with a person: they stand in ``form_mentions``, and are added
when somebody asks for the entry.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from dragoman.book.backend import Backend
from dragoman.book.forms import Counted, Forms, counted, origins_of, standing_of
from dragoman.book.gather import Gathered, Gatherer, rows_in
from dragoman.book.load import mention_from
from dragoman.book.overlay import Overlay
from dragoman.link.linker import Form, FormLinker
from dragoman.link.people import OfficeKey, offices_in, with_mentions
from dragoman.record.corrected import Action
from dragoman.record.entries import AnyEntry, PersonEntry, PersonMention

Days = tuple[str | None, str | None, int]  # of print, as folding.printed gives them

BACKING = (
    "SELECT f.form, m.id, d.id, f.current FROM entries AS e JOIN forms AS o ON o.entry = e.entry "
    "JOIN form_mentions AS f ON f.form = o.form JOIN mentions AS m ON m.mention = f.mention "
    "JOIN documents AS d ON d.document = f.document WHERE e.id = ? AND f.current >= ? "
    "ORDER BY f.published, d.id, m.version, m.span_start, m.span_end, m.id"
)


class Folded(msgspec.Struct, frozen=True):
    """An entry folded from its forms, the days of print of its mentions, and its state."""

    number: int
    entry: AnyEntry
    printed: Days
    state: str


class FormFolder:
    """Folds entries of a kind that is linked by forms."""

    def __init__(self, backend: Backend, gatherer: Gatherer, overlay: Overlay) -> None:
        self._backend = backend
        self._gatherer = gatherer
        self._overlay = overlay

    def folded(self, linker: FormLinker, entries: Mapping[int, str]) -> Iterator[Folded]:
        """The entries, by number and id, that have forms."""
        held = counted(self._backend, entries)
        origins = origins_of(self._backend, entries)
        standing = {number: standing_of(forms) for number, forms in held.items()}
        firsts = self._firsts(standing)
        for number, forms in held.items():
            now = standing[number]
            shown = sorted(
                ((firsts[each.form, each.current], each) for each in now), key=lambda pair: pair[0].evidence.order
            )
            entry = linker.fold_forms(entries[number], [form_from(item, each) for item, each in shown])
            entry = self._overlaid(number, with_counts(entry, now, origins, number), shown[0][0])
            live = any(each.current for each in now) and entry.verdict is not Action.REJECT
            yield Folded(number, entry, printed_days(forms), "live" if live else "withdrawn")

    def _firsts(self, standing: Mapping[int, Sequence[Counted]]) -> dict[tuple[int, int], Gathered]:
        """By form, and whether in current texts: the first mention that counts."""
        found: dict[tuple[int, int], int] = {}
        forms = Forms(self._backend, self._gatherer)
        for current in (0, 1):
            wanted = [each.form for held in standing.values() for each in held if each.current == current]
            found.update({(form, current): first for form, first in forms.firsts(wanted, current=current).items()})
        items = self._gatherer.gather_bare(found.values())
        return {key: items[first] for key, first in found.items()}

    def _overlaid(self, number: int, entry: AnyEntry, first: Gathered) -> AnyEntry:
        """The entry as persons corrected it."""
        mentions = self._overlay.leading_in(number)
        if not mentions:
            return entry
        named = msgspec.structs.replace(entry, mentions=(first.evidence.id,))
        return msgspec.structs.replace(self._overlay.on(named, mentions), mentions=())


def form_from(item: Gathered, counts: Counted) -> Form:
    """A form as a linker folds it."""
    return Form(item.evidence, counts.count, day_from(counts.first_day), day_from(counts.last_day))


def with_counts(
    entry: AnyEntry, standing: Sequence[Counted], origins: Mapping[tuple[int, int], int], number: int
) -> AnyEntry:
    """The entry with the days and the number of the texts that back it."""
    return msgspec.structs.replace(
        entry,
        origins=origins[number, standing[0].current],
        first_published=day_from(min((each.earliest for each in standing if each.earliest), default=None)),
        last_published=day_from(max((each.latest for each in standing if each.latest), default=None)),
    )


def printed_days(forms: Sequence[Counted]) -> Days:
    """What folding.printed says of all mentions of these forms."""
    first = min((each.printed_first for each in forms if each.printed_first), default=None)
    last = max((each.printed_last for each in forms if each.printed_last), default=None)
    whole = not any(each.undated for each in forms)
    return first, last if whole else None, int(any(not each.current for each in forms))


def day_from(text: str | None) -> datetime.date | None:
    """A day of the database."""
    return datetime.date.fromisoformat(text) if text else None


def with_backing(backend: Backend, entry: AnyEntry) -> AnyEntry:
    """A person with the ids of the mentions and documents that back it today; any other entry as it is."""
    if not isinstance(entry, PersonEntry) or entry.mentions:
        return entry
    rows = list(backend.each(BACKING, (entry.id, 1))) or list(backend.each(BACKING, (entry.id, 0)))
    offices = offices_of(backend, {row[0] for row in rows})
    filled = with_mentions(entry, ((mention, offices[form]) for form, mention, *_ in rows))
    return msgspec.structs.replace(
        filled,
        mentions=tuple(mention for _, mention, *_ in rows),
        documents=tuple(dict.fromkeys(document for _, _, document, _ in rows)),
    )


def offices_of(backend: Backend, forms: set[int]) -> dict[int, frozenset[OfficeKey]]:
    """The offices that each form shows."""
    sql = "SELECT f.form, m.payload FROM forms AS f JOIN mentions AS m ON m.mention = f.mention WHERE f.form IN ({})"
    found = {}
    for form, payload in rows_in(backend, sql, forms):
        mention = mention_from(payload)
        assert isinstance(mention, PersonMention)
        found[form] = frozenset(offices_in(mention))
    return found
