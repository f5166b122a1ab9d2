"""What does a spaCy pipeline that the user has installed find? Its entities, under its own labels."""

from __future__ import annotations

from typing import Any

from dragoman.annotate.annotators import Annotator, Options
from dragoman.errors import AnnotatorError, MissingExtra
from dragoman.record.annotations import Annotated, Annotation
from dragoman.record.document import Document
from dragoman.record.entries import EntryKind
from dragoman.record.span import Span

KINDS = (("PERSON", EntryKind.PERSON), ("PER", EntryKind.PERSON), ("MONEY", EntryKind.FIGURE))


def spacy_annotator(options: Options) -> Annotator:
    """The annotator of an installed pipeline, or of one saved in a folder. Raises MissingExtra, AnnotatorError."""
    try:
        import spacy
    except ModuleNotFoundError as error:
        raise MissingExtra("this annotator needs spaCy: pip install spacy, and a pipeline for it") from error
    if not options.model:
        raise AnnotatorError("spacy: name the pipeline, for instance --model en_core_web_sm")
    try:
        return annotator_of(spacy.load(options.model))
    except OSError as error:
        raise AnnotatorError(
            f"spacy: {options.model} is not installed; python -m spacy download installs one"
        ) from error


def annotator_of(pipeline: Any) -> Annotator:
    """The annotator of a pipeline in hand."""
    meta = pipeline.meta
    version = " ".join(filter(None, (f"{meta['lang']}_{meta['name']}", meta["version"])))

    def read(document: Document) -> Annotated:
        found = pipeline(document.text)
        return Annotated(
            tuple(Annotation(span=Span(ent.start_char, ent.end_char), label=ent.label_) for ent in found.ents)
        )

    return Annotator(name="spacy", version=version, read=read, kinds=KINDS)
