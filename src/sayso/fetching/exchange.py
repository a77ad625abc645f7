"""Exchange: one request and its response (httpx), within so many seconds and bytes."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.documents.payload import fields
from sayso.errors import FetchError
from sayso.fetching.addresses import Resolve, checked
from sayso.fetching.received import OF_REDIRECT, REDIRECTS, Hop
from sayso.fetching.settings import Settings

if TYPE_CHECKING:
    import httpx

_TRIES = 3
"""Addresses of one host that are tried, one after another."""
_TO_CONNECT = 10.0
"""Seconds until another address of the host is tried."""
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json;q=0.9,"
    "application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
)
# What no news is written in; everything else is looked at.
_NOT_READ = ("image/", "audio/", "video/", "font/", "model/", "text/css", "text/javascript", "application/javascript")


def exchange(
    url: httpx.URL,
    told: Sequence[tuple[str, str]],
    settings: Settings,
    seconds: float,
    resolve: Resolve,
    sent: bytes | None = None,
) -> Hop:
    """Ask for `url`, or post what is `sent` there; what comes is kept as it comes. Raises FetchError in any trouble.

    `told`: header fields beside the usual ones. The host's name is looked up once, and the connection goes to the
    very address that was checked.
    """
    import httpx

    try:
        return _run(_within(url, told, settings, max(seconds, 0.0), resolve, sent))
    except TimeoutError:
        raise FetchError(str(url), f"was not there after {settings.seconds:g} seconds: try again later") from None
    except httpx.TimeoutException:
        raise FetchError(str(url), f"gave no answer in {settings.seconds:g} seconds: try again later") from None
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, UnicodeError) as error:
        raise FetchError(str(url), _plainly(error)) from None


def _run(work: Coroutine[Any, Any, Hop]) -> Hop:
    """Run `work` here; in a thread of its own where the caller has a loop running (a notebook)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _within(
    url: httpx.URL,
    told: Sequence[tuple[str, str]],
    settings: Settings,
    seconds: float,
    resolve: Resolve,
    sent: bytes | None,
) -> Hop:
    import httpx

    async with asyncio.timeout(seconds):
        if settings.proxy:
            return await _asked(url, "", told, settings, sent)
        look_up = asyncio.get_running_loop().run_in_executor(None, checked, url, settings.private, resolve)
        addresses = (await look_up)[:_TRIES]
        for address in addresses[:-1]:
            try:
                return await _asked(url, address, told, settings, sent)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await _asked(url, addresses[-1], told, settings, sent)


async def _asked(
    url: httpx.URL, address: str, told: Sequence[tuple[str, str]], settings: Settings, sent: bytes | None
) -> Hop:
    import httpx

    headers = [
        ("Host", url.netloc.decode()),
        ("User-Agent", settings.agent),
        ("Accept", _ACCEPT),
        ("Accept-Encoding", "gzip, deflate, br"),
        *told,
        ("Connection", "close"),
    ]
    # TLS still asks for, and checks, the certificate of the name, not of the address.
    patience = httpx.Timeout(settings.seconds, connect=min(_TO_CONNECT, settings.seconds))
    within = {"timeout": patience.as_dict()}
    ways = {**within, "sni_hostname": url.raw_host.decode()} if address else within
    to = url.copy_with(host=address) if address else url
    method = "GET" if sent is None else "POST"
    request = httpx.Request(method, to, headers=headers, content=sent, extensions=ways)
    async with httpx.AsyncClient(verify=_trusted(), trust_env=False, proxy=settings.proxy) as client:
        response = await client.send(request, stream=True)
        try:
            captured = datetime.now(UTC).isoformat(timespec="seconds")
            head = _head(response)
            payload = await _payload(response, head, str(url), settings.largest)
            return Hop(str(url), address, _request(request, url), head, payload, captured)
        finally:
            await response.aclose()


async def _payload(response: httpx.Response, head: bytes, name: str, largest: int) -> bytes:
    """The bytes as they come, out of their chunks; of a redirect only the first."""
    status, told = fields(head)
    if status in REDIRECTS:
        largest = OF_REDIRECT
    elif status is not None and status >= 400:
        return b""
    else:
        _refuse(status, told, name, largest)
    held = bytearray()
    async for piece in response.aiter_raw():
        held += piece
        if len(held) > largest:
            if status in REDIRECTS:
                return bytes(held[:largest])
            raise FetchError(name, f"is larger than {largest / 1e6:g} MB, the most that is fetched", status)
    return bytes(held)


def _refuse(status: int | None, told: dict[str, str], name: str, largest: int) -> None:
    kind = told.get("content-type", "").split(";")[0].strip().lower()
    if kind.startswith(_NOT_READ):
        raise FetchError(name, f"is {kind}, which is not read", status, lasting=True)
    length = told.get("content-length", "")
    if length.isdecimal() and int(length) > largest:
        raise FetchError(name, f"is larger than {largest / 1e6:g} MB, the most that is fetched", status)


def _head(response: httpx.Response) -> bytes:
    """Status line and fields as they came; chunks are undone by now, so that they are told under another name."""
    version, reason = response.extensions["http_version"], response.extensions["reason_phrase"]
    lines = [b"%s %d %s" % (version, response.status_code, reason)]
    for name, value in response.headers.raw:
        undone = name.lower() == b"transfer-encoding"
        lines.append((b"X-Archive-Orig-Transfer-Encoding" if undone else name) + b": " + value)
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _request(request: httpx.Request, url: httpx.URL) -> bytes:
    lines = [
        request.method.encode() + b" " + url.raw_path + b" HTTP/1.1",
        *(name + b": " + value for name, value in request.headers.raw),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n"


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that httpx trusts, or those of $SSL_CERT_FILE."""
    import httpx

    return httpx.create_ssl_context()


def _plainly(error: BaseException) -> str:
    """One sentence for what the network said."""
    import httpx

    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate cannot be trusted ({cause.verify_message.rstrip('.').lower()})"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection could be made ({(cause.reason or str(cause)).lower().replace('_', ' ')})"
        if isinstance(cause, ConnectionRefusedError):
            return "its host refused the connection: check the address, or try again later"
    if isinstance(error, httpx.ProxyError):
        return f"the proxy of $SAYSO_PROXY did not pass it on: {error}"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"its host broke off, or did not answer in HTTP ({str(error).rstrip('.').lower()})"
    if isinstance(error, httpx.ConnectError):
        return "its host could not be reached: check the network, or try again later"
    return f"could not be fetched ({str(error).rstrip('.').lower() or type(error).__name__})"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
