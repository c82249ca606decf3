"""`segment`: one phrase on one picture, without a window."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from refseg_annotator.cli.choices import DEVICE_HELP, MODEL_HELP, Device
from refseg_annotator.cli.terminal import print_json
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import MediaError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.predictor import ModelInfo, Prediction, Predictor
    from refseg_annotator.text import Tokens


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the model said of a phrase on a picture.

    Attributes:
        mask: the pixels meant, at the picture's size; empty where the model finds that nothing fits.
        encode_ms, phrase_ms: wall-clock time of the picture's and of the phrase's part.
    """

    phrase: str
    tokens: Tokens
    info: ModelInfo
    prediction: Prediction
    mask: Mask
    encode_ms: float
    phrase_ms: float

    @property
    def is_present(self) -> bool:
        """Whether the model finds what the phrase names anywhere in the picture."""
        return self.prediction.presence >= self.info.presence_threshold

    def to_json(self) -> dict[str, Any]:
        """The record that `--json` prints; the mask in COCO's compressed run-length code."""
        from refseg_annotator.formats.segmentation import encode_rle

        code = encode_rle(self.mask)
        return {
            "phrase": self.phrase,
            "plain": self.prediction.plain,
            "unlike": self.prediction.unlike,
            "model": self.info.name,
            "device": self.info.device,
            "presence": round(float(self.prediction.presence), 4),
            "score": round(float(self.prediction.score), 4),
            "box": list(self.mask.box.xywh),
            "area": self.mask.area,
            "mask": {"size": [self.mask.size.height, self.mask.size.width], "counts": code["counts"]},
            "ms": {"encode": round(self.encode_ms, 2), "phrase": round(self.phrase_ms, 2)},
        }

    def to_text(self) -> str:
        """The same for people, in a few lines."""
        x, y, width, height = self.mask.box.xywh
        found = (
            f'"{self.phrase}": {number_of(self.mask.area, "pixels")} in a box of {width} x {height} at ({x}, {y}), '
            f"score {self.prediction.score:.2f}"
            if not self.mask.is_empty
            else f'"{self.phrase}": probably not in this picture'
        )
        times = f"{self.encode_ms:.0f} ms for the picture, {self.phrase_ms:.0f} ms for the phrase"
        lines = [
            f"{found}, presence {self.prediction.presence:.2f}",
            f"{self.info.label} on {self.info.device}: {times}",
        ]
        if self.tokens.unknown:
            lines.append(f"Words the model does not know: {', '.join(self.tokens.unknown)}")
        if self.prediction.plain:
            lines.append(f'The model also read it as "{self.prediction.plain}".')
        if self.prediction.unlike:
            lines.append(f"What looks most like it is hardly {self.prediction.unlike}.")
        if self.tokens.truncated:
            lines.append(f"The model read only the first {self.info.max_words} words.")
        return "\n".join(lines)


def ask(predictor: Predictor, image: NDArray[np.uint8], phrase: str, *, guess: bool = False) -> Answer:
    """Ask the model for `phrase` on `image`, uint8 (H, W, 3) RGB.

    Args:
        guess: keep the mask even where the model finds that nothing fits.
    """
    from refseg_annotator.inference.predictor import answered_mask, binarize
    from refseg_annotator.text import demand_words

    demand_words(phrase)
    tokens = predictor.tokenize(phrase)
    start = time.perf_counter()
    features = predictor.encode(image)
    encoded = time.perf_counter()
    prediction = predictor.predict(features, tokens)
    mask = (binarize if guess else answered_mask)(prediction, predictor.info)
    done = time.perf_counter()
    return Answer(
        phrase=phrase,
        tokens=tokens,
        info=predictor.info,
        prediction=prediction,
        mask=mask,
        encode_ms=1000 * (encoded - start),
        phrase_ms=1000 * (done - encoded),
    )


def read_picture(path: Path) -> NDArray[np.uint8]:
    """The picture at `path`, uint8 (H, W, 3) RGB, turned as its EXIF note says."""
    from refseg_annotator.media import open_medium

    if path.is_dir():
        raise MediaError(f"{path} is a folder; segment reads single pictures, batch is the verb for a folder of them.")
    source = open_medium(path)
    try:
        if source.frame_count != 1:
            raise MediaError(f"{path} is a clip; segment reads single pictures, propagate is the verb for clips.")
        return source.read(0)
    finally:
        source.close()


def segment(
    image: Annotated[Path, typer.Argument(help="The picture.", show_default=False)],
    phrase: Annotated[str, typer.Argument(help="What to segment, as a whole sentence.", show_default=False)],
    model: Annotated[str | None, typer.Option(help=MODEL_HELP)] = None,
    device: Annotated[Device | None, typer.Option(help=DEVICE_HELP)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the mask as a PNG, 0 and 255.")] = None,
    overlay: Annotated[Path | None, typer.Option(help="Write the picture with the mask drawn on it, as a PNG.")] = None,
    guess: Annotated[bool, typer.Option("--guess", help="Give the best mask even where nothing seems to fit.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Segment what a phrase names in a picture."""
    from refseg_annotator.cli.loading import load_named_predictor
    from refseg_annotator.cli.pictures import check_places, write_mask, write_overlay
    from refseg_annotator.text import demand_words

    demand_words(phrase)
    check_places([path for path in (output, overlay) if path is not None], read=[image])
    # The picture first: it is read at once, the model takes seconds to load.
    pixels = read_picture(image)
    answer = ask(load_named_predictor(model, device), pixels, phrase, guess=guess)
    if output is not None:
        write_mask(output, answer.mask)
    if overlay is not None:
        write_overlay(overlay, pixels, [answer.mask])
    if as_json:
        print_json(answer.to_json())
        return
    print(answer.to_text())
    for path in (output, overlay):
        if path is not None:
            print(f"Written: {path}")
