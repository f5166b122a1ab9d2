"""The book: one file that keeps documents, mentions, links and entries."""
