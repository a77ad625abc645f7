"""What every engine must do: another engine runs this class with its own `engine` fixture."""

from __future__ import annotations

import itertools

import pytest
from tests.engines import work

from sayso.engines.engine import Failure


class EngineContract:
    """Subclasses give the fixture `engine`."""

    def test_results_come_in_the_order_of_the_parts(self, engine):
        assert list(engine.map(work.slow_first, range(20))) == list(range(20))

    def test_no_parts_no_results(self, engine):
        assert list(engine.map(work.double, [])) == []

    def test_an_engine_can_be_used_again(self, engine):
        assert list(engine.map(work.double, [1])) == [2]
        assert list(engine.map(work.double, [2])) == [4]

    def test_a_part_that_raises_is_named_and_the_others_are_done(self, engine):
        results = list(engine.map(work.picky, range(6)))
        assert [r for r in results if not isinstance(r, Failure)] == [0, 2, 3, 5]
        first, second = results[1], results[4]
        assert (first.part, first.kind, first.reason) == (1, "ValueError", "1 is not to my taste")
        assert second.part == 4
        assert "in picky" in first.trace

    def test_parts_are_drawn_as_they_are_needed(self, engine):
        drawn = []
        parts = (drawn.append(n) or n for n in itertools.count())
        results = engine.map(work.double, parts)
        assert list(itertools.islice(results, 10)) == list(range(0, 20, 2))
        assert len(drawn) < 100
        results.close()

    def test_an_error_of_the_parts_themselves_is_raised(self, engine):
        parts = (1 // n for n in (1, 1, 0))
        with pytest.raises(ZeroDivisionError):
            list(engine.map(work.double, parts))
