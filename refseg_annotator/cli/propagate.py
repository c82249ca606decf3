"""`propagate`: a phrase found on one frame of a clip and carried through it, without a window."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from refseg_annotator.cli.answers import FAILURE, STOPPED, complain, sentence_of
from refseg_annotator.cli.choices import DEVICE_HELP, EVERY_FRAME_HELP, MODEL_HELP, Device, DirectionChoice
from refseg_annotator.cli.terminal import Progress, print_json, progress_on_stderr
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import EditError, MediaError, ModelError, RefSegError, StorageError, UsageError

if TYPE_CHECKING:
    from refseg_annotator.cli.clip_output import ClipOutput
    from refseg_annotator.core.annotation import FrameSpan
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.media import FrameSource
    from refseg_annotator.services.clip_carrying import CarriedClip, ClipStart
    from refseg_annotator.services.session import Session


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Request:
    """What was asked, made definite: every frame is named and lies in the clip.

    Attributes:
        at: the frame to start from; None leaves it to the phrase.
    """

    video: Path
    phrase: str
    span: FrameSpan
    direction: DirectionChoice
    at: int | None


@dataclass(slots=True, eq=False)
class Outcome:
    """How a run went.

    Attributes:
        reason: why it is not complete, in one sentence; None where it is.
        status: the exit status.
        written: what was written, by the kind of thing.
    """

    seconds: float = 0.0
    reason: str | None = None
    status: int = 0
    written: dict[str, Path] = field(default_factory=dict)


def propagate(
    video: Annotated[Path, typer.Argument(help="The clip, or a folder with its frames.", show_default=False)],
    phrase: Annotated[str, typer.Argument(help="What to segment, as a whole sentence.", show_default=False)],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for masks, overlay and project.", show_default=False)
    ],
    first: Annotated[
        int | None, typer.Option("--from", min=0, help="First frame wanted, from 0; the phrase is read there.")
    ] = None,
    last: Annotated[int | None, typer.Option("--to", min=0, help="Last frame wanted.")] = None,
    at: Annotated[
        int | None, typer.Option(min=0, help="The frame on which to read the phrase, or of the mask.")
    ] = None,
    mask: Annotated[
        Path | None, typer.Option(help="A PNG with the mask to start from; the phrase then only names it.")
    ] = None,
    direction: Annotated[DirectionChoice, typer.Option(help="Where to go from the start.")] = DirectionChoice.BOTH,
    model: Annotated[str | None, typer.Option(help=MODEL_HELP)] = None,
    device: Annotated[Device | None, typer.Option(help=DEVICE_HELP)] = None,
    guess: Annotated[
        bool, typer.Option("--guess", help="Carry the best guess even where nothing seems to fit.")
    ] = False,
    study: Annotated[
        bool | None,
        typer.Option(help="Study the object of --mask before following it; as the model's bundle says by default."),
    ] = None,
    every_frame: Annotated[bool, typer.Option("--every-frame", help=EVERY_FRAME_HELP)] = False,
    overlay: Annotated[bool, typer.Option(help="Write the clip with the masks drawn on it.")] = True,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace an earlier run there; nothing else ever is.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a record for programs.")] = False,
) -> None:
    """Find what a phrase names in a clip and carry its mask through the frames."""
    from refseg_annotator.cli.clip_output import ClipOutput
    from refseg_annotator.media import open_medium
    from refseg_annotator.services.annotate import clean_phrase
    from refseg_annotator.text import demand_words

    if mask is None:
        demand_words(phrase)
    try:
        clean_phrase(phrase)
    except EditError as error:
        raise UsageError(str(error)) from error
    # The output's place and the clip first: they are answered at once, the model takes seconds to load.
    place = ClipOutput(output, replace=replace)
    source = open_medium(video)
    try:
        request = definite(
            source, phrase, first=first, last=last, at=at, direction=direction, with_mask=mask is not None
        )
        start, predictor = _start_and_predictor(
            source, request, mask, model, device, guess=guess, study=study, every_frame=every_frame
        )
        record: dict[str, Any] = _record_of(request, start)
        if not start.is_found:
            text = _not_here(request, start)
            record |= {"masks": 0, "frames": 0, "reason": text.splitlines()[0], "written": {}}
            _answer(record, text, as_json=as_json)
            return
        outcome, carried = _carried(source, request, start, predictor, place, with_overlay=overlay)
    finally:
        source.close()
    info = predictor.info
    record |= {"model": info.label, "device": info.device, **carried, "complete": outcome.reason is None}
    record["reason"] = outcome.reason
    record["seconds"] = round(outcome.seconds, 3)
    record["fps"] = round(carried["frames"] / outcome.seconds, 2) if outcome.seconds > 0 else None
    record["written"] = {what: str(path) for what, path in outcome.written.items()}
    _answer(record, "\n".join(_lines(record, request)), as_json=as_json)
    if outcome.reason is not None:
        complain(outcome.reason)
        raise typer.Exit(outcome.status)


def definite(
    source: FrameSource,
    phrase: str,
    *,
    first: int | None,
    last: int | None,
    at: int | None,
    direction: DirectionChoice,
    with_mask: bool,
) -> Request:
    """The request with every frame named.

    Raises:
        MediaError: it is a picture, not a clip.
        UsageError: a frame is not in the clip, or the frames do not go together.
    """
    from refseg_annotator.core.annotation import FrameSpan, MediumKind

    if source.kind is not MediumKind.VIDEO:
        raise MediaError(f"{source.path} is a picture; segment is the verb for pictures, propagate for clips.")
    count = source.frame_count
    for option, frame in (("--from", first), ("--to", last), ("--at", at)):
        if frame is not None and frame >= count:
            raise UsageError(f"{source.path} has frames 0 to {count - 1}; {option} {frame} is not among them.")
    span_first, span_last = first or 0, count - 1 if last is None else last
    if span_first > span_last:
        raise UsageError(f"The range ends before it begins; --to {last} should not lie before --from {first}.")
    span = FrameSpan(span_first, span_last)
    if at is not None and at not in span:
        raise UsageError(f"--at {at} lies outside the range {span.first} to {span.last}; choose a frame inside it.")
    if at is None:
        if direction is DirectionChoice.BACKWARD:
            at = span.last
        elif first is not None or with_mask or direction is DirectionChoice.FORWARD:
            at = span.first
    return Request(video=source.path, phrase=phrase, span=span, direction=direction, at=at)


def _start_and_predictor(
    source: FrameSource,
    request: Request,
    mask: Path | None,
    model: str | None,
    device: Device | None,
    *,
    guess: bool,
    study: bool | None,
    every_frame: bool,
) -> tuple[ClipStart, VideoPredictor]:
    from refseg_annotator.cli import loading
    from refseg_annotator.services.clip_carrying import frames_to_ask, given_start, phrase_start

    if mask is not None:
        assert request.at is not None  # noqa: S101  `definite` names the frame of a mask
        pixels = _read_mask(mask, source)
        follower, warning = loading.load_video_predictor(model, device, study=study, every_frame=every_frame)
        start = given_start(request.at, pixels)
    else:
        predictor = loading.load_clip_reader(model, device)
        asked = frames_to_ask(request.span) if request.at is None else [request.at]
        follower, warning = loading.load_video_predictor(model, device, study=study, every_frame=every_frame)
        start = phrase_start(predictor, source, request.phrase, asked, guess=guess, follower=follower)
    if warning is not None and start.is_found:
        complain(warning)
    return start, follower


def _read_mask(path: Path, source: FrameSource) -> Any:
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.formats.label_png import read_mask_png

    if not path.is_file():
        raise UsageError(f"There is no mask {path}; check the path.")
    mask = Mask.from_array(read_mask_png(path, source.size))
    if mask.is_empty:
        raise UsageError(f"{path} is empty; give a mask with what is to be carried.")
    return mask


def _carried(
    source: FrameSource,
    request: Request,
    start: ClipStart,
    predictor: VideoPredictor,
    place: ClipOutput,
    *,
    with_overlay: bool,
) -> tuple[Outcome, dict[str, Any]]:
    """The work and its files; ends with what arrived, whatever ends it."""
    from refseg_annotator.cli.loading import opened_project

    place.begin()
    project = place.project(request.video)
    outcome = Outcome()
    told: dict[str, Any] = {}
    try:
        with opened_project(project, create=True) as session:
            clip = _run(session, source, request, start, predictor, place, outcome)
            masks = dict(clip.masks())
            told = {
                "masks": len(masks),
                "frames": clip.carried,
                "absent": clip.absent,
                "damaged": clip.damaged,
                "doubtful": [
                    {"first": run.first, "last": run.last, "score": round(run.score, 4), "sign": run.sign}
                    for run in clip.doubtful()
                ],
            }
            if with_overlay and outcome.status != STOPPED:
                _draw(source, masks, place, outcome)
    except BaseException as error:
        if not told or not isinstance(error, StorageError):
            place.discard()
            raise
        # Hours of work may be in the masks that the disk did take.
        outcome.reason = f"{outcome.reason or error} The project is not whole, the masks are."
        outcome.status = outcome.status or FAILURE
    place.finish()
    outcome.written = {"masks": place.folder / "masks", "project": place.folder / project.name}
    if (place.folder / "overlay.mp4").exists():
        outcome.written["overlay"] = place.folder / "overlay.mp4"
    return outcome, told


def _run(
    session: Session,
    source: FrameSource,
    request: Request,
    start: ClipStart,
    predictor: VideoPredictor,
    place: ClipOutput,
    outcome: Outcome,
) -> CarriedClip:
    """Carry the mask, each frame's file written as it comes."""
    from refseg_annotator.cli.clip_output import frame_names
    from refseg_annotator.services.bridged_frames import damage_told
    from refseg_annotator.services.clip_carrying import CarriedClip, Direction
    from refseg_annotator.services.frames import damage_of

    name = frame_names(source)
    clip = CarriedClip(session, source, request.phrase, start, request.span, Direction(request.direction.value))
    place.write_mask(name(start.frame), start.mask)
    began = time.perf_counter()
    work = clip.carry(predictor)
    try:
        with progress_on_stderr(f"Carrying {request.phrase!r}") as progress:
            for step in work:
                if step.mask is not None:
                    place.write_mask(name(step.frame), step.mask)
                progress(step.done, step.total, f"frame {step.frame}")
    except KeyboardInterrupt:
        outcome.reason, outcome.status = "Stopped.", STOPPED
    except (MediaError, ModelError, StorageError) as error:
        outcome.reason, outcome.status = str(error), FAILURE
    except OSError as error:
        outcome.reason, outcome.status = sentence_of(error), FAILURE
    finally:
        # What a Ctrl+C broke off still waits in the generator: closing it puts it into the project.
        work.close()
    outcome.seconds = time.perf_counter() - began
    if outcome.reason is not None:
        outcome.reason += f" Carried before and kept: {clip.carried} of {number_of(clip.steps, 'frames')}."
    else:
        outcome.reason = damage_of(source)
        if clip.damaged:
            outcome.reason = damage_told(source.path.name, clip.damaged)
        outcome.status = FAILURE if outcome.reason else outcome.status
    return clip


