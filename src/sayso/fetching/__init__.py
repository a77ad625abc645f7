"""Fetching: addresses to captures, politely and safely. Knows no ledger."""
