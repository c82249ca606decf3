"""`batch`: many media and their phrases, answered by the model, written into a project for review."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from refseg_annotator.cli import loading
from refseg_annotator.cli.answers import complain, told_when_stopped
from refseg_annotator.cli.choices import DEVICE_HELP, MODEL_HELP, Device
from refseg_annotator.cli.terminal import print_json, progress_on_stderr
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from refseg_annotator.core.annotation import MediumKind
    from refseg_annotator.services.batch_plan import BatchPlan, PhraseRow
    from refseg_annotator.services.session import Session

SOME_FAILED: Final = 1
"""The status where the batch went through and some media could not be answered."""
_FRAME_CACHE: Final = 16 << 20
_SHOWN: Final = 5


def batch(
    source: Annotated[
        Path, typer.Argument(help="A project, or a folder of pictures and clips.", metavar="PROJECT_OR_FOLDER")
    ],
    phrases: Annotated[
        Path | None,
        typer.Option(
            help="A table of phrases: CSV with the columns image, phrase and, if need be, frame. Phrases that hold a"
            " comma stand in quotes."
        ),
    ] = None,
    phrase: Annotated[
        list[str] | None, typer.Option(help="A phrase for every medium, as a whole sentence. May be repeated.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The project to write, or to go on with; itself, or FOLDER.refseg, by default."
        ),
    ] = None,
    processes: Annotated[int, typer.Option(min=1, max=256, help="Processes that share the work.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            help="The scheduler of a Dask cluster, whose machines share the work in place of processes here.",
            metavar="ADDRESS",
        ),
    ] = None,
    model: Annotated[str | None, typer.Option(help=MODEL_HELP)] = None,
    device: Annotated[Device | None, typer.Option(help=DEVICE_HELP)] = None,
    author: Annotated[str, typer.Option(help="Whose phrases they are.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Pre-segment many media with their phrases; the masks are proposals to review in the window.

    Frames of clips are read by the model that follows clips, unless a model is named here or in the settings; where it
    cannot be loaded the photos' model reads them, and a sentence says so.
    Without phrases the project's own are asked that nobody has answered. Stopped or killed, the same words go on where
    it was: what is answered is not asked again.
    """
    from refseg_annotator.core.annotation import MediumKind
    from refseg_annotator.services.batch import BatchCounts, put_answer
    from refseg_annotator.services.batch_cluster import cluster_answers
    from refseg_annotator.services.batch_plan import plan_batch
    from refseg_annotator.services.batch_processes import answers

    if cluster is not None and processes > 1:
        raise UsageError("--cluster and --processes exclude each other; the cluster has processes of its own.")
    rows = _rows(phrases, phrase or ())
    began = time.perf_counter()
    labels = {kind: loading.named_label(model, kind) for kind in MediumKind}
    readers = loading.named_readers(model, device)
    counts = BatchCounts()
    models: dict[MediumKind, str] = {}
    problems: list[dict[str, str]] = []
    with (
        told_when_stopped("Stopped; what is answered is saved, and the same command goes on from there."),
        _session(source, output, author=author, has_phrases=bool(rows)) as session,
        progress_on_stderr("Pre-segmenting") as progress,
    ):
        folder = None if phrases is None else phrases.absolute().parent

        def planned(clip_model: str) -> BatchPlan:
            return plan_batch(
                session, rows, model=labels[MediumKind.IMAGE], clip_model=clip_model, own=not rows, folder=folder
            )

        plan = planned(labels[MediumKind.VIDEO])
        if cluster is None and processes == 1 and any(task.kind is MediumKind.VIDEO for task in plan.tasks):
            label = readers.ready(MediumKind.VIDEO).predictor.info.label
            if label != labels[MediumKind.VIDEO]:
                # Another stands in for it, and is not asked again what it has answered.
                plan = planned(label)
        progress(0, len(plan.tasks), "")
        shares = min(processes, max(len(plan.tasks), 1))
        given = (
            answers(plan.tasks, readers, processes=shares)
            if cluster is None
            else cluster_answers(plan.tasks, readers, cluster)
        )
        warned: set[str] = set()
        for answer in given:
            # Each process that shares the work finds it out for itself; the person is told once.
            if answer.warning is not None and answer.warning not in warned:
                warned.add(answer.warning)
                complain(answer.warning)
            put = put_answer(session, answer)
            counts.take(put)
            if put.model is not None:
                models[session.medium(put.medium_id).kind] = put.model.label
            if put.problem is not None:
                problems.append({"medium": session.medium(put.medium_id).path, "why": put.problem})
            # On disk and out of memory before the next one: a killed batch loses the media under way, no more.
            session.set_down([put.medium_id])
            progress(counts.media, len(plan.tasks), "")
        place = session.path
    seconds = time.perf_counter() - began
    if as_json:
        print_json(
            {
                "project": str(place),
                "models": {kind.value: models[kind] for kind in MediumKind if kind in models},
                "media": counts.media,
                "asked": counts.masks + counts.absent,
                "masks": counts.masks,
                "probably_not_here": counts.absent,
                "answered_before": plan.answered,
                "failed": problems,
                "unmatched": list(plan.unmatched),
                "seconds": round(seconds, 3),
            }
        )
    else:
        print(
            f"Asked {number_of(counts.masks + counts.absent, 'phrases')} of"
            f" {number_of(counts.media - counts.problems, 'media')} in"
            f" {seconds:.1f} s: {number_of(counts.masks, 'masks')} to review, {counts.absent:,} probably not here."
        )
        _print_models(models)
        if plan.answered:
            print(f"Left out: {number_of(plan.answered, 'phrases')} answered before.")
        _print_some([f"Not answered: {problem['why']}" for problem in problems])
        _print_some([f"Not asked: {sentence}" for sentence in plan.unmatched])
        print(f"Written: {place}")
    if problems or plan.unmatched:
        raise typer.Exit(SOME_FAILED)


