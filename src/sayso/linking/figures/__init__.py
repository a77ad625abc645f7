"""Figures: which figures tell one quantity, what each leaves open, and which of them cannot all be right."""
