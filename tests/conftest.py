"""For all tests: property tests have no time limit an example; the first one loads models, and machines are busy."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")

# A run started in the background (`make test &`, some CI) ignores Ctrl-C, and so would every child that a test stops
# with it: only an ignored signal is inherited, so hearing it here is enough.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes never name a test: packed ones can hold the time, and then two workers do not see the same tests."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def _key_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test signs with the user's own key, or writes beside it: the logs that a machine knows lie there too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAYSO_KEY", str(tmp_path_factory.mktemp("key") / "key.pem"))
        yield