def _rows(table: Path | None, phrases: Sequence[str]) -> list[PhraseRow]:
    from refseg_annotator.services.annotate import clean_phrase
    from refseg_annotator.services.batch_plan import PhraseRow
    from refseg_annotator.services.phrase_table import read_phrases

    rows = [] if table is None else read_phrases(table)
    return [*rows, *(PhraseRow(clean_phrase(text)) for text in phrases)]


@contextmanager
def _session(source: Path, output: Path | None, *, author: str, has_phrases: bool) -> Iterator[Session]:
    """The project to write, with the media of `source`. Whatever ends it, what was answered stays."""
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.documents import (
        is_project,
        new_project,
        open_project,
        save_project_as,
        with_suffix,
    )
    from refseg_annotator.services.jobs import SynchronousRunner
    from refseg_annotator.storage.project_store import remove_project

    if not source.exists():
        raise UsageError(f"There is no {str(source)!r}; name a project or a folder of pictures.")
    runner, cache = SynchronousRunner(), FrameCache(_FRAME_CACHE)
    has_project = is_project(source) and source.is_file()
    wanted = with_suffix(output) if output is not None else source if has_project else with_suffix(source.absolute())
    if not has_phrases and not has_project and not wanted.exists():
        raise UsageError(
            f"There is nothing to ask of {str(source)!r}; give a phrase with --phrase, or a table with --phrases."
        )
    is_new = not wanted.exists()
    if not is_new:
        session = open_project(wanted, runner=runner, media=cache)
    elif has_project:
        session = open_project(source, runner=runner, media=cache)
        save_project_as(session, wanted, replace=False)
    else:
        session = new_project(wanted, runner=runner, media=cache, author=author)
    try:
        if author:
            session.project.author = author
        if not has_project:
            _add(session, source)
        yield session
    except BaseException:
        # Ended before the first answer: a project with nothing in it would only be in the way.
        is_worthless = is_new and not session.project.expressions
        session.close(abandon=is_worthless)
        if is_worthless:
            remove_project(wanted)
        raise
    session.close()


def _add(session: Session, source: Path) -> None:
    from refseg_annotator.services.documents import add_media

    report = add_media(session, [source])
    if not report.added and not report.present:
        raise UsageError(report.skipped[0].sentence)
    for skipped in report.skipped:
        complain(skipped.sentence)


def _print_models(models: Mapping[MediumKind, str]) -> None:
    from refseg_annotator.core.annotation import MediumKind

    labels = set(models.values())
    if len(labels) > 1:
        print(f"Models: {models[MediumKind.IMAGE]} on photos, {models[MediumKind.VIDEO]} on clips.")
    elif labels:
        print(f"Model: {labels.pop()}.")


def _print_some(lines: Sequence[str]) -> None:
    for line in lines[:_SHOWN]:
        print(line)
    if len(lines) > _SHOWN:
        print(f"... and {len(lines) - _SHOWN:,} more; --json lists them all.")
