"""Addresses: sound ones, and whatever else stands in their place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents.address import host_of, joined, parts_of
from sayso.documents.nouns import Capture, id_of, normal
from sayso.documents.read import versions

NAMES = (
    ("https://www.dal.example/a/", "dal.example/a"),
    ("http://dal.example:80/a#top", "dal.example/a"),
    ("https://DAL.example/a?utm_source=x&id=7&fbclid=y", "dal.example/a?id=7"),
    ("https://dal.example/a?b=2&a=1", "dal.example/a?a=1&b=2"),
    ("https://dal.example:8443/a", "dal.example:8443/a"),
    ("https://dal.example/?p=12", "dal.example?p=12"),
    ("https://dal.example/", None),
    ("ftp://dal.example/a", None),
    ("http://[::1", None),
    ("http://dal.example:99999999/a", None),
    ("", None),
)


@pytest.mark.parametrize(("address", "name"), NAMES)
def test_names(address, name):
    assert normal(address) == name


@given(st.text() | st.text().map("http://{}".format) | st.text(alphabet="[]:/@?#%\ud800é").map("https://a{}".format))
def test_any_text_may_stand_for_an_address(url):
    capture = Capture("x", b"x", "text/html", "2026-03-01T08:00:00+00:00")
    assert len(id_of(capture, url)) == 12
    assert host_of(url) == (parts_of(url).hostname or "")
    joined("https://dal.example/a", url)
    row = json.dumps({"text": "One sentence.", "url": url}).encode()
    assert len(list(versions(Capture("x:1", row, "application/json", "2026-03-01T08:00:00+00:00")))) == 1
