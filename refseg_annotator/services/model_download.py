"""A file from the network: resumed where it broke off, bounded, checked against its SHA-256.

pooch, which data packages use for this, begins anew after every break and follows redirects wherever they lead; over a
bad connection a bundle must go on where it stopped, so the few lines of HTTP are here. Only http and https are spoken:
neither an address nor a redirect reaches a file of this computer, and no redirect leads from https back to http.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import shutil
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlsplit

from refseg_annotator import __version__
from refseg_annotator.errors import BundleError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# As the loader of bundles: what is larger is none of ours.
LARGEST_FILE: Final = 2 << 30
_CHUNK: Final = 1 << 18
_SECONDS: Final = 30.0
# So many times in a row a connection may break without a single new byte.
_FRUITLESS: Final = 4
_MOST_REDIRECTS: Final = 8
_OFFLINE: Final = ("REFSEG_OFFLINE", "HF_HUB_OFFLINE")


class Watcher(Protocol):
    """What a download reports to; `services.jobs.JobContext` is one."""

    @property
    def cancelled(self) -> bool:
        """Whether to stop. What has arrived stays, for the next time."""

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """So many bytes are here."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What is known of a file that arrived in part: resumed only while the server still has the very same."""

    url: str
    validator: str = ""
    length: int | None = None


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _MOST_REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        came_from, leads_to = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
        if leads_to not in ("http", "https") or (came_from == "https" and leads_to != "https"):
            raise BundleError(
                f"{req.full_url!r} leads to {newurl!r}, which is no safe place for a model; ask whoever gave you the "
                "address."
            )
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None:
            for name in ("Range", "If-range"):
                if req.has_header(name):
                    request.add_unredirected_header(name, req.get_header(name) or "")
        return request


