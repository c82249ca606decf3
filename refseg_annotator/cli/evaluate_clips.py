"""`evaluate` on data sets of clips: sentences on annotated frames, or objects over all frames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from refseg_annotator.cli.answers import FAILURE, complain
from refseg_annotator.cli.choices import Device, TaskChoice
from refseg_annotator.cli.terminal import print_json, progress_on_stderr, tell_notes
from refseg_annotator.errors import FormatError, UsageError

if TYPE_CHECKING:
    from refseg_annotator.formats.base import Dataset
    from refseg_annotator.training.video_evaluator import VideoTask


def evaluate_clip_data(
    name: str,
    data: Path,
    split: str,
    *,
    task: TaskChoice | None,
    image_root: Path | None,
    model: str | None,
    device: Device | None,
    limit: int | None,
    strict: bool,
    study: bool | None = None,
    every_frame: bool = False,
    baselines: bool = False,
    as_json: bool,
) -> None:
    """Score a model on a data set of clips and print the answer; broken files are named, one sentence each."""
    from refseg_annotator.training.clip_data import Measure, broken_files, clip_format, read_clip_data

    form = clip_format(name)
    chosen = task or (TaskChoice.PHRASE if form.has_sentences else TaskChoice.PROPAGATE)
    if form.measure is Measure.PRECISION and chosen is not TaskChoice.PHRASE:
        raise UsageError(f"{form.title} has masks on a few frames only and is scored by phrase; leave --task out.")
    if not form.has_sentences and chosen is TaskChoice.PHRASE:
        raise UsageError(f"{form.title} has no sentences; say --task propagate.")
    if form.measure is not Measure.PRECISION and limit is not None:
        raise UsageError(f"{form.title} is scored over whole clips; leave --limit out.")
    if form.measure is Measure.PRECISION and baselines:
        raise UsageError(f"{form.title} is scored by phrase on single frames; leave --baselines out.")
    try:
        with progress_on_stderr(f"Reading {form.title}") as progress:
            dataset = read_clip_data(name, data, split, image_root=image_root, progress=progress)
    except FormatError as error:
        # Reading stops at the first; whoever has to mend the files wants to know of all.
        sentences = [one for one in broken_files(name, data, split) if one != str(error)]
        for sentence in sentences:
            complain(sentence)
        raise
    if form.measure is not Measure.PRECISION:
        _score_clips(
            dataset,
            form.title,
            data,
            split,
            chosen,
            model,
            device,
            study=study,
            every_frame=every_frame,
            baselines=baselines,
            as_json=as_json,
        )
        return
    from refseg_annotator.cli import loading
    from refseg_annotator.training.sentence_video_evaluator import SingleFrameReader, evaluate_sentences

    reader = SingleFrameReader(loading.load_clip_reader(model, device))
    with progress_on_stderr(f"{reader.info.name} on {form.title} {split}") as progress:
        report = evaluate_sentences(
            reader,
            dataset,
            title=form.title,
            split=split,
            paper=form.paper,
            limit=limit,
            strict=strict,
            progress=progress,
        )
    tell_notes(dataset.ledger)
    if as_json:
        print_json(report.to_json())
    else:
        print(report.to_text())
    for sentence in report.broken:
        complain(sentence)
    if report.broken:
        raise typer.Exit(FAILURE)


def _score_clips(
    dataset: Dataset,
    title: str,
    data: Path,
    split: str,
    task: TaskChoice,
    model: str | None,
    device: Device | None,
    *,
    study: bool | None,
    every_frame: bool,
    baselines: bool,
    as_json: bool,
) -> None:
    """J, F and J&F, frames a second and memory; beside those of the baselines where they are asked for."""
    from refseg_annotator.cli import loading
    from refseg_annotator.training.video_comparison import CROSS_FRAME, compare, rows_of

    follower, warning = loading.load_video_predictor(model, device, study=study, every_frame=every_frame)
    if warning is not None:
        complain(warning)
    by_phrase = task is TaskChoice.PHRASE
    asked: VideoTask = "phrase" if by_phrase else "propagate"
    rows = rows_of(
        asked,
        follower,
        loading.load_clip_reader(model, device) if by_phrase or (baselines and dataset.expressions) else None,
        baselines=baselines,
        title=CROSS_FRAME if warning is None else follower.info.label,
    )
    with progress_on_stderr(f"{follower.info.name} on {title} {split}") as progress:
        compared = compare(rows, data, split, task=asked, dataset=dataset, progress=progress)
    tell_notes(dataset.ledger)
    report = list(compared.reports.values())[-1]
    if as_json:
        record = {**report.to_json(), "data": title}
        print_json(record | {"baselines": compared.to_json()} if baselines else record)
        return
    print(report.to_text())
    if baselines:
        print(f"\n{compared.to_text()}")
