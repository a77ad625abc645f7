from __future__ import annotations

import gzip
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.fetching.serving import Site, answer, chunked, redirect, serving, slowly

from sayso.documents.nouns import Capture
from sayso.documents.payload import decoded, fields
from sayso.documents.warcs.recorded import recorded, restored
from sayso.errors import FetchError, InputError
from sayso.fetching import addresses, exchange
from sayso.fetching.fetch import Fetcher
from sayso.fetching.received import NotChanged, capture_moved, validators
from sayso.fetching.settings import Settings, of_environment

PAGE = "<html><p>Der Bürgermeister sagte: «Wir bauen die Brücke.»</p></html>".encode()
LOCAL = Settings(agent="sayso/0 (+https://desk.example)", private=True, pause=0.0, seconds=5.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def fetched(url: str, settings: Settings = LOCAL) -> Capture:
    found = Fetcher(settings).get(url)
    assert isinstance(found, Capture)
    return found


def refused(url: str, settings: Settings = LOCAL) -> FetchError:
    with pytest.raises(FetchError) as raised:
        Fetcher(settings).get(url)
    return raised.value


def test_a_capture_holds_what_went_over_the_network(site: Site) -> None:
    site.routes["/a?b=c"] = answer(PAGE, X_Odd="yes", ETag='"1"', Last_Modified="Sun, 22 Nov 2026 08:00:00 GMT")
    capture = fetched(f"{site.url}/a?b=c#top")
    assert (capture.body, capture.media_type, capture.name) == (PAGE, "text/html", f"{site.url}/a?b=c#top")
    assert capture.url == f"{site.url}/a?b=c"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", capture.captured)
    record = capture.record
    assert record is not None
    assert record.kind == "response"
    assert ("WARC-IP-Address", "127.0.0.1") in record.headers
    assert record.head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ")
    assert b"X-Odd: yes\r\n" in record.head
    assert record.head.endswith(b"\r\n\r\n")
    assert record.raw is None
    (request,) = record.beside
    assert request.kind == "request"
    assert request.head.startswith(f"GET /a?b=c HTTP/1.1\r\nHost: {site.url[7:]}\r\nUser-Agent: {LOCAL.agent}".encode())
    assert site.asked[-1][1] == dict(fields(request.head)[1])
    assert validators(capture) == ('"1"', "Sun, 22 Nov 2026 08:00:00 GMT")


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("gzip", gzip.compress(PAGE, mtime=0)), ("br", brotli.compress(PAGE)), ("deflate", zlib.compress(PAGE))],
)
def test_packed_payloads_are_kept_as_they_came(site: Site, encoding: str, packed: bytes) -> None:
    site.routes["/"] = answer(packed, Content_Encoding=encoding)
    capture = fetched(site.url)
    assert capture.body == PAGE
    assert capture.record is not None
    assert capture.record.raw == packed
    assert decoded(capture.record.head, packed, "") == PAGE


def test_chunks_are_undone_and_told(site: Site) -> None:
    site.routes["/"] = chunked(PAGE[:7], PAGE[7:])
    capture = fetched(site.url)
    assert capture.body == PAGE
    assert capture.record is not None
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in capture.record.head
    assert b"\r\nTransfer-Encoding" not in capture.record.head


def test_an_archived_capture_comes_back_the_same(site: Site) -> None:
    site.routes["/old"] = redirect("/new", "301 Moved Permanently")
    site.routes["/new"] = answer(gzip.compress(PAGE), Content_Encoding="gzip")
    capture = fetched(f"{site.url}/old")
    back = restored(recorded(capture), capture.name, capture.media_type, capture.captured)
    assert (back.body, back.url, back.digest) == (capture.body, capture.url, capture.digest)
    assert back.record is not None
    assert capture.record is not None
    assert (back.record.head, back.record.raw) == (capture.record.head, capture.record.raw)
    kept = [(one.kind, one.head, one.raw or b"") for one in back.record.beside]
    assert kept == [(one.kind, one.head, one.raw or b"") for one in capture.record.beside]
    targets = [dict(one.headers)["WARC-Target-URI"] for one in back.record.beside]
    assert targets == [f"{site.url}/old", f"{site.url}/old", f"{site.url}/new"]
    assert capture_moved(back) == f"{site.url}/new"


