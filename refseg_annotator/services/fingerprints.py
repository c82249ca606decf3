"""Perceptual hashes: media that look alike, so that they never stand on both sides of a split."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeVar

import cv2
import numpy as np

from refseg_annotator.errors import MediaError
from refseg_annotator.formats.base import DatasetMedium, Progress, no_progress
from refseg_annotator.formats.media_files import read_frame

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

Key = TypeVar("Key", bound="Hashable")

NEAR: Final = 8
"""Bits of 64 in which two hashes of one scene may differ: recompressed, resized, slightly cropped or brightened."""
_SIDE: Final = 32
_KEPT: Final = 8
# Hashes compared with the others of their band between two words of progress.
_BLOCK: Final = 256
# A picture of one colour has a hash of noise; below this spread of grey it has none.
_LEAST_SPREAD: Final = 2.0


def perceptual_hash(image: NDArray[np.uint8]) -> int | None:
    """64 bits of the lowest frequencies of uint8 (H, W, 3) RGB; None for a picture of one colour."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if float(grey.std()) < _LEAST_SPREAD:
        return None
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(small)[:_KEPT, :_KEPT].ravel()
    # The first coefficient is the brightness, which says nothing of the scene.
    bits = low > np.median(low[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def fingerprint(medium: DatasetMedium) -> tuple[int, ...]:
    """The hashes of a photo, or of a clip's first, middle and last frame, as they are and mirrored.

    Raises:
        MediaError: The medium cannot be read.
    """
    frames = sorted({0, medium.frame_count // 2, medium.frame_count - 1}) if medium.is_clip else [0]
    found: list[int] = []
    for frame in frames:
        image = read_frame(medium, frame)
        for view in (image, np.ascontiguousarray(image[:, ::-1])):
            number = perceptual_hash(view)
            if number is not None:
                found.append(number)
    return tuple(dict.fromkeys(found))


def fingerprints(
    media: Sequence[DatasetMedium], progress: Progress = no_progress
) -> tuple[dict[int, tuple[int, ...]], list[tuple[DatasetMedium, str]]]:
    """The hashes of all media that can be read, and those that cannot with the reason."""
    found: dict[int, tuple[int, ...]] = {}
    unread: list[tuple[DatasetMedium, str]] = []
    for number, medium in enumerate(media):
        progress(number, len(media), f"Looking at {medium.name}")
        try:
            found[medium.id] = fingerprint(medium)
        except MediaError as error:
            unread.append((medium, str(error)))
    return found, unread


def near_duplicates(
    hashes: Mapping[Key, Iterable[int]], *, near: int = NEAR, progress: Progress = no_progress
) -> list[list[Key]]:
    """Groups of keys whose hashes differ in at most `near` bits from another's of the group; groups of one left out.

    Two hashes within `near` bits agree wholly in one of `near + 1` bands of their bits; only within a band are they
    compared. `progress` is told often how many bands are done; what it raises ends the work.
    """
    keys = [key for key, numbers in hashes.items() for _ in numbers]
    codes = np.array([number for numbers in hashes.values() for number in numbers], np.uint64)
    parents = {key: key for key in hashes}

    def root(key: Key) -> Key:
        while parents[key] != key:
            parents[key] = parents[parents[key]]
            key = parents[key]
        return key

    edges = np.linspace(0, 64, near + 2).astype(int)
    for done, (low, high) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        band = (codes >> np.uint64(low)) & np.uint64((1 << (high - low)) - 1)
        order = np.argsort(band, kind="stable")
        cuts = np.flatnonzero(np.diff(band[order])) + 1
        for places in np.split(order, cuts):
            for start in range(0, len(places), _BLOCK):
                progress(done, near + 1, "Comparing pictures")
                block = places[start : start + _BLOCK]
                for here, there in _close_pairs(codes, block, places[start:], near):
                    parents[root(keys[here])] = root(keys[there])
    groups: dict[Key, list[Key]] = {}
    for key in hashes:
        groups.setdefault(root(key), []).append(key)
    return [group for group in groups.values() if len(group) > 1]


def _close_pairs(
    codes: NDArray[np.uint64], block: NDArray[np.intp], others: NDArray[np.intp], near: int
) -> Iterable[tuple[int, int]]:
    if len(block) == 1 and len(others) == 1:
        return []
    if len(block) <= 3 and len(others) <= 3:
        return [
            (int(a), int(b)) for a, b in combinations(others, 2) if (int(codes[a]) ^ int(codes[b])).bit_count() <= near
        ]
    close: list[tuple[int, int]] = []
    for place, number in enumerate(block):
        rest = others[place + 1 :]
        distances = _bit_counts(codes[rest] ^ codes[number])
        close.extend((int(number), int(other)) for other in rest[distances <= near])
    return close


def _bit_counts(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    counts: NDArray[np.int64] = np.unpackbits(numbers.view(np.uint8).reshape(-1, 8), axis=1).sum(axis=1, dtype=np.int64)
    return counts
