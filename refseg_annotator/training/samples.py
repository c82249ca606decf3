"""Training samples: a photo, seen by chance, with several phrases and the mask each means.

Sample number i is a function of (seed, i) alone: a run that was killed goes on with the very samples it would have had.
The samples of one batch share a canvas, which chance draws for the batch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import Dataset

from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.letterbox import best_canvas
from refseg_annotator.text import mirrored
from refseg_annotator.training import negatives, paraphrase
from refseg_annotator.training.asides import ASIDES
from refseg_annotator.training.augment import View
from refseg_annotator.training.copy_paste import Cuttings
from refseg_annotator.training.photos import Photo, photos_of, pixels_of
from refseg_annotator.training.thesaurus import without_article

if TYPE_CHECKING:
    from refseg_annotator.formats.samples import ReferAnnotation, ReferSample, ReferSplit
    from refseg_annotator.text import Tokenizer

# How often phrases of a kind are drawn beside their number: the scarce and hard ones more.
_KIND_WEIGHT: Final = {"size": 2.5, "relation": 1.5, "plural": 1.5, "position": 1.3, "colour": 1.0, "category": 0.8}

_COLOURED: Final = 3.0  # how often a colour phrase is made wrong beside any other

_TRIES: Final = 6
_KEPT_SHARE: Final = 0.6  # of an object, that a view must show for a phrase to mean it


class Batchable(NamedTuple):
    """One photo's tensors.

    Attributes:
        image: uint8 (3, H, W) RGB.
        ids: int64 (k, n), padded with 0.
        target: float16 (k, h, w) coverage in 0..1, on `target_grid`.
        present: float32 (k,), 1 where the phrase fits something.
        names: int64 (m, n), names of classes, there or not.
        named: float16 (m, h, w), what of the photo each class covers.
        view: int64 (2,), the photo's place and which of its fixed views it is; -1 for a view of its own.
    """

    image: torch.Tensor
    ids: torch.Tensor
    target: torch.Tensor
    present: torch.Tensor
    names: torch.Tensor
    named: torch.Tensor
    view: torch.Tensor


@dataclass(frozen=True, slots=True)
class SampleConfig:
    """How samples are drawn.

    Attributes:
        phrases: phrases a photo is asked at once (k).
        negatives: share of phrases that fit nothing.
        reword: probability that a phrase is said in other words.
        join: probability that a colour and a position of one object make one longer phrase.
        forget_word: probability that one word of a phrase is unknown.
        beside: probability that a thing that is not there is named by a neighbour that is, or the other way round.
        dressed: probability that a person is told by a garment, where the photo has one person and names the garments.
        paste: probability that things of other photos are laid onto a photo (not onto one of the fixed views).
        paste_from: sources whose things are laid onto photos.
        names: names of classes asked of a photo beside the phrases (m), most of them of classes that are there.
        source_weight: weight of the photos whose file name begins with the key and an underscore; 1 where not named.
        crowded_weight: what that of photos with several things of one class is multiplied by: which of them is meant is
            harder to learn than what they are.
        kind_weight: how often phrases of a kind are drawn beside their number, in place of the usual weight.
        unsafe_negative: per such source, classes whose absence the annotations do not prove.
    """

    phrases: int = 6
    negatives: float = 0.25
    reword: float = 0.6
    join: float = 0.15
    forget_word: float = 0.03
    beside: float = 0.3
    dressed: float = 0.3
    paste: float = 0.0
    paste_from: tuple[str, ...] = ()
    names: int = 0
    source_weight: Mapping[str, float] = field(default_factory=dict)
    crowded_weight: float = 1.0
    kind_weight: Mapping[str, float] = field(default_factory=dict)
    unsafe_negative: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class _Deck:
    """The photos that one canvas shows largest: their places, cumulative weights up to 1, and share of the draws."""

    canvas: Size
    photos: tuple[int, ...]
    cumulative: NDArray[np.float64]
    share: float


def _decks_of(photos: Sequence[Photo], weights: Sequence[float], canvases: Sequence[Size]) -> tuple[_Deck, ...]:
    places: dict[Size, list[int]] = defaultdict(list)
    for place, photo in enumerate(photos):
        if weights[place] > 0:
            places[best_canvas(photo.image.size, canvases)].append(place)
    total = sum(weights)
    decks = []
    for canvas in canvases:
        if places[canvas]:
            mine = np.array([weights[place] for place in places[canvas]])
            decks.append(_Deck(canvas, tuple(places[canvas]), np.cumsum(mine / mine.sum()), float(mine.sum() / total)))
    return tuple(decks)


def target_grid(canvas: Size) -> Size:
    """The grid that masks are learnt on: a cell every four pixels of the canvas."""
    return Size(-(-canvas.width // 4), -(-canvas.height // 4))


class ReferringSamples(Dataset[Batchable]):
    """An endless, seeded row of samples over one or more splits.

    Args:
        canvases: sizes that photos are shown on.
        batch: samples that share a canvas.
        fixed: how many samples from the first on show their photo in one of its `views` fixed views.
    """

    def __init__(
        self,
        splits: Sequence[tuple[ReferSplit, float]],
        tokenizer: Tokenizer,
        config: SampleConfig,
        *,
        canvases: Sequence[Size],
        batch: int,
        seed: int,
        length: int,
        fixed: int = 0,
        views: int = 0,
    ) -> None:
        self.tokenizer, self.config = tokenizer, config
        self.fixed, self.views = fixed if views else 0, views
        self._kind_weight = {**_KIND_WEIGHT, **config.kind_weight}
        self.batch = batch
        self.seed, self.length = seed, length
        self._photos: list[Photo] = []
        weights: list[float] = []
        for split, weight in splits:
            photos = list(photos_of(split))
            self._photos += photos
            weights += [
                weight
                * config.source_weight.get(photo.source, 1.0)
                * (config.crowded_weight if photo.is_crowded else 1.0)
                for photo in photos
            ]
        if not self._photos or sum(weights) <= 0:
            raise TrainingError("The training data hold no photo with a phrase; check the recipe's data and weights.")
        self._decks = _decks_of(self._photos, weights, canvases)

    def __len__(self) -> int:
        return self.length

    @cached_property
    def _known(self) -> dict[str, dict[str, list[str]]]:
        """Per source and class, the phrases met for it."""
        known: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for photo in self._photos:
            category = {thing.id: thing.category for thing in photo.things}
            for sample in photo.positives:
                if sample.kind not in ("relation", "plural"):
                    known[photo.source][category[sample.ann_ids[0]]].append(sample.phrase)
        return {source: dict(phrases) for source, phrases in known.items()}

    @cached_property
    def _cuttings(self) -> Cuttings:
        return Cuttings(self._photos, self.config.paste_from)

    def __getitem__(self, index: int) -> Batchable:
        # A third number keeps the stream of batches apart from that of samples.
        shares = np.array([deck.share for deck in self._decks])
        drawn = np.random.default_rng((self.seed, index // self.batch, 1)).choice(len(shares), p=shares)
        deck = self._decks[int(drawn)]
        rng = np.random.default_rng((self.seed, index))
        place = min(int(np.searchsorted(deck.cumulative, rng.random())), len(deck.photos) - 1)
        photo = self._photos[deck.photos[place]]
        pixels = pixels_of(photo.image)
        number = int(rng.integers(self.views)) if index < self.fixed else -1
        # A fixed view is a function of the photo and its number; the fourth number keeps its stream apart.
        chance = rng if number < 0 else np.random.default_rng((self.seed, deck.photos[place], number, 2))
        if self.config.paste and number < 0 and rng.random() < self.config.paste:
            unsafe = frozenset(self.config.unsafe_negative.get(photo.source, ()))
            photo, pixels = self._cuttings.laid_onto(photo, pixels, rng, unsafe=unsafe)
        view = View.drawn(photo.image.size, deck.canvas, chance)
        masks = {thing.id: thing for thing in photo.things}
        phrases: list[tuple[str, NDArray[np.float32] | None]] = []
        for _ in range(self.config.phrases):
            absent = self._absent(photo, rng) if rng.random() < self.config.negatives else None
            if absent is None and photo.positives:
                phrases.append(self._present(photo, view, masks, rng))
            elif absent is not None:
                phrases.append((self._said(absent, rng, plain=False), None))
            else:
                phrases.append((photo.absent[int(rng.integers(len(photo.absent)))].phrase, None))
        names = self._names(photo, view, rng)
        image, found = view.image(pixels), self._tensors(phrases, view, rng)
        channels_first = torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))
        present = torch.tensor([float(mask is not None) for _, mask in phrases])
        shown = torch.tensor([deck.photos[place], number])
        return Batchable(channels_first, *found, present, *self._tensors(names, view, rng), shown)

    def _names(
        self, photo: Photo, view: View, rng: np.random.Generator
    ) -> list[tuple[str, NDArray[np.float32] | None]]:
        """Names of classes with what they cover: up to two thirds there, the rest of the source's others."""
        count = self.config.names
        if not count:
            return []
        there = sorted({thing.category for thing in photo.things})
        asked = [str(one) for one in rng.permutation(there)[: -(-2 * count // 3)]]
        names: list[tuple[str, NDArray[np.float32] | None]] = []
        for category in asked:
            mask = Mask.empty(photo.image.size)
            for thing in photo.things:
                if thing.category == category:
                    mask = mask.union(thing.mask())
            names.append((self._called(category, rng), view.mask(mask.to_array(), target_grid(view.letterbox.canvas))))
        taken = negatives.kin_of_any(there)
        taken |= frozenset(self.config.unsafe_negative.get(photo.source, ()))
        others = sorted(set(self._known.get(photo.source, {})) - taken)
        for place in range(count - len(names)):
            # Where a source knows no other class, a name of its own is asked again.
            category = str(rng.choice(others)) if others else there[place % len(there)] if there else ""
            again = None if others or not asked else names[place % len(asked)][1]
            names.append((self._called(category, rng), again))
        return names

    def _called(self, category: str, rng: np.random.Generator) -> str:
        return paraphrase.reworded(category, rng, plain=True) if rng.random() < self.config.reword else category

    def _present(
        self, photo: Photo, view: View, masks: Mapping[int, ReferAnnotation], rng: np.random.Generator
    ) -> tuple[str, NDArray[np.float32]]:
        weights = np.array([self._kind_weight.get(sample.kind, 1.0) for sample in photo.positives])
        grid = target_grid(view.letterbox.canvas)
        order = rng.choice(len(weights), size=min(_TRIES, len(weights)), replace=False, p=weights / weights.sum())
        for place in order:  # a view may cut off what a phrase means
            sample = photo.positives[int(place)]
            mask = Mask.empty(photo.image.size)
            for ann_id in sample.ann_ids:
                mask = mask.union(masks[ann_id].mask())
            coverage = view.mask(mask.to_array(), grid)
            if view.kept_share(mask.area, coverage) >= _KEPT_SHARE:
                break
        phrase = sample.phrase
        if sample.kind == "colour" and rng.random() < self.config.join * 3:
            places = [s for s in photo.positives if s.kind in ("position", "size") and s.ann_ids == sample.ann_ids]
            if places:
                longer = paraphrase.joined(phrase, places[int(rng.integers(len(places)))].phrase)
                phrase = longer or phrase
        plain = sample.kind == "category"
        if plain and rng.random() < self.config.dressed:
            longer = _dressed(phrase, sample, photo, rng)
            plain, phrase = longer is None, longer or phrase
        return self._said(phrase, rng, plain=plain), coverage

    def _absent(self, photo: Photo, rng: np.random.Generator) -> str | None:
        """A phrase that fits nothing in the photo, or None where none could be made this time."""
        unsafe = frozenset(self.config.unsafe_negative.get(photo.source, ()))
        draw = rng.random()
        if draw < 0.3 and photo.absent:
            return photo.absent[int(rng.integers(len(photo.absent)))].phrase
        if draw < 0.65 or not photo.positives:
            present = frozenset(thing.category for thing in photo.things)
            known = self._known.get(photo.source, {})
            absent = negatives.wrong_class(present, known, rng, unsafe=unsafe)
            if absent is not None and rng.random() < self.config.beside:
                return negatives.beside(absent, sorted(present), rng)
            if absent is not None and present and rng.random() < self.config.beside:
                return negatives.with_absent(str(rng.choice(sorted(present))), absent, rng)
            return absent
        # A wrong colour is what people ask for most often of what is nearly there.
        weights = np.array([_COLOURED if sample.kind == "colour" else 1.0 for sample in photo.positives])
        sample = photo.positives[int(rng.choice(len(weights), p=weights / weights.sum()))]
        if len(sample.ann_ids) != 1:
            return None
        category = next(thing.category for thing in photo.things if thing.id == sample.ann_ids[0])
        same = [thing for thing in photo.things if thing.category in negatives.kin_of(category)]
        if category in unsafe or any(thing.iscrowd for thing in same):
            return None
        if sample.kind == "colour":
            return negatives.wrong_colour(sample.phrase, len(same), rng)
        if sample.kind == "category":
            width = photo.image.width
            things = []
            for thing in same:
                box = thing.mask().box
                things.append(negatives.Thing(thing.category, (box.x0 + box.x1) / 2 / width, (box.x1 - box.x0) / width))
            return negatives.wrong_place_or_count(without_article(sample.phrase), things, rng)
        return None

    def _said(self, phrase: str, rng: np.random.Generator, *, plain: bool) -> str:
        return paraphrase.reworded(phrase, rng, plain=plain) if rng.random() < self.config.reword else phrase

    def _tensors(
        self, phrases: Sequence[tuple[str, NDArray[np.float32] | None]], view: View, rng: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Ids int64 (k, n) of phrases and the coverage float16 (k, h, w) that each means: none of what fits nothing."""
        grid = target_grid(view.letterbox.canvas)
        ids = np.zeros((len(phrases), self.tokenizer.max_words), dtype=np.int64)
        target = np.zeros((len(phrases), *grid.shape), dtype=np.float16)
        for row, (phrase, mask) in enumerate(phrases):
            tokens = self.tokenizer.encode(mirrored(phrase) if view.mirror else phrase)
            found = np.asarray(tokens.ids, dtype=np.int64)
            if len(found) > 1 and rng.random() < self.config.forget_word:
                found[int(rng.integers(len(found)))] = 1
            ids[row, : len(found)] = found
            if mask is not None:
                target[row] = mask
        return torch.from_numpy(ids), torch.from_numpy(target)


# Classes that name a human being, and those worn or carried by one.
_PERSONS: Final = frozenset({"person"})
_WORN: Final = frozenset(
    noun for row in ASIDES if row.before for noun in row.nouns if noun not in ("hair", "umbrella", "suitcase")
)


def _dressed(phrase: str, sample: ReferSample, photo: Photo, rng: np.random.Generator) -> str | None:
    """The photo's only person, told by a garment; None where there is no such person or no garment with a phrase."""
    persons = [thing for thing in photo.things if thing.category in _PERSONS]
    if len(persons) != 1 or persons[0].iscrowd or list(sample.ann_ids) != [persons[0].id]:
        return None
    worn = {thing.id for thing in photo.things if thing.category in _WORN}
    said = [
        other.phrase
        for other in photo.positives
        if other.kind in ("category", "colour") and len(other.ann_ids) == 1 and other.ann_ids[0] in worn
    ]
    return paraphrase.dressed(phrase, said[int(rng.integers(len(said)))], rng) if said else None


def collate(samples: Sequence[Batchable]) -> Batchable:
    """A batch: the parts of `Batchable` with a first axis more, ids cut to the longest phrase."""
    image, ids, target, present, names, named, view = (torch.stack(part) for part in zip(*samples, strict=True))
    return Batchable(image, _cut(ids), target, present, _cut(names), named, view)


def _cut(ids: torch.Tensor) -> torch.Tensor:
    """Ids (b, k, n) without the padding that all of them have."""
    longest = int((ids != 0).sum(-1).amax().clamp(min=1)) if ids.numel() else 1
    return ids[..., :longest].contiguous()
