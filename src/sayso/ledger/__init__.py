"""The only room that remembers."""
