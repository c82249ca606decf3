"""Parts of a followed mask that lie too far from its main part are refused: numpy and OpenCV, no torch.

What looks like the referent and stood beside it once keeps its own label for good when the referent moves away, as each
frame is read from the one before. How far apart the parts of a referent may lie the settled masks tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FARTHEST: Final = 1.0
"""Gap between a part and the main one that is always granted, in square roots of the main part's area."""

_SLACK: Final = 1.5
"""Times the widest gap of a settled mask."""

_SPECK: Final = 0.02
"""Share of a settled mask under which a part tells nothing of how far its parts lie apart."""

_LIKE: Final = 0.4
"""Likeness under which a pixel says nothing for the part that it belongs to."""

_RIM: Final = np.ones((5, 5), np.uint8)


def widest_gap(mask: NDArray[np.bool_]) -> float:
    """How far parts of `mask` (H, W) lie from the largest, in square roots of its area; 0 of a mask in one piece."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count <= 2:
        return 0.0
    areas = stats[1:, cv2.CC_STAT_AREA]
    main = 1 + int(areas.argmax())
    gaps = _gaps(labels, main, count)
    told = [gaps[part] for part in range(1, count) if part != main and areas[part - 1] >= _SPECK * areas.sum()]
    return max(told, default=0.0) / float(np.sqrt(areas[main - 1]))


def strays(
    mask: NDArray[np.bool_], likeness: NDArray[np.float32], settled_gap: float = 0.0
) -> NDArray[np.bool_] | None:
    """Where parts of a mask lie that are too far from its main one, their rim included; None where there are none.

    The main part is the one that says most for itself: by its area and by how like the referent it is.

    Args:
        mask: (H, W).
        likeness: float32 (H, W), about 1 where it looks like the referent, about 0 elsewhere.
        settled_gap: the widest of the settled masks.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    if count <= 2:
        return None
    told = np.bincount(labels.ravel(), weights=np.maximum(likeness - _LIKE, 0).ravel(), minlength=count)[1:]
    areas = stats[1:, cv2.CC_STAT_AREA]
    main = 1 + int((told if told.max() > 0 else areas).argmax())
    granted = max(_FARTHEST, _SLACK * settled_gap) * float(np.sqrt(areas[main - 1]))
    gaps = _gaps(labels, main, count)
    far = [part for part in range(1, count) if part != main and gaps[part] > granted]
    if not far:
        return None
    widened: Any = cv2.dilate(np.isin(labels, far).astype(np.uint8), _RIM)
    refused: NDArray[np.bool_] = np.logical_and(widened > 0, labels != main)
    return refused


def _gaps(labels: NDArray[np.int32], main: int, count: int) -> NDArray[np.float64]:
    """Least distance of each part's pixels from the main part, (count,)."""
    distance = cv2.distanceTransform((labels != main).astype(np.uint8), cv2.DIST_L2, 5)
    inside = labels > 0
    gaps = np.full(count, np.inf)
    np.minimum.at(gaps, labels[inside], distance[inside])
    return gaps
