"""Made data sets: drawn by hypothesis, put on disk, and compared whatever their ids are."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from refseg_annotator.core.annotation import Annotation, ExpressionKind, FrameSpan, Origin, Provenance, Split
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.base import IMPORTED, Dataset, Loss, Stage


@dataclass(frozen=True)
class ReferentSpec:
    category: str = ""
    name: str = ""
    masks: dict[int, np.ndarray] = field(default_factory=dict)
    provenance: Provenance = IMPORTED
    keyframe: bool = False


@dataclass(frozen=True)
class ExpressionSpec:
    text: str
    targets: tuple[int, ...] = ()
    no_target: bool = False
    kind: ExpressionKind = ExpressionKind.UNSPECIFIED
    author: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class MediumSpec:
    name: str
    width: int
    height: int
    frames: int | None = None
    """None for a photo."""
    split: Split = Split.NONE
    referents: tuple[ReferentSpec, ...] = ()
    expressions: tuple[ExpressionSpec, ...] = ()


def make(specs: list[MediumSpec], folder: Path, *, pixels: bool = True) -> Dataset:
    """The data set of `specs`, its photos and frames saved under `folder`."""
    stage = Stage()
    annotations: dict[int, list[Annotation]] = {}
    rng = np.random.default_rng(7)
    for spec in specs:
        size = Size(width=spec.width, height=spec.height)

        def save(path: Path, size: Size = size) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(rng.integers(0, 256, (*size.shape, 3), dtype=np.uint8)).save(path)

        if spec.frames is None:
            path = folder / f"{spec.name}.png"
            if pixels:
                save(path)
            medium_id = stage.add_photo(path, size=size, name=path.name, split=spec.split)
        else:
            path = folder / spec.name
            for number in range(spec.frames if pixels else 0):
                save(path / f"{number:05d}.jpg")
            medium_id = stage.add_clip(path, size=size, name=spec.name, frame_count=spec.frames, split=spec.split)
        ids = [stage.add_referent(medium_id, category=r.category, name=r.name) for r in spec.referents]
        annotations[medium_id] = [
            Annotation(referent_id, frame, Mask.from_array(mask), referent.provenance, referent.keyframe)
            for referent_id, referent in zip(ids, spec.referents, strict=True)
            for frame, mask in sorted(referent.masks.items())
        ]
        for e in spec.expressions:
            span = None if e.span is None else FrameSpan(*e.span)
            stage.add_expression(
                medium_id,
                e.text,
                [ids[t] for t in e.targets],
                no_target=e.no_target,
                kind=e.kind,
                author=e.author,
                span=span,
            )
    return stage.finish(lambda medium_id: annotations[medium_id])


# --- comparing ------------------------------------------------------------------------------------------------


def noisy_photos(name: str, count: int, *, width: int, height: int, seed: int) -> list[MediumSpec]:
    """Photos with one referent each, whose mask is noise: nothing packs it well."""
    rng = np.random.default_rng(seed)
    return [
        MediumSpec(
            f"p{number:02d}",
            width,
            height,
            referents=(ReferentSpec(name, masks={0: rng.random((height, width)) < 0.5}),),
            expressions=(ExpressionSpec(f"{name} {number}", (0,)),),
        )
        for number in range(count)
    ]


def as_specs(dataset: Dataset) -> list[MediumSpec]:
    """The data set as specs, media by name."""
    referents, expressions = dataset.referents_by_medium(), dataset.expressions_by_medium()
    specs = []
    for medium in dataset.media:
        places = {referent.id: place for place, referent in enumerate(referents[medium.id])}
        found = [ReferentSpec(r.category, r.name) for r in referents[medium.id]]
        for annotation in dataset.load(medium.id):
            place = places[annotation.referent_id]
            assert annotation.frame not in found[place].masks
            assert annotation.mask.size == medium.size
            assert 0 <= annotation.frame < medium.frame_count
            masks = {**found[place].masks, annotation.frame: annotation.mask.to_array()}
            found[place] = replace(
                found[place], masks=masks, provenance=annotation.provenance, keyframe=annotation.keyframe
            )
        specs.append(
            MediumSpec(
                PurePosixPath(medium.name).stem if not medium.is_clip else medium.name,
                medium.size.width,
                medium.size.height,
                medium.frame_count if medium.is_clip else None,
                medium.split,
                tuple(found),
                tuple(
                    ExpressionSpec(
                        e.text,
                        tuple(places[t] for t in e.targets),
                        e.no_target,
                        e.kind,
                        e.author,
                        None if e.span is None else (e.span.first, e.span.last),
                    )
                    for e in expressions[medium.id]
                ),
            )
        )
    return sorted(specs, key=lambda spec: spec.name)


def canonical(specs: list[MediumSpec]) -> dict[str, object]:
    """Specs without order and numbers, to be compared with `==`."""
    whole: dict[str, object] = {}
    for spec in specs:
        things = [
            (
                referent.category,
                referent.name,
                tuple((frame, mask.shape, _digest(mask)) for frame, mask in sorted(referent.masks.items())),
                referent.provenance if referent.masks else None,
                referent.keyframe if referent.masks else None,
            )
            for referent in spec.referents
        ]
        texts = [
            (e.text, tuple(sorted(repr(things[t]) for t in e.targets)), e.no_target, e.kind, e.author, e.span)
            for e in spec.expressions
        ]
        assert spec.name not in whole
        whole[spec.name] = (spec.width, spec.height, spec.frames, spec.split, Counter(things), Counter(texts))
    return whole


def _digest(mask: np.ndarray) -> str:
    return hashlib.blake2b(np.packbits(mask).tobytes(), digest_size=16).hexdigest()


# --- what a loss takes, said a second time --------------------------------------------------------------------


def without(specs: list[MediumSpec], loses: frozenset[Loss]) -> list[MediumSpec]:
    """What is left of `specs` in a format that loses `loses`."""
    left = [_left(spec, loses) for spec in specs if not (Loss.PHOTOS in loses and spec.frames is None)]
    if Loss.MEDIA_WITHOUT_MASKS in loses:
        left = [spec for spec in left if spec.expressions or any(r.masks for r in spec.referents)]
    return left


def _left(spec: MediumSpec, loses: frozenset[Loss]) -> MediumSpec:
    things = list(spec.referents)
    if Loss.OVERLAPS in loses:
        things = _flattened(things)
    if Loss.ABSENCE in loses:
        things = [replace(t, masks={f: m for f, m in t.masks.items() if m.any()}) for t in things]
    alive = set(range(len(things)))
    if Loss.MASKLESS in loses:
        says_absent = not {Loss.ABSENCE, Loss.WHOLE_FRAMES} & loses
        alive = {n for n, thing in enumerate(things) if any(says_absent or m.any() for m in thing.masks.values())}
    if Loss.WHOLE_FRAMES in loses:
        frames = {frame for n in alive for frame in things[n].masks}
        nothing = np.zeros((spec.height, spec.width), bool)
        things = [replace(t, masks={f: t.masks.get(f, nothing) for f in frames}) for t in things]
    texts = []
    for e in spec.expressions:
        targets = tuple(t for t in e.targets if t in alive)
        gone = (
            Loss.EXPRESSIONS in loses
            or (e.targets and not targets)
            or (Loss.NO_TARGET in loses and e.no_target)
            or (Loss.NO_TARGET_ALONE in loses and e.no_target and not alive)
            or (Loss.UNLINKED in loses and not targets and not e.no_target)
            or (Loss.SEVERAL_TARGETS in loses and len(targets) > 1)
        )
        if not gone:
            texts.append(replace(e, targets=targets))
    if Loss.UNPHRASED in loses:
        alive &= {t for e in texts for t in e.targets}
    places = {old: new for new, old in enumerate(sorted(alive))}
    return replace(
        spec,
        split=_split(spec.split, loses),
        referents=tuple(_bare_referent(things[n], loses) for n in sorted(alive)),
        expressions=tuple(
            _bare_expression(replace(e, targets=tuple(places[t] for t in e.targets)), loses) for e in texts
        ),
    )


def _flattened(things: list[ReferentSpec]) -> list[ReferentSpec]:
    masks = [dict(thing.masks) for thing in things]
    for frame in {frame for found in masks for frame in found}:
        here = [n for n, found in enumerate(masks) if frame in found]
        areas = {n: masks[n][frame].sum() for n in here}
        for n in here:
            over = [m for m in here if m != n and (areas[m] < areas[n] or (areas[m] == areas[n] and m > n))]
            above = np.zeros_like(masks[n][frame])
            for m in over:
                above |= things[m].masks[frame]
            left = things[n].masks[frame] & ~above
            if left.any() or not things[n].masks[frame].any():
                masks[n][frame] = left
            else:
                del masks[n][frame]
    return [replace(thing, masks=found) for thing, found in zip(things, masks, strict=True)]


def _bare_referent(thing: ReferentSpec, loses: frozenset[Loss]) -> ReferentSpec:
    return replace(
        thing,
        category="" if Loss.CATEGORIES in loses else thing.category,
        name="" if Loss.NAMES in loses else thing.name,
        provenance=IMPORTED if Loss.PROVENANCE in loses else thing.provenance,
        keyframe=thing.keyframe and Loss.KEYFRAMES not in loses,
    )


def _bare_expression(e: ExpressionSpec, loses: frozenset[Loss]) -> ExpressionSpec:
    return replace(
        e,
        text=" ".join(e.text.splitlines()) if Loss.LINE_BREAKS in loses else e.text,
        kind=ExpressionKind.UNSPECIFIED if Loss.KIND in loses else e.kind,
        author="" if Loss.AUTHOR in loses else e.author,
        span=None if Loss.SPAN in loses else e.span,
    )


def _split(split: Split, loses: frozenset[Loss]) -> Split:
    if Loss.SPLITS in loses:
        return Split.NONE
    if split is Split.NONE and Loss.NO_SPLIT in loses:
        return Split.TRAIN
    if split is Split.VAL and Loss.VAL_SPLIT in loses:
        return Split.TEST
    if split in (Split.TEST_A, Split.TEST_B) and Loss.TEST_SPLITS in loses:
        return Split.TEST
    return split


# --- drawing --------------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(
        [
            "the dog on the left",
            "",
            " ",
            'the "red" one, on the left',
            "die Katze, links; daneben ein Ball",
            "猫 🐈‍⬛ à gauche",
            'ends with "quotes"',
            "two\nlines",
            "tab\tand \\ backslash",
            "عربي",
        ]
    ),
    st.text(max_size=12),
)
WORDS = st.sampled_from(["", "dog", "cat", "person", "object", "straße", "猫", "a, b"])


def masks(height: int, width: int) -> st.SearchStrategy[np.ndarray]:
    """Noise with holes and parts, one pixel, the whole frame, nothing, a ring."""

    def ring(_: object) -> np.ndarray:
        array = np.ones((height, width), bool)
        array[height // 3 : height - height // 3, width // 3 : width - width // 3] = False
        return array

    def pixel(place: tuple[int, int]) -> np.ndarray:
        array = np.zeros((height, width), bool)
        array[place] = True
        return array

    return st.one_of(
        hnp.arrays(bool, (height, width), elements=st.booleans()),
        st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)).map(pixel),
        st.just(np.ones((height, width), bool)),
        st.just(np.zeros((height, width), bool)),
        st.just(None).map(ring),
    )


PROVENANCES = st.one_of(
    st.just(IMPORTED),
    st.just(Provenance(Origin.MANUAL, clicks=3, strokes=2, seconds=4.5, author="Zoë")),
    st.just(Provenance(Origin.PREDICTED, "cmsa-lite", "the dog", 0.5, 0.875, 0.75)),
)


@st.composite
def media(draw: Callable, name: str, *, clip: bool) -> MediumSpec:
    """One photo or clip."""
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    frames = draw(st.integers(1, 3)) if clip else None
    referents = []
    for _ in range(draw(st.integers(0, 3))):
        places = draw(st.sets(st.integers(0, frames - 1))) if frames else draw(st.sets(st.just(0)))
        referents.append(
            ReferentSpec(
                draw(WORDS),
                draw(WORDS),
                {place: draw(masks(height, width)) for place in places},
                draw(PROVENANCES),
                draw(st.booleans()),
            )
        )
    expressions = []
    for _ in range(draw(st.integers(0, 3))):
        targets = draw(st.lists(st.integers(0, len(referents) - 1), unique=True, max_size=3)) if referents else []
        span = draw(st.sampled_from([None, (0, 0), (0, frames - 1)])) if frames else None
        expressions.append(
            ExpressionSpec(
                draw(TEXTS),
                tuple(targets),
                not targets and draw(st.booleans()),
                draw(st.sampled_from(ExpressionKind)),
                draw(st.sampled_from(["", "Zoë"])),
                span,
            )
        )
    return MediumSpec(name, width, height, frames, draw(st.sampled_from(Split)), tuple(referents), tuple(expressions))


@st.composite
def specs(draw: Callable, *, clips: bool) -> list[MediumSpec]:
    """A few media; names with letters of other scripts, blanks and dots."""
    names = draw(st.lists(st.sampled_from(["a", "b.c", "Straße 7", "猫", "x_1"]), unique=True, min_size=1, max_size=3))
    return [draw(media(name, clip=clips)) for name in names]
