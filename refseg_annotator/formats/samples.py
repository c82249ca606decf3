"""Phrases and their masks as training and evaluation want them: flat, typed, masks decoded only when asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.report import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReferImage:
    """A photo: `width` and `height` as the annotation file states them, in pixels."""

    id: int
    path: Path
    width: int
    height: int

    @property
    def size(self) -> Size:
        """The frame as a `Size`."""
        return Size(width=self.width, height=self.height)


@dataclass(frozen=True, slots=True, eq=False)
class ReferAnnotation:
    """One object's mask on its photo, kept in the file's code until `mask()` is called."""

    id: int
    image_id: int
    category: str
    iscrowd: bool
    decode: Callable[[], Mask] = field(repr=False)

    def mask(self) -> Mask:
        """The object's pixels.

        Raises:
            FormatError: The code is broken; the sentence names file and record.
        """
        return self.decode()


@dataclass(frozen=True, slots=True)
class ReferSample:
    """One sentence with what it means.

    Attributes:
        ann_ids: The objects meant, united; empty where the sentence fits nothing in the photo.
        kind: The sort of phrase as the file says it ("position", "no-target" ...), or "".
        exist: False where R-RIS marks the sentence as one that fits nothing, whatever `ann_ids` says.
    """

    ref_id: int
    sent_id: int
    image_id: int
    ann_ids: tuple[int, ...]
    phrase: str
    kind: str = ""
    exist: bool = True

    @property
    def is_no_target(self) -> bool:
        """True where the right answer is the empty mask."""
        return not self.exist or not self.ann_ids


@dataclass(frozen=True, slots=True, eq=False)
class ReferSplit:
    """The photos, objects and sentences of one split; what reading left out or changed stands in the ledger."""

    images: Mapping[int, ReferImage]
    annotations: Mapping[int, ReferAnnotation]
    samples: Sequence[ReferSample]
    ledger: Ledger = field(default_factory=Ledger, repr=False)

    def mask_of(self, sample: ReferSample) -> Mask:
        """The pixels that `sample` means: the union over its objects, empty where it fits nothing."""
        image = self.images[sample.image_id]
        mask = Mask.empty(image.size)
        if not sample.is_no_target:
            for ann_id in sample.ann_ids:
                mask = mask.union(self.annotations[ann_id].mask())
        return mask
