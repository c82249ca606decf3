"""Folders of numbered frames as clips. A folder is photos unless somebody asks; more than an offer is never made."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumId, MediumKind
from refseg_annotator.core.edits import Edit, PutMedium, Several, removing_medium
from refseg_annotator.errors import EditError, MediaError
from refseg_annotator.media import kind_of, list_media, natural_key, probe
from refseg_annotator.media.image_sequence import numbered_frames
from refseg_annotator.services.documents import AddReport, FoundMedia, FoundMedium, Skipped, looked_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from refseg_annotator.core.geometry import Size
    from refseg_annotator.services.session import Session

_FEWEST: Final = 8
"""Pictures from which a folder may be offered as a clip."""
_LOOKED_AT: Final = 8
"""Pictures whose headers are read, spread over the folder: the first and the last are among them."""
_LARGEST_GAP: Final = 10
"""Every so manieth frame, as data sets sample clips; numbers that jump by more are a collection's."""
# What cameras and telephones call photos: numbered, of one size, and no clip.
_CAMERAS: Final = re.compile(
    r"(img|image|dsc|dscn|dscf|_dsc|_mg|pict?|photo|p|pxl|gopr|gp|dji|sam|cimg|imgp|mvimg|hpim|scan|screenshot)[-_ ]?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(.*?)([0-9]+)[^0-9]*", re.DOTALL)


def find_clip(folder: Path) -> FoundMedium:
    """A folder of numbered pictures as one clip, because somebody says so.

    Raises:
        MediaError: it holds no numbered pictures, or they are not of one size.
    """
    # Not resolved: a link's name is the user's own.
    whole = Path(os.path.abspath(folder))  # noqa: PTH100
    frames = numbered_frames(whole)
    return FoundMedium(whole, MediumKind.VIDEO, _common_size(whole, frames), len(frames))


def find_clips(folders: Iterable[Path]) -> FoundMedia:
    """Each folder as one clip; one with folders alone in it, as data sets have them, as so many clips.

    A file among them is taken as what it is. Touches no project; for any thread.
    """
    media: list[FoundMedium] = []
    skipped: list[Skipped] = []
    for path in (inner for folder in folders for inner in _with_frames(folder)):
        try:
            if path.is_dir():
                media.append(find_clip(path))
            elif (kind := kind_of(path)) is not None and path.exists():
                media.append(looked_at(Path(os.path.abspath(path)), kind))  # noqa: PTH100
            else:
                skipped.append(Skipped(path, f"{str(path)!r} is no folder of frames and no clip; choose another one."))
        except (MediaError, OSError) as error:
            sentence = (
                str(error) if isinstance(error, MediaError) else f"{str(path)!r} cannot be read ({error.strerror})."
            )
            skipped.append(Skipped(path, sentence))
    return FoundMedia(tuple(media), tuple(skipped))


def _with_frames(folder: Path) -> list[Path]:
    """The folder itself, or the folders in it where it holds nothing else."""
    try:
        has_folders_alone = folder.is_dir() and not list_media(folder)
        inside = [path for path in folder.iterdir() if path.is_dir()] if has_folders_alone else []
    except (MediaError, OSError):
        inside = []  # what is wrong with it is said where it is opened
    shown = [path for path in inside if not path.name.startswith(".")]
    return sorted(shown, key=lambda path: natural_key(path.name)) or [folder]


# --- the offer -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClipOffer:
    """A folder whose pictures look like the frames of a clip.

    Attributes:
        clip: what it would be as a clip.
    """

    clip: FoundMedium

    @property
    def sentence(self) -> str:
        """What the window says of it."""
        clip = self.clip
        return (
            f"The {clip.frame_count:,} pictures of {clip.path.name!r} were added as photos; they are numbered and of "
            "one size, like the frames of a clip."
        )


def clip_offer(folder: Path) -> ClipOffer | None:
    """Whether a folder looks like a clip's frames: many, numbered, of one size, not named as photos are.

    Reads the folder and a few headers; never raises.
    """
    try:
        if not folder.is_dir() or any(kind_of(file) is MediumKind.VIDEO for file in list_media(folder)):
            return None
        frames = numbered_frames(folder)
        if len(frames) < _FEWEST or not _are_numbered_like_frames([frame.stem for frame in frames]):
            return None
        return ClipOffer(find_clip(folder))
    except (MediaError, OSError):
        return None


def put_clip_instead(session: Session, offer: ClipOffer) -> AddReport:
    """Put the clip in place of its frames that were added as photos; one step of undo.

    Raises:
        EditError: one of the photos has been worked on.
    """
    project = session.project
    folder = offer.clip.path.as_posix()
    photos = [
        medium.id
        for medium in project.media.values()
        if medium.kind is MediumKind.IMAGE and Path(medium.path).parent.as_posix() == folder
    ]
    if any(project.referents_of(photo) or project.expressions_of(photo) for photo in photos):
        raise EditError(
            f"Photos of {offer.clip.path.name!r} have masks or phrases already; remove them from the project first, or "
            "add the folder as a clip beside them."
        )
    return _exchanged(session, photos, offer.clip)


def _exchanged(session: Session, photos: Sequence[MediumId], clip: FoundMedium) -> AddReport:
    project = session.project
    for photo in photos:
        session.ensure_loaded(photo)
    path = clip.path.as_posix()
    present = next((medium.id for medium in project.media.values() if medium.path == path), None)
    edits: list[Edit] = [removing_medium(project, photo) for photo in photos]
    medium = clip.as_medium(MediumId(project.next_id())) if present is None else None
    if medium is not None:
        edits.append(PutMedium(medium))
    if edits:
        session.commit(Several("Open as one clip", tuple(edits)))
    if medium is not None:
        return AddReport((medium.id,))
    return AddReport(present=() if present is None else (present,))


def _are_numbered_like_frames(stems: Sequence[str]) -> bool:
    numbers: list[int] = []
    for stem in stems:
        match = _NUMBER.fullmatch(stem)
        if match is None or _CAMERAS.fullmatch(match.group(1)):
            return False
        numbers.append(int(match.group(2)))
    steps = [after - before for before, after in pairwise(numbers)]
    # A frame lost here and there is a clip's; many different steps are a collection that somebody picked from.
    usual = sorted(steps)[len(steps) // 2]
    return 1 <= usual <= _LARGEST_GAP and sum(step != usual for step in steps) <= len(steps) // 10


def _common_size(folder: Path, frames: Sequence[Path]) -> Size:
    last = len(frames) - 1
    places = sorted({round(place * last / (_LOOKED_AT - 1)) for place in range(_LOOKED_AT)})
    sizes = {place: probe(frames[place]) for place in places}
    for place, size in sizes.items():
        if size != sizes[0]:
            raise MediaError(
                f"{str(folder)!r} is no clip: {frames[place].name!r} is {size.width} x {size.height} pixels and "
                f"{frames[0].name!r} {sizes[0].width} x {sizes[0].height}; scale all frames to one size, or add them "
                "as photos."
            )
    return sizes[0]
