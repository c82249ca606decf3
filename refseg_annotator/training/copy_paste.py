"""Things cut out of one photo and laid onto another, with phrases that are true there (copy-paste, Ghiasi et al. 2021).

Only a class that is not on the photo is laid there, so that what was said of the photo stays true; one thing is called
by what it was called at home, several of one class by side, place in the row and size, which teaches those words on
classes of which few photos exist.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from refseg_annotator.core.geometry import Box
from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.samples import ReferAnnotation, ReferSample
from refseg_annotator.text import plural_of
from refseg_annotator.training import negatives
from refseg_annotator.training.photos import Photo, pixels_of
from refseg_annotator.training.thesaurus import without_article

_Forms: TypeAlias = tuple[str, ...]

_STUFF: Final = (
    *("road", "pavement", "floor", "wall", "fence", "building", "sky", "mountain", "rock", "table"),
    *("tree", "grass", "sea", "river", "water", "sand", "snow"),
)
_SMALLEST: Final = 300  # pixels of a thing; below, there is nothing to recognise
_SHARES: Final = (0.008, 0.14)  # of the photo's area, that a thing laid on it covers
_SCALES: Final = (0.35, 1.6)
_COVERED: Final = 0.35  # of a thing that was there, that may be hidden
_TRIES: Final = 8
_COUNTS: Final = (0.45, 0.35, 0.2)  # how often one, two and three things
_CLEARLY: Final = 1.7  # times the area, from which on one thing is called the bigger

_BIG: Final[_Forms] = ("biggest {}", "largest {}", "the big {}", "closest {}", "the bigger {}", "the larger {}")
_SMALL: Final[_Forms] = ("smallest {}", "little {}", "the small {}", "farthest {}", "the smaller {}")
_SIDES: Final[tuple[_Forms, _Forms]] = (
    ("left {}", "{} on the left", "leftmost {}", "{} on the far left", "the {} to the left"),
    ("right {}", "{} on the right", "rightmost {}", "{} on the far right", "the {} to the right"),
)
_ENDS: Final[tuple[_Forms, _Forms]] = (
    ("top {}", "{} at the top", "the upper {}"),
    ("bottom {}", "{} at the bottom", "the lower {}"),
)
_MIDDLE: Final[_Forms] = ("middle {}", "{} in the middle", "{} in the center", "{} between the other two")


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """A thing as it lies on the photo: its pixels uint8 (h, w, 3) at `box`, its mask there, and its phrases."""

    box: Box
    pixels: NDArray[np.uint8]
    mask: Mask
    nouns: tuple[str, ...]
    colours: tuple[str, ...]

    @property
    def centre(self) -> tuple[float, float]:
        return (self.box.x0 + self.box.x1) / 2, (self.box.y0 + self.box.y1) / 2


class Cuttings:
    """The things of some photos, to be laid onto others.

    Args:
        sources: the data sets whose things are cut out, see `photos.source_of`.
    """

    def __init__(self, photos: Iterable[Photo], sources: Sequence[str]) -> None:
        self._homes: dict[str, list[tuple[Photo, ReferAnnotation]]] = defaultdict(list)
        self._words: dict[str, set[str]] = defaultdict(set)
        for photo in photos:
            category = {thing.id: thing.category for thing in photo.things}
            for sample in photo.positives:
                if sample.kind == "category":
                    self._words[category[sample.ann_ids[0]]] |= set(without_article(sample.phrase).split())
            if photo.source in sources:
                for thing in photo.things:
                    if not thing.iscrowd and thing.category not in _STUFF:
                        self._homes[thing.category].append((photo, thing))

    def laid_onto(
        self, photo: Photo, pixels: NDArray[np.uint8], rng: np.random.Generator, *, unsafe: frozenset[str] = frozenset()
    ) -> tuple[Photo, NDArray[np.uint8]]:
        """The photo with one to three things of one class more; as it was where none finds a place.

        Args:
            pixels: of the photo, uint8 (H, W, 3) RGB; left as they are.
            unsafe: classes that may be on the photo though no annotation says so.
        """
        taken = negatives.taken_by(frozenset(thing.category for thing in photo.things)) | unsafe
        choices = [category for category in sorted(self._homes) if category not in taken]
        if not choices:
            return photo, pixels
        shares = np.sqrt([len(self._homes[category]) for category in choices])
        category = str(rng.choice(choices, p=shares / shares.sum()))
        masks = {thing.id: thing.mask() for thing in photo.things}
        laid: list[_Laid] = []
        for _ in range(1 + int(rng.choice(len(_COUNTS), p=_COUNTS))):
            one = self._placed(category, photo, masks, laid, rng)
            if one is not None:
                laid.append(one)
        if not laid:
            return photo, pixels
        things = [_annotation(photo, category, number, one) for number, one in enumerate(laid)]
        over = Mask.empty(photo.image.size)
        for thing in things:
            over = over.union(thing.mask())
        shown = pixels.copy()
        for one in laid:
            _blend(shown, one, gain=float(rng.uniform(0.85, 1.15)))
        names = {word for kin in negatives.kin_of(category) for word in (*kin.split(), *self._words.get(kin, ()))}
        together = replace(
            photo,
            positives=(*photo.positives, *_phrases(photo, laid, rng)),
            absent=tuple(sample for sample in photo.absent if not names & set(sample.phrase.split())),
            things=(*(_hidden(thing, masks[thing.id], over) for thing in photo.things), *things),
        )
        return together, shown

    def _placed(
        self,
        category: str,
        photo: Photo,
        masks: Mapping[int, Mask],
        laid: Sequence[_Laid],
        rng: np.random.Generator,
    ) -> _Laid | None:
        """A thing of the class where it hides little of what is there and touches none of those laid before."""
        homes = self._homes[category]
        width, height = photo.image.width, photo.image.height
        for _ in range(_TRIES):
            home, thing = homes[int(rng.integers(len(homes)))]
            mask = thing.mask()
            if mask.area < _SMALLEST or _is_cut_off(mask):
                continue
            share = float(np.exp(rng.uniform(*np.log(_SHARES))))
            scale = float(np.clip(np.sqrt(share * width * height / mask.area), *_SCALES))
            wide, high = (max(2, round(n * scale)) for n in (mask.box.width, mask.box.height))
            if wide >= width or high >= height:
                continue
            x, y = int(rng.integers(width - wide)), int(rng.integers(height - high))
            box = Box(x, y, x + wide, y + high)
            if any(_touch(box, other.box) for other in laid):
                continue
            shape = (
                cv2.resize(mask.crop(mask.box).astype(np.float32), (wide, high), interpolation=_filter(scale)) >= 0.5
            )
            here = Mask.from_patch(photo.image.size, box, shape)
            if here.is_empty or any(
                here.intersection_area(other) > _COVERED * other.area for other in masks.values() if not other.is_empty
            ):
                continue
            source = mask.box
            cut = pixels_of(home.image)[source.y0 : source.y1, source.x0 : source.x1]
            said = [sample for sample in home.positives if sample.ann_ids == (thing.id,)]
            return _Laid(
                box,
                np.asarray(cv2.resize(cut, (wide, high), interpolation=_filter(scale)), dtype=np.uint8),
                here,
                tuple(without_article(sample.phrase) for sample in said if sample.kind == "category") or (category,),
                tuple(sample.phrase for sample in said if sample.kind == "colour"),
            )
        return None


def _filter(scale: float) -> int:
    return cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _is_cut_off(mask: Mask) -> bool:
    """Whether the thing reaches its photo's edge, beyond which it may go on."""
    box, size = mask.box, mask.size
    return box.x0 == 0 or box.y0 == 0 or box.x1 == size.width or box.y1 == size.height


