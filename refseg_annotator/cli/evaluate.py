"""`evaluate`: a model's scores on a data set, by the same predictor as the window's."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from refseg_annotator.cli.choices import DEVICE_HELP, EVERY_FRAME_HELP, MODEL_HELP, Device, TaskChoice
from refseg_annotator.cli.evaluate_clips import evaluate_clip_data
from refseg_annotator.cli.terminal import print_json, progress_on_stderr, tell_notes
from refseg_annotator.errors import UsageError

if TYPE_CHECKING:
    from refseg_annotator.inference.predictor import Predictor
    from refseg_annotator.training.evaluation_data import EvaluationData


class EvaluationFormat(StrEnum):
    """Data sets with phrases and masks that can be scored; a test keeps them in step with the evaluator's table."""

    REFER = "refer"
    REFCOCO = "refcoco"
    REFCOCO_PLUS = "refcoco+"
    REFCOCOG = "refcocog"
    REFCLEF = "refclef"
    GREFCOCO = "grefcoco"
    R_RIS = "r-ris"
    REFERIT = "referit"
    PHRASECUT = "phrasecut"
    A2D = "a2d"
    JHMDB = "jhmdb"
    REFER_YOUTUBE_VOS = "refer-youtube-vos"
    REF_DAVIS = "ref-davis"
    DAVIS = "davis"
    MEVIS = "mevis"

    @property
    def has_clips(self) -> bool:
        """Whether it is a data set of clips."""
        return self in (self.A2D, self.JHMDB, self.REFER_YOUTUBE_VOS, self.REF_DAVIS, self.DAVIS, self.MEVIS)


