"""Likeness: what several folders ask of words and pairs: what is shared, how rare it is, and what is joined by it."""
