"""How does a book bring its entries up to date after documents were added, touching only the blocks they fall into?

Kind after kind, persons first: put the new mentions into their blocks, group each block that changed, join groups that
share a mention, give every join an entry (its old one, or a new one named after its first mention), fold the entry.
Some thousands of documents make one transaction, in the order of their publication: a run killed here leaves what is
pending, and the next run goes on there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dragoman.book.backend import Backend
from dragoman.book.copies import Copies
from dragoman.book.corrections import Corrections
from dragoman.book.deciding import Deciding
from dragoman.book.folding import Folder
from dragoman.book.forms import Forms, Placed
from dragoman.book.gather import Gathered, Gatherer, rows_in
from dragoman.book.load import entry_id
from dragoman.link.linker import MANY, WEAK, FormLinker, Linker, Settling, WeakLinker
from dragoman.link.origins import stable_hash
from dragoman.record.entries import EntryKind
from dragoman.record.span import Span

BLOCKS_AT_ONCE = 400  # blocks whose mentions are gathered together: bounds memory, and spares a query a block
SLICE = 20_000  # documents that are linked in one transaction: bounds memory and the log
LINKING_VERSION = "8"  # another version links everything again

Groups = dict[tuple[int, int], list[int]]  # by block and head: the mentions of a group


def link(backend: Backend, linkers: Sequence[Linker]) -> int:
    """Bring the entries up to date; returns how many changed."""
    with backend.transaction():
        anew = note_version(backend)
        if anew:
            await_everything(backend)
    pending = pending_in_order(backend)
    return sum(
        link_slice(backend, linkers, pending[at : at + SLICE], last=at + SLICE >= len(pending), anew=anew)
        for at in range(0, max(1, len(pending)), SLICE)
    )


def pending_in_order(backend: Backend) -> list[int]:
    """The documents that await linking by day of publication, so that the order of reading does not decide the slices."""
    sql = (
        "SELECT p.document FROM pending_documents AS p JOIN documents AS d ON d.document = p.document "
        "LEFT JOIN versions AS v ON v.document = p.document AND v.current = 1 "
        "ORDER BY coalesce(v.published_from, v.published_to, '9999'), d.id"
    )
    return [document for (document,) in backend.rows(sql)]


def link_slice(backend: Backend, linkers: Sequence[Linker], documents: Sequence[int], *, last: bool, anew: bool) -> int:
    """Link some documents in one transaction, the last slice with whatever else is pending; returns how many changed."""
    with backend.transaction():
        sql = "SELECT document FROM pending_documents WHERE document IN ({})"
        waiting = {document for (document,) in rows_in(backend, sql, documents)}
        if last:
            pending = {mention for (mention,) in backend.rows("SELECT mention FROM pending_mentions")}
        else:
            sql = (
                "SELECT p.mention FROM versions AS v JOIN mentions AS m ON m.version = v.version "
                "JOIN pending_mentions AS p ON p.mention = m.mention WHERE v.document IN ({})"
            )
            pending = {mention for (mention,) in rows_in(backend, sql, waiting)}
        if not pending and not waiting:
            return 0
        renewed = Corrections(backend).renew_for(waiting)
        changed = Linking(backend, linkers, anew=anew).run(pending | renewed.added, waiting, set(renewed.touched))
        backend.run_many("DELETE FROM pending_mentions WHERE mention = ?", [(each,) for each in sorted(pending)])
        backend.run_many("DELETE FROM pending_documents WHERE document = ?", [(each,) for each in sorted(waiting)])
        return changed


def note_version(backend: Backend) -> bool:
    """Whether the book was linked by another version of the linkers, which is noted."""
    held = backend.rows("SELECT value FROM settings WHERE name = 'linking'")
    if held and held[0][0] == LINKING_VERSION:
        return False
    sql = "INSERT INTO settings (name, value) VALUES ('linking', ?) ON CONFLICT (name) DO UPDATE SET value = ?"
    backend.run(sql, (LINKING_VERSION, LINKING_VERSION))
    return bool(held)


def await_everything(backend: Backend) -> None:
    """Mark the whole book as not linked yet."""
    backend.run("INSERT INTO pending_mentions (mention) SELECT mention FROM mentions WHERE true ON CONFLICT DO NOTHING")
    backend.run(
        "INSERT INTO pending_documents (document) SELECT document FROM documents WHERE true ON CONFLICT DO NOTHING"
    )


class Join:
    """Mentions that are one thing, in canonical order."""

    def __init__(self, items: Iterable[Gathered]) -> None:
        self.items = sorted(items, key=lambda item: item.evidence.order)

    @property
    def order(self) -> tuple[str, str, str, Span, str]:
        """The canonical place of the first mention."""
        return self.items[0].evidence.order

    @property
    def first(self) -> str:
        """The id of the first mention."""
        return self.items[0].evidence.id

    @property
    def mentions(self) -> list[int]:
        """The rows of the mentions."""
        return [item.mention for item in self.items]


class Linking:
    """One run of linking inside its transaction."""

    def __init__(self, backend: Backend, linkers: Sequence[Linker], *, anew: bool = False) -> None:
        self._backend = backend
        self._linkers = linkers
        self._gatherer = Gatherer(backend)
        self._folder = Folder(backend, self._gatherer, anew=anew)
        self._moved: set[int] = set()  # versions in which a mention now has another entry
        self._deciding = Deciding(backend)
        self._forms = Forms(backend, self._gatherer)

    def run(self, pending: set[int], documents: set[int], corrected: set[int]) -> int:
        """Link what is pending, and anew what corrections touch; returns how many entries changed."""
        recounted = Copies(self._backend).renew(documents)
        versions = self._versions_of(recounted)
        self._gatherer.forget()
        kinds = self._kinds(pending | corrected)
        changed = 0
        for linker in self._linkers:
            fresh = {mention for mention in pending if kinds[mention] == linker.kind}
            if linker.kind is EntryKind.READOUT:
                fresh |= self._mentions_in(self._moved, linker.kind)
            entries = self._link_kind(linker, fresh, {each for each in corrected if kinds[each] == linker.kind})
            entries |= self._entries_in(versions | self._moved, linker.kind)
            self._gatherer.forget(self._moved)
            changed += self._folder.fold(linker, entries)
        self._deciding.note_outcomes()
        return changed

    def _link_kind(self, linker: Linker, fresh: set[int], corrected: set[int]) -> set[int]:
        """Link the fresh mentions of a kind and those that corrections touch; gives the entries to fold anew."""
        if isinstance(linker, FormLinker):
            return self._link_forms(linker, fresh | corrected)
        touched = self._place(linker, fresh, self._standing(fresh))
        regrouped = fresh | corrected | self._regroup(linker, touched)
        parts = self._components(linker, self._with_entries(regrouped), self._with_entries)
        return self._assign(linker, parts)

    def _link_forms(self, linker: FormLinker, fresh: set[int]) -> set[int]:
        """The same by forms: the first mention of each stands for all."""
        standing, held = self._standing(fresh), self._links(fresh)
        placed = self._forms.place(linker, fresh, standing, self._deciding.tied_to(standing))
        firsts = set(placed.firsts.values())
        touched = self._place(linker, firsts | placed.before, firsts)
        regrouped = firsts | self._regroup(linker, touched)
        begun = self._forms.with_entries(regrouped) | self._forms.sharing(held.values())
        parts = self._components(linker, begun, self._forms.with_entries)
        entries = self._assign_forms(linker, parts, placed, held)
        self._revoke(fresh - standing)
        return entries | set(held.values())

    # ---------------------------------------------------------------- blocks

    def _place(self, linker: Linker, leaving: set[int], entering: set[int]) -> set[int]:
        """Put mentions into their blocks; gives the blocks that they left or entered, but those that are crowded."""
        sql = "SELECT block FROM blocks WHERE mention IN ({})"
        change = Counter(block for (block,) in rows_in(self._backend, sql, leaving))
        left = set(change)
        change = Counter({block: -count for block, count in change.items()})
        self._backend.run_many("DELETE FROM blocks WHERE mention = ?", [(mention,) for mention in sorted(leaving)])
        rows = []
        for mention, item in sorted(self._evidence(linker, entering).items()):
            for block in sorted(set(linker.blocks(item.evidence))):
                number = number_of(linker.kind, block)
                rows.append((number, mention, mention))
                change[number] += 1
        self._backend.run_many("INSERT INTO blocks (block, mention, head) VALUES (?, ?, ?)", sorted(rows))
        return change.keys() - self._still_crowded(change, left)

    def _still_crowded(self, change: Mapping[int, int], left: set[int]) -> set[int]:
        """Of blocks that mentions entered or left, those that are crowded; one that was left is looked at again."""
        sql = "SELECT block, members FROM crowded WHERE block IN ({})"
        weak = [block for block in change if block & 1]
        held: dict[int, int] = dict(rows_in(self._backend, sql, weak))
        again = held.keys() & left
        self._backend.run_many("DELETE FROM crowded WHERE block = ?", [(block,) for block in sorted(again)])
        rows = [(members + change[block], block) for block, members in sorted(held.items()) if block not in again]
        self._backend.run_many("UPDATE crowded SET members = ? WHERE block = ?", rows)
        return held.keys() - again

    def _note_crowded(self, members: Mapping[int, int]) -> None:
        """Note the blocks that hold nobody together from now on, with their members, so that nobody looks into them."""
        self._backend.run_many("INSERT INTO crowded (block, members) VALUES (?, ?)", sorted(members.items()))

    def _evidence(self, linker: Linker, mentions: Iterable[int]) -> dict[int, Gathered]:
        """Mentions as blocks and groups are made of: only a readout's engagement has to be known by then."""
        if linker.kind is EntryKind.READOUT:
            return self._gatherer.gather(mentions)
        return self._gatherer.gather_bare(mentions)

    def _standing(self, mentions: Iterable[int]) -> set[int]:
        sql = "SELECT mention FROM mentions WHERE retired = 0 AND mention IN ({})"
        return {mention for (mention,) in rows_in(self._backend, sql, mentions)}

    def _regroup(self, linker: Linker, touched: Iterable[int]) -> set[int]:
        """Group the touched blocks anew; gives the mentions that now have another head."""
        regrouped: set[int] = set()
        for blocks in batched(sorted(touched)):
            held = self._members(blocks)
            meeting = {block for block, heads in held.items() if len(heads) > 1}
            crowded = {block for block in meeting if is_dissolved(linker.kind, block, len(held[block]))}
            items = self._evidence(linker, {mention for block in meeting - crowded for mention in held[block]})
            if isinstance(linker, WeakLinker):
                weak = {block for block in meeting - crowded if block & 1}
                crowded |= {block for block in weak if linker.is_spent([items[m].evidence for m in held[block]])}
            self._note_crowded({block: len(held[block]) for block in crowded})
            meeting -= crowded
            moved: list[tuple[int, int, int]] = []
            for block, heads in held.items():
                fresh = self._heads(linker, [items[m] for m in heads]) if block in meeting else {m: m for m in heads}
                moved += [(fresh[m], block, m) for m in sorted(heads) if heads[m] != fresh[m]]
            if moved:
                self._backend.run_many("UPDATE blocks SET head = ? WHERE block = ? AND mention = ?", moved)
            regrouped.update(mention for *_, mention in moved)
        return regrouped

    def _members(self, blocks: Sequence[int]) -> dict[int, dict[int, int]]:
        """For each block, its mentions with their heads."""
        members: dict[int, dict[int, int]] = {}
        sql = "SELECT block, mention, head FROM blocks WHERE block IN ({})"
        marks = ", ".join("?" * len(blocks))
        for block, mention, head in self._backend.rows(sql.format(marks), blocks):
            members.setdefault(block, {})[mention] = head
        return members

    def _heads(self, linker: Linker, members: Iterable[Gathered]) -> dict[int, int]:
        """For each mention of a block, the first mention of its group."""
        items = sorted(members, key=lambda item: item.evidence.order)
        heads = {item.mention: item.mention for item in items}
        evidence = [item.evidence for item in items]
        if isinstance(linker, FormLinker):
            counts = self._forms.counts(heads)
            groups = linker.same_forms(evidence, [counts[item.mention] for item in items])
        else:
            groups = linker.same(evidence)
        for group in groups:
            first = items[min(group)].mention
            heads.update({items[place].mention: first for place in group})
        return heads

    # ---------------------------------------------------------------- joins

    def _with_entries(self, mentions: set[int]) -> set[int]:
        """The mentions, and all that share an entry with one of them now."""
        entries = set(self._links(mentions).values())
        sql = "SELECT mention FROM links WHERE revoked = 0 AND entry IN ({})"
        return mentions | {mention for (mention,) in rows_in(self._backend, sql, entries)}

    def _components(
        self, linker: Linker, mentions: set[int], with_entries: Callable[[set[int]], set[int]]
    ) -> list[set[int]]:
        """The joins that hold these mentions, whole, with every mention that shares an entry with one of them."""
        groups: Groups = {}
        seen: set[int] = set()
        ends = mentions
        while ends:
            seen |= ends
            found = self._groups_of(linker.kind, ends, groups) | self._deciding.tied_to(ends)
            ends = with_entries(found - seen) - seen
        groups = self._settled(linker, groups) if isinstance(linker, Settling) else groups
        return self._deciding.parts(parts_of(seen, groups.values()), groups, self._gatherer)

    def _settled(self, linker: Settling, groups: Groups) -> Groups:
        """The groups, where several that share mentions are looked at once more as a whole."""
        parts = parts_of({m for members in groups.values() for m in members}, groups.values())
        home = {mention: number for number, part in enumerate(parts) for mention in part}
        held: dict[int, Groups] = {}
        for name, members in groups.items():
            held.setdefault(home[members[0]], {})[name] = members
        whole = {n for n, inside in held.items() if any(len(members) == len(parts[n]) for members in inside.values())}
        items = self._gatherer.gather({m for n in held.keys() - whole for m in parts[n]})
        settled = {name: members for n in whole for name, members in held[n].items()}
        for n in held.keys() - whole:
            ordered = sorted((items[m] for m in parts[n] if m in items), key=lambda item: item.evidence.order)
            for group in linker.settled([item.evidence for item in ordered]):
                settled[0, ordered[group[0]].mention] = [ordered[place].mention for place in group]
        return settled

    def _groups_of(self, kind: EntryKind, mentions: set[int], groups: Groups) -> set[int]:
        """Add the groups in which the mentions stand, whole; gives the members of those that are new."""
        sql = (
            "SELECT DISTINCT block, head FROM blocks AS b WHERE mention IN ({}) "
            "AND NOT EXISTS (SELECT 1 FROM crowded AS c WHERE c.block = b.block)"
        )
        fresh = set(rows_in(self._backend, sql, mentions)) - groups.keys()
        found: set[int] = set()
        for blocks in batched(sorted({block for block, _ in fresh})):
            for block, heads in self._members(blocks).items():
                for mention, head in heads.items():
                    if (block, head) in fresh:
                        groups.setdefault((block, head), []).append(mention)
                        found.add(mention)
        return found

    # ---------------------------------------------------------------- entries

    def _assign(self, linker: Linker, parts: Sequence[set[int]]) -> set[int]:
        """Give each join its entry; gives the entries to fold anew."""
        mentions: set[int] = set().union(*parts)
        items = self._gatherer.gather_bare(self._standing(mentions))
        owners = self._links(mentions)
        kept = set()
        for join, entry in self._owned(linker, joins_of(parts, items), owners):
            kept.add(entry)
            self._connect(entry, join.mentions, owners)
        self._revoke(mentions - items.keys())
        return kept | set(owners.values())

    def _assign_forms(
        self, linker: FormLinker, parts: Sequence[set[int]], placed: Placed, held: Mapping[int, int]
    ) -> set[int]:
        """The same by forms; ``held`` are the entries that fresh mentions had before."""
        firsts: set[int] = set().union(*parts)
        joins = joins_of(parts, self._gatherer.gather_bare(firsts))
        owners = self._forms.entries(firsts)
        kept = set()
        arrived = placed.arrived
        for join, entry in self._owned(linker, joins, owners, placed.earlier(held)):
            kept.add(entry)
            moving = [first for first in join.mentions if owners.get(first) != entry]
            members = self._forms.members(moving).union(*(arrived.get(first, ()) for first in join.mentions))
            self._connect(entry, sorted(members), self._links(members))
            self._forms.give(entry, moving)
        return kept | set(owners.values())

    def _owned(
        self,
        linker: Linker,
        joins: Sequence[Join],
        owners: Mapping[int, int],
        earlier: Iterable[tuple[int, int]] = (),
    ) -> list[tuple[Join, int]]:
        """Each join with its entry; ``earlier`` are mentions of joins with entries that others of their form had."""
        claims = claimed(joins, owners, earlier)
        kept = {entries[0] for entries in claims if entries}
        owned = []
        for join, entries in zip(joins, claims, strict=True):
            entry = entries[0] if entries else self._new_entry(linker.kind, join, kept)
            kept.add(entry)
            for other in entries[1:]:
                self._merge(other, entry)
            owned.append((join, entry))
        return owned

    def _links(self, mentions: Iterable[int]) -> dict[int, int]:
        sql = "SELECT mention, entry FROM links WHERE revoked = 0 AND mention IN ({})"
        return dict(rows_in(self._backend, sql, mentions))

    def _new_entry(self, kind: EntryKind, join: Join, taken: set[int]) -> int:
        """An entry named after its first mention; one that lost all its mentions comes back."""
        for entry in self._former_entries(join):
            if entry not in taken and not self._backed(entry):
                return self._back(entry)
        turn = 0
        while True:
            identity = entry_id(kind, join.first, turn)
            held = self._backend.rows("SELECT entry FROM entries WHERE id = ?", (identity,))
            if not held:
                sql = "INSERT INTO entries (id, kind, state, title, words, payload) VALUES (?, ?, 'withdrawn', '', '', '')"
                return self._backend.insert(sql, (identity, kind))
            entry = int(held[0][0])
            if entry not in taken and not self._backed(entry):
                return self._back(entry)
            turn += 1

    def _former_entries(self, join: Join) -> list[int]:
        """The entries that these mentions were before a person merged them."""
        sql = "SELECT entry FROM entries WHERE id = ?"
        return [row[0] for each in self._deciding.former_ids(join.mentions) for row in self._backend.rows(sql, (each,))]

    def _back(self, entry: int) -> int:
        """The entry, which is no longer part of another."""
        sql = "UPDATE entries SET state = 'withdrawn', merged_into = NULL WHERE entry = ? AND state = 'merged'"
        self._backend.run(sql, (entry,))
        return entry

    def _backed(self, entry: int) -> bool:
        return bool(self._backend.rows("SELECT 1 FROM links WHERE entry = ? AND revoked = 0 LIMIT 1", (entry,)))

    def _merge(self, entry: int, into: int) -> None:
        """The entry is one with another from now on; its id keeps answering."""
        self._folder.hide(entry)
        (target,) = self._backend.rows("SELECT id FROM entries WHERE entry = ?", (into,))[0]
        self._backend.run("UPDATE entries SET state = 'merged', merged_into = ? WHERE entry = ?", (target, entry))

    def _connect(self, entry: int, mentions: Sequence[int], owners: Mapping[int, int]) -> None:
        """Link the mentions to the entry alone."""
        moving = [mention for mention in mentions if owners.get(mention) != entry]
        self._revoke(mention for mention in moving if mention in owners)
        self._backend.run_many(
            "INSERT INTO links (mention, entry) VALUES (?, ?) ON CONFLICT (mention, entry) DO UPDATE SET revoked = 0",
            [(mention, entry) for mention in moving],
        )
        self._moved |= self._versions_with(moving)

    def _revoke(self, mentions: Iterable[int]) -> None:
        self._backend.run_many("UPDATE links SET revoked = 1 WHERE mention = ?", [(m,) for m in sorted(set(mentions))])

    # ---------------------------------------------------------------- what else is touched

    def _versions_with(self, mentions: Iterable[int]) -> set[int]:
        sql = "SELECT DISTINCT version FROM mentions WHERE mention IN ({})"
        return {version for (version,) in rows_in(self._backend, sql, mentions)}

    def _kinds(self, mentions: Iterable[int]) -> dict[int, str]:
        return dict(rows_in(self._backend, "SELECT mention, kind FROM mentions WHERE mention IN ({})", mentions))

    def _versions_of(self, documents: Iterable[int]) -> set[int]:
        sql = "SELECT version FROM versions WHERE document IN ({})"
        return {version for (version,) in rows_in(self._backend, sql, documents)}

    def _mentions_in(self, versions: Iterable[int], kind: EntryKind) -> set[int]:
        sql = f"SELECT mention FROM mentions WHERE kind = '{kind}' AND version IN ({{}})"
        return {mention for (mention,) in rows_in(self._backend, sql, versions)}

    def _entries_in(self, versions: Iterable[int], kind: EntryKind) -> set[int]:
        sql = (
            "SELECT DISTINCT l.entry FROM mentions AS m JOIN links AS l ON l.mention = m.mention AND l.revoked = 0 "
            f"WHERE m.kind = '{kind}' AND m.version IN ({{}})"
        )
        return {entry for (entry,) in rows_in(self._backend, sql, versions)}


