"""Speakers: the person or body behind each source."""