def test_redirects_are_kept_one_by_one(site: Site) -> None:
    site.routes |= {"/1": redirect("2"), "/2": redirect("//" + site.url[7:] + "/3", "308 Permanent Redirect")}
    site.routes["/3"] = answer(PAGE)
    capture = fetched(f"{site.url}/1")
    assert capture.record is not None
    assert capture.url == f"{site.url}/3"
    assert [record.kind for record in capture.record.beside] == [
        "request",
        "response",
        "request",
        "response",
        "request",
    ]
    assert [fields(r.head)[0] for r in capture.record.beside if r.kind == "response"] == [302, 308]
    assert capture.record.beside[1].raw == b"moved"
    assert capture_moved(capture) is None


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def conditional(asked: dict[str, str]) -> bytes:
        known = asked.get("if-none-match") == '"7"' and "if-modified-since" in asked
        return answer(status="304 Not Modified", ETag='"7"') if known else answer(PAGE, ETag='"7"')

    site.routes |= {"/": conditional, "/old": redirect("/", "301 Moved Permanently")}
    fetcher = Fetcher(LOCAL)
    same = fetcher.get(f"{site.url}/old", '"7"', "Sun, 22 Nov 2026 08:00:00 GMT")
    assert isinstance(same, NotChanged)
    assert same.moved == f"{site.url}/"
    other = fetcher.get(site.url, '"6"')
    assert isinstance(other, Capture)


@pytest.mark.parametrize(
    ("status", "headers", "wait", "says"),
    [
        ("403 Forbidden", {}, None, "may not be fetched by us (HTTP 403)"),
        ("404 Not Found", {}, None, "is not there: check the address (HTTP 404)"),
        ("410 Gone", {}, None, "is gone for good (HTTP 410)"),
        ("418 Teapot", {}, None, "was refused (HTTP 418)"),
        ("429 Too Many", {"Retry_After": "120"}, 120.0, "too often"),
        ("503 Busy", {"Retry_After": "Wed, 01 Jan 2020 00:00:00 GMT"}, 0.0, "a fault of its own"),
        ("500 Oops", {}, None, "a fault of its own"),
        ("304 Not Modified", {}, None, "was refused"),
        ("204 No Content", {}, None, "is empty"),
        ("200 OK", {"Content_Type": "image/png"}, None, "is image/png, which is not read"),
        ("200 OK", {"Content_Length": "99000000"}, None, "is larger than 50 MB"),
    ],
)
def test_errors_are_one_sentence(site: Site, status: str, headers: dict[str, str], wait: float, says: str) -> None:
    site.routes["/"] = answer(b"", status, **headers)
    error = refused(site.url)
    assert (error.status, error.wait) == (int(status[:3]), wait)
    assert says in error.reason
    assert error.name == f"{site.url}/"


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "file:///etc/passwd", "http://", "http://a:b@c.example/", "x", "http://[::1"]
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    assert "secret" not in str(refused(url))


def test_a_host_that_is_busy_is_left_alone(site: Site) -> None:
    site.routes["/"] = answer(b"", "429 Too Many", Retry_After="120")
    fetcher = Fetcher(LOCAL)
    waits = []
    for path in ("/", "/other"):
        with pytest.raises(FetchError) as raised:
            fetcher.get(site.url + path)
        waits.append(raised.value.wait)
    assert waits[0] == 120
    assert 100 < (waits[1] or 0) <= 120
    assert site.paths() == ["/"]


def test_circles_and_endless_redirects_end(site: Site) -> None:
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    site.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(30)}
    assert "leads in a circle" in refused(f"{site.url}/a").reason
    assert "more than 10 redirects" in refused(f"{site.url}/0").reason
    assert len(site.paths()) == 2 + 11


