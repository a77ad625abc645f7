"""Evidence: an append-only log of what was captured and read, signed, so that nothing is altered unnoticed."""
