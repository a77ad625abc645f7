"""A web site on loopback: each path answers with the very bytes that a test gives it."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Asked = dict[str, str]
"""Header fields of a request, names in lower case."""
Answer = bytes | Iterable[bytes] | Callable[[Asked], "bytes | Iterable[bytes]"]


@dataclass
class Site:
    """What a site answers, and what it was asked."""

    routes: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Asked]] = field(default_factory=list)
    times: list[tuple[float, float]] = field(default_factory=list)
    """When each answer was begun and done."""
    url: str = ""

    def paths(self) -> list[str]:
        """Asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole response; names of headers with _ for -."""
    fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items() if value)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"moved", status, Location=to)


def chunked(*parts: bytes) -> bytes:
    """A response in chunks."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))


def slowly(whole: bytes, piece: int, pause: float) -> Iterator[bytes]:
    for at in range(0, len(whole), piece):
        yield whole[at : at + piece]
        time.sleep(pause)


@contextmanager
def serving(host: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """A site for as long as the block lasts; what it does not know is not there (404)."""
    site = Site()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split()[1].decode()
            lines = iter(self.rfile.readline, b"\r\n")
            told = (line.decode("latin-1").rstrip("\r\n").partition(": ") for line in lines)
            asked = {name.lower(): value for name, _, value in told}
            began = time.monotonic()
            site.asked.append((path, asked))
            found = site.routes.get(path, answer(b"not there", "404 Not Found"))
            found = found(asked) if callable(found) else found
            try:
                for part in [found] if isinstance(found, bytes) else found:
                    self.wfile.write(part)
            except (BrokenPipeError, ConnectionResetError):
                pass
            site.times.append((began, time.monotonic()))

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server((host, port), Handler) as server:
        site.url = f"http://{host}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