def _annotation(photo: Photo, category: str, number: int, laid: _Laid) -> ReferAnnotation:
    return ReferAnnotation(_id(number), photo.image.id, category, iscrowd=False, decode=lambda: laid.mask)


def _id(number: int) -> int:
    """Numbers of things laid on a photo lie below zero: files never use those."""
    return -1 - number


def _hidden(thing: ReferAnnotation, mask: Mask, over: Mask) -> ReferAnnotation:
    """What is still seen of a thing under others."""
    if not mask.intersection_area(over):
        return thing
    seen = mask.difference(over)
    return replace(thing, decode=lambda: seen)


def _blend(photo: NDArray[np.uint8], laid: _Laid, *, gain: float) -> None:
    """Lays the thing on the photo, its edge as soft as a lens makes one."""
    box = laid.box
    ground = photo[box.y0 : box.y1, box.x0 : box.x1]
    soft = cv2.GaussianBlur(laid.mask.crop(box).astype(np.float32), (0, 0), 0.7)[..., None]
    mixed = laid.pixels * (gain * soft) + ground * (1 - soft)
    ground[:] = np.clip(mixed, 0, 255).astype(np.uint8)


def _phrases(photo: Photo, laid: Sequence[_Laid], rng: np.random.Generator) -> Iterator[ReferSample]:
    """What is said of the things laid on the photo: each phrase true of one of them, or of all."""

    def sample(phrase: str, kind: str, *numbers: int) -> ReferSample:
        return ReferSample(-1, -1, photo.image.id, tuple(_id(number) for number in numbers), phrase, kind)

    def of(number: int, kind: str, forms: Sequence[str]) -> ReferSample:
        noun = str(rng.choice(laid[number].nouns))
        return sample(str(rng.choice(forms)).format(noun), kind, number)

    width, height = photo.image.width, photo.image.height
    if len(laid) == 1:
        yield of(0, "category", ("{}", "the {}"))
        for phrase in laid[0].colours:
            yield sample(phrase, "colour", 0)
        across = laid[0].centre[0] / width
        if across < 0.33 or across > 0.67:
            yield of(0, "position", _SIDES[across > 0.5][:2])
        return
    for axis, extent, forms in ((0, width, _SIDES), (1, height, _ENDS)):
        row = sorted(range(len(laid)), key=lambda number: laid[number].centre[axis])
        gaps = [laid[b].centre[axis] - laid[a].centre[axis] for a, b in itertools.pairwise(row)]
        if gaps[0] > 0.12 * extent:
            yield of(row[0], "position", forms[0])
        if gaps[-1] > 0.12 * extent:
            yield of(row[-1], "position", forms[1])
        if axis == 0 and len(laid) == 3 and min(gaps) > 0.12 * extent:
            yield of(row[1], "position", _MIDDLE)
            yield of(row[1], "position", ("second {} from the left", "second {} from the right"))
    by_area = sorted(range(len(laid)), key=lambda number: laid[number].mask.area)
    areas = [laid[number].mask.area for number in by_area]
    if areas[-1] > _CLEARLY * areas[-2]:
        yield of(by_area[-1], "size", _BIG)
    if areas[1] > _CLEARLY * areas[0]:
        yield of(by_area[0], "size", _SMALL)
    noun = str(rng.choice(laid[0].nouns))
    plural = plural_of(noun)
    numeral = ("both", "two") if len(laid) == 2 else ("three", "all three")
    phrase = str(rng.choice((f"all {plural}", f"all the {plural}", plural, *(f"{word} {plural}" for word in numeral))))
    yield sample(phrase, "plural", *range(len(laid)))
