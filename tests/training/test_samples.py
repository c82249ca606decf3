"""Samples: one number one sample; photo, mask and phrase turn together; what fits nothing really fits nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from refseg_annotator.core.geometry import Size
from refseg_annotator.errors import TrainingError
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.nn.letterbox import Letterbox
from refseg_annotator.text import Tokenizer, Vocabulary, mirrored, split_words
from refseg_annotator.training import negatives, paraphrase
from refseg_annotator.training.augment import View
from refseg_annotator.training.photos import source_of
from refseg_annotator.training.samples import (
    Batchable,
    ReferringSamples,
    SampleConfig,
    collate,
    target_grid,
)
from tests.training.made_photos import COLOURS, LEFT_RED, TWO_CARS, MadePhoto, write_tree

PLAIN = SampleConfig(phrases=3, negatives=0.0, reword=0.0, join=0.0, forget_word=0.0)
SIDE, TARGET = 64, 16
CANVAS = Size(SIDE, SIDE)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    other = replace(TWO_CARS, name="other_1.png")
    return write_tree(tmp_path_factory.mktemp("data"), {"train": [LEFT_RED, TWO_CARS], "more": [other]})


def samples_of(tree: Path, config: SampleConfig = PLAIN, *, splits: Any = (("train", 1.0),), seed: int = 1):
    read = [(read_refer(tree, name), weight) for name, weight in splits]
    words = {word for split, _ in read for sample in split.samples for word in split_words(sample.phrase)}
    vocabulary = Vocabulary.of(sorted(words | paraphrase.every_word() | {"dogs", "cats", *negatives._FAR_COLOURS}))
    return ReferringSamples(
        read, Tokenizer(vocabulary, 12), config, canvases=(CANVAS,), batch=4, seed=seed, length=1000
    )


def phrases_of(samples: ReferringSamples, batchable: Batchable) -> list[str]:
    words = samples.tokenizer.vocabulary.words
    return [" ".join(words[number] for number in row if number) for row in batchable.ids.tolist()]


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos as evaluation shows them."""
    monkeypatch.setattr(View, "drawn", classmethod(lambda cls, size, canvas, rng: cls.plain(size, canvas)))


# --- one number, one sample -------------------------------------------------------------------------------------------


def test_a_sample_is_a_function_of_its_number_and_the_seed(tree: Path) -> None:
    config = SampleConfig(phrases=4)
    one, again, other = samples_of(tree, config), samples_of(tree, config), samples_of(tree, config, seed=2)
    _ = one[7]  # what was drawn before changes nothing
    for number in (0, 3, 999):
        assert all(torch.equal(a, b) for a, b in zip(one[number], again[number], strict=True))
    assert not all(torch.equal(one[n].image, other[n].image) for n in range(5))
    assert not all(torch.equal(one[0].image, one[n].image) for n in range(1, 5))
    assert len(one) == 1000


def test_tensors_are_as_the_trainer_wants_them(tree: Path) -> None:
    sample = samples_of(tree)[0]
    assert (sample.image.shape, sample.image.dtype) == ((3, SIDE, SIDE), torch.uint8)
    assert (sample.ids.shape, sample.ids.dtype) == ((3, 12), torch.int64)
    assert (sample.target.shape, sample.target.dtype) == ((3, TARGET, TARGET), torch.float16)
    assert (sample.present.shape, sample.present.dtype) == ((3,), torch.float32)
    assert 0 <= float(sample.target.min()) <= float(sample.target.max()) <= 1


def test_a_batch_is_cut_to_its_longest_phrase(tree: Path) -> None:
    samples = samples_of(tree)
    batch = collate([samples[n] for n in range(4)])
    longest = max(len(phrase.split()) for n in range(4) for phrase in phrases_of(samples, samples[n]))
    assert batch.image.shape == (4, 3, SIDE, SIDE)
    assert batch.ids.shape == (4, 3, longest)
    assert batch.target.shape == (4, 3, TARGET, TARGET)
    assert batch.present.shape == (4, 3)
    empty = samples[0]._replace(ids=torch.zeros(3, 12, dtype=torch.int64))
    assert collate([empty]).ids.shape == (1, 3, 1)


# --- phrase, photo and mask together ----------------------------------------------------------------------------------


