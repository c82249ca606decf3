"""Words that several verbs take, as closed sets that typer can check and complete."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

MODEL_HELP: Final = "Name of a bundle (see models list), or its folder; the one of the settings by default."
EVERY_FRAME_HELP: Final = "Read every frame, also where optical flow could fill what its neighbours show."
DEVICE_HELP: Final = "Where the model runs; as the settings say by default."


FORMATS_READ: Final = (
    "grefcoco, refcoco, r-ris, refer, phrasecut, referit, talk2car-regseg, a2d, jhmdb, refer-youtube-vos, mevis, "
    "ref-davis, davis, labelme, coco"
)
"""Names of the formats that are read, for helps: their table takes longer to load than a help should."""
FORMATS_WRITTEN: Final = (
    "grefcoco, refcoco, r-ris, refer, a2d, refer-youtube-vos, mevis, ref-davis, davis, labelme, coco, voc, yolo, "
    "masks, submission, jsonl"
)


class Device(StrEnum):
    """Where the model runs; `auto` takes a GPU that works, else the processor."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class DirectionChoice(StrEnum):
    """Where a mask is carried from its start."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


class TaskChoice(StrEnum):
    """What a model is asked: masks carried through clips, phrases, or clicks on things of photos."""

    PROPAGATE = "propagate"
    PHRASE = "phrase"
    CLICKS = "clicks"
