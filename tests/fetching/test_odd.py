"""Whatever other machines say, and whatever people type: an answer, or one of our errors."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import FetchError
from sayso.fetching.addresses import is_public, parsed, server_of
from sayso.fetching.fetch import _next
from sayso.fetching.received import LONGEST_WAIT, wait
from sayso.fetching.robots import Robots

SEEDS = [
    "http://",
    "https://[::1]/",
    "http://a.example:99999/",
    "//x",
    "http://a\u2100.example/",
    "http://%zz/",
    "HTTP://A",
    "https://xn--/a",
    "http://n.xn--.example/",
]
DATES = ["Wed, 01 Jan 2020 00:00:00 GMT", "99", "-1", "1e9", "Thu, 99 Foo 9999 99:99:99 +9999", "9" * 400]


def tried(work, given):
    try:
        return work(given)
    except FetchError as error:
        return error


@given(st.one_of(st.sampled_from(SEEDS), st.text(), st.text().map(lambda text: f"http://{text}")))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    found = tried(parsed, text)
    if isinstance(found, FetchError):
        assert len(found.name) <= 80
        return
    assert found.scheme in ("http", "https")
    assert found.host
    assert not found.userinfo
    assert not found.fragment


@given(st.one_of(st.sampled_from([*SEEDS, "[", "//[", "/[::1]]", "\ud800"]), st.text()))
def test_any_redirect_leads_to_an_address_or_is_refused(location: str) -> None:
    found = tried(lambda text: _next(parsed("https://n.example/a"), text), location)
    assert isinstance(found, FetchError) or server_of(found)


@given(st.one_of(st.sampled_from(DATES).map(str.encode), st.binary(max_size=60)))
def test_any_wait_lies_between_nothing_and_a_day(value: bytes) -> None:
    found = wait(b"HTTP/1.1 503 Busy\r\nRetry-After: " + value + b"\r\n\r\n", datetime(2026, 11, 2, tzinfo=UTC))
    assert found is None or 0 <= found <= LONGEST_WAIT


@given(
    st.lists(
        st.one_of(st.binary(max_size=40), st.sampled_from([b"User-agent: *", b"Disallow: /*$", b"Crawl-delay: 1e99"]))
    )
)
def test_any_robots_file_gives_an_answer(lines: list[bytes]) -> None:
    robots = Robots(lambda _url: b"\n".join(lines), "sayso")
    found = tried(robots.permit, parsed("https://n.example/a?b=c"))
    assert found.lasting if isinstance(found, FetchError) else isinstance(found, float)


@given(st.text(max_size=40))
def test_any_text_that_is_no_ip_address_is_not_public(text: str) -> None:
    assert not is_public("x" + text)
