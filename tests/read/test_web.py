"""Web addresses, against a real server on loopback."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from diptych import __version__
from diptych.errors import NotFound, TooLarge, UnreachableError, UnsupportedMedia
from diptych.read import ReadLimits, read_source

PAGE = "<html><body><p>Le ministre a été reçu à Genève.</p></body></html>"
QUICK = ReadLimits(max_bytes=50_000, connect_timeout=1.0, read_timeout=0.3, total_timeout=0.6, max_redirects=4)


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers every path in its own bad or good way."""

    protocol_version = "HTTP/1.1"
    agents: list[str | None] = []  # noqa: RUF012 (filled by the server's threads, read by one test)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _send(self, body: bytes, kind: str | None = "text/html; charset=utf-8", status: int = 200, **more: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, parts: int, size: int, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for _ in range(parts):
                self.wfile.write(b"%x\r\n%s\r\n" % (size, b"a" * size))
                self.wfile.flush()
                time.sleep(pause)
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        path = self.path
        Handler.agents.append(self.headers["User-Agent"])
        if path == "/page":
            self._send(PAGE.encode())
        elif path == "/latin1":
            self._send(PAGE.encode("latin-1"), "text/html; charset=ISO-8859-1")
        elif path == "/undeclared":
            self._send(PAGE.encode("latin-1"), "text/html")
        elif path == "/untyped":
            self._send(PAGE.encode(), None)
        elif path == "/gzip":
            self._send(gzip.compress(PAGE.encode()), Content_Encoding="gzip")
        elif path == "/badgzip":
            self._send(b"no gzip at all", Content_Encoding="gzip")
        elif path == "/bomb":
            self._send(gzip.compress(b"a" * 5_000_000), Content_Encoding="gzip")
        elif path == "/once":
            self._send(b"", status=302, Location="/page")
        elif path == "/loop":
            self._send(b"", status=302, Location="/loop2")
        elif path == "/loop2":
            self._send(b"", status=301, Location="/loop")
        elif path.startswith("/far"):
            self._send(b"", status=302, Location=f"/far{len(path)}{path[4:]}x")
        elif path == "/away":
            self._send(b"", status=302, Location="file:///etc/hostname")
        elif path == "/image":
            self._send(b"\x89PNG\r\n\x1a\n\x00", "text/html")
        elif path == "/announced":
            self.send_response(200)
            self.send_header("Content-Length", "200000000")
            self.end_headers()
            self.close_connection = True
        elif path == "/endless":
            self._stream(1000, 1000, 0.0)
        elif path == "/silent":
            time.sleep(0.8)
            self._send(PAGE.encode())
        elif path == "/dripping":
            self._stream(100, 10, 0.1)
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"only this")
            self.close_connection = True
        else:
            self._send(b"no", status=int(path.strip("/")))


class Server(http.server.ThreadingHTTPServer):
    """A server that does not complain when a client hangs up, as most tests here do."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with Server(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.mark.parametrize(("path", "charset"), [("/page", "utf-8"), ("/gzip", "utf-8"), ("/untyped", None)])
def test_a_page(server: str, path: str, charset: str | None) -> None:
    raw = read_source(server + path)
    assert raw.body.decode() == PAGE
    assert (raw.uri, raw.media_type, raw.charset) == (server + path, "text/html", charset)


def test_the_server_learns_who_asks(server: str) -> None:
    read_source(server + "/page")
    assert Handler.agents[-1] == f"diptych/{__version__} (+https://github.com/diptych-project/diptych)"


def test_charsets_come_along(server: str) -> None:
    declared, undeclared = read_source(server + "/latin1"), read_source(server + "/undeclared")
    assert (declared.charset or "").lower() == "iso-8859-1"
    assert undeclared.charset is None
    assert declared.body == undeclared.body == PAGE.encode("latin-1")


def test_a_redirect_is_followed_and_named(server: str) -> None:
    assert read_source(server + "/once").uri == server + "/page"


@pytest.mark.parametrize("path", ["/loop", "/loop2"])
def test_a_redirect_loop(server: str, path: str) -> None:
    with pytest.raises(UnreachableError, match=r"redirects in a loop\. Open it in a browser"):
        read_source(server + path)


def test_too_many_redirects(server: str) -> None:
    with pytest.raises(UnreachableError, match="redirects more than 4 times"):
        read_source(server + "/far", limits=QUICK)


def test_a_redirect_out_of_the_web(server: str) -> None:
    with pytest.raises(UnreachableError, match="redirects to an address of the kind file://"):
        read_source(server + "/away")


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_page(server: str, status: int) -> None:
    with pytest.raises(NotFound, match=rf"There is no page at .* \(HTTP {status}\)\. Check the address"):
        read_source(f"{server}/{status}")


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "asks for a login"),
        (403, "refuses access"),
        (429, "too many requests"),
        (500, "has an error"),
        (503, "has an error"),
    ],
)
def test_a_server_that_does_not_serve(server: str, status: int, why: str) -> None:
    with pytest.raises(UnreachableError, match=rf"127\.0\.0\.1 .*{why}.* \(HTTP {status}\)"):
        read_source(f"{server}/{status}")


def test_a_port_that_nobody_serves() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1 refuses the connection\. Try again later"):
        read_source(f"http://127.0.0.1:{port}/", limits=QUICK)


def test_a_host_that_is_not_known() -> None:
    with pytest.raises(UnreachableError, match=r"no-such-host\.invalid"):
        read_source("http://no-such-host.invalid/readout", limits=QUICK)


@pytest.mark.parametrize("address", ["http://", "https:///path", "http://[::1/"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UnreachableError, match="no valid web address"):
        read_source(address)


@pytest.mark.parametrize("path", ["/announced", "/endless", "/bomb"])
def test_an_answer_over_the_limit(server: str, path: str) -> None:
    with pytest.raises(TooLarge, match=r"more than the 0\.1 MB allowed|more than the 0\.1 MB"):
        read_source(server + path, limits=QUICK)


def test_a_server_that_falls_silent(server: str) -> None:
    with pytest.raises(UnreachableError, match=r"stopped answering for 0\.3 seconds"):
        read_source(server + "/silent", limits=QUICK)


def test_a_server_that_drips(server: str) -> None:
    started = time.monotonic()
    with pytest.raises(UnreachableError, match=r"did not answer in full within 0\.6 seconds"):
        read_source(server + "/dripping", limits=QUICK)
    assert time.monotonic() - started < 3


def test_an_answer_that_breaks_off(server: str) -> None:
    with pytest.raises(UnreachableError, match="broke the answer off"):
        read_source(server + "/cut", limits=QUICK)


def test_compressed_data_that_is_none(server: str) -> None:
    with pytest.raises(UnreachableError, match="cannot be unpacked"):
        read_source(server + "/badgzip")


def test_a_picture_that_calls_itself_a_page(server: str) -> None:
    with pytest.raises(UnsupportedMedia, match="PNG image"):
        read_source(server + "/image")
