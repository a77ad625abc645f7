"""What `sayso read` says of what it passed over."""

from __future__ import annotations

import pytest

from sayso.answers import ReadReport
from sayso.interfaces.reading import passed_in_words


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        ({"page without an article": 1}, "Not read: 1 page without an article."),
        ({".png": 3, "page without an article": 2}, "Not read: 3 .png, 2 pages without an article."),
    ],
)
def test_what_was_passed_over_is_counted(passed, words):
    assert passed_in_words(ReadReport((), (), (), passed)) == words
