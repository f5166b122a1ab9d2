"""Annotators of the user's: a spaCy pipeline, a language model, or a function; what they find is kept as theirs."""
