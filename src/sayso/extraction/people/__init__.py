"""People: whom an article names, and how."""
