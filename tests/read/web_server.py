"""A real server on loopback whose pages a test writes down."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Answer:
    """What is answered under a path; ``pieces`` are sent one after the other, ``pause`` seconds apart."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: int = 0
    pause: float = 0.0


@dataclass
class Site:
    """Pages by path, and what was asked for: a list of answers is given one by one, its last one for ever."""

    address: str = ""
    pages: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.asked]


@contextlib.contextmanager
def site() -> Iterator[Site]:
    """Serve a site on a port of its own."""
    running_site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            running_site.asked.append((self.path, dict(self.headers.items())))
            found = running_site.pages.get(self.path, Answer(b"no", 404))
            if isinstance(found, list):
                found = found.pop(0) if len(found) > 1 else found[0]
            tag = found.headers.get("ETag")
            if tag and self.headers.get("If-None-Match") == tag:
                found = Answer(b"", 304, {"ETag": tag})
            changed = found.headers.get("Last-Modified")
            if changed and self.headers.get("If-Modified-Since") == changed:
                found = Answer(b"", 304)
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            if not found.pieces:
                self.send_header("Content-Length", str(len(found.body)))
                self.end_headers()
                self.wfile.write(found.body)
                return
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            with contextlib.suppress(OSError):
                for _ in range(found.pieces):
                    self.wfile.write(found.body)
                    time.sleep(found.pause)

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        running_site.address = f"http://127.0.0.1:{running.server_address[1]}"
        yield running_site
        running.shutdown()