def test_the_mask_is_what_the_phrase_means(tree: Path, still: None) -> None:
    samples = samples_of(tree)
    meant = {text: photo.mask(numbers) for photo in (LEFT_RED, TWO_CARS) for text, _, numbers in photo.phrases}
    view = View.plain(read_refer(tree, "train").images[1].size, CANVAS)
    seen = set()
    for number in range(40):
        sample = samples[number]
        for phrase, target, present in zip(phrases_of(samples, sample), sample.target, sample.present, strict=True):
            assert float(present) == 1
            assert np.allclose(target.float().numpy(), view.mask(meant[phrase], target_grid(CANVAS)), atol=1e-3)
            seen.add(phrase)
    assert seen == {text for text, mask in meant.items() if mask.any()}


def test_the_mirror_turns_phrase_and_mask_alike(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = samples_of(tree)
    shown: dict[bool, list[tuple[list[str], Batchable]]] = {}
    for mirror in (False, True):
        monkeypatch.setattr(
            View,
            "drawn",
            classmethod(lambda cls, size, canvas, rng, m=mirror: replace(cls.plain(size, canvas), mirror=m)),
        )
        shown[mirror] = [(phrases_of(plain, plain[n]), plain[n]) for n in range(20)]
    sides = 0
    for (phrases, sample), (turned_phrases, turned) in zip(shown[False], shown[True], strict=True):
        assert torch.equal(sample.image.flip(-1), turned.image)
        assert torch.allclose(sample.target.float().flip(-1), turned.target.float(), atol=1e-3)
        assert turned_phrases == [mirrored(phrase) for phrase in phrases]
        sides += sum("left" in phrase for phrase in phrases)
    assert sides > 3
    assert any("right" in phrase for phrases, _ in shown[True] for phrase in phrases)


def test_colours_are_in_their_order(tree: Path, still: None) -> None:
    samples = samples_of(tree)
    for number in range(20):
        sample = samples[number]
        for phrase, target in zip(phrases_of(samples, sample), sample.target, strict=True):
            colour = next((COLOURS[word] for word in phrase.split() if word in COLOURS), None)
            if colour is not None:
                row, column = divmod(int(target.float().argmax()), TARGET)
                pixel = sample.image[:, row * 4 + 2, column * 4 + 2]
                assert pixel.tolist() == pytest.approx(colour, abs=3)


# --- phrases that fit nothing -----------------------------------------------------------------------------------------


def test_present_and_absent_are_told_by_flag_and_mask(tree: Path) -> None:
    samples = samples_of(tree, SampleConfig(phrases=6, negatives=0.5, reword=0.0, forget_word=0.0))
    flags = Counter()
    for number in range(60):
        sample = samples[number]
        for target, present in zip(sample.target, sample.present, strict=True):
            assert bool(target.any()) == bool(present)
            flags[bool(present)] += 1
    assert 0.25 < flags[False] / flags.total() < 0.5


def test_what_fits_nothing_is_wrong_in_one_point(tree: Path, still: None) -> None:
    samples = samples_of(tree, SampleConfig(phrases=6, negatives=0.9, reword=0.0, forget_word=0.0))
    absent: dict[str, Counter[str]] = {"dog": Counter(), "car": Counter()}
    for number in range(200):
        sample = samples[number]
        # Which photo it is shows where the red square's centre, (20, 25) of 96 x 64, comes to lie.
        x, y = (round(n) for n in View.plain(Size(96, 64), CANVAS).letterbox.to_canvas(20, 25))
        shows_dog = sample.image[:, y, x].tolist() == pytest.approx(COLOURS["red"], abs=9)
        for phrase, present in zip(phrases_of(samples, sample), sample.present, strict=True):
            if not present:
                absent["dog" if shows_dog else "car"][phrase] += 1
    dog, car = absent["dog"], absent["car"]
    true_of_dog = {text for text, _, numbers in LEFT_RED.phrases if numbers}
    true_of_car = {text for text, _, numbers in TWO_CARS.phrases if numbers}
    assert not true_of_dog & set(dog)
    assert not true_of_car & set(car)
    assert {"the green dog", "car on the left", "two dogs"} <= set(dog)  # given, another class, another number
    assert any(phrase.endswith(" dog") and phrase.split()[-2] in ("blue", "green", "yellow") for phrase in dog)
    assert {"car near the tree", "the dog"} <= set(car)
    # Two cars: neither a wrong colour nor a wrong number can be told of "the car".
    assert not any(phrase in car for phrase in ("two cars", "both cars", "the red car", "the blue car"))


def test_classes_that_a_source_does_not_label_are_no_negatives(tree: Path) -> None:
    # A neighbour that is there is named too: left out, so that every word is of what is not there.
    config = SampleConfig(phrases=6, negatives=0.9, reword=0.0, forget_word=0.0, beside=0.0)
    unsafe = replace(config, unsafe_negative={"made": ("dog",)})

    def named(chosen: SampleConfig) -> set[str]:
        samples = samples_of(tree, chosen)
        return {
            word
            for number in range(120)
            for phrase, present in zip(phrases_of(samples, samples[number]), samples[number].present, strict=True)
            if not present and phrase not in ("the green dog", "car near the tree")
            for word in phrase.split()
        }

    assert "dog" in named(config)
    assert "dog" not in named(unsafe)
    assert "cat" in named(unsafe)


def test_what_is_not_there_is_named_by_a_neighbour_that_is(tree: Path) -> None:
    config = replace(PLAIN, negatives=1.0, beside=1.0)
    samples = samples_of(tree, config)
    said = [
        phrase
        for number in range(80)
        for phrase, present in zip(phrases_of(samples, samples[number]), samples[number].present, strict=True)
        if not present
    ]
    beside = [
        phrase for phrase in said if re.search(r"(next to|near|behind|in front of|by|with|on) the (dog|car)$", phrase)
    ]
    assert len(beside) > 20
    assert all(not re.search(r"the dog .*the dog|the car .*the car", phrase) for phrase in beside)


def test_the_only_person_is_told_by_the_garments(tmp_path: Path) -> None:
    photo = MadePhoto(
        [("person", "red", (0, 60, 0, 90)), ("dress", "blue", (20, 40, 10, 50))],
        [("the woman", "category", [0]), ("the blue dress", "colour", [1]), ("dress", "category", [1])],
    )
    samples = samples_of(write_tree(tmp_path, {"train": [photo]}), replace(PLAIN, dressed=1.0, phrases=8))
    masks: dict[str, set[float]] = {}
    for number in range(40):
        sample = samples[number]
        for phrase, target in zip(phrases_of(samples, sample), sample.target, strict=True):
            masks.setdefault(phrase, set()).add(round(float(target.float().sum())))
    dressed = {phrase for phrase in masks if "woman" in phrase and "dress" in phrase}
    assert len(dressed) > 5
    assert "the woman" not in masks
    assert {"the blue dress", "dress"} <= set(masks)
    # They mean the person, who is several times as large as the dress.
    assert min(min(masks[phrase]) for phrase in dressed) > 2 * max(
        max(masks[name]) for name in ("dress", "the blue dress")
    )


def test_two_persons_are_not_told_by_one_garment(tmp_path: Path) -> None:
    photo = MadePhoto(
        [("person", "red", (0, 30, 0, 60)), ("person", "red", (50, 90, 0, 60)), ("dress", "blue", (5, 20, 10, 40))],
        [("the woman", "category", [0]), ("the blue dress", "colour", [2])],
    )
    samples = samples_of(write_tree(tmp_path, {"train": [photo]}), replace(PLAIN, dressed=1.0))
    said = {phrase for number in range(40) for phrase in phrases_of(samples, samples[number])}
    assert said == {"the woman", "the blue dress"}


def test_a_crowd_forbids_wrong_colours_and_numbers(tmp_path: Path) -> None:
    photo = MadePhoto(
        [("dog", "red", (10, 40, 5, 35))], [("the dog", "category", [0]), ("red dog", "colour", [0])], crowd={0}
    )
    samples = samples_of(write_tree(tmp_path, {"train": [photo]}), replace(PLAIN, negatives=1.0))
    said = {phrase for number in range(60) for phrase in phrases_of(samples, samples[number])}
    assert said <= {"the dog", "red dog"}


def test_a_photo_of_absent_phrases_alone_is_asked_them(tmp_path: Path) -> None:
    photo = MadePhoto([], [("the zebra", "no-target", []), ("a tree", "no-target", [])])
    samples = samples_of(write_tree(tmp_path, {"train": [photo]}), replace(PLAIN, phrases=8))
    sample = samples[0]
    assert set(phrases_of(samples, sample)) == {"the zebra", "a tree"}
    assert not sample.present.any()
    assert not sample.target.any()


# --- words by chance --------------------------------------------------------------------------------------------------


def test_rewording_joining_and_forgetting(tree: Path) -> None:
    given = {text for photo in (LEFT_RED, TWO_CARS) for text, _, _ in photo.phrases}

    def said(**changes: Any) -> list[str]:
        samples = samples_of(tree, replace(PLAIN, **changes))
        return [phrase for number in range(80) for phrase in phrases_of(samples, samples[number])]

    given |= {mirrored(text) for text in given}
    assert set(said()) <= given
    assert len(set(said(reword=1.0)) - given) > 20
    assert {"red dog on the left", "red dog on the right"} & set(said(join=1.0))
    forgotten = said(forget_word=1.0)
    assert all(phrase.count("<unk>") == 1 for phrase in forgotten if len(phrase.split()) > 1)
    assert "<unk>" not in " ".join(said())


# --- weights and refusals ---------------------------------------------------------------------------------------------


def test_sources_and_splits_weigh_as_the_recipe_says(tree: Path) -> None:
    def share_of_other(config: SampleConfig, weight: float) -> float:
        samples = samples_of(tree, config, splits=(("train", 1.0), ("more", weight)))
        (deck,) = samples._decks
        steps = np.diff(deck.cumulative, prepend=0)
        assert (deck.cumulative[-1], deck.share) == (pytest.approx(1), pytest.approx(1))
        sources = [samples._photos[place].source for place in deck.photos]
        return float(steps[sources.index("other")])

    assert share_of_other(PLAIN, 1.0) == pytest.approx(1 / 3)
    assert share_of_other(PLAIN, 2.0) == pytest.approx(1 / 2)
    assert share_of_other(replace(PLAIN, source_weight={"other": 4.0}), 1.0) == pytest.approx(2 / 3)
    assert share_of_other(replace(PLAIN, source_weight={"made": 0.0}), 1.0) == pytest.approx(1)


def test_photos_with_several_things_of_one_class_may_weigh_more(tree: Path) -> None:
    samples = samples_of(tree, replace(PLAIN, crowded_weight=3.0))
    (deck,) = samples._decks
    weights = dict(zip(deck.photos, np.diff(deck.cumulative, prepend=0), strict=True))
    crowded = [weight for place, weight in weights.items() if samples._photos[place].is_crowded]
    others = [weight for place, weight in weights.items() if not samples._photos[place].is_crowded]
    assert len(crowded) == 1, "the two cars"
    assert crowded[0] == pytest.approx(3 * others[0])


def test_a_kind_of_phrase_may_be_drawn_more_often(tree: Path, still: None) -> None:
    def share_of_positions(config: SampleConfig) -> float:
        samples = samples_of(tree, config)
        kind_of = {sample.phrase: sample.kind for photo in samples._photos for sample in photo.positives}
        assert {"position", "category"} <= set(kind_of.values())
        drawn = Counter(
            kind_of.get(phrase, "") for number in range(60) for phrase in phrases_of(samples, samples[number])
        )
        return drawn["position"] / drawn.total()

    assert share_of_positions(PLAIN) < 0.7
    assert share_of_positions(replace(PLAIN, kind_weight={"position": 1000.0})) > 0.9


def test_things_of_other_photos_are_laid_on_views_that_are_not_kept(tree: Path) -> None:
    pasting = replace(PLAIN, paste=1.0, paste_from=("made",))
    plain, pasted, again = samples_of(tree), samples_of(tree, pasting), samples_of(tree, pasting)
    assert not any(np.array_equal(plain[number].image, pasted[number].image) for number in range(8))
    assert all(np.array_equal(again[number].image, pasted[number].image) for number in range(8))
    said = {phrase for number in range(40) for phrase in phrases_of(pasted, pasted[number])}
    assert said - {phrase for number in range(40) for phrase in phrases_of(plain, plain[number])}
    kept, kept_pasting = (
        ReferringSamples(
            [(read_refer(tree, "train"), 1.0)], plain.tokenizer, config,
            canvases=(CANVAS,), batch=4, seed=1, length=8, fixed=8, views=2,
        )
        for config in (PLAIN, pasting)
    )  # fmt: skip
    assert all(np.array_equal(kept[number].image, kept_pasting[number].image) for number in range(8))


def test_the_source_is_the_first_word_of_the_files_name() -> None:
    assert source_of(Path("images/voc_2007_000464.jpg")) == "voc"
    assert source_of(Path("000464.jpg")) == "000464.jpg"


def test_data_without_phrases_are_one_sentence(tree: Path) -> None:
    with pytest.raises(TrainingError, match="no photo with a phrase; check the recipe's data and weights"):
        samples_of(tree, replace(PLAIN, source_weight={"made": 0.0}))
    split = read_refer(tree, "train")
    with pytest.raises(TrainingError, match="no photo with a phrase"):
        ReferringSamples(
            [(replace(split, samples=()), 1.0)],
            samples_of(tree).tokenizer, PLAIN, canvases=(CANVAS,), batch=4, seed=1, length=1,
        )  # fmt: skip


def test_a_photo_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    samples = samples_of(write_tree(tmp_path, {"train": [LEFT_RED]}))
    photo = tmp_path / "images" / "made_1.png"
    whole = photo.read_bytes()
    for content in (b"", b"not a picture", whole[:40]):
        photo.write_bytes(content)
        with pytest.raises(TrainingError, match=r"made_1.png' is no picture; restore or remove it"):
            samples[0]
    photo.unlink()
    with pytest.raises(TrainingError, match=r"made_1.png' cannot be read; restore or remove it"):
        samples[0]


def test_a_photo_of_another_size_is_one_sentence(tmp_path: Path) -> None:
    samples = samples_of(write_tree(tmp_path, {"train": [LEFT_RED]}))
    cv2.imwrite(str(tmp_path / "images" / "made_1.png"), np.zeros((96, 64, 3), np.uint8))
    with pytest.raises(TrainingError, match=r"is 64 x 96 pixels where the annotations say 96 x 64; use the photos"):
        samples[0]


def test_a_batch_shares_the_canvas_that_shows_its_photos_largest(tmp_path: Path) -> None:
    standing = replace(
        TWO_CARS, size=(96, 64), squares=[("car", "green", (5, 25, 4, 44)), ("car", "yellow", (35, 60, 20, 60))]
    )
    tree = write_tree(tmp_path, {"train": [LEFT_RED, standing]})
    canvases = (Size(64, 64), Size(72, 48), Size(48, 72))
    vocabulary = samples_of(tree).tokenizer
    samples = ReferringSamples(
        [(read_refer(tree, "train"), 1.0)], vocabulary, PLAIN, canvases=canvases, batch=3, seed=1, length=60
    )
    shapes = [tuple(samples[number].image.shape[1:]) for number in range(60)]
    assert all(len(set(shapes[start : start + 3])) == 1 for start in range(0, 60, 3))
    assert set(shapes) == {(48, 72), (72, 48)}  # nothing is square, so that nothing is drawn for the square
    assert (
        collate([samples[number] for number in range(3)]).target.shape[2:] == target_grid(Size(*shapes[0][::-1])).shape
    )


def test_a_view_that_cuts_an_object_off_asks_for_another(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Half a canvas to the left: the dog on the left is gone, the cat on the right is there.
    shifted = lambda cls, size, canvas, rng: replace(  # noqa: E731
        cls.plain(size, canvas), letterbox=Letterbox.fit(size, canvas, shift=(-0.5, 0.0))
    )
    monkeypatch.setattr(View, "drawn", classmethod(shifted))
    samples = samples_of(tree)
    assert all(bool(target.any()) for number in range(60) for target in samples[number].target)


def test_names_of_classes_come_with_all_that_they_cover(tree: Path, still: None) -> None:
    samples = samples_of(tree, replace(PLAIN, names=3))
    seen = Counter()
    for number in range(40):
        sample = samples[number]
        assert (sample.names.shape, sample.named.shape) == ((3, 12), (3, TARGET, TARGET))
        words = [" ".join(samples.tokenizer.vocabulary.words[i] for i in row if i) for row in sample.names.tolist()]
        covered = sample.named.float().mean((1, 2))
        for word, share in zip(words, covered.tolist(), strict=True):
            seen[word, share > 0] += 1
        if "dog" in words and covered[words.index("dog")] > 0:
            view = View.plain(Size(96, 64), CANVAS)
            expected = view.mask(LEFT_RED.mask([0]), target_grid(CANVAS))
            assert np.allclose(sample.named[words.index("dog")].float().numpy(), expected, atol=1e-3)
    assert {("dog", True), ("cat", True), ("car", True), ("car", False)} <= set(seen)
    assert ("tree", True) not in seen
    assert samples_of(tree)[0].names.shape == (0, 12)
