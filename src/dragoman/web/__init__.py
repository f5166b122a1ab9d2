"""The desk: the book as a place to work, in a browser."""
