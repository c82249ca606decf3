"""A web server on this computer that misbehaves on demand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What lies at a path, and how it is sent.

    Attributes:
        drops: after how many bytes the connection breaks, request by request; None sends all.
        lies: added to the length that is told.
        has_ranges: whether a part can be asked for.
        status: answered instead, with `location` if it leads elsewhere.
        has_length: tell no length at all (and close the connection at the end) if unset.
    """

    body: bytes = b""
    drops: list[int | None] = field(default_factory=list)
    lies: int = 0
    has_ranges: bool = True
    etag: str = '"one"'
    status: int = 200
    location: str = ""
    has_length: bool = True
    wrong_start: bool = False


@dataclass
class BadServer:
    """Pages by path, and what was asked."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serving() -> Iterator[BadServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            state.asked.append((self.path, wanted))
            page = state.pages.get(self.path)
            if page is None:
                self.send_error(404)
                return
            if page.location:
                self.send_response(page.status)
                self.send_header("Location", page.location)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if page.status != 200:
                self.send_error(page.status)
                return
            start, same = 0, self.headers.get("If-Range", page.etag) == page.etag
            if wanted and page.has_ranges and same:
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
                if start >= len(page.body):
                    self.send_error(416)
                    return
                self.send_response(206)
                told = 0 if page.wrong_start else start
                self.send_header("Content-Range", f"bytes {told}-{len(page.body) - 1}/{len(page.body) + page.lies}")
            else:
                self.send_response(200)
            rest = page.body[start:]
            if page.etag:
                self.send_header("ETag", page.etag)
            if page.has_length:
                self.send_header("Content-Length", str(len(rest) + page.lies))
            self.end_headers()
            drop = page.drops.pop(0) if page.drops else None
            self.wfile.write(rest if drop is None else rest[:drop])
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state = BadServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
