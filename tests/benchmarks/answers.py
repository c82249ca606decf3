"""What the networks take: a phrase, a picture, a photo to its proposal, a frame of a clip; each beside a plain one."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from refseg_annotator.cli import benchmark
from refseg_annotator.core.annotation import ReferentId
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from tests.benchmarks.rows import Row, Time, median

if TYPE_CHECKING:
    from refseg_annotator.inference.video_predictor import VideoPredictor

WORDS = 6


def answers() -> Iterator[Row]:
    """The shipped model as the program asks it, beside what a program does that keeps nothing."""
    from refseg_annotator.cli.loading import load_named_predictor
    from refseg_annotator.cli.segment import ask, read_picture
    from refseg_annotator.inference.predictor import binarize

    predictor = load_named_predictor(None, None)
    picture = benchmark._picture(640, 480, seed=0)
    features, tokens = predictor.encode(picture), predictor.tokenize(benchmark.PHRASE)
    name = f"{predictor.info.label} on {predictor.info.device}"

    def anew() -> None:
        binarize(predictor.predict(predictor.encode(picture), tokens), predictor.info)

    yield Row(
        f"a phrase on a picture already read, {name}",
        median(lambda: binarize(predictor.predict(features, tokens), predictor.info), 15),
        median(anew, 7),
        "the picture read anew for the phrase",
        50,
    )
    with tempfile.TemporaryDirectory(prefix="refseg-benchmark-") as folder:
        path = Path(folder) / "photo.jpg"
        cv2.imwrite(str(path), benchmark._picture(*benchmark.LARGE_PHOTO, seed=1))
        yield Row(
            "a 12-megapixel photo from its file to the first proposal",
            median(lambda: ask(predictor, read_picture(path), benchmark.PHRASE, guess=True), 5),
            median(lambda: cv2.imread(str(path)), 5),
            "OpenCV decoding the file, no model",
            1000,
        )


def networks() -> Iterator[Row]:
    """The networks alone, without letterbox, edges and mask: ours beside the paper's and one without attention."""
    import torch

    from refseg_annotator.inference.torch_predictor import running
    from refseg_annotator.nn.registry import build, configuration

    device = torch.device("cpu")

    def parts(name: str) -> tuple[Callable[[], object], Callable[[], object], int]:
        config = configuration(name, vocabulary_size=1000)
        torch.manual_seed(0)
        with warnings.catch_warnings():
            # Word vectors of width 0 are initialised too, which torch remarks on.
            warnings.simplefilter("ignore", UserWarning)
            network = build(config).eval()
        canvas = torch.rand(1, 3, config.image_size, config.image_size) * 255
        ids = torch.arange(2, 2 + WORDS)[None, None]

        def encode() -> Any:
            with running(device, mixed=False):
                return network.encode_image(canvas)

        kept = encode()

        def read() -> Any:
            with running(device, mixed=False):
                return network.read_phrases(kept, ids)

        return encode, read, config.image_size

    encode, read, side = parts("cmsa-lite")
    ours = median(encode, 7), median(read, 15)
    for name, what, rounds in (
        ("tile-lite", "the sentence tiled and concatenated, no attention", 7),
        ("cmsa-paper", "the paper's configuration: ResNet-101, output stride 8", 3),
    ):
        encode, read, other = parts(name)
        yield Row(f"network alone, a picture, {side} px", ours[0], median(encode, rounds), f"{what}, {other} px")
        yield Row(f"network alone, a phrase of {WORDS} words", ours[1], median(read, rounds), what)


class _Clip:
    """A textured ground that slides under things that stand still: every frame is another one."""

    def __init__(self, size: Size) -> None:
        self.size = size
        small = np.random.default_rng(3).integers(0, 255, (size.height // 8 + 1, size.width // 6, 3), np.uint8)
        self._ground = cv2.resize(small, (size.width + 240, size.height), interpolation=cv2.INTER_CUBIC)
        self.things: list[tuple[Mask, np.ndarray]] = []
        for number in range(5):
            box = Box.from_xywh(40 + 150 * number, 120 + 40 * (number % 3), 109, 129)
            disc = cv2.ellipse(np.zeros(box.shape, np.uint8), (54, 64), (54, 64), 0, 0, 360, 1, -1)
            thing = Mask.from_patch(size, box, disc > 0)
            own = np.random.default_rng(number).integers(0, 60, (12, 10, 3), np.uint8) + np.uint8(38 * number)
            self.things.append((thing, cv2.resize(own, (109, 129), interpolation=cv2.INTER_CUBIC)))

    def read(self, frame: int) -> np.ndarray:
        start = 3 * frame % 240
        image = self._ground[:, start : start + self.size.width].copy()
        for thing, look in self.things:
            inside = thing.to_array()[thing.box.slices]
            image[thing.box.slices][inside] = look[inside]
        return image


def frames() -> Iterator[Row]:
    """A frame of a clip at 480p, carried: one referent and five, beside optical flow and less sparing ways to read."""
    from refseg_annotator.cli.loading import load_video_predictor
    from refseg_annotator.inference.flow_predictor import FlowWarp
    from refseg_annotator.inference.propagation import propagate
    from refseg_annotator.inference.torch_video_predictor import TorchVideoPredictor
    from refseg_annotator.nn.token_merging import TokenMergingConfig

    clip = _Clip(Size(width=854, height=480))
    predictor, doubt = load_video_predictor(None, None)
    assert doubt is None, doubt
    assert isinstance(predictor, TorchVideoPredictor)
    length = 12  # without the settled frame before them, which is at hand after the first time

    def carry(by: VideoPredictor, count: int) -> Callable[[], None]:
        masks = {ReferentId(number + 1): thing for number, (thing, _) in enumerate(clip.things[:count])}

        def work() -> None:
            for _ in propagate(by, clip, {0: masks}, first=1, last=length):
                pass

        return work

    def a_frame(by: VideoPredictor, count: int) -> Time:
        found = median(carry(by, count), 3)
        return Time(found.wall / length, found.processor / length)

    carried = {count: a_frame(predictor, count) for count in (1, 5)}
    for count, ours in carried.items():
        yield Row(
            f"a frame of 854 x 480 carried, {count} referent{'s' * (count > 1)}",
            ours,
            a_frame(FlowWarp(), count),
            "optical flow (OpenCV DIS), which loses what is hidden",
            250 if count == 1 else None,
        )
    predictor.reach = 0
    read = {count: a_frame(predictor, count) for count in (1, 5)}
    for count, ours in carried.items():
        name = f"such a frame, filled by flow where that can be, {count} referent{'s' * (count > 1)}"
        yield Row(name, ours, read[count], "every frame read")
    predictor.merging = TokenMergingConfig()
    for count, ours in read.items():
        name = f"such a frame, every one read, far tokens merged, {count} referent{'s' * (count > 1)}"
        yield Row(name, ours, a_frame(predictor, count), "nothing merged: all of it read closely")
