"""A learned reader of attributions: which words are cues, and what are their source and content?"""
