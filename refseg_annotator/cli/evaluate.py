"""`evaluate`: a model's scores on a data set, by the same predictor as the window's."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from refseg_annotator.cli.choices import DEVICE_HELP, MODEL_HELP, Device
from refseg_annotator.cli.terminal import print_json, progress_on_stderr


class EvaluationFormat(StrEnum):
    """Data sets with phrases and masks that can be scored."""

    REFER = "refer"


def evaluate(
    data: Annotated[
        Path, typer.Option(help="Folder with images/, instances_SPLIT.json and refs_SPLIT.json.", show_default=False)
    ],
    split: Annotated[str, typer.Option(help="Which split, such as val.", show_default=False)],
    data_format: Annotated[
        EvaluationFormat, typer.Option("--format", help="How the data set is laid out.")
    ] = EvaluationFormat.REFER,
    model: Annotated[str | None, typer.Option(help=MODEL_HELP)] = None,
    device: Annotated[Device | None, typer.Option(help=DEVICE_HELP)] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only N sentences, spread over the split.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Score a model on the sentences of a data set."""
    from refseg_annotator.cli.loading import load_named_predictor
    from refseg_annotator.training.evaluator import evaluate_refer

    predictor = load_named_predictor(model, device)
    with progress_on_stderr(f"{predictor.info.name} on {data_format.value} {split}") as progress:
        report = evaluate_refer(predictor, data, split, limit=limit, progress=progress)
    if as_json:
        print_json(report.to_json())
    else:
        print(report.to_text())
