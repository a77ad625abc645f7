"""For all tests: property tests have no time limit an example; the first one loads models, and machines are busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")
