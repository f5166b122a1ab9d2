"""The book as PLOVER events, with their CAMEO codes and scores."""

from dragoman.export.plover.cameo import export_cameo
from dragoman.export.plover.record import Event
from dragoman.export.plover.write import events_of, export_plover

__all__ = ["Event", "events_of", "export_cameo", "export_plover"]
