"""Vocabulary as data: parties, offices, organisations, places, cues, mechanisms, topics, channels."""
