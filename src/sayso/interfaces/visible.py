"""Visible: words from outside as a terminal may show them: what would steer it (escapes) stands there as a sign."""

from __future__ import annotations

import json

_UNSEEN = {
    **{code: 0x2400 + code for code in range(0x20)},
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD),
    **{0x09: 0x09, 0x0A: 0x0A, 0x0D: 0x20, 0x7F: 0x2421, 0x85: 0x20},
}
"""What must reach no terminal (escapes) or can't be written (halves of surrogate pairs), each as one sign."""
_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
"""What JSON may hold as it is and some terminals obey."""


def visible(words: str) -> str:
    """The same number of characters, without those that steer a terminal or can't be written."""
    return words.translate(_UNSEEN)


def json_of(value: object, indent: int | None = None) -> str:
    """JSON that says the same wherever it is read, and steers no terminal where it is shown."""
    return json.dumps(value, ensure_ascii=False, indent=indent).translate(_ESCAPED)
