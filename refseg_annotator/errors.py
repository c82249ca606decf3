"""Errors a user can meet. Each message is one sentence that names the thing and the mend.

RefSegError
├── UsageError            wrong words on the command line or in a dialog
├── EditError             an edit that does not fit the project as it stands
├── MediaError            a photo, clip or folder that cannot be read
│   └── DamagedFrameError     one frame of a clip; others can be read
├── ProjectError          a project file
│   ├── BrokenProjectError    damaged, or no project at all
│   ├── LockedProjectError    open in another window
│   └── StorageError          the disk refuses: full, read-only, gone
├── FormatError           a dataset file that breaks its format
├── ModelError            the network
│   ├── BundleError           a weight bundle that is missing, damaged or of another make
│   └── DeviceError           an accelerator that is not there or ran out of memory
└── TrainingError         a recipe or its data
"""

from __future__ import annotations


class RefSegError(Exception):
    """Root of every error meant for a user's eyes: `str(error)` is one plain sentence."""


class UsageError(RefSegError):
    """The request itself is wrong: an unknown name, options that exclude each other."""


class EditError(RefSegError):
    """The edit does not fit the project as it stands; nothing was changed."""


class MediaError(RefSegError):
    """A photo, clip or folder cannot be read."""


class DamagedFrameError(MediaError):
    """A frame of a clip is damaged and cannot be decoded; other frames of the clip can, or may."""


class ProjectError(RefSegError):
    """A project file cannot be used."""


class BrokenProjectError(ProjectError):
    """The file is damaged, of a newer version, or no project."""


class LockedProjectError(ProjectError):
    """Another process has the project open for writing."""


class StorageError(ProjectError):
    """The disk refused: full, read-only or gone. What was asked is still in memory.

    Attributes:
        at_terminal: the sentence for a command, whose memory ends with it; in the window work can go on.
    """

    def __init__(self, sentence: str, *, at_terminal: str | None = None) -> None:
        super().__init__(sentence)
        self.at_terminal = sentence if at_terminal is None else at_terminal


class FormatError(RefSegError):
    """A dataset file breaks its format; the message names the file and the field."""


class ModelError(RefSegError):
    """The network cannot do what was asked."""


class BundleError(ModelError):
    """A weight bundle is missing, damaged or of another make."""


class DeviceError(ModelError):
    """The accelerator asked for is not there, or ran out of memory."""


class TrainingError(RefSegError):
    """A training recipe, or the data it names, cannot be used."""
