"""A text becomes paragraphs, sentences, tokens and quotations."""
