"""Cues: a text laid out for the rules: its quotes, its sentences, its cues and the noun phrases beside them."""
