"""A module that cannot be loaded."""

raise ValueError("is torn")
