"""Environment: how every page's template is read: escaped, strict about names, without stray white space."""

from __future__ import annotations

import jinja2


def environment() -> jinja2.Environment:
    """A new environment over `templates/`, to which a page adds its own filters and globals."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("sayso.interfaces", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
