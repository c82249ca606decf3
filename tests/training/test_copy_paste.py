"""Things laid onto photos: masks are what is seen, the rest is as it was, and all that is said is true."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from refseg_annotator.formats.refer import read_refer
from refseg_annotator.formats.samples import ReferSample
from refseg_annotator.text import plural_of
from refseg_annotator.training.copy_paste import Cuttings
from refseg_annotator.training.photos import Photo, photos_of, pixels_of
from tests.training.made_photos import COLOURS, MadePhoto, write_tree

TREE = MadePhoto(
    [("tree", "green", (0, 64, 0, 20))],
    [
        ("the tree", "category", [0]),
        ("the car", "no-target", []),
        ("the red dog", "no-target", []),
    ],
)
HOME = MadePhoto(
    [("car", "yellow", (5, 25, 10, 40)), ("car", "blue", (35, 60, 50, 92))],
    [("the automobile", "category", [0]), ("yellow car", "colour", [0]), ("car on the right", "position", [1])],
    name="home_1.png",
)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Photo]:
    tree = write_tree(tmp_path_factory.mktemp("data"), {"train": [TREE, HOME]})
    return list(photos_of(read_refer(tree, "train")))


def laid(photos: list[Photo], seed: int, *, unsafe: frozenset[str] = frozenset()) -> tuple[Photo, np.ndarray]:
    ground = next(photo for photo in photos if photo.source == "made")
    return Cuttings(photos, ("home",)).laid_onto(
        ground, pixels_of(ground.image), np.random.default_rng(seed), unsafe=unsafe
    )


def said(photo: Photo) -> list[ReferSample]:
    return [sample for sample in photo.positives if sample.ann_ids[0] < 0]


def test_a_mask_is_where_the_thing_is_seen_and_the_rest_is_as_it_was(photos: list[Photo]) -> None:
    before = pixels_of(photos[0].image)
    for seed in range(20):
        together, pixels = laid(photos, seed)
        over = np.zeros(pixels.shape[:2], bool)
        for thing in together.things:
            if thing.id < 0:
                mask = thing.mask().to_array()
                assert mask.any()
                assert not (mask & over).any()
                over |= mask
                colour = np.median(pixels[mask], axis=0)
                known = [np.abs(colour / np.array(COLOURS[name]) - 1).max() < 0.2 for name in ("yellow", "blue")]
                assert any(known), (seed, colour)
        assert over.any()
        far = ~(np.asarray(cv2.dilate(over.astype(np.uint8), np.ones((7, 7), np.uint8))) > 0)
        assert np.array_equal(pixels[far], before[far])
        (tree,) = (thing for thing in together.things if thing.category == "tree")
        assert np.array_equal(tree.mask().to_array(), photos[0].things[0].mask().to_array() & ~over)


def test_phrases_are_true_of_what_they_name(photos: list[Photo]) -> None:
    kinds = set()
    for seed in range(120):
        together, _ = laid(photos, seed)
        masks = {thing.id: thing.mask() for thing in together.things if thing.id < 0}
        for sample in said(together):
            kinds.add(sample.kind)
            words = set(sample.phrase.split())
            if sample.kind == "plural":
                assert set(sample.ann_ids) == set(masks)
                assert len(masks) > 1
                assert words & {"cars", "automobiles"}
                continue
            (meant,) = sample.ann_ids
            others = [mask for number, mask in masks.items() if number != meant]
            assert words & {"car", "automobile"}, sample.phrase
            area, box = masks[meant].area, masks[meant].box
            if sample.kind in ("category", "colour"):
                assert not others
            if words & {"biggest", "largest", "big", "closest", "bigger", "larger"}:
                assert all(area > other.area for other in others)
                assert others
            if words & {"smallest", "little", "small", "farthest", "smaller"}:
                assert all(area < other.area for other in others)
                assert others
            if words & {"left", "leftmost"} and "second" not in words and "between" not in words:
                assert all(box.x0 + box.x1 < other.box.x0 + other.box.x1 for other in others)
            if words & {"right", "rightmost"} and "second" not in words:
                assert all(box.x0 + box.x1 > other.box.x0 + other.box.x1 for other in others)
            if words & {"top", "upper"}:
                assert all(box.y0 + box.y1 < other.box.y0 + other.box.y1 for other in others)
            if words & {"middle", "center", "between", "second"}:
                centres = sorted(mask.box.x0 + mask.box.x1 for mask in masks.values())
                assert len(centres) == 3
                assert box.x0 + box.x1 == centres[1]
    assert kinds == {"category", "colour", "position", "size", "plural"}


def test_what_was_said_stays_but_absent_things_that_came_are_not_asked(photos: list[Photo]) -> None:
    together, _ = laid(photos, 1)
    assert [sample.phrase for sample in together.positives if sample.ann_ids[0] > 0] == ["the tree"]
    # "the car" fits something now; no dog came.
    assert [sample.phrase for sample in together.absent] == ["the red dog"]


def test_a_class_that_is_or_may_be_there_is_not_laid(photos: list[Photo]) -> None:
    ground = next(photo for photo in photos if photo.source == "made")
    same, _ = laid(photos, 1, unsafe=frozenset({"car"}))
    assert same is ground
    home = next(photo for photo in photos if photo.source == "home")
    again, pixels = Cuttings(photos, ("home",)).laid_onto(home, pixels_of(home.image), np.random.default_rng(1))
    assert again is home
    assert np.array_equal(pixels, pixels_of(home.image))


def test_a_thing_cut_off_by_its_photo_stays_at_home(tmp_path: Path) -> None:
    at_the_edge = MadePhoto([("dog", "red", (0, 40, 5, 35))], [("the dog", "category", [0])], name="home_2.png")
    photos = list(photos_of(read_refer(write_tree(tmp_path, {"train": [TREE, at_the_edge]}), "train")))
    assert laid(photos, 1)[0] is photos[0]


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("dog", "dogs"), ("bus", "buses"), ("wine glass", "wine glasses"), ("teddy", "teddies"), ("toy", "toys"),
        ("cell phone", "cell phones"), ("person", "people"), ("sheep", "sheep"), ("bench", "benches"),
    ],
)  # fmt: skip
def test_plurals(noun: str, plural: str) -> None:
    assert plural_of(noun) == plural
