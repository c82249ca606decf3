"""A clip of half an hour propagated as the window does it: memory against the frame number, and what undo holds.

    python -m tests.benchmarks.long_clip [--frames 54000] [--predictor flow|copy|cross-frame]
        [--side PIXELS] [--plot memory.png] [--keep FOLDER]

A made clip with one moving thing, one keyframe in its first frame, carried to the end, accepted (one step of undo),
undone, done again, saved, opened again. With --side the cross-frame model reads frames so many pixels long instead of
its own size: what it keeps a frame is the same, and half an hour takes less than an afternoon without a GPU. Prints a
row every so many frames; with --plot a picture of it (matplotlib).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from refseg_annotator.cli.loading import load_video_predictor
from refseg_annotator.core.annotation import Annotation, FrameSpan, MediumId, Origin, Provenance, Referent, ReferentId
from refseg_annotator.core.edits import PutAnnotation, PutReferent
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.packed_pixels import UNPACKED
from refseg_annotator.formats.media_files import encode_video
from refseg_annotator.inference.flow_predictor import CopyMask, FlowWarp
from refseg_annotator.inference.torch_video_predictor import TorchVideoPredictor
from refseg_annotator.inference.video_predictor import VideoPredictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import add_media, new_project, open_project
from refseg_annotator.services.frames import MediumFacts
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.propagate import Direction, Propagation
from refseg_annotator.services.session import Session

WIDTH, HEIGHT, RADIUS, RATE = 160, 96, 18, 30
MIB = 1 << 20


def resident() -> float:
    """What the process holds, MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def centre(frame: int) -> tuple[float, float]:
    return WIDTH / 2 + (WIDTH / 2 - 26) * np.sin(frame / 97), HEIGHT / 2 + (HEIGHT / 2 - 24) * np.sin(frame / 61)


def disc(frame: int) -> NDArray[np.bool_]:
    x, y = centre(frame)
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    return np.asarray((rows - y) ** 2 + (columns - x) ** 2 <= RADIUS**2)


def pictures(count: int) -> Iterator[NDArray[np.uint8]]:
    """A textured disc on a textured ground, so that flow has something to hold on to."""
    noise = np.random.default_rng(1)
    ground = noise.integers(60, 120, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    skin = noise.integers(150, 250, (2 * RADIUS + 3, 2 * RADIUS + 3, 3), dtype=np.uint8)
    for frame in range(count):
        picture = ground.copy()
        inside = disc(frame)
        x, y = centre(frame)
        rows, columns = np.nonzero(inside)
        picture[inside] = skin[(rows - int(y)) + RADIUS + 1, (columns - int(x)) + RADIUS + 1]
        yield picture


def opened(folder: Path, clip: Path, count: int) -> tuple[Session, MediumId, ReferentId]:
    session = new_project(folder / "long.refseg", runner=SynchronousRunner(), media=FrameCache(64 * MIB))
    [medium_id] = add_media(session, [clip]).added
    facts: MediumFacts = session.frames.facts(clip)
    session.learn({medium_id: facts})
    assert facts.frame_count == count, f"the clip has {facts.frame_count} frames"
    referent_id = ReferentId(session.project.next_id())
    session.commit(PutReferent(Referent(referent_id, medium_id)))
    mask = Mask.from_array(disc(0))
    session.commit(PutAnnotation(Annotation(referent_id, 0, mask, Provenance(Origin.MANUAL), keyframe=True)))
    return session, medium_id, referent_id


def follower(name: str, side: int | None) -> VideoPredictor:
    if name != "cross-frame":
        return FlowWarp() if name == "flow" else CopyMask()
    found, told = load_video_predictor(None, None)
    if told is not None or not isinstance(found, TorchVideoPredictor):
        raise SystemExit(told or "No installed model follows clips by cross-frame attention.")
    found.longest_side = side or found.longest_side
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=54_000)
    parser.add_argument("--predictor", choices=("flow", "copy", "cross-frame"), default="flow")
    parser.add_argument("--side", type=int, help="longer side of frames as the cross-frame model reads them")
    parser.add_argument("--every", type=int, default=2_000)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--keep", type=Path, help="keep clip and project here; a clip that is there is used")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        run(asked, asked.keep or Path(made))


def run(asked: argparse.Namespace, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    clip = folder / f"long-{asked.frames}.mp4"
    if not clip.exists():
        encode_video(clip, pictures(asked.frames), frame_rate=RATE)
    (folder / "long.refseg").unlink(missing_ok=True)
    session, medium_id, referent_id = opened(folder, clip, asked.frames)
    predictor = follower(asked.predictor, asked.side)
    propagation = Propagation(session, session.runner, lambda: predictor)
    start, peak = resident(), 0.0
    rows: list[tuple[int, float]] = []

    def watch(state) -> None:
        nonlocal peak
        if not state.arrived or state.proposal is None:
            return
        count = len(state.proposal)
        if count % 500 == 0:
            peak = max(peak, resident())
        if count % asked.every == 0:
            rows.append((count, resident() - start))
            print(f"{count:8,} frames  {rows[-1][1]:8.1f} MiB above the start", flush=True)

    propagation.subscribe(watch)
    began = time.perf_counter()
    propagation.start(medium_id, 0, Direction.FORWARD, span=FrameSpan(1, asked.frames - 1))
    seconds = time.perf_counter() - began
    offered = len(propagation.proposal or ())
    figures = {
        "frames": asked.frames,
        "offered": offered,
        "fps": round(offered / seconds, 1),
        "start_MiB": round(start),
    }

    def step(name: str, act) -> None:
        at = time.perf_counter()
        act()
        figures[f"{name}_s"] = round(time.perf_counter() - at, 2)
        figures[f"{name}_MiB"] = round(resident() - start, 1)

    step("accepted", propagation.accept)
    figures["history_MiB"] = round(session.history.bytes / MIB, 1)
    held = [one.mask.nbytes for one in session.project.annotations_of(referent_id)]
    figures["bytes_a_mask"] = round(sum(held) / len(held))
    step("undone", session.undo)
    assert len(session.project.annotations_of(referent_id)) == 1
    step("redone", session.redo)
    assert len(session.project.annotations_of(referent_id)) == offered + 1
    session.close()
    figures["project_MiB"] = round((folder / "long.refseg").stat().st_size / MIB, 1)
    del propagation, session
    UNPACKED.clear()
    again = open_project(folder / "long.refseg", runner=SynchronousRunner(), media=FrameCache(64 * MIB))
    step("opened_again", lambda: again.ensure_loaded(medium_id))
    assert len(again.project.annotations_of(referent_id)) == offered + 1
    again.close()
    figures["peak_above_start_MiB"] = round(max([peak - start, *(value for _, value in rows)]), 1)
    if len(rows) > 2:
        frames, memory = np.array(rows).T
        half = len(rows) // 2
        figures["bytes_a_frame_in_the_second_half"] = round(float(np.polyfit(frames[half:], memory[half:], 1)[0] * MIB))
    print(json.dumps(figures, indent=2))
    if asked.plot:
        plot(rows, asked.plot)


def plot(rows: list[tuple[int, float]], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 3.5), layout="constrained")
    axes.plot([count / 1000 for count, _ in rows], [value for _, value in rows])
    axes.set(xlabel="frames propagated, thousands", ylabel="MiB above the start", ylim=(0, None))
    axes.grid(alpha=0.3)
    figure.savefig(path, dpi=120)


if __name__ == "__main__":
    main()
