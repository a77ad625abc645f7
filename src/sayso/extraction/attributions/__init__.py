"""Attributions: who says what: what the rules see, what the tagger finds, and what is kept of both."""
