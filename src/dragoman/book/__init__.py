"""One file that holds documents, mentions, links and entries, and answers questions about them."""

from dragoman.book.book import Book
from dragoman.book.filling import Stored

__all__ = ["Book", "Stored"]
