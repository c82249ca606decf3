"""`propagate`: what it writes, what it says, and what stays when it is broken off."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from refseg_annotator.cli import app, clip_output, loading
from refseg_annotator.core.annotation import Annotation, MediumKind, Origin, Provenance
from refseg_annotator.core.edits import PutAnnotation
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import MediaError, StorageError
from refseg_annotator.formats.media_files import encode_video
from refseg_annotator.inference import torch_follower
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.inference.video_predictor import FakeVideoPredictor
from refseg_annotator.media import FrameCache, open_medium
from refseg_annotator.services.documents import open_project
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import Snapshot
from tests.inference.clips import A, SquaresClip
from tests.media.clips import damage_packets

COUNT = 12
PHRASE = "the red square"


@pytest.fixture
def squares() -> SquaresClip:
    return SquaresClip(COUNT)


@pytest.fixture
def folder(squares: SquaresClip, tmp_path: Path) -> Path:
    """The clip as a folder of frames whose numbers begin at 5."""
    made = tmp_path / "walk"
    made.mkdir()
    for frame in range(COUNT):
        Image.fromarray(squares.read(frame)).save(made / f"{frame + 5:05d}.png")
    return made


@pytest.fixture
def video(squares: SquaresClip, tmp_path: Path) -> Path:
    path = tmp_path / "walk.mp4"
    encode_video(path, (squares.read(frame) for frame in range(COUNT)), frame_rate=12)
    return path


@pytest.fixture
def follower() -> FakeVideoPredictor:
    return FakeVideoPredictor()


@pytest.fixture(autouse=True)
def fake_models(monkeypatch: pytest.MonkeyPatch, follower: FakeVideoPredictor) -> None:
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device, **_: FakePredictor())
    monkeypatch.setattr(loading, "load_video_predictor", lambda name, device, **_: (follower, None))


def propagate(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["propagate", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def record_of(*arguments: object) -> dict[str, Any]:
    status, out, err = propagate(*arguments, "--json")
    assert status == 0, err
    return json.loads(out)


def masks_in(out: Path) -> dict[str, np.ndarray]:
    return {path.stem: np.array(Image.open(path)) for path in sorted((out / "masks").iterdir())}


def annotations_in(project: Path) -> tuple[Any, list[Annotation]]:
    session = open_project(project, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    [medium_id] = session.project.media
    session.ensure_loaded(medium_id)
    found = list(session.project.annotations.values())
    loaded = session.project
    session.close()
    return loaded, found


# --- what it writes --------------------------------------------------------------------------------------------------


def test_a_clip_becomes_masks_an_overlay_and_a_project(video: Path, squares: SquaresClip, tmp_path: Path) -> None:
    out = tmp_path / "out"
    record = record_of(video, PHRASE, "-o", out)
    assert record["found"]
    assert record["complete"]
    assert (record["frames"], record["absent"], record["doubtful"]) == (COUNT - 1, 0, [])
    assert record["range"] == [0, COUNT - 1]
    assert record["start"]["asked"][0] == 0
    assert record["start"]["asked"][-1] == COUNT - 1
    assert record["written"] == {
        "masks": str(out / "masks"), "project": str(out / "walk.refseg"), "overlay": str(out / "overlay.mp4"),
    }  # fmt: skip
    masks = masks_in(out)
    assert list(masks) == [f"{frame:05d}" for frame in range(COUNT)]
    for frame in range(COUNT):
        # Chroma at half size blurs the outline of a square of six pixels; its place is what tells frames apart.
        (y, x), (true_y, true_x) = (
            np.argwhere(pixels).mean(axis=0) for pixels in (masks[f"{frame:05d}"], squares.mask(A, frame).to_array())
        )
        assert abs(x - true_x) < 1.5, frame
        assert abs(y - true_y) < 1.5, frame
    with Image.open(out / "masks/00003.png") as picture:
        assert picture.mode == "P"
        assert picture.getpalette()[3:6] == [128, 0, 0], "DAVIS's colour of the first object"
    overlay = open_medium(out / "overlay.mp4")
    assert (overlay.frame_count, overlay.size, overlay.frame_rate) == (COUNT, squares.size, 12.0)
    drawn, plain = overlay.read(4).astype(int), squares.read(4).astype(int)
    inside = squares.mask(A, 4).to_array()
    assert np.abs(drawn - plain)[inside].mean() > 20 > np.abs(drawn - plain)[:, 30:].mean()
    overlay.close()


def test_the_project_opens_with_everything_in_it(video: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    record = record_of(video, "  the red\tsquare ", "-o", out)
    project, annotations = annotations_in(out / "walk.refseg")
    [medium] = project.media.values()
    assert (medium.kind, medium.frame_count, medium.frame_rate) == (MediumKind.VIDEO, COUNT, 12.0)
    assert Path(medium.path).resolve() == video.resolve() or (out / medium.path).resolve() == video.resolve()
    [referent] = project.referents.values()
    [expression] = project.expressions.values()
    assert (expression.text, expression.targets) == (PHRASE, (referent.id,))
    assert [one.frame for one in annotations] == list(range(COUNT))
    start = annotations[record["start"]["frame"]]
    assert [one.frame for one in annotations if one.keyframe] == [start.frame]
    assert (start.provenance.origin, start.provenance.model) == (Origin.PREDICTED, "fake 1")
    others = [one for one in annotations if not one.keyframe]
    assert {one.provenance.origin for one in others} == {Origin.PROPAGATED}
    assert {one.provenance.model for one in others} == {"fake-video 1"}


def test_a_folder_of_frames_keeps_the_frames_names(folder: Path, squares: SquaresClip, tmp_path: Path) -> None:
    out = tmp_path / "out"
    record_of(folder, PHRASE, "-o", out)
    masks = masks_in(out)
    assert list(masks) == [f"{frame + 5:05d}" for frame in range(COUNT)]
    for frame in range(COUNT):
        assert np.array_equal(masks[f"{frame + 5:05d}"], squares.mask(A, frame).to_array())
    project, _ = annotations_in(out / "walk.refseg")
    assert [medium.kind for medium in project.media.values()] == [MediumKind.VIDEO]
    overlay = open_medium(out / "overlay.mp4")
    assert overlay.frame_rate == 25.0
    overlay.close()


@pytest.mark.parametrize(
    ("options", "start", "frames"),
    [
        (("--from", 3, "--to", 7), 3, range(3, 8)),
        (("--from", 3, "--to", 7, "--direction", "backward"), 7, range(3, 8)),
        (("--at", 5), 5, range(COUNT)),
        (("--at", 5, "--direction", "forward"), 5, range(5, COUNT)),
        (("--at", 5, "--direction", "backward", "--from", 2), 5, range(2, 6)),
        (("--direction", "forward"), 0, range(COUNT)),
        (("--to", 0), 0, range(1)),
    ],
)
def test_range_start_and_direction(
    folder: Path, tmp_path: Path, options: tuple[object, ...], start: int, frames: range
) -> None:
    out = tmp_path / "out"
    if len(frames) == 1:
        record = record_of(folder, PHRASE, "-o", out, *options, "--no-overlay")
        assert (record["frames"], record["masks"], record["complete"]) == (0, 1, True)
    else:
        record = record_of(folder, PHRASE, "-o", out, *options)
        assert (record["frames"], record["masks"]) == (len(frames) - 1, len(frames))
    assert record["start"]["frame"] == start
    assert list(masks_in(out)) == [f"{frame + 5:05d}" for frame in frames]


def test_a_given_mask_is_carried_and_the_phrase_names_it(folder: Path, squares: SquaresClip, tmp_path: Path) -> None:
    given, out = tmp_path / "given.png", tmp_path / "out"
    Image.fromarray(squares.mask(A, 4).to_array().astype(np.uint8) * 255).save(given)
    record = record_of(folder, "whatever I call it", "-o", out, "--mask", given, "--at", 4, "--no-overlay")
    assert (record["start"]["presence"], record["start"]["model"], record["frames"]) == (None, None, COUNT - 1)
    assert "overlay" not in record["written"]
    project, annotations = annotations_in(out / "walk.refseg")
    assert [expression.text for expression in project.expressions.values()] == ["whatever I call it"]
    assert annotations[4].provenance.origin is Origin.IMPORTED
    assert all(one.mask == squares.mask(A, one.frame) for one in annotations)


def test_absent_frames_are_empty_masks(tmp_path: Path) -> None:
    hidden = SquaresClip(COUNT, hidden={A: range(5, 8)})
    made = tmp_path / "hide"
    made.mkdir()
    for frame in range(COUNT):
        Image.fromarray(hidden.read(frame)).save(made / f"{frame:05d}.png")
    record = record_of(made, PHRASE, "-o", tmp_path / "out", "--at", 0)
    assert record["absent"] == 3
    assert [name for name, mask in masks_in(tmp_path / "out").items() if not mask.any()] == ["00005", "00006", "00007"]
    # Who goes and comes has jumped.
    assert record["doubtful"]


def test_for_people(folder: Path, tmp_path: Path) -> None:
    status, out, err = propagate(folder, PHRASE, "-o", tmp_path / "out")
    assert status == 0, err
    assert '"the red square": 36 pixels on frame' in out
    assert "Carried to 11 frames of 0 to 11" in out
    assert str(tmp_path / "out" / "walk.refseg") in out


def test_a_clip_of_one_frame_is_no_failure_to_carry(squares: SquaresClip, tmp_path: Path) -> None:
    video = tmp_path / "one.mp4"
    encode_video(video, (squares.read(frame) for frame in range(1)), frame_rate=12)
    status, out, err = propagate(video, PHRASE, "-o", tmp_path / "out")
    assert status == 0, err
    assert "No other frame was asked for, so it was carried nowhere; its mask is written." in out
    assert "0 frames" not in out
    assert list(masks_in(tmp_path / "out")) == ["00000"]


# --- what it says ----------------------------------------------------------------------------------------------------


def test_a_phrase_that_fits_nothing_writes_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    status, said, _ = propagate(folder, "the purple square", "-o", out)
    assert status == 0, "as segment has it"
    assert "probably not on any of the 8 frames asked" in said
    assert "nothing was written" in said
    assert "--guess" in said
    assert not out.exists()
    record = record_of(folder, "the purple square", "-o", out, "--at", 2)
    assert (record["found"], record["start"]["asked"]) == (False, [2])
    assert (record["masks"], record["frames"], record["written"]) == (0, 0, {})
    assert "probably not on frame 2" in record["reason"]
    assert "nothing was written" in record["reason"]
    assert not out.exists()


def test_without_a_part_for_clips_flow_does_it_and_says_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device, **_: FakePredictor())
    bundle = tmp_path / "bundle"
    bundle.mkdir()

    class Info:
        name, path, follows_clips = "still", bundle, False

    monkeypatch.setattr(loading, "_bundle", lambda settings, name, kind=None: Info)
    monkeypatch.setattr(torch_follower, "bundle_for_clips", lambda preferred, folders: None)
    status, out, err = propagate(folder, PHRASE, "-o", tmp_path / "out")
    assert status == 0
    assert "flow-warp 1" in out
    assert err.startswith("ATTENTION: the model 'still' does not follow clips")


def refused(status: int, *arguments: object) -> str:
    found, out, err = propagate(*arguments)
    assert (found, out) == (status, ""), err
    assert len(err.splitlines()) == 1
    return err


def test_what_is_wrong_is_one_sentence(folder: Path, video: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(video.read_bytes()[:300])
    (tmp_path / "file").touch()
    photo = folder / "00005.png"
    small = tmp_path / "small.png"
    Image.fromarray(np.full((4, 4), 255, np.uint8)).save(small)
    empty = tmp_path / "empty.png"
    Image.fromarray(np.zeros((24, 48), np.uint8)).save(empty)
    assert "does not exist" in refused(1, tmp_path / "gone.mp4", PHRASE, "-o", out)
    assert "broken.mp4" in refused(1, broken, PHRASE, "-o", out)
    assert "segment is the verb for pictures" in refused(1, photo, PHRASE, "-o", out)
    assert "frames 0 to 11; --to 12" in refused(2, folder, PHRASE, "-o", out, "--to", 12)
    assert "frames 0 to 11; --at 40" in refused(2, folder, PHRASE, "-o", out, "--at", 40)
    assert "ends before it begins" in refused(2, folder, PHRASE, "-o", out, "--from", 5, "--to", 4)
    assert "outside the range 2 to 4" in refused(2, folder, PHRASE, "-o", out, "--from", 2, "--to", 4, "--at", 9)
    assert "no word" in refused(2, folder, " ?! ", "-o", out)
    assert "is a file" in refused(2, folder, PHRASE, "-o", tmp_path / "file")
    assert "There is no mask" in refused(2, folder, PHRASE, "-o", out, "--mask", tmp_path / "none.png")
    assert "small.png has 4 x 4 pixels" in refused(1, folder, PHRASE, "-o", out, "--mask", small)
    assert "empty.png is empty" in refused(2, folder, PHRASE, "-o", out, "--mask", empty)
    assert not out.exists()


@pytest.mark.parametrize(("phrase", "options"), [("", ()), (" ?! ", ()), ("", ("--mask", "mask.png"))])
def test_an_empty_phrase_is_refused_before_anything_is_opened_or_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, phrase: str, options: tuple[str, ...]
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was opened or loaded")

    for name in ("load_named_predictor", "load_clip_reader", "load_video_predictor"):
        monkeypatch.setattr(loading, name, never)
    monkeypatch.setattr("refseg_annotator.media.open_medium", never)
    status, out, err = propagate(tmp_path / "clip.mp4", phrase, "-o", tmp_path / "out", *options)
    assert (status, out) == (2, "")
    assert "holds no word" in err or "Type what you mean" in err


def test_what_lies_there_stays_unless_it_is_an_earlier_run(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work")
    for more in ((), ("--replace",)):
        assert "'thesis.docx', which no earlier run wrote" in refused(2, folder, PHRASE, "-o", out, *more)
    (out / "thesis.docx").unlink()
    record_of(folder, PHRASE, "-o", out)
    assert "say --replace" in refused(2, folder, PHRASE, "-o", out)
    record_of(folder, "the blue square", "-o", out, "--to", 4, "--replace")
    assert len(masks_in(out)) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "walk"], "nothing is left beside"


def test_an_earlier_run_that_was_worked_on_or_is_open_stays(folder: Path, squares: SquaresClip, tmp_path: Path) -> None:
    out = tmp_path / "out"
    record_of(folder, PHRASE, "-o", out)
    session = open_project(out / "walk.refseg", runner=SynchronousRunner(), media=FrameCache(1 << 20))
    assert "open in another window" in refused(1, folder, PHRASE, "-o", out, "--replace")
    [referent] = session.project.referents
    session.commit(PutAnnotation(Annotation(referent, 3, squares.mask(A, 3), Provenance(Origin.MANUAL))))
    session.close()
    assert "was worked on by hand" in refused(2, folder, PHRASE, "-o", out, "--replace")
    assert len(masks_in(out)) == COUNT


# --- damaged clips ---------------------------------------------------------------------------------------------------


def test_damaged_frames_are_passed_over_by_their_numbers(video: Path, squares: SquaresClip, tmp_path: Path) -> None:
    """The middle of the file overwritten: what comes behind has its own number, and what is damaged no mask."""
    source = tmp_path / "long.mp4"
    with av.open(str(source), "w") as container:
        stream = container.add_stream("mpeg4", rate=12)
        stream.width, stream.height = squares.size.width, squares.size.height
        stream.pix_fmt, stream.gop_size = "yuv420p", 4
        stream.bit_rate = 2_000_000
        for frame in range(COUNT):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(squares.read(frame), format="rgb24")))
        container.mux(stream.encode(None))
    damaged, out = damage_packets(source, tmp_path / "damaged.mp4", (4, 5)), tmp_path / "out"
    status, said, err = propagate(damaged, PHRASE, "-o", out, "--json")
    record = json.loads(said)
    assert (status, record["complete"]) == (1, False)
    lost = record["damaged"]
    assert set(lost) >= {4, 5}
    assert max(lost) < 8, "a keyframe comes then"
    assert "is damaged: no mask on what cannot be decoded, frames 4-" in err
    assert record["reason"] in err
    masks = masks_in(out)
    assert list(masks) == [f"{frame:05d}" for frame in range(COUNT) if frame not in lost]
    for frame in range(8, COUNT):
        centre, true = (
            np.argwhere(pixels).mean(axis=0) for pixels in (masks[f"{frame:05d}"], squares.mask(A, frame).to_array())
        )
        assert np.abs(centre - true).max() < 1.5, frame
    overlay = open_medium(out / "overlay.mp4")
    assert overlay.frame_count == COUNT
    overlay.close()


def test_a_clip_whose_numbers_nothing_tells_is_not_called_complete(squares: SquaresClip, tmp_path: Path) -> None:
    source = tmp_path / "torn.ts"
    with av.open(str(source), "w") as container:
        stream = container.add_stream("mpeg2video", rate=25)
        stream.width, stream.height = squares.size.width, squares.size.height
        stream.pix_fmt, stream.gop_size = "yuv420p", 1
        stream.bit_rate = 2_000_000
        for frame in range(COUNT):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(squares.read(frame), format="rgb24")))
        container.mux(stream.encode(None))
    damaged = damage_packets(source, tmp_path / "damaged.ts", (5, 6))
    status, said, err = propagate(damaged, PHRASE, "-o", tmp_path / "out", "--json", "--no-overlay")
    assert (status, json.loads(said)["complete"]) == (1, False)
    assert "is damaged, and frames are missing" in err


# --- broken off ------------------------------------------------------------------------------------------------------


def at_frame(number: int, error: BaseException) -> Callable[[int], None]:
    def raise_there(frame: int) -> None:
        if frame == number:
            raise error

    return raise_there


def test_ctrl_c_keeps_what_arrived(folder: Path, tmp_path: Path, follower: FakeVideoPredictor) -> None:
    follower.before_track = at_frame(6, KeyboardInterrupt())
    out = tmp_path / "out"
    status, said, err = propagate(folder, PHRASE, "-o", out, "--from", 0)
    assert status == 130
    assert "Stopped. Carried before and kept: 5 of 11 frames." in err
    assert "Carried to 5 frames" in said
    assert len(masks_in(out)) == 6
    _, annotations = annotations_in(out / "walk.refseg")
    assert [one.frame for one in annotations] == list(range(6))


def test_a_clip_that_breaks_off_keeps_what_arrived(folder: Path, tmp_path: Path, follower: FakeVideoPredictor) -> None:
    follower.before_track = at_frame(4, MediaError("Frame 4 is damaged; copy the clip again."))
    out = tmp_path / "out"
    status, said, err = propagate(folder, PHRASE, "-o", out, "--from", 0, "--json")
    assert status == 1
    assert err.splitlines()[-1] == ("Frame 4 is damaged; copy the clip again. Carried before and kept: 3 of 11 frames.")
    record = json.loads(said)
    assert (record["complete"], record["frames"]) == (False, 3)
    assert len(masks_in(out)) == 4
    assert (out / "overlay.mp4").is_file()


@pytest.mark.parametrize("refuses", ["masks", "project"])
def test_a_full_disk_keeps_the_masks_that_it_took(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuses: str
) -> None:
    written: list[str] = []
    write_mask, write = clip_output.ClipOutput.write_mask, ProjectStore.write

    def full_after_four(self: clip_output.ClipOutput, name: str, mask: Mask) -> None:
        if len(written) == 4:
            raise OSError(errno.ENOSPC, "No space left on device", str(self.place))
        written.append(name)
        write_mask(self, name, mask)

    def full(self: ProjectStore, snapshot: Snapshot) -> None:
        if written:
            raise StorageError("The disk is full; free some space.")
        write(self, snapshot)

    monkeypatch.setattr(clip_output.ClipOutput, "write_mask", full_after_four)
    if refuses == "project":
        monkeypatch.setattr(ProjectStore, "write", full)
    out = tmp_path / "out"
    status, said, err = propagate(folder, PHRASE, "-o", out, "--from", 0)
    assert status == 1
    assert "The disk is full" in err
    assert "Carried before and kept: 4 of 11 frames." in err
    assert ("The project is not whole, the masks are." in err) is (refuses == "project")
    assert sorted(masks_in(out)) == written
    assert "Carried to 4 frames" in said
    _, annotations = annotations_in(out / "walk.refseg")
    assert len(annotations) == (1 if refuses == "project" else 5)


def test_a_mistake_of_ours_leaves_nothing_half_done(folder: Path, tmp_path: Path, follower: FakeVideoPredictor) -> None:
    out = tmp_path / "out"
    record_of(folder, PHRASE, "-o", out)
    before = {path.name: path.read_bytes() for path in (out / "masks").iterdir()}
    follower.before_track = at_frame(6, RuntimeError("out of luck"))
    status, _, _ = propagate(folder, "the blue square", "-o", out, "--replace")
    assert status == 1
    assert {path.name: path.read_bytes() for path in (out / "masks").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "walk"]


def test_a_second_ctrl_c_while_drawing_keeps_masks_and_project(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(clip_output.ClipOutput, "write_overlay", interrupted)
    out = tmp_path / "out"
    status, _, err = propagate(folder, PHRASE, "-o", out)
    assert status == 130
    assert "the masks and the project are whole" in err
    assert len(masks_in(out)) == COUNT