def evaluate(
    data: Annotated[Path, typer.Option(help="Folder of the data set.", show_default=False)],
    split: Annotated[str, typer.Option(help="Which split, such as val or testA.", show_default=False)],
    data_format: Annotated[
        EvaluationFormat, typer.Option("--format", help="How the data set is laid out.")
    ] = EvaluationFormat.REFER,
    by: Annotated[
        str | None, typer.Option(help="Whose split, where a data set has several (unc, google, umd).")
    ] = None,
    task: Annotated[
        TaskChoice | None,
        typer.Option(
            help="Clips: carry each object's first mask, or read each phrase; by phrase where there are any. Photos: "
            "phrases, or clicks on their things."
        ),
    ] = None,
    image_root: Annotated[
        Path | None, typer.Option(help="The photos' or frames' folder, where it is none of the usual.")
    ] = None,
    model: Annotated[str | None, typer.Option(help=MODEL_HELP)] = None,
    device: Annotated[Device | None, typer.Option(help=DEVICE_HELP)] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only N sentences, spread over the split.")] = None,
    at_least: Annotated[
        bool, typer.Option("--at-least", help="P@X counts an IoU of X too (>=), as CMSA's code did; else only > X.")
    ] = False,
    mirror: Annotated[
        bool | None, typer.Option(help="Ask the mirrored photo too; as the model's bundle says by default.")
    ] = None,
    edges: Annotated[
        bool | None, typer.Option(help="Draw edges along the photo's; as the model's bundle says by default.")
    ] = None,
    second_look: Annotated[
        float | None,
        typer.Option(
            help="Read the photo again so many times as large; 0 = not; as the model's bundle says by default.",
            min=0,
            max=2,
        ),
    ] = None,
    best_level: Annotated[
        bool | None,
        typer.Option(
            help="Cut each mask where the most overlap is to be expected; as the model's bundle says by default."
        ),
    ] = None,
    compare: Annotated[
        bool | None,
        typer.Option(
            help="Read sizes (the smallest dog) by asking for all of the kind; as the model's bundle says by default."
        ),
    ] = None,
    plain: Annotated[
        bool | None,
        typer.Option(
            help="Read a phrase with words never trained once more without them; as the model's bundle says by default."
        ),
    ] = None,
    named_colours: Annotated[
        bool | None,
        typer.Option(
            help="Doubt a mask without the colour that its phrase gives; as the model's bundle says by default."
        ),
    ] = None,
    study: Annotated[
        bool | None,
        typer.Option(help="Clips: study each object before following it; as the model's bundle says by default."),
    ] = None,
    every_frame: Annotated[bool, typer.Option("--every-frame", help="Clips: " + EVERY_FRAME_HELP.lower())] = False,
    colours: Annotated[
        bool, typer.Option("--colours", help="Clicks: have colours answer them (GrabCut), not the model.")
    ] = False,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="Clips: score what needs no network too, in one table.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(help="Folder to write tables, plots and the worst answers to.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Score a model on the sentences of a data set."""
    if not data.is_dir():
        raise UsageError(f"There is no folder {str(data)!r}; give that of the data set with --data.")
    if data_format.has_clips:
        if task is TaskChoice.CLICKS or colours:
            raise UsageError(
                f"{data_format.value} holds clips; --task clicks and --colours are for data sets of photos."
            )
        if by is not None or report is not None:
            raise UsageError(
                f"{data_format.value} has one split of each name and no report yet; leave --by and --report out."
            )
        evaluate_clip_data(
            data_format.value,
            data,
            split,
            task=task,
            image_root=image_root,
            model=model,
            device=device,
            limit=limit,
            strict=not at_least,
            study=study,
            every_frame=every_frame,
            baselines=baselines,
            as_json=as_json,
        )
        return
    if task is TaskChoice.PROPAGATE or baselines:
        option = "--baselines" if baselines else "--task propagate"
        raise UsageError(f"{data_format.value} holds photos; {option} is for data sets of clips.")
    if colours and task is not TaskChoice.CLICKS:
        raise UsageError("--colours is for clicks; add --task clicks, or leave it out.")
    if task is TaskChoice.CLICKS and report is not None:
        raise UsageError("Clicks have no report yet; leave --report out.")
    from refseg_annotator.cli.loading import load_named_predictor
    from refseg_annotator.training.evaluation_data import read_evaluation_data
    from refseg_annotator.training.evaluator import evaluate_samples, thinned
    from refseg_annotator.training.report import Findings, prepare_folder, write_report

    # What can fail does so before the work: the data and the report's place first, then the model.
    found = read_evaluation_data(data_format.value, data, split, by=by, image_root=image_root)
    findings = None
    if report is not None:
        prepare_folder(report)
        findings = Findings()
    predictor = load_named_predictor(
        model,
        device,
        mirror=mirror,
        edges=edges,
        second_look=second_look,
        best_level=best_level,
        compare=compare,
        plain=plain,
        named_colours=named_colours,
    )
    if task is TaskChoice.CLICKS:
        _evaluate_clicks(predictor, found, limit=limit, colours=colours, as_json=as_json)
        return
    with progress_on_stderr(f"{predictor.info.name} on {found.label}") as progress:
        scored = evaluate_samples(
            predictor,
            found.samples,
            thinned(found.samples.samples, limit),
            split_name=split,
            progress=progress,
            strict=not at_least,
            observer=None if findings is None else findings.observe,
        )
    tell_notes(found.samples.ledger)
    written = [] if report is None or findings is None else write_report(report, found, scored, findings)
    if as_json:
        print_json(scored.to_json())
        return
    print(scored.to_text())
    for path in written:
        print(f"Written: {path}")


def _evaluate_clicks(
    predictor: Predictor, found: EvaluationData, *, limit: int | None, colours: bool, as_json: bool
) -> None:
    from refseg_annotator.services.refine import Method
    from refseg_annotator.training.click_evaluator import evaluate_clicks

    method = Method.GRABCUT if colours else Method.NETWORK
    with progress_on_stderr(f"Clicks on {found.label}") as progress:
        scored = evaluate_clicks(predictor, found.samples, limit=limit, method=method, progress=progress)
    tell_notes(found.samples.ledger)
    if as_json:
        print_json(scored.to_json())
    else:
        print(scored.to_text())
