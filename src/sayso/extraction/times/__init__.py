"""Times: expressions of time and their values."""