@pytest.mark.parametrize(
    "whole",
    [answer(PAGE * 20), b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500],
    ids=["in the body", "in the header"],
)
def test_a_slow_drip_ends_in_time(site: Site, whole: bytes) -> None:
    site.routes["/"] = lambda _asked: slowly(whole, 5, 0.05)
    began = time.monotonic()
    error = refused(site.url, Settings(private=True, pause=0.0, seconds=0.6))
    assert 0.5 < time.monotonic() - began < 2.0
    assert "0.6 seconds" in error.reason


def test_too_much_is_refused_while_it_comes(site: Site) -> None:
    sent = 0

    def endless(_asked: dict[str, str]) -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while sent < 50_000_000:
            sent += 100_000
            yield b"x" * 100_000

    site.routes["/"] = endless
    assert "larger than 1 MB" in refused(site.url, Settings(private=True, pause=0.0, largest=1_000_000)).reason
    assert sent < 40_000_000


def test_a_bomb_is_refused(site: Site) -> None:
    site.routes["/"] = answer(gzip.compress(bytes(60_000_000)), Content_Encoding="gzip")
    with pytest.raises(InputError, match="unpacks to more than"):
        Fetcher(LOCAL).get(site.url)


@pytest.mark.parametrize(
    ("whole", "says"),
    [
        (answer(PAGE, Content_Length="9999"), "broke off"),
        (b"", "broke off"),
        (b"SSH-2.0-OpenSSH_9\r\n", "did not answer in HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc", "did not answer in HTTP"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "did not answer in HTTP"),
        (redirect("ftp://x.example/"), "is not an address of http"),
        (redirect("http://[::"), "invalid url in location header"),
    ],
)
def test_broken_answers_are_told(site: Site, whole: bytes, says: str) -> None:
    site.routes["/"] = whole
    assert says in refused(site.url).reason


def test_nobody_listening_is_told() -> None:
    with serving() as site:
        pass
    assert "refused the connection" in refused(site.url).reason


def test_a_longer_body_than_declared_is_cut_as_http_says(site: Site) -> None:
    site.routes["/"] = answer(PAGE, Content_Length="6")
    assert fetched(site.url).body == b"<html>"


def test_private_addresses_are_never_asked(site: Site) -> None:
    port = site.url.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "0x7f000001", "2130706433", "127.1", "[::ffff:127.0.0.1]"):
        assert "private or special network" in refused(f"http://{host}:{port}/", Settings()).reason
    assert site.asked == []


def test_a_name_that_leads_home_is_refused(site: Site) -> None:
    fetcher = Fetcher(Settings(pause=0.0), resolve=lambda _host, _port: ["10.0.0.7", "127.0.0.1"])
    with pytest.raises(FetchError, match=r"leads to 10\.0\.0\.7"):
        fetcher.get(site.url.replace("127.0.0.1", "rebound.example"))
    assert site.asked == []


def test_each_redirect_is_checked_and_the_checked_address_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 plays the public network here, all else is what it is. A name is looked up once for each request."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    port = site.url.rsplit(":", 1)[1]
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"] if looked_up.count(host) < 3 else ["127.0.0.2"]

    site.routes |= {"/": redirect(f"http://127.0.0.2:{port}/in"), "/in": answer(PAGE)}
    with serving("127.0.0.2", int(port)) as inner:
        with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.2"):
            Fetcher(Settings(pause=0.0), resolve=lambda h, _p: ["127.0.0.1"] if h == "a.example" else [h]).get(
                f"http://a.example:{port}/"
            )
        fetcher = Fetcher(Settings(pause=0.0), resolve=resolve)
        assert isinstance(fetcher.get(f"http://b.example:{port}/in"), Capture)
        with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.2"):
            fetcher.get(f"http://b.example:{port}/in")
        assert inner.asked == []
    assert looked_up == ["b.example"] * 3  # robots.txt, the page, the page again
    assert [asked["host"] for path, asked in site.asked if path == "/in"] == [f"b.example:{port}"]


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111"])
def test_public_addresses(address: str) -> None:
    assert addresses.is_public(address)


