"""Maps a function over parts of the work. Knows no domain."""
