"""Sayso reads the news: who said what, in which words, with which figures, and how do the tellings differ?"""

__version__ = "0.1.0"
