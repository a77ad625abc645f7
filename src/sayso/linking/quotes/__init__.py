"""Quotes: a quote held against texts of record."""
