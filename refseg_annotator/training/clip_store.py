"""Features of training sequences, computed once: the encoder is frozen, and it is most of the work.

One file a sequence under `<out>/features/`; files are written beside and moved into place, so that a killed run goes on
where it was. Training then reads windows of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from torch import Tensor

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.formats.samples import ReferAnnotation, ReferSplit
from refseg_annotator.nn.clip_features import EarlyEncoder, FrameFeatures, working_size
from refseg_annotator.training.clip_sequences import (
    ClipSequence,
    CutOut,
    cut_of_clip,
    made_of_photos,
    moved_photo,
    whole_clip,
)
from refseg_annotator.training.tensor_file import write_tensors
from refseg_annotator.training.video_evaluator import scored_clips

UNIT: Final = 56  # pixels: four tokens, seven cells of stride 8, fourteen of stride 4 end together
FOLDER: Final = "features"
Progress = Callable[[int, int, str], None]


class StoredWindow(NamedTuple):
    """Some frames of a stored sequence inside a window of h x w units.

    Attributes:
        features: of t frames, float32.
        masks: bool (t, objects, 56 h, 56 w).
    """

    features: FrameFeatures
    masks: Tensor


def write_sequence(path: Path, encoder: EarlyEncoder, sequence: ClipSequence) -> None:
    """Encodes a sequence and writes it.

    Raises:
        TrainingError: the disk refuses.
    """
    device = next(encoder.parameters()).device
    parts: list[FrameFeatures] = []
    with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16):
        for frame in sequence.frames:
            pixels = torch.from_numpy(np.ascontiguousarray(frame.transpose(2, 0, 1)))[None].float()
            parts.append(FrameFeatures(*(part.half().cpu() for part in encoder(pixels.to(device)))))
    rows, columns = (side // UNIT for side in sequence.masks.shape[2:])  # what is over is left out
    state = {
        name: torch.cat([getattr(part, name) for part in parts])[
            :, :, : rows * (UNIT // stride), : columns * (UNIT // stride)
        ].contiguous()
        for name, stride in _STRIDES
    }
    masks = sequence.masks[:, :, : rows * UNIT, : columns * UNIT]
    state["masks"] = torch.from_numpy(np.packbits(masks, axis=-1))
    write_tensors(path, state, what="features", mend="free space there")


def shape_of(path: Path) -> tuple[int, int, int, int]:
    """Frames, objects, rows and columns of units in a stored sequence.

    Raises:
        TrainingError: the file is damaged.
    """
    try:
        with safe_open(path, framework="pt") as file:
            frames, objects, height, columns = file.get_slice("masks").get_shape()
    except (OSError, SafetensorError, ValueError) as cause:
        raise TrainingError(f"The features {str(path)!r} are damaged; delete that file and start again.") from cause
    return frames, objects, height // UNIT, columns * 8 // UNIT


def read_window(path: Path, frames: Sequence[int], rows: range, columns: range) -> StoredWindow:
    """Frames of a sequence, in the order given, inside a window counted in units."""
    with safe_open(path, framework="pt") as file:

        def part(name: str, cells: int) -> Tensor:
            stored = file.get_slice(name)
            r, c = slice(rows[0] * cells, (rows[-1] + 1) * cells), slice(columns[0] * cells, (columns[-1] + 1) * cells)
            return torch.stack([stored[frame : frame + 1, :, r, c][0] for frame in frames])

        features = FrameFeatures(*(part(name, UNIT // stride).float() for name, stride in _STRIDES))
        bits = file.get_slice("masks")
        first, last = rows[0] * UNIT, (rows[-1] + 1) * UNIT
        packed = torch.stack([bits[frame : frame + 1, :, first:last, :][0] for frame in frames]).numpy()
    masks = np.unpackbits(packed, axis=-1)[..., columns[0] * UNIT : (columns[-1] + 1) * UNIT]
    return StoredWindow(features, torch.from_numpy(masks.astype(np.bool_)))


_STRIDES: Final = (("tokens", 14), ("eight", 8), ("four", 4))


# --- what is stored -------------------------------------------------------------------------------------------------


def store_clips(
    folder: Path, encoder: EarlyEncoder, data: Path, split: str, *, cuts: int, frames: int, size: Size, seed: int,
    progress: Progress,
) -> None:  # fmt: skip
    """`cuts` sequences of every clip of a split, those that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (total, clip) in enumerate(scored_clips(data, split)):
        for cut in range(cuts):
            path = folder / f"clip-{cut:02}-{number:03}.safetensors"
            progress(number * cuts + cut, total * cuts, clip.medium.name)
            if clip.truth and not path.exists():
                rng = np.random.default_rng([seed, 1, number, cut])
                write_sequence(path, encoder, cut_of_clip(clip, size, frames, rng))


