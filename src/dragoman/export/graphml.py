"""Who met whom, as a graph (GraphML, http://graphml.graphdrawing.org): persons are nodes, engagements held are edges.

Two persons are joined when both took part in an engagement that was held, and do not act for the same party. Who takes
part without a name stands for its party. An edge says how often they met, when first and last, how, about what, and names
the engagements, so that each line leads back to its evidence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import msgspec
from lxml import etree

from dragoman.book import Book
from dragoman.export.files import beside
from dragoman.record.entries import EVERYTHING, Engagement, Filter, PersonEntry
from dragoman.record.mentions import Status

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
HELD = frozenset({Status.HELD, Status.ONGOING})


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A person, or a party that somebody without a name stood for."""

    id: str
    label: str
    kind: str  # person, party
    party: str = ""
    office: str = ""


class Edge(msgspec.Struct, kw_only=True):
    """What is known of the engagements of two nodes; lists are joined by a bar in the file."""

    weight: int = 0
    first: str = ""
    last: str = ""
    kinds: str = ""
    topics: str = ""
    engagements: str = ""

    def count(self, engagement: Engagement) -> None:
        """One more engagement."""
        self.weight += 1
        days = [day for day in (self.first, self.last, *map(iso, (engagement.when.start, engagement.when.end))) if day]
        self.first, self.last = min(days, default=""), max(days, default="")
        self.kinds = with_more(self.kinds, [engagement.kind])
        self.topics = with_more(self.topics, engagement.topics)
        self.engagements = with_more(self.engagements, [engagement.id])


def export_graphml(book: Book, path: Path, wanted: Filter = EVERYTHING) -> dict[str, int]:
    """Write the graph in place of ``path``; how many nodes and edges it has."""
    people = {person.id: person for person in book.people(Filter(as_of=wanted.as_of))}
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str], Edge] = {}
    for engagement in book.each(Engagement, wanted):
        if engagement.status in HELD:
            there = {node.id: node for node in nodes_of(engagement, people)}
            nodes |= there
            for pair in pairs_of(there.values()):
                edges.setdefault(pair, Edge()).count(engagement)
    with beside(path) as draft, etree.xmlfile(str(draft), encoding="utf-8") as file:
        write_graph(file, nodes, edges)
    return {"nodes": len(nodes), "edges": len(edges)}


def nodes_of(engagement: Engagement, people: dict[str, PersonEntry]) -> Iterator[Node]:
    """Those who took part: persons, and parties of which no person is named."""
    named = {who.party for who in engagement.participants if who.name}
    for who in engagement.participants:
        if who.name:
            known = people.get(who.person or "")
            yield Node(
                id=who.person or who.name,
                label=known.name if known else who.name,
                kind="person",
                party=who.party or (known.party if known else None) or "",
                office=(known.office if known else None) or who.office or "",
            )
    for code in engagement.parties:
        if code not in named:
            yield Node(id=code, label=code, kind="party", party=code)


def pairs_of(nodes: Iterable[Node]) -> Iterator[tuple[str, str]]:
    """Every two nodes of different parties, in order of their ids."""
    for one, other in combinations(sorted(nodes, key=lambda node: node.id), 2):
        if one.party != other.party or not one.party:
            yield one.id, other.id


def write_graph(file: etree.xmlfile, nodes: dict[str, Node], edges: dict[tuple[str, str], Edge]) -> None:
    """Write the elements one by one, in order of their ids."""
    with file.element("graphml", nsmap={None: NAMESPACE}):
        for record, domain in ((Node, "node"), (Edge, "edge")):
            for name in record.__struct_fields__:
                kind = "int" if name == "weight" else "string"
                key = {"id": f"{domain}-{name}", "for": domain, "attr.name": name, "attr.type": kind}
                file.write(etree.Element("key", key))
        with file.element("graph", id="met", edgedefault="undirected"):
            for identity in sorted(nodes):
                file.write(element_of("node", {"id": identity}, nodes[identity]))
            for source, target in sorted(edges):
                file.write(element_of("edge", {"source": source, "target": target}, edges[source, target]))


def element_of(tag: str, attributes: dict[str, str], record: msgspec.Struct) -> etree.Element:
    """An element with the record's fields as its data; what is empty is left out."""
    element = etree.Element(tag, attributes)
    for name in record.__struct_fields__:
        value = str(getattr(record, name))
        if value and name != "id":
            etree.SubElement(element, "data", key=f"{tag}-{name}").text = value
    return element


def with_more(held: str, values: Iterable[str]) -> str:
    """A list joined by bars, with what is new in it."""
    return "|".join(dict.fromkeys([*filter(None, held.split("|")), *values]))


def iso(day: datetime.date | None) -> str:
    """A day as text, or nothing."""
    return day.isoformat() if day else ""
