"""How far clicks get one: things of photos clicked on by rule, the worst mistake first, as the tool answers them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from refseg_annotator.core.counting import number_of
from refseg_annotator.core.geometry import Box
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import iou
from refseg_annotator.errors import ModelError
from refseg_annotator.inference.clicks import Click, ClickReader, Prompts
from refseg_annotator.inference.predictor import answered_mask
from refseg_annotator.services.refine import Method, Prior, refine
from refseg_annotator.services.refine_clicks import clicked_mask
from refseg_annotator.training.click_person import next_click
from refseg_annotator.training.evaluator import thinned
from refseg_annotator.training.photos import photos_of, pixels_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from refseg_annotator.formats.samples import ReferAnnotation, ReferSplit
    from refseg_annotator.inference.predictor import Predictor
    from refseg_annotator.training.photos import Photo

Progress = Callable[[int, int, str], None]
Answered = Callable[[Prompts], Mask]

CLICKS: Final = 5
_LEAST_SHARE: Final = 1e-3  # of the photo: what is smaller is zoomed in on before one clicks
_WITHIN: Final = 0.8  # of a thing's area, what makes it a part of another
_WRONG: Final = 0.7  # IoU below which an answer to a phrase is corrected


@dataclass(frozen=True, slots=True)
class ClickReport:
    """Mean IoU after each click.

    Attributes:
        things: how many were clicked on.
        first: after 1 click, 2 clicks and so on, from nothing.
        first_by_source: after 1 click, by the first word of the photo's file name.
        boxed: after a box around the thing.
        corrected: of answers to phrases below an IoU of .7, as they were and after each click; `phrases` of them.
    """

    model: str
    way: str
    things: int
    first: tuple[float, ...]
    first_by_source: Mapping[str, float]
    boxed: float
    phrases: int
    corrected: tuple[float, ...]

    def to_json(self) -> dict[str, Any]:
        """The record that `evaluate --task clicks --json` prints, rounded to thousandths."""
        return {
            "model": self.model,
            "answered by": self.way,
            "things": self.things,
            **{f"mIoU after {number_of(n, 'clicks')}": round(one, 3) for n, one in enumerate(self.first, start=1)},
            "mIoU after a box": round(self.boxed, 3),
            "wrong answers to phrases": self.phrases,
            "mIoU of these": round(self.corrected[0], 3),
            **{
                f"mIoU of these after {number_of(n, 'clicks')}": round(one, 3)
                for n, one in enumerate(self.corrected[1:], start=1)
            },
            "mIoU after 1 click by source": {name: round(one, 3) for name, one in self.first_by_source.items()},
        }

    def to_text(self) -> str:
        """A table for people."""
        record = self.to_json()
        by_source = record.pop("mIoU after 1 click by source")
        lines = [f"{name:32} {value}" for name, value in record.items()]
        return "\n".join([*lines, "", *(f"  {name:12} {value:.3f}" for name, value in by_source.items())])


def evaluate_clicks(
    predictor: Predictor,
    split: ReferSplit,
    *,
    limit: int | None = None,
    method: Method = Method.NETWORK,
    progress: Progress | None = None,
) -> ClickReport:
    """Clicks on the whole things of a split's photos, boxes each, and corrects what phrases are answered wrongly.

    Args:
        limit: so many things, and twice as many phrases, spread over the split; None for all.
        method: who answers: the model, or colours alone.

    Raises:
        ModelError: the model reads no clicks.
    """
    if method is Method.NETWORK and not (isinstance(predictor, ClickReader) and predictor.reads_clicks):
        raise ModelError(f"The model {predictor.info.name!r} reads no clicks; train it for them, or ask for --colours.")
    photos = photos_of(split)
    chosen = {id(thing) for thing in thinned([thing for photo in photos for thing in _whole_things(photo)], limit)}
    spoken = {id(one) for one in thinned([one for photo in photos for one in photo.positives], limit and 2 * limit)}
    first: list[list[float]] = []
    by_source: dict[str, list[float]] = defaultdict(list)
    boxed: list[float] = []
    corrected: list[list[float]] = []
    for number, photo in enumerate(photos, start=1):
        mine = [thing for thing in photo.things if id(thing) in chosen]
        phrases = [sample for sample in photo.positives if id(sample) in spoken]
        if mine or phrases:
            pixels = pixels_of(photo.image)
            features = predictor.encode(pixels)
            answering = partial(_answered, predictor, features, pixels, method=method)
            empty = Mask.empty(photo.image.size)
            for thing in mine:
                truth = thing.mask()
                first.append(_clicked(answering(empty), empty, truth)[1:])
                by_source[photo.source].append(first[-1][0])
                boxed.append(iou(answering(empty)(Prompts(box=truth.box)), truth))
            for sample in phrases:
                truth = split.mask_of(sample)
                prediction = predictor.predict(features, predictor.tokenize(sample.phrase))
                answer = answered_mask(prediction, predictor.info)
                if _is_large(truth) and iou(answer, truth) < _WRONG:
                    answering_it = answering(answer, prior=Prior.of(prediction.probability))
                    corrected.append(_clicked(answering_it, answer, truth))
        if progress is not None:
            progress(number, len(photos), f"{len(first)} things, {len(corrected)} corrections")
    return ClickReport(
        predictor.info.label,
        "the model" if method is Method.NETWORK else f"colours ({method.value})",
        len(first),
        _means(first, CLICKS),
        {source: float(np.mean(found)) for source, found in sorted(by_source.items())},
        float(np.mean(boxed)) if boxed else 0.0,
        len(corrected),
        _means(corrected, CLICKS + 1),
    )


def _answered(
    predictor: Predictor,
    features: Any,
    pixels: NDArray[np.uint8],
    base: Mask,
    *,
    method: Method,
    prior: Prior | None = None,
) -> Answered:
    """What the tool makes of prompts on a mask, as a function."""
    if method is Method.NETWORK and isinstance(predictor, ClickReader):
        return clicked_mask(pixels, base, partial(predictor.read_clicks, features), prior).after
    return lambda prompts: refine(pixels, base, prompts, prior=prior, method=method)


def _clicked(answer: Answered, base: Mask, truth: Mask) -> list[float]:
    """IoU before any click and after each, the worst mistake clicked on next."""
    mask, clicks, found = base, [], [iou(base, truth)]
    for _ in range(CLICKS):
        around = mask.box.union(truth.box)
        click = next_click(mask.crop(around), truth.crop(around))
        if click is not None:
            clicks.append(Click(click.x + around.x0, click.y + around.y0, click.positive))
            mask = answer(Prompts(tuple(clicks)))
        found.append(iou(mask, truth))
    return found


def _whole_things(photo: Photo) -> list[ReferAnnotation]:
    """What a click on a photo may mean: no crowd, nothing tiny, and nothing within another thing, as a coat is."""
    masks = {thing.id: thing.mask() for thing in photo.things}
    return [
        thing
        for thing in photo.things
        if not thing.iscrowd
        and _is_large(mine := masks[thing.id])
        and not any(
            mine.area < other.area and mine.intersection_area(other) > _WITHIN * mine.area for other in masks.values()
        )
    ]


def _is_large(mask: Mask) -> bool:
    return mask.area >= _LEAST_SHARE * Box.of(mask.size).area


def _means(rows: Sequence[Sequence[float]], count: int) -> tuple[float, ...]:
    return tuple(float(one) for one in np.mean(rows, axis=0)) if rows else (0.0,) * count
