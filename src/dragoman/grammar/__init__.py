"""The rule engine: patterns over a stream of typed items. It has no vocabulary of its own."""
