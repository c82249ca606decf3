"""Models from elsewhere: fetched or copied beside, looked into without running anything, shown with their licence, and
put in place whole once that is accepted.

A model comes as a bundle: a folder with `config.json`, `vocabulary.txt`, `weights.safetensors` and `card.md`, or a zip
of these four. Anything else in a zip is refused, pickled checkpoints above all, which run what they hold when loaded.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

import msgspec

from refseg_annotator import settings
from refseg_annotator.bundle_files import CLICKS_FILE, CONFIG_FILE, CROSS_FRAME_FILE, WEIGHTS_FILE
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import BundleInfo, find_bundle, read_bundle
from refseg_annotator.services.model_download import Watcher, download, sha256_of
from refseg_annotator.services.model_package import (
    check_weights,
    checked_name,
    copy_folder,
    kept_by,
    unpack,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPTED_FILE: Final = "accepted.json"
_SHA256: Final = re.compile(r"[0-9a-fA-F]{64}")
_PICKLES: Final = frozenset({".pt", ".pth", ".ckpt", ".bin", ".pkl", ".pickle", ".tar"})
_CATALOGUE: Final = "models.json"


class CatalogueEntry(msgspec.Struct, frozen=True):
    """A model that is known by name and can be fetched."""

    name: str
    url: str
    sha256: str
    bytes: int
    licence: str
    summary: str


class Catalogue(msgspec.Struct, frozen=True):
    """The models known by name; `resources/models.json`, and the user's own of that name in the models folder."""

    models: tuple[CatalogueEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a model comes from: an address, or a file or folder.

    Attributes:
        sha256: of the zip; None where nobody knows.
    """

    address: str
    path: Path | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class StagedModel:
    """A model that is here and sound, but not yet in place: its licence is to be read first.

    Attributes:
        bundle: what it says of itself.
        sha256: of the zip it came as; of its weights where it came as a folder.
    """

    name: str
    bundle: BundleInfo
    source: Source
    sha256: str

    @property
    def licence(self) -> str:
        """The licence of the weights, one line."""
        return " ".join(self.bundle.licence.split()) or "none stated"


# --- where from ------------------------------------------------------------------------------------------------------


def catalogue() -> list[CatalogueEntry]:
    """The models known by name, the user's own first.

    Raises:
        BundleError: a catalogue is damaged.
    """
    entries: dict[str, CatalogueEntry] = {}
    for path in (settings.user_models_folder() / _CATALOGUE, settings.resources_folder() / _CATALOGUE):
        try:
            found = msgspec.json.decode(path.read_bytes(), type=Catalogue)
        except FileNotFoundError:
            continue
        except (OSError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            raise BundleError(f"The catalogue {str(path)!r} cannot be read ({error}); mend or remove it.") from error
        for entry in found.models:
            entries.setdefault(entry.name, entry)
    return list(entries.values())


def locate(words: str, *, sha256: str | None = None) -> Source:
    """What somebody typed, an address, a path or a name, as a source.

    Raises:
        BundleError: it is none of these; unknown names are answered with the known ones.
    """
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise BundleError(f"{sha256!r} is no SHA-256; it has 64 digits of 0-9 and a-f.")
    if "://" in words:
        return Source(words, sha256=sha256)
    path = Path(words).expanduser()
    if path.exists():
        return Source(str(path), path.absolute(), sha256)
    known = {entry.name: entry for entry in catalogue()}
    if words in known:
        return Source(known[words].url, sha256=sha256 or known[words].sha256)
    if known:
        raise BundleError(
            f"There is neither a file nor a model {words!r} to fetch; known by name: {', '.join(sorted(known))}."
        )
    raise BundleError(
        f"There is neither a file nor a model {words!r} to fetch; give the address of a bundle, its zip or its folder."
    )


# --- fetching --------------------------------------------------------------------------------------------------------


class FetchingWork:
    """Brings a model here and looks into it; a generator for a lane, which yields one `StagedModel`.

    Args:
        name: what it shall be called here; None takes its own name.
    """

    def __init__(self, source: Source, *, name: str | None = None) -> None:
        self._source = source
        self._name = name

    def __call__(self, watcher: Watcher) -> Iterator[StagedModel]:
        """Yields the model, unless cancelled; what has arrived by then is kept for the next time.

        Raises:
            BundleError: it cannot be fetched, or is no sound bundle.
        """
        folder = settings.user_models_folder()
        with kept_by(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _clear_leftovers(folder)
        source = self._source
        if source.path is None:
            package = _incoming(folder, source.address)
            with kept_by(folder):
                if not download(source.address, package, watcher=watcher, sha256=source.sha256):
                    return
            try:
                yield self._stage(package, folder)
            finally:
                package.unlink(missing_ok=True)
        else:
            _check_path(source)
            yield self._stage(source.path, folder)

    def _stage(self, origin: Path, folder: Path) -> StagedModel:
        with kept_by(folder):
            staged = Path(tempfile.mkdtemp(prefix=".staged-", dir=folder))
            try:
                inside = staged / "bundle"
                inside.mkdir()
                if origin.is_dir():
                    copy_folder(origin, inside)
                else:
                    unpack(origin, inside, shown=self._source.address)
                bundle = read_bundle(inside)
                for name in (WEIGHTS_FILE, CROSS_FRAME_FILE, CLICKS_FILE):
                    if (inside / name).exists():
                        check_weights(inside / name, shown=self._source.address)
                called = checked_name(self._name or bundle.config.name)
                digest = sha256_of(inside / WEIGHTS_FILE if origin.is_dir() else origin)
                return StagedModel(called, bundle, self._source, digest)
            except BaseException:
                shutil.rmtree(staged, ignore_errors=True)
                raise


def install(model: StagedModel, *, accepted: bool, replace: bool = False) -> BundleInfo:
    """Put a staged model in place, whole or not at all; from then on it is found by its name.

    Args:
        accepted: whether the user has accepted its licence. Nothing is installed without.
        replace: whether a model of the user's own of that name may go.

    Raises:
        BundleError: not accepted, or the name is taken; the staged model is still there.
    """
    if not accepted:
        raise BundleError(
            f"The model {model.name!r} comes under the licence {model.licence}; it is installed once that is accepted."
        )
    folder = settings.user_models_folder()
    place = folder / model.name
    if (settings.models_folder() / model.name).exists() and settings.models_folder() != folder:
        raise BundleError(f"{model.name!r} is the name of a model that came with the program; give it another name.")
    if place.exists() and not replace:
        raise BundleError(f"There is a model {model.name!r} already; replace it, or give this one another name.")
    record = {
        "licence": model.licence,
        "accepted": datetime.now(UTC).isoformat(timespec="seconds"),
        "source": model.source.address,
        "sha256": model.sha256,
    }
    with kept_by(place):
        inside = model.bundle.path
        (inside / ACCEPTED_FILE).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        old = inside.parent / "old"
        if place.exists():
            place.replace(old)
        try:
            inside.replace(place)
        except OSError:
            if old.exists():
                old.replace(place)
            raise
    discard(model)
    return read_bundle(place)


def discard(model: StagedModel) -> None:
    """Throw a staged model away; nothing of one that was installed is touched."""
    shutil.rmtree(model.bundle.path.parent, ignore_errors=True)


def remove(name: str) -> Path:
    """Remove a model of the user's own; the folder that is gone.

    Raises:
        BundleError: unknown, or it came with the program.
    """
    bundle = find_bundle(name)
    if not is_own(bundle):
        raise BundleError(f"{name!r} came with the program and goes with it; only models of your own can be removed.")
    with kept_by(bundle.path):
        grave = Path(tempfile.mkdtemp(prefix=".staged-", dir=bundle.path.parent))
        # One step, so that a half-removed model is never found.
        bundle.path.replace(grave / "old")
        shutil.rmtree(grave)
    return bundle.path


def is_own(bundle: BundleInfo) -> bool:
    """Whether a bundle lies among the user's own."""
    return bundle.path.parent == settings.user_models_folder()


def accepted_record(bundle: BundleInfo) -> dict[str, Any] | None:
    """When and for which source the licence of a fetched bundle was accepted; None for one that was not fetched."""
    try:
        record = json.loads((bundle.path / ACCEPTED_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


# --- within -----------------------------------------------------------------------------------------------------------


def _check_path(source: Source) -> None:
    path = source.path
    assert path is not None  # noqa: S101  the caller's own case
    if path.is_dir():
        if not (path / CONFIG_FILE).is_file():
            raise BundleError(
                f"The folder {str(path)!r} holds no model, for there is no {CONFIG_FILE}; name one that does."
            )
        return
    if path.suffix.lower() in _PICKLES:
        raise BundleError(
            f"{path.name!r} looks like a pickled checkpoint, which can run anything when it is loaded; only bundles "
            "with safetensors weights are taken: train writes one, or convert it where it was made."
        )
    if source.sha256 is not None and sha256_of(path) != source.sha256.lower():
        raise BundleError(f"{str(path)!r} has another SHA-256 than the one given; it is damaged or another file.")


def _incoming(folder: Path, address: str) -> Path:
    """Where a download lies: by its address, so that the same address is resumed."""
    last = PurePosixPath(unquote(urlsplit(address).path)).name
    readable = "".join(letter for letter in last if letter.isalnum() or letter in "._-")[:40]
    return folder / f".incoming-{hashlib.sha256(address.encode()).hexdigest()[:12]}-{readable}"


def _clear_leftovers(folder: Path) -> None:
    """What a killed program left staged goes after a day."""
    now = datetime.now(UTC).timestamp()
    for path in folder.glob(".staged-*"):
        if now - path.stat().st_mtime > 24 * 3600:
            shutil.rmtree(path, ignore_errors=True)
