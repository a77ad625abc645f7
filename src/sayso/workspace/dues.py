"""Dues: when a feed or page is visited again. Pure functions of what is known of it, and of the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sayso.errors import FetchError, InputError
from sayso.ledger.watched import State, Watched

HOUR, DAY = 3600.0, 86_400.0
_GROWTH = 1.5
"""An unchanged feed is visited so many times less often, up to what it asks for."""
_RAREST = 4
"""Times `every`, for a feed that asks for nothing."""
_TRIES = 5
"""Visits to a new page that fail for a passing reason before it is given up."""
_MISSING, _GONE = 404, 410
_MISSED = 2
"""Visits to a page of a feed that is not there (404), a day apart, before it is given up: hosts fail for an hour."""
_SKEW = timedelta(minutes=1)
"""By which clocks are set right without anyone noticing."""
_PASSING = (408, 425, 429)
NOT_THERE = (_MISSING, _GONE)
Chance = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to watch; times in seconds."""

    every: float = 900.0
    """Between two visits to a feed that brings something new each time."""
    again: Sequence[float] = (HOUR, 6 * HOUR, DAY, 7 * DAY)
    """After its first visit a page is visited again this much later."""
    lasting: float | None = None
    """How long to go on; 0: one round; None: until stopped."""
    most: int = 500
    """Pages in a round."""
    jobs: int = 1
    """Processes that read."""
    tagger: bool = True
    """False: attributions by the rules alone."""
    now: bool = False
    """Whether all that is named is visited in the first round, due or not."""


def stamp(moment: datetime) -> str:
    """As the ledger writes moments, so that they sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def is_due(one: Watched, plan: Plan, now: datetime) -> bool:
    """Whether it is time; it is, too, when the clock went back: visited in the future, or due later than can be."""
    if one.due is None:
        return False
    longest = max(DAY, plan.every, *(plan.again if one.kind == "page" else ())) + DAY
    is_waiting = now < datetime.fromisoformat(one.due) <= now + timedelta(seconds=longest)
    return not is_waiting or (one.state.last is not None and one.state.last > stamp(now + _SKEW))


def visited(one: Watched, plan: Plan, now: datetime, changed: bool, wait: float | None = None) -> Watched:
    """A feed, or a page that a person named, after a visit; `wait`: seconds that the feed asks for between two."""
    state = one.state
    rarest = max(plan.every, min(wait, DAY) if wait else _RAREST * plan.every)
    interval = plan.every if changed else min((state.interval or plan.every) * _GROWTH, rarest)
    state = replace(_came(state, now), interval=interval)
    return replace(one, due=stamp(now + timedelta(seconds=interval)), state=state)


def captured(one: Watched, plan: Plan, now: datetime) -> Watched:
    """A page that a feed named, after it was fetched: when it is fetched again, if at all."""
    state = _came(one.state, now)
    return replace(one, due=_next(state, plan), state=state)


def brought_forward(one: Watched, plan: Plan) -> Watched:
    """A page that was fetched under another plan: due at the first time of this one that is not done yet, if sooner."""
    state = one.state
    if state.feed is None or state.first is None or state.ended or state.errors or state.refused:
        return one
    due = _next(state, plan)
    return one if due is None or (one.due and one.due <= due) else replace(one, due=due)


def failed(one: Watched, plan: Plan, now: datetime, error: InputError, chance: Chance | None = None) -> Watched:
    """After a visit that brought nothing: ever later, at most a day, and not before the other side asks for it.

    A feed ends when it is gone for good; a page when its error will not pass, or after some tries. What our own
    settings refused stays due: under others it is asked for.
    """
    from random import random

    if isinstance(error, FetchError) and error.ours:
        return replace(one, due=stamp(now), state=replace(one.state, why=error.reason, refused=True))

    state = replace(one.state, errors=one.state.errors + 1, why=error.reason, last=stamp(now), refused=False)
    if _ends(one, error, state.errors):
        return replace(one, due=None, state=replace(state, ended=error.reason))
    asked = error.wait if isinstance(error, FetchError) and error.wait else 0.0
    asked = max(asked, DAY) if _went(one, error) else asked
    back_off = min(plan.every * 2.0 ** min(state.errors, 20), DAY) * (0.8 + 0.2 * (chance or random)())
    return replace(one, due=stamp(now + timedelta(seconds=max(asked, back_off))), state=state)


def put_off(one: Watched, now: datetime, error: InputError) -> Watched | None:
    """What was not asked for, since its host asks us to stay away: due when that is over. None for other errors."""
    if not isinstance(error, FetchError) or error.status is not None or not error.wait:
        return None
    return replace(one, due=stamp(now + timedelta(seconds=error.wait)))


def told_again(one: Watched, told: str | None, plan: Plan, now: datetime) -> Watched:
    """A page whose feed says that it was changed: due now, but not sooner than pages are visited again anyway."""
    if not told or told == one.state.told:
        return one
    soonest = min(plan.again, default=HOUR)
    last = datetime.fromisoformat(one.state.last) if one.state.last else None
    due = now if last is None or last > now else max(now, last + timedelta(seconds=soonest))
    before = one.due or stamp(due)
    return replace(one, due=min(before, stamp(due)), state=replace(one.state, told=told, ended=None, errors=0))


def passes(error: InputError) -> bool:
    """Whether an error may be gone at the next visit: the network, a busy or broken host."""
    if not isinstance(error, FetchError) or error.lasting:
        return False
    return error.status is None or error.status >= 500 or error.status in _PASSING


def _next(state: State, plan: Plan) -> str | None:
    """When a page that came is fetched again: the first time, counted from its first visit, after its last."""
    if state.first is None or state.last is None:
        return None
    first = datetime.fromisoformat(state.first)
    moments = (stamp(first + timedelta(seconds=seconds)) for seconds in sorted(plan.again))
    return next((moment for moment in moments if moment > state.last), None)


def _ends(one: Watched, error: InputError, errors: int) -> bool:
    if one.state.feed is None:
        return isinstance(error, FetchError) and error.status == _GONE
    if _went(one, error):
        return errors >= _MISSED
    return not passes(error) or errors >= _TRIES


def _went(one: Watched, error: InputError) -> bool:
    """Whether a page of a feed was there before and is not now."""
    is_missing = isinstance(error, FetchError) and error.status == _MISSING
    return is_missing and one.state.feed is not None and one.state.first is not None


def _came(state: State, now: datetime) -> State:
    return replace(
        state, first=state.first or stamp(now), last=stamp(now), errors=0, why=None, ended=None, refused=False
    )