def _draw(source: FrameSource, masks: Mapping[int, Any], place: ClipOutput, outcome: Outcome) -> None:
    try:
        with progress_on_stderr("Drawing the overlay") as progress:
            place.write_overlay(source, masks, progress)
    except KeyboardInterrupt:
        outcome.reason, outcome.status = (
            "Stopped; the masks and the project are whole, the overlay is not there.",
            STOPPED,
        )
    except (RefSegError, OSError) as error:
        sentence = str(error) if isinstance(error, RefSegError) else sentence_of(error)
        outcome.reason = outcome.reason or f"The overlay could not be drawn: {sentence}"
        outcome.status = outcome.status or FAILURE


# --- telling ---------------------------------------------------------------------------------------------------------


def _record_of(request: Request, start: ClipStart) -> dict[str, Any]:
    return {
        "video": str(request.video),
        "phrase": request.phrase,
        "found": start.is_found,
        "start": {
            "frame": start.frame,
            "presence": None if start.presence is None else round(start.presence, 4),
            "score": start.score,
            "model": start.provenance.model,
            "asked": list(start.asked),
            "area": start.mask.area,
            "box": list(start.mask.box.xywh),
        },
        "range": [request.span.first, request.span.last],
        "direction": request.direction.value,
    }


def _not_here(request: Request, start: ClipStart) -> str:
    where = f"on frame {start.asked[0]}" if len(start.asked) == 1 else f"on any of the {len(start.asked)} frames asked"
    told = f'"{request.phrase}": probably not {where}, presence {start.presence or 0:.2f}; nothing was written.'
    lines = [f"{told} Name another frame with --at, or say --guess to carry the best guess."]
    if start.unknown:
        lines.append(f"Words the model does not know: {', '.join(start.unknown)}")
    return "\n".join(lines)


