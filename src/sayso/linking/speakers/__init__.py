"""Speakers: who is who among the speakers of several articles."""
