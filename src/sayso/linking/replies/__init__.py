"""Replies: which statement answers which, by the words that say so."""
