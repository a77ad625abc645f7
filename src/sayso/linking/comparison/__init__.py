"""Comparison: one story side by side, as every view shows it."""