def _opener() -> urllib.request.OpenerDirector:
    """Speaks http and https alone: no files, no ftp, no data."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def is_offline() -> bool:
    """Whether the user has forbidden the network: `REFSEG_OFFLINE=1`."""
    return any(os.environ.get(name, "") not in {"", "0"} for name in _OFFLINE)


def download(
    url: str,
    destination: Path,
    *,
    watcher: Watcher,
    sha256: str | None = None,
    wait: Callable[[float], None] = time.sleep,
    seconds: float = _SECONDS,
) -> bool:
    """Bring a file here, going on where an earlier attempt broke off; False where the watcher has cancelled it.

    Args:
        destination: where it lies when it is whole; until then it lies beside, ending in `.part`.
        sha256: what its bytes must come to, hexadecimal; None where nobody knows.
        wait: called with the seconds before another attempt.
        seconds: how long a silent server is waited for.

    Raises:
        BundleError: refused, not found, too large, broken off again and again, or of another SHA-256.
    """
    scheme = urlsplit(url).scheme.lower()
    if scheme not in ("http", "https"):
        raise BundleError(f"{url!r} is no address of the web; give one that begins with https:// or a file's path.")
    if is_offline():
        raise BundleError(f"{url!r} was not fetched, for REFSEG_OFFLINE forbids the network; unset it to fetch models.")
    if scheme == "http" and sha256 is None:
        raise BundleError(
            f"What {url!r} sends could be exchanged on its way; give its SHA-256 with it, or an address of https."
        )
    transfer = _Transfer(url, destination, watcher, wait, seconds)
    was_resumed = transfer.offset > 0
    if not transfer.run():
        return False
    if sha256 is None or sha256_of(transfer.part) == sha256.lower():
        transfer.finish()
        return True
    transfer.forget()
    if was_resumed:
        # The part from last time may be what is wrong: once more, from the first byte.
        return download(url, destination, watcher=watcher, sha256=sha256, wait=wait, seconds=seconds)
    raise BundleError(
        f"What {url!r} sends has another SHA-256 than it should have; it is damaged or was exchanged, so it was "
        "thrown away; ask whoever gave you the address."
    )


class _Transfer:
    """One file on its way."""

    def __init__(
        self, url: str, destination: Path, watcher: Watcher, wait: Callable[[float], None], seconds: float
    ) -> None:
        self._url = url
        self._destination = destination
        self._watcher = watcher
        self._wait = wait
        self._seconds = seconds
        self.part = destination.with_name(destination.name + ".part")
        self._note = destination.with_name(destination.name + ".note")
        self._known = self._recall()
        self._opener = _opener()

    @property
    def offset(self) -> int:
        """Bytes that are here."""
        return self.part.stat().st_size if self.part.exists() else 0

    def run(self) -> bool:
        """Bring all of it; False when cancelled."""
        fruitless = 0
        while True:
            before = self.offset
            problem = self._attempt()
            if self._watcher.cancelled:
                return False
            if problem is None:
                return True
            fruitless = 0 if self.offset > before else fruitless + 1
            if fruitless >= _FRUITLESS:
                raise BundleError(
                    f"{self._url!r} could be fetched only in part ({_of(self.offset, self._known.length)}): {problem}; "
                    "try again later, which goes on where this stopped."
                )
            self._wait(min(2.0**fruitless, 10.0))

    def finish(self) -> None:
        """Give the whole file its name."""
        with self.part.open("rb+") as file:
            os.fsync(file.fileno())
        self.part.replace(self._destination)
        self._note.unlink(missing_ok=True)

    def forget(self) -> None:
        """Throw away what is here."""
        self.part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
        self._known = _Remembered(self._url)

    def _attempt(self) -> str | None:
        """Ask once; None when the file is whole, else what went wrong and may go better next time."""
        offset = self.offset
        headers = {"User-Agent": f"refseg-annotator/{__version__}", "Accept-Encoding": "identity"}
        if offset:
            headers["Range"] = f"bytes={offset}-"
            if self._known.validator:
                headers["If-Range"] = self._known.validator
        request = urllib.request.Request(self._url, headers=headers)  # noqa: S310  the opener speaks http and https alone
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                return self._receive(answer, offset)
        except urllib.error.HTTPError as error:
            with error:
                return self._refused(error, offset)
        except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            return f"the connection broke ({' '.join(str(getattr(error, 'reason', error)).split()) or 'it was closed'})"

    def _refused(self, error: urllib.error.HTTPError, offset: int) -> str | None:
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE and offset:
            if self._known.length == offset:
                return None
            self.forget()
            return "the server has another file there by now"
        if error.code in (408, 425, 429) or error.code >= 500:
            return f"the server answers {error.code}"
        raise BundleError(
            f"{self._url!r} cannot be fetched: the server answers {error.code} {error.reason}."
        ) from error

    def _receive(self, answer: Any, offset: int) -> str | None:
        is_rest = answer.status == http.client.PARTIAL_CONTENT
        start, total = _range_of(answer) if is_rest else (0, _length_of(answer))
        if is_rest and start != offset:
            self.forget()
            return "the server sent another part than was asked for"
        if total is not None and total > LARGEST_FILE:
            raise BundleError(
                f"{self._url!r} is {total / 2**30:.1f} GB large, more than a model may be ({LARGEST_FILE >> 30} GB)."
            )
        self._check_room(None if total is None else total - start)
        validator = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        self._remember(_Remembered(self._url, "" if validator.startswith("W/") else validator, total))
        done = start
        with self.part.open("ab" if is_rest else "wb") as file:
            while chunk := _read(answer):
                done += len(chunk)
                if done > LARGEST_FILE:
                    file.close()
                    self.forget()
                    raise BundleError(f"{self._url!r} sends more than a model may have ({LARGEST_FILE >> 30} GB).")
                file.write(chunk)
                self._watcher.progress(done, total, "bytes")
                if self._watcher.cancelled:
                    return None
        if total is not None and done < total:
            return f"the connection closed after {done:,} of {total:,} bytes"
        return None

    def _check_room(self, wanted: int | None) -> None:
        free = shutil.disk_usage(self.part.parent).free
        if wanted is not None and wanted > free:
            raise BundleError(
                f"{self._url!r} needs {wanted / 1e6:,.0f} MB and the disk of {str(self.part.parent)!r} has "
                f"{free / 1e6:,.0f} MB left; free some space."
            )

    def _recall(self) -> _Remembered:
        """What is known of the part from last time; a part of another address, or of an unknown one, is thrown away."""
        with suppress(OSError, ValueError, TypeError):
            known = _Remembered(**json.loads(self._note.read_text(encoding="utf-8")))
            # Without a mark of the very file, only the checksum could tell a patchwork; it would all be fetched twice.
            if known.url == self._url and known.validator:
                return known
        self.part.unlink(missing_ok=True)
        return _Remembered(self._url)

    def _remember(self, known: _Remembered) -> None:
        if known != self._known or not self._note.exists():
            self._known = known
            self._note.write_text(json.dumps(asdict(known)), encoding="utf-8")


def _read(answer: Any) -> bytes:
    """The next bytes; a network that fails in any way is a connection that broke, and no refusal of the disk."""
    try:
        chunk: bytes = answer.read(_CHUNK)
    except OSError as error:
        raise ConnectionError(error.strerror or str(error)) from error
    return chunk


def _length_of(answer: Any) -> int | None:
    text = answer.headers.get("Content-Length", "")
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def _range_of(answer: Any) -> tuple[int, int | None]:
    found = re.fullmatch(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\*)", answer.headers.get("Content-Range", ""))
    if found is None:
        return -1, None
    return int(found[1]), None if found[2] == "*" else int(found[2])


def _of(done: int, total: int | None) -> str:
    return f"{done / 1e6:,.1f} MB" if total is None else f"{done / 1e6:,.1f} of {total / 1e6:,.1f} MB"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
