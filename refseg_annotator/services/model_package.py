"""The zip that a model travels as: written, and looked into without trusting a word of it."""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import msgspec

from refseg_annotator import settings
from refseg_annotator.bundle_files import (
    CARD_FILE,
    CLICKS_FILE,
    CONFIG_FILE,
    CROSS_FRAME_FILE,
    LARGEST_TEXT,
    VOCABULARY_FILE,
    WEIGHTS_FILE,
)
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import BundleError
from refseg_annotator.services.model_download import LARGEST_FILE, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from refseg_annotator.inference.bundles import BundleInfo

FILES: Final = (CONFIG_FILE, VOCABULARY_FILE, WEIGHTS_FILE, CARD_FILE, CROSS_FRAME_FILE, CLICKS_FILE)
_NEEDED: Final = frozenset({CONFIG_FILE, VOCABULARY_FILE, WEIGHTS_FILE})
_LARGEST: Final = {
    CONFIG_FILE: LARGEST_TEXT,
    VOCABULARY_FILE: 64 << 20,
    WEIGHTS_FILE: LARGEST_FILE,
    CARD_FILE: LARGEST_TEXT,
    CROSS_FRAME_FILE: 256 << 20,
    CLICKS_FILE: 256 << 20,
}
_LARGEST_HEADER: Final = 64 << 20
_MOST_ENTRIES: Final = 64
_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError)
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def pack(bundle: BundleInfo, destination: Path) -> str:
    """Write a bundle as the zip that `locate` takes; its SHA-256. Weights do not shrink, so they are only stored.

    Raises:
        BundleError: the disk refuses, or the file exists.
    """
    with kept_by(destination):
        fresh = destination.with_name(f".{destination.name}.new")
        try:
            with zipfile.ZipFile(fresh, "x", zipfile.ZIP_STORED) as archive:
                for name in FILES:
                    if (bundle.path / name).is_file():
                        # One date for all, so that the same bundle has the same SHA-256 everywhere.
                        entry = zipfile.ZipInfo(f"{bundle.name}/{name}", (1980, 1, 1, 0, 0, 0))
                        with (
                            (bundle.path / name).open("rb") as read,
                            archive.open(entry, "w", force_zip64=True) as write,
                        ):
                            shutil.copyfileobj(read, write, 1 << 20)
            if destination.exists():
                raise BundleError(f"{str(destination)!r} exists already; choose another name.")
            fresh.replace(destination)
        finally:
            fresh.unlink(missing_ok=True)
    return sha256_of(destination)


def check_weights(path: Path, *, shown: str) -> None:
    """BundleError unless a file is what its own header says, byte for byte: no gaps, no overlaps, nothing behind.

    Only the header is read. (https://github.com/huggingface/safetensors describes the format.)
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
        if not 2 <= length <= min(size - 8, _LARGEST_HEADER):
            raise BundleError(f"The weights of {shown!r} are not in the safetensors format; fetch it again.")
        header = file.read(length)
    try:
        described = msgspec.json.decode(header, type=dict[str, dict[str, Any]])
        spans = sorted(
            tuple(int(end) for end in entry["data_offsets"])
            for key, entry in described.items()
            if key != "__metadata__"
        )
    except (msgspec.MsgspecError, RecursionError, KeyError, TypeError, ValueError) as error:
        raise BundleError(f"The weights of {shown!r} have a damaged header; fetch it again.") from error
    reached = 0
    for span in spans:
        if len(span) != 2 or span[0] != reached or span[1] < span[0]:
            raise BundleError(f"The weights of {shown!r} overlap or leave gaps; fetch it again.")
        reached = span[1]
    if 8 + length + reached != size:
        raise BundleError(f"The weights of {shown!r} are cut off or have something behind them; fetch it again.")


def copy_folder(origin: Path, inside: Path) -> None:
    """Copy a bundle's files, and nothing else, from one folder to another."""
    for name in FILES:
        file = origin / name
        if file.is_file():
            if file.stat().st_size > _LARGEST[name]:
                raise BundleError(f"{str(file)!r} is larger than such a file of a model may be.")
            shutil.copyfile(file, inside / name)


def unpack(package: Path, inside: Path, *, shown: str) -> None:
    """Take a bundle's files out of a zip.

    Raises:
        BundleError: no zip, a damaged one, or one that holds anything else, files too large or names that lead away.
    """
    try:
        with zipfile.ZipFile(package) as archive:
            for name, entry in _members(archive, shown).items():
                _extract(archive, entry, inside / name, limit=_LARGEST[name], shown=shown)
    except _DAMAGED as error:
        raise BundleError(
            f"{shown!r} is no zip of a model, or a damaged one ({str(error)[:120]}); fetch it again."
        ) from error


def _members(archive: zipfile.ZipFile, shown: str) -> dict[str, zipfile.ZipInfo]:
    """The bundle's files in a zip: at its top, or all in one folder. Names in a zip are never used as paths."""
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise BundleError(f"{shown!r} holds {number_of(len(entries), 'files')}; a model is a zip of four or five.")
    found: dict[str, zipfile.ZipInfo] = {}
    folders: set[PurePosixPath] = set()
    for entry in entries:
        # Not `is_dir`, which stumbles over a name without a letter.
        if entry.filename.endswith("/"):
            continue
        path = PurePosixPath(entry.filename)
        is_plain = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not is_plain or path.name not in FILES or path.is_absolute() or ".." in path.parts or len(path.parts) > 2:
            raise BundleError(
                f"{shown!r} holds {entry.filename!r}, which is no part of a model; nothing was taken from it."
            )
        if path.name in found:
            raise BundleError(f"{shown!r} holds {path.name!r} twice; nothing was taken from it.")
        found[path.name] = entry
        folders.add(path.parent)
    if len(folders) > 1 or not found.keys() >= _NEEDED:
        missing = ", ".join(sorted(_NEEDED - found.keys())) or "one folder for all"
        raise BundleError(f"{shown!r} is no model, for it lacks {missing}.")
    return found


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, *, limit: int, shown: str) -> None:
    # The size that a zip states is a claim: what comes out is counted.
    done = 0
    try:
        read = archive.open(entry)
    except OSError as error:
        # Not the disk's refusal: an entry that points outside its file.
        raise zipfile.BadZipFile(f"its {path.name} lies nowhere in it") from error
    with read, path.open("wb") as write:
        while chunk := read.read(1 << 20):
            done += len(chunk)
            if done > limit:
                raise BundleError(f"{path.name!r} in {shown!r} is larger than such a file of a model may be.")
            write.write(chunk)


def checked_name(name: str) -> str:
    """The name, if a folder may be called so; BundleError else."""
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise BundleError(f"{name[:80]!r} cannot be the name of a model; use letters, digits, dots, - and _.")
    if name == settings.AUTOMATIC:
        raise BundleError(f"{name!r} means that no model is chosen; give this one another name.")
    return name


@contextmanager
def kept_by(place: Path) -> Iterator[None]:
    """Refusals of the disk, told as sentences."""
    try:
        yield
    except OSError as error:
        raise BundleError(
            f"The disk refuses to keep a model in {str(place)!r} ({error.strerror or error}); free some space or mend "
            "its permissions."
        ) from error