SPECIAL = """
127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 224.0.0.1
240.0.0.1 255.255.255.255 192.0.0.1 192.0.2.1 198.18.0.1 192.88.99.1 168.63.129.16 ::1 :: ::127.0.0.1 ::ffff:10.0.0.1
64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 fe80::1 fe80::1%eth0 fd00:ec2::254 fec0::1 ff02::1
100::1 x
"""


@pytest.mark.parametrize("address", SPECIAL.split())
def test_special_addresses(address: str) -> None:
    assert not addresses.is_public(address)


def test_another_address_of_the_host_is_tried(site: Site) -> None:
    port = int(site.url.rsplit(":", 1)[1])
    site.routes["/"] = answer(PAGE)
    fetcher = Fetcher(LOCAL, resolve=lambda _host, _port: ["127.0.0.9", "127.0.0.1"])
    found = fetcher.get(f"http://two.example:{port}/")
    assert isinstance(found, Capture)
    assert found.record is not None
    assert ("WARC-IP-Address", "127.0.0.1") in found.record.headers


def test_certificates_are_checked_against_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to an address, and still asks for the name's certificate, and for no other."""
    file = certificate(tmp_path, "north.example")
    with secure(file) as port:
        fetcher = Fetcher(LOCAL, resolve=lambda _host, _port: ["127.0.0.1"])
        with pytest.raises(FetchError, match="certificate cannot be trusted"):
            fetcher.get(f"https://north.example:{port}/")
        monkeypatch.setattr(exchange, "_trusted", lambda: ssl.create_default_context(cafile=str(file)))
        fetcher = Fetcher(LOCAL, resolve=lambda _host, _port: ["127.0.0.1"])
        found = fetcher.get(f"https://north.example:{port}/")
        assert isinstance(found, Capture)
        assert (found.body, found.url) == (PAGE, f"https://north.example:{port}/")
        with pytest.raises(FetchError, match="certificate cannot be trusted"):
            fetcher.get(f"https://south.example:{port}/")


def certificate(folder: Path, host: str) -> Path:
    """Key and certificate of a host, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, form, plain)
    file = folder / "both.pem"
    file.write_bytes(pem + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def secure(file: Path) -> Iterator[int]:
    """A server that answers every request over TLS with the page; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    def answering(server: socket.socket) -> None:
        while True:
            try:
                plain, _ = server.accept()
                with context.wrap_socket(plain, server_side=True) as safe:
                    head = safe.recv(65_536)
                    safe.sendall(answer(status="404 Not Found") if b"robots" in head else answer(PAGE))
            except ssl.SSLError:
                continue
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=answering, args=(server,), daemon=True).start()
        yield int(server.getsockname()[1])


def test_settings_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SAYSO_AGENT", "SAYSO_PRIVATE", "SAYSO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert of_environment() == Settings()
    monkeypatch.setenv("SAYSO_AGENT", "desk-reader/1 (+https://desk.example)")
    monkeypatch.setenv("SAYSO_PRIVATE", "1")
    found = of_environment()
    assert (found.token, found.private) == ("desk-reader", True)
    monkeypatch.setenv("SAYSO_AGENT", "a\r\nX: y")
    with pytest.raises(InputError, match="SAYSO_AGENT"):
        of_environment()


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        monkeypatch.setenv("ALL_PROXY", proxy.url)
        site.routes["/"] = answer(PAGE)
        assert fetched(site.url).body == PAGE
        assert proxy.asked == []
        proxy.routes["http://far.example/"] = answer(PAGE)
        found = fetched("http://far.example/", Settings(proxy=proxy.url, pause=0.0))
        assert found.url == "http://far.example/"
        assert [path for path, _ in proxy.asked] == ["http://far.example/robots.txt", "http://far.example/"]
