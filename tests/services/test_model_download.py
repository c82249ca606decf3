"""Downloads from a server that drops connections, lies about lengths, sends wrong bytes and leads astray."""

from __future__ import annotations

import errno
import hashlib
import http.client
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from refseg_annotator.errors import BundleError
from refseg_annotator.services import model_download
from refseg_annotator.services.model_download import download
from tests.services.bad_server import BadServer, Page, serving

BODY = random.Random(1).randbytes(700_000)
SHA = hashlib.sha256(BODY).hexdigest()


class Watching:
    """Counts, and cancels once so many bytes are here."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.cancelled = False
        self.seen: list[tuple[int, int | None]] = []
        self._stop_at = stop_at

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        self.seen.append((done, total))
        self.cancelled = self._stop_at is not None and done >= self._stop_at


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[BadServer]:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.delenv("REFSEG_OFFLINE", raising=False)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as bad:
        yield bad


def fetch(
    server: BadServer, place: Path, page: Page, *, sha: str | None = SHA, watcher: Watching | None = None
) -> bool:
    server.pages["/m.zip"] = page
    return download(
        server.url("/m.zip"), place, watcher=watcher or Watching(), sha256=sha, wait=lambda _: None, seconds=20
    )


def test_a_file_arrives(server: BadServer, tmp_path: Path) -> None:
    watcher = Watching()
    assert fetch(server, tmp_path / "m", Page(BODY), watcher=watcher)
    assert (tmp_path / "m").read_bytes() == BODY
    assert watcher.seen[-1] == (len(BODY), len(BODY))
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_dropped_connections_are_resumed_where_they_broke(server: BadServer, tmp_path: Path) -> None:
    assert fetch(server, tmp_path / "m", Page(BODY, drops=[100_000, 0, 1, 300_000]))
    assert (tmp_path / "m").read_bytes() == BODY
    assert [wanted for _, wanted in server.asked] == [
        "",
        "bytes=100000-",
        "bytes=100000-",
        "bytes=100001-",
        "bytes=400001-",
    ]


def test_a_network_that_goes_away_is_a_broken_connection_and_resumed(
    server: BadServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, told = http.client.HTTPResponse.read, [0]

    def unreachable(answer: http.client.HTTPResponse, amount: int | None = None) -> bytes:
        told[0] += 1
        if told[0] == 2:
            raise OSError(errno.EHOSTUNREACH, "No route to host")
        return read(answer, 1000 if told[0] == 1 else amount)

    monkeypatch.setattr(http.client.HTTPResponse, "read", unreachable)
    assert fetch(server, tmp_path / "m", Page(BODY))
    assert (tmp_path / "m").read_bytes() == BODY
    assert [wanted for _, wanted in server.asked] == ["", "bytes=1000-"]


def test_a_program_stopped_half_way_goes_on_the_next_time(server: BadServer, tmp_path: Path) -> None:
    assert not fetch(server, tmp_path / "m", Page(BODY), watcher=Watching(stop_at=1))
    assert not (tmp_path / "m").exists()
    part = (tmp_path / "m.part").stat().st_size
    assert 0 < part < len(BODY)
    assert fetch(server, tmp_path / "m", Page(BODY))
    assert server.asked[-1][1] == f"bytes={part}-"
    assert (tmp_path / "m").read_bytes() == BODY


@pytest.mark.parametrize("page", [Page(BODY, etag='"two"'), Page(BODY, has_ranges=False), Page(BODY, wrong_start=True)])
def test_a_part_that_no_longer_fits_is_thrown_away(server: BadServer, tmp_path: Path, page: Page) -> None:
    other = random.Random(2).randbytes(700_000)
    assert not fetch(server, tmp_path / "m", Page(other), watcher=Watching(stop_at=1))
    assert fetch(server, tmp_path / "m", page)
    assert (tmp_path / "m").read_bytes() == BODY


def test_a_part_of_wrong_bytes_is_found_out_and_fetched_anew(server: BadServer, tmp_path: Path) -> None:
    other = random.Random(2).randbytes(700_000)
    assert not fetch(server, tmp_path / "m", Page(other), watcher=Watching(stop_at=1))
    assert fetch(server, tmp_path / "m", Page(BODY))  # the same mark, other bytes
    assert (tmp_path / "m").read_bytes() == BODY


def test_wrong_bytes_are_refused(server: BadServer, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="another SHA-256"):
        fetch(server, tmp_path / "m", Page(BODY[:-1] + b"!"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lies", [1, 10_000])
def test_a_server_that_promises_more_than_it_sends(server: BadServer, tmp_path: Path, lies: int) -> None:
    with pytest.raises(BundleError, match=r"only in part .* try again later"):
        fetch(server, tmp_path / "m", Page(BODY, lies=lies, has_ranges=False))
    assert not (tmp_path / "m").exists()


def test_a_server_that_sends_more_than_it_promised(server: BadServer, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="another SHA-256"):
        fetch(server, tmp_path / "m", Page(BODY, lies=-1000))


def test_a_server_that_tells_no_length(server: BadServer, tmp_path: Path) -> None:
    assert fetch(server, tmp_path / "m", Page(BODY, has_length=False))
    assert (tmp_path / "m").read_bytes() == BODY


def test_sizes_are_bounded_told_or_not(server: BadServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_download, "LARGEST_FILE", 100_000)
    with pytest.raises(BundleError, match="more than a model may"):
        fetch(server, tmp_path / "m", Page(BODY))
    with pytest.raises(BundleError, match="more than a model may"):
        fetch(server, tmp_path / "m", Page(BODY, has_length=False))
    assert not list(tmp_path.glob("*.part"))


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_disk_without_room_is_told_before_anything_is_written(
    server: BadServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_download.shutil, "disk_usage", lambda _: Usage(1, 1, 1000))
    with pytest.raises(BundleError, match="free some space"):
        fetch(server, tmp_path / "m", Page(BODY))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/m", "data:,x", "gopher://x/"])
def test_a_redirect_leads_nowhere_but_to_the_web(server: BadServer, tmp_path: Path, location: str) -> None:
    with pytest.raises(BundleError, match=r"no safe place|not allowed"):
        fetch(server, tmp_path / "m", Page(status=302, location=location))
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_within_the_web_is_followed_and_resumed(server: BadServer, tmp_path: Path) -> None:
    server.pages["/there"] = Page(BODY, drops=[50_000])
    assert fetch(server, tmp_path / "m", Page(status=302, location=server.url("/there")))
    assert (tmp_path / "m").read_bytes() == BODY
    assert server.asked[-1] == ("/there", "bytes=50000-")


def test_a_circle_of_redirects_ends(server: BadServer, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be fetched"):
        fetch(server, tmp_path / "m", Page(status=302, location=server.url("/m.zip")))


@pytest.mark.parametrize(
    ("status", "sentence"), [(404, "404"), (403, "403"), (500, "only in part"), (503, "only in part")]
)
def test_refusals_are_sentences(server: BadServer, tmp_path: Path, status: int, sentence: str) -> None:
    with pytest.raises(BundleError, match=sentence):
        fetch(server, tmp_path / "m", Page(status=status))


def test_nobody_there(server: BadServer, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="connection broke"):
        download("http://127.0.0.1:9/m", tmp_path / "m", watcher=Watching(), sha256=SHA, wait=lambda _: None)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/m", "data:,x", "javascript:1", "//x/y"])
def test_only_the_web_is_asked(tmp_path: Path, url: str) -> None:
    with pytest.raises(BundleError, match="no address of the web"):
        download(url, tmp_path / "m", watcher=Watching())


def test_plain_http_needs_a_checksum(server: BadServer, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="give its SHA-256"):
        fetch(server, tmp_path / "m", Page(BODY), sha=None)
    assert server.asked == []


def test_offline_asks_nobody(server: BadServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFSEG_OFFLINE", "1")
    with pytest.raises(BundleError, match="REFSEG_OFFLINE forbids"):
        fetch(server, tmp_path / "m", Page(BODY))
    assert server.asked == []
