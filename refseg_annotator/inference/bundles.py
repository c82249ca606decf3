"""Weight bundles as files: which are there, and what they say of themselves. No torch, so that a list of them costs no
seconds.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from refseg_annotator import settings
from refseg_annotator.bundle_files import (
    CARD_FILE,
    CONFIG_FILE,
    CROSS_FRAME_FILE,
    VOCABULARY_FILE,
    WEIGHTS_FILE,
    as_config,
    read_config_record,
    read_text,
)
from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import BundleError, ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

DEFAULT_MODEL: Final = "cmsa-lite"
"""The bundle that reads phrases on photos where nobody has chosen one."""


class BundleConfig(msgspec.Struct, frozen=True):
    """What a bundle's `config.json` says, as far as it matters without the network; more keys are allowed.

    Attributes:
        threshold: probability from which a pixel belongs to the mask, 0..1.
        presence_threshold: presence below which the phrase is held to name nothing, 0..1.
        max_words: words of a phrase that are read.
        parameters: number of weights.
        model: shape of the network, for `nn` to read.
        preprocessing: how a picture is prepared, for `nn` to read.
        training: what it was trained on.
        scores: measured on held-out data.
    """

    name: str
    version: str
    licence: str
    summary: str
    threshold: float
    presence_threshold: float
    max_words: int
    parameters: int
    model: dict[str, Any] = {}
    preprocessing: dict[str, Any] = {}
    training: dict[str, Any] = {}
    scores: dict[str, Any] = {}

    def __post_init__(self) -> None:
        for key in ("threshold", "presence_threshold"):
            if not 0.0 <= getattr(self, key) <= 1.0:
                raise ValueError(f"{key} must lie in 0..1")
        if self.max_words < 1 or self.parameters < 0:
            raise ValueError("max_words and parameters must be positive")


class BundleInfo(msgspec.Struct, frozen=True):
    """A bundle that can be loaded.

    Attributes:
        name: the folder's name, by which it is asked for.
        path: the folder.
        config: what it says of itself.
        card: its card, Markdown.
        bytes: size of all its files.
    """

    name: str
    path: Path
    config: BundleConfig
    card: str
    bytes: int

    @property
    def label(self) -> str:
        """Name and version in one word, as `ModelInfo.label` has it."""
        return f"{self.config.name} {self.config.version}".strip()

    @property
    def licence(self) -> str:
        """The licence of the weights."""
        return self.config.licence

    @property
    def follows_clips(self) -> bool:
        """Whether the bundle carries the part that takes masks from frame to frame."""
        return has_cross_frame_part(self.path)


class BrokenBundle(msgspec.Struct, frozen=True):
    """A folder among the models that cannot be used, and why, in one sentence."""

    path: Path
    sentence: str


def model_folders() -> tuple[Path, ...]:
    """Where bundles lie: the user's own, which win where names are equal, then those that came with the program."""
    return settings.user_models_folder(), settings.models_folder()


def list_bundles(folders: Sequence[Path] | None = None) -> list[BundleInfo]:
    """All usable bundles by name."""
    return survey_bundles(folders)[0]


def survey_bundles(folders: Sequence[Path] | None = None) -> tuple[list[BundleInfo], list[BrokenBundle]]:
    """All usable bundles by name, and the folders that look like bundles but cannot be used."""
    usable: dict[str, BundleInfo] = {}
    unusable: list[BrokenBundle] = []
    for folder in _bundle_paths(folders):
        if folder.name in usable:
            continue
        try:
            usable[folder.name] = read_bundle(folder)
        except BundleError as error:
            unusable.append(BrokenBundle(folder, str(error)))
    return sorted(usable.values(), key=lambda info: info.name), unusable


def find_bundle(name: str, folders: Sequence[Path] | None = None) -> BundleInfo:
    """The bundle of a name, or at a path.

    Raises:
        BundleError: unknown, answered with the known names; or damaged.
    """
    for folder in _bundle_paths(folders):
        if folder.name == name:
            return read_bundle(folder)
    path = Path(name)
    if path.is_dir() and (path / CONFIG_FILE).is_file():
        return read_bundle(path)
    known = [info.name for info in list_bundles(folders)]
    if not known:
        raise BundleError(
            f"There is no model {name!r}, nor any other; put a bundle into {str(settings.user_models_folder())!r}."
        )
    raise BundleError(f"There is no model {name!r}; choose one of {', '.join(known)}.")


def read_bundle(folder: Path) -> BundleInfo:
    """What a bundle's folder holds; weights are measured, not read.

    Raises:
        BundleError: a file is missing, empty or not as it should be.
    """
    for name in (CONFIG_FILE, VOCABULARY_FILE, WEIGHTS_FILE):
        file = folder / name
        if not file.is_file() or file.stat().st_size == 0:
            what = "is empty" if file.is_file() else "is missing"
            raise BundleError(f"The model {folder.name!r} cannot be used, for its {name} {what}; fetch it again.")
    config = as_config(folder, read_config_record(folder), BundleConfig)
    card = read_text(folder, CARD_FILE) if (folder / CARD_FILE).is_file() else ""
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    return BundleInfo(name=folder.name, path=folder, config=config, card=card, bytes=size)


def has_cross_frame_part(folder: Path) -> bool:
    """Whether the bundle in `folder` carries the part that takes masks from frame to frame."""
    return (folder / CROSS_FRAME_FILE).is_file()


def bundle_for_clips(preferred: BundleInfo | None, folders: Sequence[Path] | None = None) -> BundleInfo | None:
    """The bundle that takes masks from frame to frame: `preferred` where it can, else the first that can, if any."""
    if preferred is not None and preferred.follows_clips:
        return preferred
    return next((info for info in list_bundles(folders) if info.follows_clips), None)


def bundle_for_phrases(chosen: str, kind: MediumKind, folders: Sequence[Path] | None = None) -> BundleInfo:
    """The bundle that reads phrases on media of a kind: `chosen`, a name or a path, reads them on all.

    Where nobody chose (`settings.AUTOMATIC`) it is `DEFAULT_MODEL`; but on frames of clips the one that follows clips,
    where there is any, for it reads them better than the one made for photos does (README, Figures).

    Raises:
        BundleError: unknown, answered with the known names; or damaged.
    """
    if chosen != settings.AUTOMATIC:
        return find_bundle(chosen, folders)
    usual = find_bundle(DEFAULT_MODEL, folders)
    if kind is MediumKind.IMAGE:
        return usual
    return bundle_for_clips(usual, folders) or usual


def demand_cross_frame_part(folder: Path) -> None:
    """Refuses a bundle that can only read phrases.

    Raises:
        ModelError: it has no such part.
    """
    if not has_cross_frame_part(folder):
        raise ModelError(
            f"The model {folder.name!r} carries no cross-frame part to follow masks through clips; "
            "use a model that does, or follow them by optical flow."
        )


def _bundle_paths(folders: Sequence[Path] | None) -> list[Path]:
    """Folders that mean to be bundles: those with a configuration or weights."""
    found: list[Path] = []
    for place in model_folders() if folders is None else folders:
        try:
            inside = sorted(place.iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            logger.info("the models in %s cannot be listed: %s", place, error)
            continue
        found.extend(
            folder
            for folder in inside
            if not folder.name.startswith(".")
            and ((folder / CONFIG_FILE).is_file() or (folder / WEIGHTS_FILE).is_file())
        )
    return found
