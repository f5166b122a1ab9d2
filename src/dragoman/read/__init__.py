"""From paths to documents: files, pages, manifests; decoding, publication date, kind, boilerplate, language.

``find_sources`` lists what there is to read, cheaply and in a stable order; ``read_source`` turns one source into a
``Document`` or raises an ``InputError`` that names the source and the remedy; ``document_or_aside`` does the same but
for sources that show no diplomacy at first look. Sources are small and can be sent to
other processes. ``document_of`` makes a document of a text that is already in hand.
"""

from dragoman.read.document import document_of, document_of_page, read_source
from dragoman.read.find import find_sources
from dragoman.read.first_look import SetAside, document_or_aside
from dragoman.read.given import Given
from dragoman.read.source import Refusal, Source, Unread

__all__ = [
    "Given",
    "Refusal",
    "SetAside",
    "Source",
    "Unread",
    "document_of",
    "document_of_page",
    "document_or_aside",
    "find_sources",
    "read_source",
]