def number_of(kind: EntryKind, block: str) -> int:
    """The number of a block; that of a weak one is odd."""
    return stable_hash(f"{kind} {block}") & ~1 | int(block.startswith(WEAK))


def is_dissolved(kind: EntryKind, block: int, members: int) -> bool:
    """Whether a block holds nobody together because it is weak and many meet in it."""
    return block & 1 == 1 and members > MANY[kind]


def batched(blocks: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers of blocks in groups that fit into one query."""
    for at in range(0, len(blocks), BLOCKS_AT_ONCE):
        yield blocks[at : at + BLOCKS_AT_ONCE]


def parts_of(mentions: Iterable[int], groups: Iterable[Sequence[int]]) -> list[set[int]]:
    """The mentions in parts: those that a group holds together, directly or through others, are one part."""
    part_of = {mention: {mention} for mention in mentions}
    for group in groups:
        for mention in group[1:]:
            one, other = part_of[group[0]], part_of[mention]
            if one is not other:
                small, large = sorted((one, other), key=len)
                large |= small
                part_of.update(dict.fromkeys(small, large))
    return list({id(part): part for part in part_of.values()}.values())


def joins_of(parts: Iterable[set[int]], items: Mapping[int, Gathered]) -> list[Join]:
    """The parts as joins of what stands of them, in canonical order."""
    joins = [Join([items[mention] for mention in part if mention in items]) for part in parts]
    return sorted((join for join in joins if join.items), key=lambda join: join.order)


def claimed(
    joins: Sequence[Join], owners: Mapping[int, int], earlier: Iterable[tuple[int, int]] = ()
) -> list[list[int]]:
    """For each join, the old entries that go on in it, the one with the earliest mention first.

    An old entry goes on in the join that holds its first mention.
    """
    claims: list[list[int]] = [[] for _ in joins]
    found: set[int] = set()
    places = {item.mention: (item.evidence.order, place) for place, join in enumerate(joins) for item in join.items}
    claiming = [(mention, owners[mention]) for mention in places if mention in owners]
    claiming += [(mention, entry) for mention, entry in earlier if mention in places]
    for (_, place), _, entry in sorted((places[mention], mention, entry) for mention, entry in claiming):
        if entry not in found:
            found.add(entry)
            claims[place].append(entry)
    return claims
