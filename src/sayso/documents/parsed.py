"""Parsed: what one line of JSON holds; whatever is wrong with it, one kind of error in one sentence."""

from __future__ import annotations

import json

from sayso.errors import InputError


def parsed(line: str | bytes, name: str = "a row") -> object:
    """The value of a line of JSON. Raises InputError: not JSON, nested too deeply, or a number of too many digits."""
    try:
        return json.loads(line)
    except RecursionError:
        raise InputError(name, "is not valid JSON: nested too deeply") from None
    except UnicodeDecodeError as error:
        raise InputError(name, f"is not valid JSON: not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise InputError(name, f"is not valid JSON: {error.msg} at character {error.pos}") from None
    except ValueError:
        raise InputError(name, "is not valid JSON: a number is too long") from None
