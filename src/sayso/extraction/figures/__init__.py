"""Figures: quantities as claimed."""
