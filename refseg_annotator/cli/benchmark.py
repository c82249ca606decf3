"""`doctor --benchmark`: what a user waits for, measured on this machine."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from refseg_annotator.cli.choices import Device
from refseg_annotator.cli.terminal import progress_on_stderr
from refseg_annotator.errors import ModelError

if TYPE_CHECKING:
    from refseg_annotator.inference.predictor import Predictor

LARGE_PHOTO: Final = (4000, 3000)
"""Width and height of the photo that stands for a camera's: 12 megapixels."""

PHRASE: Final = "the dog on the left side"
"""Six words, as most phrases have."""

_PHRASE_ROUNDS: Final = 15
_PHOTO_ROUNDS: Final = 5
_WINDOW_ROUNDS: Final = 3
_WINDOW_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians in milliseconds; `None` where the thing could not be measured, and `remarks` say why."""

    model: str
    device: str
    phrase: float
    photo: float
    window: float | None
    remarks: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The figures for programs."""
        return {
            "model": self.model,
            "device": self.device,
            "phrase_ms": round(self.phrase, 1),
            "photo_12mp_ms": round(self.photo, 1),
            "window_ms": None if self.window is None else round(self.window, 1),
            "remarks": list(self.remarks),
        }

    def to_text(self) -> str:
        """The figures for people."""
        window = "not measured" if self.window is None else f"{self.window:,.0f} ms"
        return "\n".join(
            [
                f"Medians with {self.model} on {self.device}:",
                f"  a phrase on a picture already read             {self.phrase:,.0f} ms",
                f"  a new 12-megapixel photo to the first proposal {self.photo:,.0f} ms (decoding included)",
                f"  from the command to the first window           {window}",
                *self.remarks,
            ]
        )


def measure(model: str | None, device: Device | None) -> Figures:
    """Measure with the model called `model`."""
    from refseg_annotator.cli.loading import load_named_predictor

    predictor = load_named_predictor(model, device)
    with progress_on_stderr("Measuring") as progress:
        progress(0, 3, "phrase")
        phrase = _phrase(predictor)
        progress(1, 3, "photo")
        photo = _photo(predictor)
        progress(2, 3, "window")
        remarks = []
        window: float | None = None
        try:
            window = _window()
        except ModelError as error:
            remarks.append(str(error))
        progress(3, 3, "")
    info = predictor.info
    return Figures(info.label, info.device, phrase, photo, window, tuple(remarks))


def _median_ms(rounds: int, work: Callable[[int], object]) -> float:
    """The median time of `work(round)` after one call that warms up."""
    work(-1)
    times = []
    for number in range(rounds):
        start = time.perf_counter()
        work(number)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _phrase(predictor: Predictor) -> float:
    from refseg_annotator.inference.predictor import binarize

    features = predictor.encode(_picture(640, 480, seed=0))

    def ask_once(_round: int) -> None:
        binarize(predictor.predict(features, predictor.tokenize(PHRASE)), predictor.info)

    return _median_ms(_PHRASE_ROUNDS, ask_once)


def _photo(predictor: Predictor) -> float:
    """Every round reads another file, so that no cache can answer for the decoder."""
    from PIL import Image

    from refseg_annotator.cli.segment import ask, read_picture

    with tempfile.TemporaryDirectory(prefix="refseg-benchmark-") as folder:
        for number in range(-1, _PHOTO_ROUNDS):
            picture = Image.fromarray(_picture(*LARGE_PHOTO, seed=number + 1))
            picture.save(Path(folder) / f"{number}.jpg", quality=92)

        def open_and_ask(number: int) -> None:
            ask(predictor, read_picture(Path(folder) / f"{number}.jpg"), PHRASE, guess=True)

        return _median_ms(_PHOTO_ROUNDS, open_and_ask)


def _picture(width: int, height: int, *, seed: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A picture of soft blots with a little grain, which a JPEG decoder works at as hard as at a photo."""
    import cv2

    random = np.random.default_rng(seed)
    blots = random.integers(0, 256, (24, 32, 3), dtype=np.uint8)
    large = cv2.resize(blots, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = random.integers(0, 12, (height, width, 1), dtype=np.uint8)
    return np.asarray(cv2.add(large, np.repeat(grain, 3, axis=2)), np.uint8)


def _window() -> float:
    """Start the program anew, offscreen, and let it say when its window was painted first."""
    times = []
    for _ in range(_WINDOW_ROUNDS + 1):
        with tempfile.TemporaryDirectory(prefix="refseg-benchmark-") as folder:
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "REFSEG_CONFIG_DIR": str(Path(folder) / "config"),
                "REFSEG_DATA_DIR": str(Path(folder) / "data"),
                # One clock for both processes: the monotonic one counts from the machine's start.
                "REFSEG_STARTED_AT": repr(time.monotonic()),
            }
            program = "from refseg_annotator.cli.benchmark import report_first_window; report_first_window()"
            try:
                run = subprocess.run(  # noqa: S603  this very interpreter, with a program of ours
                    [sys.executable, "-c", program],
                    env=environment,
                    capture_output=True,
                    text=True,
                    timeout=_WINDOW_PATIENCE,
                    check=False,
                )
            except subprocess.TimeoutExpired as error:
                raise ModelError("The window did not come up within a minute.") from error
        if run.returncode != 0:
            last = run.stderr.strip().splitlines()[-1:] or ["no word on why"]
            raise ModelError(f"The window could not be opened offscreen: {last[0]}")
        times.append(float(run.stdout.strip().splitlines()[-1]))
    # The first start reads the program from the disk; the median of the others is what a user meets from then on.
    return statistics.median(times[1:])


def report_first_window() -> None:
    """For the process that `_window` starts: show the window, print the milliseconds since the start, and end."""
    started = float(os.environ["REFSEG_STARTED_AT"])
    from refseg_annotator.app import run

    def say() -> None:
        print(1000 * (time.monotonic() - started), flush=True)
        # That was all: an orderly end would only wait for the model that loads behind the window.
        os._exit(0)

    sys.exit(run([], on_shown=say))
