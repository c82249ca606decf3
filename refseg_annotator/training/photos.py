"""The photos that training draws from: what is on each and what is said of it, and its pixels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from refseg_annotator.errors import TrainingError

if TYPE_CHECKING:
    from refseg_annotator.formats.samples import ReferAnnotation, ReferImage, ReferSample, ReferSplit


def source_of(path: Path) -> str:
    """The data set a photo comes from: the first word of its file name."""
    return path.name.split("_", 1)[0]


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """One photo of a split.

    Attributes:
        source: the data set it comes from, see `source_of`.
        positives: sentences that mean something on it.
        absent: sentences that fit nothing on it.
        things: all annotated objects, said of or not.
    """

    image: ReferImage
    source: str
    positives: tuple[ReferSample, ...]
    absent: tuple[ReferSample, ...]
    things: tuple[ReferAnnotation, ...]

    @property
    def is_crowded(self) -> bool:
        """Whether several things of one class are on it."""
        return len({thing.category for thing in self.things}) < len(self.things)


def pixels_of(image: ReferImage) -> NDArray[np.uint8]:
    """The photo uint8 (H, W, 3) RGB."""
    try:
        # cv2.imread cannot open every path that Windows allows.
        code = np.fromfile(image.path, dtype=np.uint8)
        pixels = cv2.imdecode(code, cv2.IMREAD_COLOR) if code.size else None
    except OSError as cause:
        raise TrainingError(f"The training photo {str(image.path)!r} cannot be read; restore or remove it.") from cause
    if pixels is None:
        raise TrainingError(f"The training photo {str(image.path)!r} is no picture; restore or remove it.")
    if pixels.shape[:2] != image.size.shape:
        raise TrainingError(
            f"The training photo {str(image.path)!r} is {pixels.shape[1]} x {pixels.shape[0]} pixels where the "
            f"annotations say {image.width} x {image.height}; use the photos the annotations were made for."
        )
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def photos_of(split: ReferSplit) -> list[Photo]:
    """The photos of a split that something is said of, in the order of their first sentences."""
    samples: dict[int, list[ReferSample]] = defaultdict(list)
    things: dict[int, list[ReferAnnotation]] = defaultdict(list)
    for sample in split.samples:
        samples[sample.image_id].append(sample)
    for annotation in split.annotations.values():
        things[annotation.image_id].append(annotation)
    return [
        Photo(
            image=split.images[image_id],
            source=source_of(split.images[image_id].path),
            positives=tuple(sample for sample in found if not sample.is_no_target),
            absent=tuple(sample for sample in found if sample.is_no_target),
            things=tuple(things[image_id]),
        )
        for image_id, found in samples.items()
    ]
