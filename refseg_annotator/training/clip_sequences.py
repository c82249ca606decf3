"""Short sequences of frames with masks, to train what follows masks: cuts out of real clips, and made of photos.

Both are drawn by chance from a generator that is given, so that the same seed makes the same sequences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.geometry import Size
from refseg_annotator.training.clip_veils import Veil
from refseg_annotator.training.video_evaluator import ScoredClip

Matrix = NDArray[np.float32]

_VEILED: Final = 0.4  # share of the sequences made of photos in which smoke, dust or spray comes up


@dataclass(frozen=True, slots=True, eq=False)
class ClipSequence:
    """Frames in order with the masks of one or two objects.

    Attributes:
        frames: uint8 (t, H, W, 3) RGB.
        masks: bool (t, objects, H, W).
    """

    frames: NDArray[np.uint8]
    masks: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Light:
    """Brightness, contrast and saturation."""

    gain: float
    offset: float
    saturation: float

    @classmethod
    def drawn(cls, rng: np.random.Generator, reach: float = 1.0) -> Light:
        """By chance; `reach` 1 is as much as photos of one place differ."""
        return cls(
            gain=float(np.exp(rng.uniform(-0.3, 0.3) * reach)),
            offset=float(rng.uniform(-25, 25) * reach),
            saturation=float(np.exp(rng.uniform(-0.4, 0.3) * reach)),
        )

    def on(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The image under this light."""
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        mixed = cv2.addWeighted(image, self.saturation, grey, 1 - self.saturation, 0)
        return np.asarray(cv2.convertScaleAbs(cv2.max(mixed, 0), alpha=self.gain, beta=self.offset), np.uint8)


# --- cuts out of real clips -----------------------------------------------------------------------------------------


