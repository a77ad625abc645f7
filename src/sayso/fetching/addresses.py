"""Addresses: which URLs and which IP addresses may be asked. Only what the whole network can reach, unless allowed."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from sayso.errors import FetchError

if TYPE_CHECKING:
    import httpx

Resolve = Callable[[str, int], list[str]]
"""From a host's name and a port to its IP addresses. Raises OSError when there are none."""

PORTS = {"http": 80, "https": 443}
_SHOWN = 80
# Global by Python's table, or missing from the table of an older Python (IANA's registries of special addresses):
# relays and prefixes that carry an IPv4 address inside, protocol assignments, documentation; and the one address in
# public space behind which a cloud keeps its machines' secrets.
_CLOSED_4 = [ipaddress.IPv4Network(n) for n in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")]
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = [ipaddress.IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


def parsed(url: str) -> httpx.URL:
    """The address without its fragment. Raises FetchError when it is none of http, or holds a password."""
    import httpx

    try:
        found = httpx.URL(url.strip())
        host = found.host  # asked for here, since it raises where a name in Punycode says nothing ("xn--")
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(
            _shown(url), f"is no address that can be fetched: {str(error).lower()}", lasting=True
        ) from None
    if found.scheme not in PORTS:
        raise FetchError(
            _shown(url), "is not an address of http or https, the only ones that are fetched", lasting=True
        )
    if not host:
        raise FetchError(_shown(url), "names no host", lasting=True)
    if found.userinfo:
        bare = found.copy_with(username=None, password=None)
        reason = "holds a user name or password, which an archive must not: leave it out"
        raise FetchError(_shown(str(bare)), reason, lasting=True)
    return found.copy_with(raw_path=found.raw_path, fragment=None)


def server_of(url: str | httpx.URL) -> str:
    """Host and port, by which requests are lined up and spaced, however they are spelled. Raises FetchError."""
    found = parsed(url) if isinstance(url, str) else url
    return f"{found.raw_host.decode().rstrip('.')}:{found.port or PORTS[found.scheme]}"


def checked(url: httpx.URL, private: bool, resolve: Resolve) -> list[str]:
    """The IP addresses of the host that may be connected to, in the system's order.

    A name is looked up here and nowhere else, so that what is checked is what is connected to; whatever way an
    address is spelled (octal, hexadecimal, one number), the system's own reading of it is what is judged. Raises
    FetchError when there are none, or only private ones.
    """
    try:
        found = list(dict.fromkeys(resolve(url.host, url.port or PORTS[url.scheme])))
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise FetchError(
            str(url), f"its host {url.host} has no address that is known here: check the spelling and the network"
        )
    allowed = [address for address in found if private or is_public(address)]
    if not allowed:
        why = f"leads to {found[0]}, an address of a private or special network"
        raise FetchError(str(url), f"{why}, which is fetched only with --allow-private", lasting=True, ours=True)
    return allowed


def resolved(host: str, port: int) -> list[str]:
    """The system's answer for a host. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the whole network's, and of a single machine."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        return found.scope_id is None and found in _OPEN_6 and not any(found in closed for closed in _CLOSED_6)
    special = found.is_multicast or found.is_reserved or any(found in closed for closed in _CLOSED_4)
    return found.is_global and not special


def _shown(url: str) -> str:
    return url if len(url) <= _SHOWN else url[: _SHOWN - 1] + "…"
