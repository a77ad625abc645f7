"""Dates: days, months and years, in every calendar that news is dated in."""
