"""Several readings of an unsure phrase, out of one probability map: numpy and OpenCV, no torch.

Where the network hesitates between two objects, its map shows both, one fainter. The parts that hold together at
falling thresholds are the readings; each scores what the network believes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from refseg_annotator.inference.predictor import Candidate

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_CANDIDATES: Final = 5
_LEVELS: Final = (0.65, 0.5, 0.35, 0.2, 0.1)
_SMALLEST_SHARE: Final = 0.0008
_WORK_SIDE: Final = 256
_DISTINCT_IOU: Final = 0.8


def candidates_of(probability: NDArray[np.float32], score: float, *, threshold: float) -> tuple[Candidate, ...]:
    """Up to five distinct readings of `probability` float32 (H, W), best first; the first is the map itself.

    Parts of the map that stand alone at some level follow, scored by `score` times their mean probability beside the
    main mask's. A map with one clear object gives one candidate.
    """
    main = Candidate(probability, score)
    height, width = probability.shape
    shrink = min(1.0, _WORK_SIDE / max(height, width))
    small = probability
    if shrink < 1:
        small = cv2.resize(
            probability, (max(1, round(width * shrink)), max(1, round(height * shrink))), interpolation=cv2.INTER_AREA
        )
    chosen = small > threshold
    reference = float(small[chosen].mean()) if chosen.any() else 1.0
    kept: list[NDArray[np.bool_]] = [chosen] if chosen.any() else []
    found: list[tuple[float, NDArray[np.bool_]]] = []
    for level in _LEVELS:
        pixels = (small > level).astype(np.uint8)
        _, parts, measures, _ = cv2.connectedComponentsWithStats(pixels, connectivity=8)
        large = measures[:, cv2.CC_STAT_AREA] >= _SMALLEST_SHARE * small.size
        for number in np.flatnonzero(large[1:]) + 1:  # 0 is what lies outside
            part = np.asarray(parts == number)
            if any(_alike(part, other) for other in kept):
                continue
            kept.append(part)
            found.append((score * min(1.0, float(small[part].mean()) / max(reference, 1e-6)), part))
    found.sort(key=lambda pair: -pair[0])
    others = tuple(
        Candidate(_only(probability, part, small, threshold), part_score)
        for part_score, part in found[: MOST_CANDIDATES - 1]
    )
    return (main, *others)


def _alike(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> bool:
    """Whether two parts are one reading: they cover the same, or differ by no more than a cell along their outline.

    A small object in a large photo is a few cells here, its outline half of them.
    """
    common = np.count_nonzero(a & b)
    if not common:
        return False
    if common > _DISTINCT_IOU * np.count_nonzero(a | b):
        return True
    return not (a & ~_grown(b)).any() and not (b & ~_grown(a)).any()


def _grown(part: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(part.astype(np.uint8), np.ones((3, 3), np.uint8)), dtype=np.bool_)


def _only(
    probability: NDArray[np.float32], part: NDArray[np.bool_], small: NDArray[np.float32], threshold: float
) -> NDArray[np.float32]:
    """The map with nothing but `part` left, raised so that the part's core passes the threshold.

    `part` and `small` are on the small grid. At source size only the part's box is worked on: a large photo has
    millions of pixels, a part few.
    """
    height, width = probability.shape
    rows, columns = np.flatnonzero(part.any(1)), np.flatnonzero(part.any(0))
    top, bottom = max(int(rows[0]) - 1, 0), min(int(rows[-1]) + 2, part.shape[0])
    left, right = max(int(columns[0]) - 1, 0), min(int(columns[-1]) + 2, part.shape[1])
    y0, y1 = (round(edge * height / part.shape[0]) for edge in (top, bottom))
    x0, x1 = (round(edge * width / part.shape[1]) for edge in (left, right))
    covered = part[top:bottom, left:right].astype(np.float32)
    inside = cv2.resize(covered, (x1 - x0, y1 - y0), interpolation=cv2.INTER_LINEAR)
    # A faint object keeps its outline: what is at least half as likely as its typical pixel belongs to it.
    gain = max(1.0, 2 * threshold / max(float(np.median(small[part])), 1e-6))
    only = np.zeros((height, width), dtype=np.float32)
    only[y0:y1, x0:x1] = np.minimum(probability[y0:y1, x0:x1] * np.float32(gain), 1) * inside
    return only
