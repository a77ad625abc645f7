"""The multilingual encoder and what is built on it."""
