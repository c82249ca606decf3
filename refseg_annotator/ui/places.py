"""Where a person was: on which frame of each clip, and on which picture of a project when it is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings

from refseg_annotator import settings
from refseg_annotator.core.annotation import MediumId
from refseg_annotator.ui.window_layout import LAYOUT_FILE

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Medium
    from refseg_annotator.core.events import Change
    from refseg_annotator.core.project import Project
    from refseg_annotator.services.session import Session

KEPT_PROJECTS: Final = 50
"""So many projects are remembered, the latest first."""
_KEY: Final = "places"


class Places:
    """Remembers places; whether a frame is still there is asked when one goes back to it.

    What outlives the program lies beside the layout of the window, not in the project: two people who share a project
    are each where they were.
    """

    def __init__(self) -> None:
        self._frames: dict[MediumId, int] = {}

    def begin(self, session: Session) -> tuple[MediumId | None, int]:
        """Where to begin with a project just opened: where it was left, or else with its first medium."""
        self._frames.clear()
        media = session.project.media
        for medium_id, frame in (place for name, *place in _kept() if name == _name_of(session)):
            if medium_id in media:
                return MediumId(medium_id), _within(media[MediumId(medium_id)], frame)
        return next(iter(media), None), 0

    def note(self, medium_id: MediumId | None, frame: int) -> None:
        """A frame is on show."""
        if medium_id is not None:
            self._frames[medium_id] = frame

    def frame_of(self, medium: Medium) -> int:
        """The frame of a medium that was on show last; 0 of one not seen since the project was opened."""
        return _within(medium, self._frames.get(medium.id, 0))

    def frame_after(self, change: Change, medium: Medium, *, shown: tuple[MediumId | None, int]) -> int:
        """The frame of a medium to go to, so that an undone or repeated change is seen.

        Args:
            shown: medium and frame that are on show now.
        """
        is_here, frames = medium.id == shown[0], {frame for _, frame in change.annotations}
        reach = 0 if len(frames) == 1 else 1  # several that run on from the frame on show are seen from there
        if is_here and any(abs(frame - shown[1]) <= reach for frame in frames):
            return shown[1]
        if change.frame is not None:
            return change.frame
        return shown[1] if is_here else self.frame_of(medium)

    def keep(self, session: Session, medium_id: MediumId | None, frame: int) -> None:
        """The project is left here."""
        name = _name_of(session)
        if name is None or medium_id is None:
            return
        rows = [(name, int(medium_id), frame), *(row for row in _kept() if row[0] != name)]
        _store().setValue(_KEY, ["\t".join(map(str, (number, at, path))) for path, number, at in rows[:KEPT_PROJECTS]])


def medium_near(project: Project, gone: MediumId | None) -> MediumId | None:
    """The medium that followed a removed one, or the last."""
    media = list(project.media)
    if gone is None:
        return media[0] if media else None
    later = [medium_id for medium_id in media if medium_id > gone]
    return later[0] if later else media[-1] if media else None


def _within(medium: Medium, frame: int) -> int:
    return min(max(frame, 0), max(medium.frame_count - 1, 0))


def _name_of(session: Session) -> str | None:
    return None if session.path is None else str(session.path.absolute())


def _kept() -> list[tuple[str, int, int]]:
    """Path, medium and frame of each project; rows that somebody has spoilt are left out."""
    value = _store().value(_KEY, [])
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []  # Qt makes one of a list
    parts = [str(text).split("\t", 2) for text in texts]
    return [(row[2], int(row[0]), int(row[1])) for row in parts if len(row) == 3 and (row[0] + row[1]).isdecimal()]


def _store() -> QSettings:
    return QSettings(str(settings.config_folder() / LAYOUT_FILE), QSettings.Format.IniFormat)
