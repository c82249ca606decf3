from __future__ import annotations

import io
import math
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from refseg_annotator.core.annotation import MediumId, Split
from refseg_annotator.errors import UsageError
from refseg_annotator.services import fingerprints, splits
from refseg_annotator.services.fingerprints import NEAR, fingerprint, near_duplicates, perceptual_hash
from refseg_annotator.services.splits import (
    SplitItem,
    find_leaks,
    is_person,
    items_of,
    plan_splits,
    with_test_a_and_b,
)
from refseg_annotator.services.transfer import dataset_of
from tests.formats import specs as made


def scene(seed: int, width: int = 160, height: int = 120) -> Image.Image:
    """A picture of soft blobs, each seed another scene."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)


def hash_of(picture: Image.Image) -> int:
    found = perceptual_hash(np.asarray(picture.convert("RGB")))
    assert found is not None
    return found


def distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()


# --- fingerprints ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_a_scene_is_known_again_resized_recompressed_and_brightened(seed):
    picture = scene(seed)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=40)
    for other in (picture.resize((90, 70)), Image.open(stream), ImageEnhance.Brightness(picture).enhance(1.1)):
        assert distance(hash_of(picture), hash_of(other)) <= NEAR
    assert all(distance(hash_of(picture), hash_of(scene(other))) > 12 for other in range(20) if other != seed)


def test_a_mirrored_photo_is_near_its_original_and_a_blank_one_near_nothing(tmp_path):
    picture = scene(1)
    picture.save(tmp_path / "a.png")
    picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(tmp_path / "b.png")
    Image.new("RGB", (40, 30), "white").save(tmp_path / "c.png")
    Image.new("RGB", (40, 30), "black").save(tmp_path / "d.png")
    found = {}
    for name in "abcd":
        spec = made.MediumSpec(name, 160, 120)
        [medium] = made.make([spec], tmp_path, pixels=False).media
        found[name] = fingerprint(medium)
    assert (found["c"], found["d"]) == ((), ())
    assert near_duplicates(found) == [["a", "b"]], {name: [hex(n) for n in codes] for name, codes in found.items()}


@given(st.lists(st.integers(0, 2**64 - 1), max_size=30), st.data())
def test_the_banded_search_finds_what_comparing_all_with_all_finds(codes, data):
    # Some near ones among them, else there would hardly ever be a pair.
    for code in list(codes)[:6]:
        bits = data.draw(st.sets(st.integers(0, 63), max_size=11))
        codes.append(code ^ sum(1 << bit for bit in bits))
    hashes = {place: (code,) for place, code in enumerate(codes)}
    expected = {place: {place} for place in hashes}
    for a in hashes:
        for b in hashes:
            if distance(codes[a], codes[b]) <= NEAR and expected[a] is not expected[b]:
                together = expected[a] | expected[b]
                for place in together:
                    expected[place] = together
    groups = {frozenset(group) for group in expected.values() if len(group) > 1}
    assert {frozenset(group) for group in near_duplicates(hashes)} == groups


def test_of_many_media_few_pairs_are_compared(monkeypatch: pytest.MonkeyPatch):
    compared = 0
    whole = fingerprints._close_pairs

    def counted(codes, block, others, near):
        nonlocal compared
        compared += len(block) * len(others)
        return whole(codes, block, others, near)

    monkeypatch.setattr(fingerprints, "_close_pairs", counted)
    codes = np.random.default_rng(0).integers(0, 2**64, 4000, dtype=np.uint64).tolist()
    assert near_duplicates({place: (code,) for place, code in enumerate(codes)}) == []
    # Nine bands of seven bits find a fourteenth of all pairs; within a block each is counted twice here.
    assert compared < 0.2 * len(codes) ** 2 / 2


# --- dealing --------------------------------------------------------------------------------------------------


def items(count: int, *, seed: int = 0, twins: int = 0) -> list[SplitItem]:
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        kinds = rng.choice(["dog", "cat", "person", "okapi"], size=rng.integers(1, 4), p=[0.5, 0.3, 0.15, 0.05])
        code = int(rng.integers(0, 2**63))
        found.append(SplitItem(number, f"photo {number:04d}", tuple(kinds.tolist()), (code,)))
    for number in range(twins):
        original = found[number]
        found.append(SplitItem(count + number, f"twin {number:04d}", original.categories, (original.hashes[0] ^ 5,)))
    return found


def test_shares_and_categories_are_met():
    dealt = items(1000)
    plan = plan_splits(dealt, seed=1)
    counts = plan.counts()
    assert counts[Split.TRAIN] == pytest.approx(800, abs=25)
    assert counts[Split.VAL] == pytest.approx(100, abs=15)
    assert counts[Split.TEST] == pytest.approx(100, abs=15)
    totals = Counter(kind for item in dealt for kind in item.categories)
    for split, share in ((Split.TRAIN, 0.8), (Split.VAL, 0.1), (Split.TEST, 0.1)):
        held = Counter(kind for item in dealt if plan.splits[item.id] is split for kind in item.categories)
        for kind, total in totals.items():
            assert held[kind] / total == pytest.approx(share, abs=0.04), (split, kind)


@given(st.integers(0, 50), st.integers(0, 10), st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_twins_stay_together_and_order_does_not_matter(count, twins, seed, rng):
    dealt = items(count, seed=seed % 97, twins=min(twins, count))
    plan = plan_splits(dealt, seed=seed)
    assert set(plan.splits) == {item.id for item in dealt}
    assert Split.NONE not in plan.splits.values()
    for number in range(min(twins, count)):
        assert plan.splits[number] is plan.splits[count + number]
    shuffled = list(dealt)
    rng.shuffle(shuffled)
    assert plan_splits(shuffled, seed=seed).splits == plan.splits
    moved = [SplitItem(i.id, i.name, i.categories, i.hashes, plan.splits[i.id]) for i in dealt]
    assert find_leaks(moved) == []


def test_another_seed_deals_otherwise():
    dealt = items(200)
    assert plan_splits(dealt, seed=1).splits != plan_splits(dealt, seed=2).splits
    assert plan_splits(dealt, seed=1).splits == plan_splits(dealt, seed=1).splits


def test_kept_splits_draw_their_twins_along_and_torn_groups_are_told():
    dealt = items(20, twins=2)
    dealt[0] = SplitItem(0, dealt[0].name, dealt[0].categories, dealt[0].hashes, Split.VAL)
    dealt[1] = SplitItem(1, dealt[1].name, dealt[1].categories, dealt[1].hashes, Split.VAL)
    dealt[21] = SplitItem(21, dealt[21].name, dealt[21].categories, dealt[21].hashes, Split.TRAIN)
    plan = plan_splits(dealt, keep=True)
    assert plan.splits[0] is plan.splits[20] is Split.VAL
    assert (plan.splits[1], plan.splits[21]) == (Split.VAL, Split.TRAIN)
    [leak] = plan.leaks
    assert set(leak.media) == {1, 21}
    assert find_leaks(dealt)[0].media == (1, 21)


def test_the_groups_are_looked_through_a_fixed_number_of_times_however_many_they_are():
    class Watched(list):
        looks = 0

        def __iter__(self):
            Watched.looks += 1
            return super().__iter__()

    groups = Watched(
        splits._groups([SplitItem(MediumId(number), f"{number:03}", ("dog",)) for number in range(60)], [])
    )
    dealing = splits._Dealing(groups, splits.DEFAULT_SHARES, random.Random(0))
    for group in list(groups):
        dealing.give(group, dealing.best(group))
    assert Watched.looks <= 3, "a hundred thousand media would take hours"
    assert Counter(dealing.splits.values()) == {Split.TRAIN: 48, Split.VAL: 6, Split.TEST: 6}


def test_a_plan_can_be_edited_and_takes_twins_along():
    plan = plan_splits(items(10, twins=1), shares={Split.TRAIN: 1.0})
    moved = plan.with_split([0], Split.TEST)
    assert {medium_id for medium_id, split in moved.splits.items() if split is Split.TEST} == {0, 10}


def test_test_a_is_people_and_test_b_the_rest():
    dealt = [
        SplitItem(1, "a", ("person", "dog"), (1,)),
        SplitItem(2, "b", ("dog", "dog", "person"), (0xFFFF << 40,)),
        SplitItem(3, "c", (), (2**50 - 1,)),
        SplitItem(4, "d", ("dog",), (1,)),
    ]
    plan = with_test_a_and_b(dealt, plan_splits(dealt, shares={Split.TEST: 1}))
    assert plan.splits == {1: Split.TEST_B, 2: Split.TEST_B, 3: Split.TEST_B, 4: Split.TEST_B}
    alone = dealt[:3]
    plan = with_test_a_and_b(alone, plan_splits(alone, shares={Split.TEST: 1}))
    assert plan.splits == {1: Split.TEST_A, 2: Split.TEST_B, 3: Split.TEST_B}
    assert is_person("traffic_person")
    assert not is_person("manatee")


@pytest.mark.parametrize(
    "shares",
    [
        {},
        {Split.TRAIN: -1.0},
        {Split.TRAIN: 0.0},
        {Split.NONE: 1.0},
        {Split.TRAIN: math.inf, Split.VAL: 0.1},
        {Split.TRAIN: math.nan, Split.VAL: 0.1},
        {Split.TRAIN: 1e308, Split.VAL: 1e308},
    ],
)
def test_shares_that_cannot_be(shares):
    with pytest.raises(UsageError, match="shares"):
        plan_splits(items(3), shares=shares)


def test_a_plan_becomes_one_edit(session):
    plan = plan_splits(items_of(dataset_of(session)), shares={Split.TRAIN: 1, Split.VAL: 1})
    session.commit(plan.to_edit(session.project))
    assert {medium.split for medium in session.project.media.values()} == {Split.TRAIN, Split.VAL}
    session.undo()
    assert {medium.split for medium in session.project.media.values()} == {Split.NONE}