def store_whole_clips(
    folder: Path, encoder: EarlyEncoder, data: Path, split: str, *, every: int, longest: int, progress: Progress
) -> None:
    """Every `every`th frame of each clip of a split as a whole, those that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (total, clip) in enumerate(scored_clips(data, split)):
        path = folder / f"clip-whole-{number:03}.safetensors"
        progress(number, total, clip.medium.name)
        if clip.truth and not path.exists():
            write_sequence(path, encoder, whole_clip(clip, working_size(clip.medium.size, longest), every))


def store_photos(
    folder: Path, encoder: EarlyEncoder, data: Path, split: str, *, sequences: int, frames: int, side: int, seed: int,
    progress: Progress,
) -> None:  # fmt: skip
    """`sequences` sequences made of a split's photos, those that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    photos = _Photos(read_refer(data, split))
    size = Size(width=side, height=side)
    for number in range(sequences):
        path = folder / f"photo-{number:05}.safetensors"
        progress(number, sequences, "")
        if not path.exists():
            rng = np.random.default_rng([seed, 2, number])
            write_sequence(path, encoder, photos.sequence(size, frames, rng))


class _Photos:
    """Photos with whole objects on them."""

    def __init__(self, split: ReferSplit) -> None:
        self._split = split
        self._by_photo: dict[int, list[ReferAnnotation]] = {}
        for annotation in split.annotations.values():
            if not annotation.iscrowd:
                self._by_photo.setdefault(annotation.image_id, []).append(annotation)
        self._ids = sorted(self._by_photo)
        if not self._ids:
            raise TrainingError("The photos to train with show no object; give another data set.")

    def sequence(self, size: Size, frames: int, rng: np.random.Generator) -> ClipSequence:
        """One by chance: objects of several photos on another one's ground, or one photo moved as it is."""
        if rng.random() < 0.4:
            return moved_photo(next(self._objects(rng, 2)), size, frames, rng)
        found = [next(self._objects(rng, 1))[0] for _ in range(int(rng.integers(1, 4)))]
        ground = self._image(self._ids[int(rng.integers(len(self._ids)))])
        return made_of_photos(found, ground, size, frames, rng)

    def _objects(self, rng: np.random.Generator, most: int) -> Iterator[list[CutOut]]:
        """Up to `most` objects of one photo that are neither tiny nor all of it."""
        while True:
            photo = self._ids[int(rng.integers(len(self._ids)))]
            annotations = self._by_photo[photo]
            found = []
            for place in rng.permutation(len(annotations))[: 2 * most]:
                mask = annotations[int(place)].mask()
                if 0.015 < mask.area / (mask.size.width * mask.size.height) < 0.6:
                    found.append(mask.to_array())
            if found:
                image = self._image(photo)
                yield [CutOut(image, mask) for mask in found[:most]]

    def _image(self, photo: int) -> NDArray[np.uint8]:
        path = self._split.images[photo].path
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if image is None:
            raise TrainingError(f"The photo {str(path)!r} cannot be read; put it in place.")
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)
