"""The worst answers of an evaluation, as a page with pictures that needs nothing but itself."""

from __future__ import annotations

import base64
import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.mask import Mask

if TYPE_CHECKING:
    from refseg_annotator.training.evaluator import Answer

_LONGEST: Final = 360
_QUALITY: Final = 82
# RGB, apart for the colour-blind too (Okabe and Ito).
TRUTH_COLOUR: Final = (86, 180, 233)
ANSWER_COLOUR: Final = (230, 159, 0)
_FRACTION_BITS: Final = 4  # OpenCV draws at sixteenths of a pixel


@dataclass(frozen=True, slots=True, eq=False)
class WorstCase:
    """One bad answer: its numbers and its thumbnail.

    Attributes:
        width: of the thumbnail, in pixels.
        height: of the thumbnail, in pixels.
        jpeg: the thumbnail with the outlines of the true and the answered mask.
    """

    phrase: str
    photo: str
    kind: str
    iou: float
    presence: float
    score: float
    has_target: bool
    was_answered: bool
    width: int
    height: int
    jpeg: bytes = field(repr=False)

    def to_json(self) -> dict[str, Any]:
        """The numbers, for report.json."""
        return {
            "phrase": self.phrase,
            "photo": self.photo,
            "kind": self.kind,
            "IoU": self.iou,
            "presence": self.presence,
            "score": self.score,
            "has_target": self.has_target,
            "was_answered": self.was_answered,
        }


class WorstCases:
    """Keeps the `limit` worst answers met so far; of equally wrong ones those that the model was surest of.

    A thumbnail is made only of an answer that is among the worst when it comes, and dropped with it.
    """

    def __init__(self, limit: int = 24) -> None:
        self.limit = limit
        self._heap: list[tuple[float, float, int, WorstCase]] = []  # the least bad first
        self._met = 0

    def offer(self, answer: Answer, mask: Mask, iou: float) -> None:
        """Looks at one answer, with its photo at hand."""
        self._met += 1
        prediction = answer.prediction
        sureness = 1 - prediction.presence if mask.is_empty else prediction.presence * prediction.score
        badness = (-iou, sureness, -self._met)
        if iou >= 1 or self.limit < 1 or (len(self._heap) >= self.limit and badness <= self._heap[0][:3]):
            return
        picture = _thumbnail(answer.photo, answer.truth, mask)
        case = WorstCase(
            phrase=answer.sample.phrase,
            photo=answer.image.path.name,
            kind=answer.sample.kind,
            iou=iou,
            presence=prediction.presence,
            score=prediction.score,
            has_target=not answer.sample.is_no_target,
            was_answered=not mask.is_empty,
            width=picture.shape[1],
            height=picture.shape[0],
            jpeg=_encoded(picture),
        )
        if len(self._heap) >= self.limit:
            heapq.heapreplace(self._heap, (*badness, case))
        else:
            heapq.heappush(self._heap, (*badness, case))

    def cases(self) -> list[WorstCase]:
        """The worst first."""
        return [entry[3] for entry in sorted(self._heap, key=lambda entry: entry[:3], reverse=True)]


def _thumbnail(photo: NDArray[np.uint8], truth: Mask, answer: Mask) -> NDArray[np.uint8]:
    """The photo made small, uint8 (h, w, 3) RGB, with both outlines; never larger than it is."""
    height, width = photo.shape[:2]
    scale = min(1.0, _LONGEST / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(photo, size, interpolation=cv2.INTER_AREA) if scale < 1 else photo.copy()
    for mask, colour in ((truth, TRUTH_COLOUR), (answer, ANSWER_COLOUR)):
        outlines = _outlines(mask, size[0] / width, size[1] / height)
        # A dark rim keeps the line visible on whatever it crosses.
        for line, thickness in (((0, 0, 0), 4), (colour, 2)):
            cv2.polylines(small, outlines, True, line, thickness, cv2.LINE_AA, _FRACTION_BITS)
    return np.asarray(small, dtype=np.uint8)


def _outlines(mask: Mask, scale_x: float, scale_y: float) -> list[NDArray[np.int32]]:
    """The outlines of a mask, holes too, each (n, 1, 2) x, y in the thumbnail's pixels times 2 ** `_FRACTION_BITS`."""
    if mask.is_empty:
        return []
    found, _ = cv2.findContours(mask.pixels.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    corner = np.array([mask.box.x0 + 0.5, mask.box.y0 + 0.5])
    scale = np.array([scale_x, scale_y])
    return [
        np.round(((points + corner) * scale - 0.5) * (1 << _FRACTION_BITS)).astype(np.int32)
        for points in found
    ]  # fmt: skip


def _encoded(picture: NDArray[np.uint8]) -> bytes:
    colours = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    # An 8-bit picture can always be encoded; OpenCV raises where its memory runs out.
    return bytes(cv2.imencode(".jpg", colours, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1])


# --- the page ---------------------------------------------------------------------------------------------------------

_STYLE: Final = """
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin-bottom: .2rem; }
main { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
figure { border: 1px solid #8886; border-radius: 6px; margin: 0; overflow: hidden; }
figure img { background: #8882; display: block; height: 15rem; object-fit: contain; width: 100%; }
figcaption { padding: .6rem .8rem; overflow-wrap: anywhere; }
q { font-weight: 600; }
small { display: block; opacity: .75; }
.key { border-bottom: 3px solid; }
"""


def worst_page(cases: Sequence[WorstCase], *, title: str, model: str) -> str:
    """An HTML page that loads nothing: pictures are data URIs, and every foreign word is escaped."""
    style = _STYLE + "".join(
        f".{name} {{ border-color: rgb{colour}; }}\n"
        for name, colour in (("truth", TRUTH_COLOUR), ("answer", ANSWER_COLOUR))
    )
    note = (
        f"The {len(cases)} worst answers, the lowest IoU first and, of equal ones, the one the model was surest of."
        if cases
        else "No answer was wrong."
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Worst answers: {escape(title)}</title>
<style>{style}</style>
</head>
<body>
<h1>{escape(model)} on {escape(title)}</h1>
<p>{note} Outlines: <span class="key truth">the true mask</span>, <span class="key answer">the answer</span>.</p>
<main>
{"".join(map(_figure, cases))}</main>
</body>
</html>
"""


def _figure(case: WorstCase) -> str:
    verdict = {
        (True, False): "answered: not here",
        (False, True): "fits nothing, but got a mask",
    }.get((case.has_target, case.was_answered), "")
    numbers = [f"IoU {case.iou:.2f}", f"presence {case.presence:.2f}", f"score {case.score:.2f}"]
    words = " · ".join(filter(None, [verdict, case.kind, case.photo]))
    source = "data:image/jpeg;base64," + base64.b64encode(case.jpeg).decode("ascii")
    return (
        f'<figure><img src="{source}" width="{case.width}" height="{case.height}" alt="{escape(case.photo)}">'
        f"<figcaption><q>{escape(case.phrase)}</q><small>{' · '.join(numbers)}</small>"
        f"<small>{escape(words)}</small></figcaption></figure>\n"
    )
