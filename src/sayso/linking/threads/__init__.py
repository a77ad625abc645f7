"""Threads: the same statement in several articles, and what each telling changes."""
