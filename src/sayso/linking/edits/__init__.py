"""Edits: what differs between two versions of one article, by sentence, word, statement and figure."""