def cut_of_clip(clip: ScoredClip, size: Size, frames: int, rng: np.random.Generator) -> ClipSequence:
    """`frames` frames at a stride of one to three, mirrored by chance, seen through a window that drifts and zooms."""
    count, source = clip.medium.frame_count, clip.medium.size
    stride = int(rng.integers(1, 4))
    stride = max(1, min(stride, (count - 1) // max(frames - 1, 1)))
    length = min(frames, count)
    first = int(rng.integers(0, count - (length - 1) * stride))
    chosen = [first + stride * place for place in range(length)]
    if rng.random() < 0.5:
        chosen.reverse()
    referents = sorted(clip.truth)[:2]
    mirror, light = bool(rng.random() < 0.5), Light.drawn(rng)
    windows = _windows(clip, referents[0], chosen, source, rng)
    shown, masks = [], []
    for frame, window in zip(chosen, windows, strict=True):
        matrix = _to_window(window, size, mirror=mirror, width=source.width)
        shown.append(light.on(_warped(clip.frames.read(frame), matrix, size)))
        found = [clip.truth[referent].get(frame) for referent in referents]
        arrays = [np.zeros(source.shape, np.bool_) if mask is None else mask.to_array() for mask in found]
        masks.append(np.stack([_warped_mask(array, matrix, size) for array in arrays]))
    return ClipSequence(np.stack(shown), np.stack(masks))


def whole_clip(clip: ScoredClip, size: Size, every: int) -> ClipSequence:
    """Every `every`th frame as it is, at `size`, with the masks of up to two referents."""
    referents = sorted(clip.truth)[:2]
    wanted, shown, masks = (size.width, size.height), [], []
    for frame in range(0, clip.medium.frame_count, every):
        image = clip.frames.read(frame)
        way = cv2.INTER_AREA if size.width < image.shape[1] else cv2.INTER_LINEAR
        shown.append(np.asarray(cv2.resize(image, wanted, interpolation=way), np.uint8))
        found = [clip.truth[referent].get(frame) for referent in referents]
        arrays = [
            np.zeros(clip.medium.size.shape, np.float32) if m is None else m.to_array().astype(np.float32)
            for m in found
        ]
        masks.append(np.stack([cv2.resize(array, wanted, interpolation=cv2.INTER_LINEAR) > 0.5 for array in arrays]))
    return ClipSequence(np.stack(shown), np.stack(masks))


def _windows(
    clip: ScoredClip, referent: ReferentId, chosen: Sequence[int], source: Size, rng: np.random.Generator
) -> list[tuple[float, float, float]]:
    """(centre x, centre y, share of the frame) a frame, from one window by even steps to another."""
    ends = []
    for frame in (chosen[0], chosen[-1]):
        share = 1.0 if rng.random() < 0.35 else float(rng.uniform(0.5, 1.0))
        mask = clip.truth[referent].get(frame)
        x, y = source.width / 2, source.height / 2
        if mask is not None and not mask.is_empty and rng.random() < 0.8:
            x, y = (mask.box.x0 + mask.box.x1) / 2, (mask.box.y0 + mask.box.y1) / 2
        x += rng.uniform(-0.35, 0.35) * share * source.width
        y += rng.uniform(-0.35, 0.35) * share * source.height
        half_width, half_height = share * source.width / 2, share * source.height / 2
        x = float(np.clip(x, half_width, source.width - half_width))
        y = float(np.clip(y, half_height, source.height - half_height))
        ends.append((x, y, share))
    if rng.random() < 0.4:
        ends[1] = ends[0]
    steps = np.linspace(0, 1, len(chosen))
    return [
        tuple(float(a + (b - a) * step) for a, b in zip(ends[0], ends[1], strict=True))  # type: ignore[misc]
        for step in steps
    ]


def _to_window(window: tuple[float, float, float], size: Size, *, mirror: bool, width: int) -> Matrix:
    """Source pixels to pixels of the view, float32 (2, 3)."""
    x, y, share = window
    scale = size.width / (share * width)
    # The window keeps the source's aspect; the view's may differ by a little, which is stretched.
    matrix = np.array([[scale, 0, size.width / 2 - scale * x], [0, scale, size.height / 2 - scale * y]], np.float32)
    if mirror:
        matrix[0] = [-scale, 0, size.width / 2 + scale * x]
    return matrix


def _warped(image: NDArray[np.uint8], matrix: Matrix, size: Size) -> NDArray[np.uint8]:
    """The image moved; beyond its edge the edge goes on, as a mirrored one would show objects twice."""
    return np.asarray(
        cv2.warpAffine(
            image, matrix, (size.width, size.height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )


def _warped_mask(mask: NDArray[np.bool_], matrix: Matrix, size: Size) -> NDArray[np.bool_]:
    moved = cv2.warpAffine(mask.astype(np.float32), matrix, (size.width, size.height), flags=cv2.INTER_LINEAR)
    return np.asarray(moved > 0.5)


# --- made of photos -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class CutOut:
    """A photo and an object on it: image uint8 (H, W, 3), mask bool (H, W)."""

    image: NDArray[np.uint8]
    mask: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Pose:
    """Where a thing lies on the canvas: centre as shares of the canvas, scale, angle in radians, shear."""

    x: float
    y: float
    scale: float
    angle: float
    shear: float

    def matrix(self, centre: tuple[float, float], size: Size) -> Matrix:
        """From pixels of the thing's photo, turned about `centre`, to pixels of the canvas."""
        cos, sin = np.cos(self.angle) * self.scale, np.sin(self.angle) * self.scale
        turn = np.array([[cos, -sin + self.shear * cos], [sin, cos + self.shear * sin]])
        shift = np.array([self.x * size.width, self.y * size.height]) - turn @ np.array(centre)
        return np.column_stack([turn, shift]).astype(np.float32)


def made_of_photos(
    objects: Sequence[CutOut], ground: NDArray[np.uint8], size: Size, frames: int, rng: np.random.Generator
) -> ClipSequence:
    """Objects that move on a moving ground, each bending as it goes; later ones hide those before them.

    The first one or two are followed; a third only hides. One that is followed may leave and return; about the first
    smoke may come up, as it may in `moved_photo`.
    """
    followed = min(2, len(objects))
    grounds = _path(rng, frames, start=(0.5, 0.5), scale=_cover(ground, size) * 1.25, reach=0.06, leaves=False)
    scales = [rng.uniform(0.18, 0.75) for _ in objects]
    paths = []
    for place, thing in enumerate(objects):
        box = _box(thing.mask)
        side = max(box[2] - box[0], box[3] - box[1])
        wanted = scales[place] * min(size.width, size.height) / max(side, 8)
        start = (float(rng.uniform(0.25, 0.75)), float(rng.uniform(0.25, 0.75)))
        leaves = place < followed and frames > 2 and rng.random() < 0.15
        paths.append(_path(rng, frames, start=start, scale=wanted, reach=0.15, leaves=leaves))
    bends = [_Bend.drawn(rng, size) for _ in range(len(objects) + 1)]
    lights = Light.drawn(rng)
    veil = Veil.drawn(rng, frames) if rng.random() < _VEILED else None
    shown, masks = [], []
    for frame in range(frames):
        middle = (ground.shape[1] / 2, ground.shape[0] / 2)
        canvas = bends[-1].on(_warped(ground, grounds[frame].matrix(middle, size), size), frame)
        layers: list[NDArray[np.bool_]] = []
        for thing, path, bend in zip(objects, paths, bends, strict=False):
            box = _box(thing.mask)
            matrix = path[frame].matrix(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), size)
            picture = bend.on(_warped(thing.image, matrix, size), frame)
            cover = bend.on(cv2.warpAffine(thing.mask.astype(np.float32), matrix, (size.width, size.height)), frame)
            soft = cv2.GaussianBlur(cover, (0, 0), 1.0)[..., None]
            canvas = (canvas * (1 - soft) + picture * soft).astype(np.uint8)
            inside = cover > 0.5
            layers = [layer & ~inside for layer in layers]
            layers.append(inside)
        canvas = canvas if veil is None else veil.on(canvas, layers[0], frame)
        jitter = Light.drawn(rng, 0.15)
        shown.append(jitter.on(lights.on(canvas)))
        masks.append(np.stack(layers[:followed]))
    return ClipSequence(np.stack(shown), np.stack(masks))


def moved_photo(objects: Sequence[CutOut], size: Size, frames: int, rng: np.random.Generator) -> ClipSequence:
    """One photo as a camera's shake, turn and zoom would show it, everything bending a little; up to two objects.

    Args:
        objects: cut-outs of one and the same photo.
    """
    photo = objects[0].image
    centre = (photo.shape[1] / 2, photo.shape[0] / 2)
    scale = _cover(photo, size) * float(np.exp(rng.uniform(0.0, 0.5)))
    box = _box(objects[0].mask)
    away = ((box[0] + box[2]) / 2 - centre[0], (box[1] + box[3]) / 2 - centre[1])
    start = (0.5 - away[0] * scale / size.width * 0.6, 0.5 - away[1] * scale / size.height * 0.6)
    path = _path(rng, frames, start=start, scale=scale, reach=0.12, leaves=False)
    bend, light = _Bend.drawn(rng, size), Light.drawn(rng)
    veil = Veil.drawn(rng, frames) if rng.random() < _VEILED else None
    shown, masks = [], []
    for frame in range(frames):
        matrix = path[frame].matrix(centre, size)
        covers = [
            bend.on(cv2.warpAffine(thing.mask.astype(np.float32), matrix, (size.width, size.height)), frame) > 0.5
            for thing in objects[:2]
        ]
        picture = bend.on(_warped(photo, matrix, size), frame)
        picture = picture if veil is None else veil.on(picture, covers[0], frame)
        shown.append(Light.drawn(rng, 0.15).on(light.on(picture)))
        masks.append(np.stack(covers))
    return ClipSequence(np.stack(shown), np.stack(masks))


def _path(
    rng: np.random.Generator, frames: int, *, start: tuple[float, float], scale: float, reach: float, leaves: bool
) -> list[_Pose]:
    """Poses by small steps; one that leaves is off the canvas on some frames in the middle and then back."""
    drift = rng.uniform(-reach, reach, 2)
    growth, turn = rng.uniform(-0.12, 0.12), rng.uniform(-0.15, 0.15)
    x, y = start
    pose = _Pose(x, y, scale, float(rng.uniform(-0.2, 0.2)), 0.0)
    poses = [pose]
    for _ in range(frames - 1):
        drift = 0.7 * drift + rng.uniform(-reach, reach, 2) * 0.5
        pose = _Pose(
            pose.x + float(drift[0]),
            pose.y + float(drift[1]),
            pose.scale * float(np.exp(growth + rng.uniform(-0.05, 0.05))),
            pose.angle + float(turn + rng.uniform(-0.06, 0.06)),
            pose.shear + float(rng.uniform(-0.05, 0.05)),
        )
        poses.append(pose)
    if leaves:
        away = 1.8 if rng.random() < 0.5 else -0.8
        for frame in range(1, frames - 1):
            one = poses[frame]
            poses[frame] = _Pose(away, one.y, one.scale, one.angle, one.shear)
    return poses


@dataclass(frozen=True, slots=True, eq=False)
class _Bend:
    """A smooth elastic field that grows from frame to frame: coarse displacements (2, 5, 5) in pixels a frame."""

    speed: NDArray[np.float32]
    size: Size

    @classmethod
    def drawn(cls, rng: np.random.Generator, size: Size) -> _Bend:
        strength = float(rng.uniform(0, 0.015)) * min(size.width, size.height)
        return cls((rng.standard_normal((2, 5, 5)) * strength).astype(np.float32), size)

    def on(self, image: Any, frame: int) -> Any:
        """The image bent as far as it is at `frame`."""
        if frame == 0:
            return image
        width, height = self.size.width, self.size.height
        dx, dy = (cv2.resize(part * frame, (width, height), interpolation=cv2.INTER_CUBIC) for part in self.speed)
        columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        border = cv2.BORDER_REPLICATE if image.ndim == 3 else cv2.BORDER_CONSTANT
        return np.asarray(cv2.remap(image, columns + dx, rows + dy, cv2.INTER_LINEAR, borderMode=border))


def _cover(image: NDArray[np.uint8], size: Size) -> float:
    """The scale at which an image covers the canvas."""
    return float(max(size.width / image.shape[1], size.height / image.shape[0]))


def _box(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """x0, y0, x1, y1 of a mask that is not empty."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
