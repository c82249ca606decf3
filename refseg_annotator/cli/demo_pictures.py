"""The demo's pictures, what to ask of each, and the project made of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from refseg_annotator.errors import MediaError

PROJECT_NAME: Final = "demo.refseg"


@dataclass(frozen=True, slots=True)
class DemoPicture:
    """A photo that scikit-image carries in its wheel, and phrases that suit it."""

    file: str
    phrases: tuple[str, ...]


PICTURES: Final = (
    DemoPicture("astronaut.png", ("the woman", "the black helmet on the right", "the horse")),
    DemoPicture("chelsea.png", ("the cat",)),
    DemoPicture("coffee.png", ("the cup",)),
    DemoPicture("camera.png", ("the man with the camera",)),
    DemoPicture("motorcycle_left.png", ("the red motorbike",)),
)


def copy_pictures(folder: Path) -> list[Path]:
    """Copy the demo's pictures into `folder`; those that this scikit-image does not carry are left out."""
    # The module is not imported for it: that costs a second and may look for a downloader.
    found = find_spec("skimage")
    source = Path(found.origin).parent / "data" if found and found.origin else None
    copies = []
    for picture in PICTURES:
        if source is not None and (source / picture.file).is_file():
            folder.mkdir(parents=True, exist_ok=True)
            copies.append(Path(shutil.copyfile(source / picture.file, folder / picture.file)))
    if not copies:
        raise MediaError("scikit-image's photos are missing; run: python -m pip install --force-reinstall scikit-image")
    return copies


def phrases_for(picture: Path) -> Sequence[str]:
    """The phrases to try on a demo picture."""
    return next(known.phrases for known in PICTURES if known.file == picture.name)


def project_in(folder: Path) -> Path:
    """The demo project in `folder`, made with its pictures where it is not there yet."""
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.documents import add_media, close_project, new_project
    from refseg_annotator.services.jobs import SynchronousRunner

    path = folder / PROJECT_NAME
    if path.exists():
        return path
    pictures = copy_pictures(folder / "pictures")
    session = new_project(path, runner=SynchronousRunner(), media=FrameCache(64 << 20))
    add_media(session, pictures)
    close_project(session)
    return path
