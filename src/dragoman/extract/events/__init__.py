"""The PLOVER type of what one party does to another in a sentence."""

from dragoman.extract.events.model import Reason
from dragoman.extract.events.reader import EventReading, EventReasons, event_of, phrase_span, why

__all__ = ["EventReading", "EventReasons", "Reason", "event_of", "phrase_span", "why"]
