"""Feeds: RSS, Atom and JSON feeds, and lists of them."""
