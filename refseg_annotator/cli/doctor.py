"""`doctor`: what is installed, what is missing, and what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from typing import Annotated, Any, Final

import typer

from refseg_annotator import __version__
from refseg_annotator.cli.answers import FAILURE, one_line
from refseg_annotator.cli.choices import DEVICE_HELP, MODEL_HELP, Device
from refseg_annotator.cli.display import has_display
from refseg_annotator.cli.system_libraries import install_command, missing_libraries, platform_needs
from refseg_annotator.cli.terminal import print_json
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import RefSegError

PACKAGES: Final = (
    "torch",
    "torchvision",
    "timm",
    "PySide6-Essentials",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "av",
    "pycocotools",
    "scikit-image",
    "safetensors",
)


class State(StrEnum):
    """How a thing stands: fine, worth knowing, or in the way of work."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, with one sentence on it."""

    subject: str
    state: State
    sentence: str


def look_around() -> Iterator[Finding]:
    """Look at everything that work needs, cheapest first."""
    yield Finding("system", State.GOOD, f"{platform.platform()}, {number_of(os.cpu_count() or 1, 'processor cores')}.")
    yield from _packages()
    yield _opencv()
    yield _window()
    yield _device()
    yield from _models()
    yield from _folders()


def _packages() -> Iterator[Finding]:
    yield Finding("program", State.GOOD, f"refseg-annotator {__version__}, Python {platform.python_version()}.")
    versions, missing = [], []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    yield Finding("packages", State.GOOD, ", ".join(versions) + ".")
    if missing:
        yield Finding(
            "packages",
            State.BAD,
            f"Not installed: {', '.join(missing)}; run: python -m pip install {' '.join(missing)}",
        )


def _opencv() -> Finding:
    # The full OpenCV carries a Qt of its own, which ends the process when it meets ours.
    for name in ("opencv-python", "opencv-contrib-python"):
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        return Finding(
            "OpenCV",
            State.BAD,
            f"{name} brings its own Qt, which breaks the window; run: python -m pip uninstall {name}, "
            "then python -m pip install --force-reinstall opencv-python-headless",
        )
    return Finding("OpenCV", State.GOOD, "The build without a Qt of its own is installed.")


def _window() -> Finding:
    missing = missing_libraries(platform_needs(os.environ))
    if missing:
        names = ", ".join(library.soname for library in missing)
        return Finding("window", State.BAD, f"Missing system libraries ({names}); run: {install_command(missing)}")
    try:
        from PySide6 import QtWidgets
    except ImportError as error:
        return Finding("window", State.BAD, f"Qt cannot be loaded: {one_line(str(error))}.")
    version = QtWidgets.__name__ and metadata.version("PySide6-Essentials")
    if not has_display():
        return Finding(
            "window", State.NOTE, f"Qt {version} loads, but there is no display: the window cannot open here."
        )
    return Finding("window", State.GOOD, f"Qt {version} loads and there is a display.")


def _device() -> Finding:
    try:
        import torch
    except (ImportError, OSError) as error:
        return Finding("device", State.BAD, f"torch cannot be loaded: {one_line(str(error))}.")
    if torch.cuda.is_available():
        return Finding("device", State.GOOD, f"The model runs on {torch.cuda.get_device_name(0)}.")
    if shutil.which("nvidia-smi"):
        return Finding(
            "device",
            State.NOTE,
            f"There is an NVIDIA driver, but torch {torch.__version__} cannot use it: the model runs on the processor; "
            "install a torch build for this driver's CUDA version.",
        )
    threads = number_of(torch.get_num_threads(), "threads")
    return Finding("device", State.GOOD, f"The model runs on the processor with {threads}.")


def _models() -> Iterator[Finding]:
    from refseg_annotator.inference.bundles import survey_bundles

    bundles, broken = survey_bundles()
    for unusable in broken:
        yield Finding("models", State.BAD, unusable.sentence)
    if not bundles:
        yield Finding("models", State.BAD, "No usable model is installed; reinstall the package.")
    for bundle in bundles:
        yield _model(bundle.name)


def _model(name: str) -> Finding:
    """Load a bundle and let it answer once: a file that loads may still hold the wrong thing."""
    import numpy as np

    from refseg_annotator.cli.loading import load_named_predictor
    from refseg_annotator.cli.segment import ask

    try:
        predictor = load_named_predictor(name, Device.AUTO)
        answer = ask(predictor, np.full((64, 96, 3), 127, np.uint8), "the dog on the left")
    except RefSegError as error:
        return Finding(f"model {name}", State.BAD, one_line(str(error)))
    except (ImportError, OSError, RuntimeError) as error:
        return Finding(f"model {name}", State.BAD, f"It cannot be loaded: {one_line(str(error))}.")
    if not np.isfinite(answer.prediction.probability).all():
        return Finding(f"model {name}", State.BAD, "It gives numbers that are none; reinstall the package.")
    info = predictor.info
    return Finding(
        f"model {name}",
        State.GOOD,
        f"Version {info.version}, {info.licence}, {info.parameters / 1e6:.1f} million parameters, "
        f"answers on {info.device}.",
    )


def _folders() -> Iterator[Finding]:
    from refseg_annotator.settings import config_folder, user_data_folder

    for subject, folder in (("settings", config_folder()), ("user data", user_data_folder())):
        existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
        try:
            with tempfile.TemporaryFile(dir=existing):
                pass
        except OSError as error:
            sentence = f"{folder} cannot be written ({one_line(error.strerror or str(error))}); mend its permissions."
            yield Finding(subject, State.BAD, sentence)
        else:
            yield Finding(subject, State.GOOD, f"Kept in {folder}.")


def _show(findings: list[Finding]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    marks = {State.GOOD: "[green]ok[/]", State.NOTE: "[yellow]note[/]", State.BAD: "[bold red]mend[/]"}
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        # Sentences hold paths and commands: a bracket in one is no markup.
        table.add_row(marks[finding.state], Text(finding.subject), Text(finding.sentence))
    Console().print(table)


def doctor(
    benchmark: Annotated[bool, typer.Option("--benchmark", help="Measure what a user waits for.")] = False,
    model: Annotated[str | None, typer.Option(help=MODEL_HELP)] = None,
    device: Annotated[Device | None, typer.Option(help=DEVICE_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Check the installation; say what is missing and how to mend it."""
    findings = list(look_around())
    if not as_json:
        _show(findings)
    record: dict[str, Any] = {
        "findings": [
            {"subject": finding.subject, "state": finding.state.value, "sentence": finding.sentence}
            for finding in findings
        ]
    }
    if benchmark:
        from refseg_annotator.cli.benchmark import measure

        figures = measure(model, device)
        record["benchmark"] = figures.to_json()
        if not as_json:
            print(figures.to_text())
    if as_json:
        print_json(record)
    if any(finding.state is State.BAD for finding in findings):
        raise typer.Exit(FAILURE)