def _lines(record: dict[str, Any], request: Request) -> list[str]:
    start = record["start"]
    sure = "" if start["presence"] is None else f", presence {start['presence']:.2f}, score {start['score']:.2f}"
    carried = (
        f"Carried to {number_of(record['frames'], 'frames')} of {request.span.first} to {request.span.last}"
        + (f", {record['absent']} of them without it" if record["absent"] else "")
        + f" in {record['seconds']:.1f} s ({record['model']} on {record['device']})."
    )
    if request.span.first == request.span.last:
        carried = "No other frame was asked for, so it was carried nowhere; its mask is written."
    lines = [f'"{request.phrase}": {number_of(start["area"], "pixels")} on frame {start["frame"]}{sure}', carried]
    if record["doubtful"]:
        runs = ", ".join(
            str(one["first"]) if one["first"] == one["last"] else f"{one['first']}-{one['last']}"
            for one in record["doubtful"][:8]
        )
        more = "" if len(record["doubtful"]) <= 8 else f" and {len(record['doubtful']) - 8} more"
        lines.append(f"Look at frames {runs}{more}: the mask may have drifted there.")
    lines += [f"Written: {path}" for path in record["written"].values()]
    return lines


def _answer(record: dict[str, Any], text: str, *, as_json: bool) -> None:
    if as_json:
        print_json(record)
    else:
        print(text)


__all__ = ["Outcome", "Progress", "Request", "definite", "propagate"]
