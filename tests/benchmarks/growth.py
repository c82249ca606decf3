"""How what a person waits for grows with the picture, the phrase, the referents, the clip, the project and the import.

    python -m tests.benchmarks.growth [--json FILE] [--plots FOLDER] [--quick] [CURVE ...]

Each curve stands beside a baseline measured at the same sizes in the same run. Status 1 where something grows faster
than it should: the exponent is fitted over the larger half of the points.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import cv2
import numpy as np
from pycocotools.coco import COCO

from refseg_annotator.core.annotation import (
    Annotation,
    Medium,
    MediumId,
    MediumKind,
    Origin,
    Provenance,
    Referent,
    ReferentId,
)
from refseg_annotator.core.edits import PaintMask
from refseg_annotator.core.geometry import Box, Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.project import Project
from refseg_annotator.storage.project_store import ProjectStore
from refseg_annotator.storage.snapshot import Snapshot
from tests.benchmarks.__main__ import blob
from tests.benchmarks.curves import Curve, processor_ms
from tests.benchmarks.rows import machine


def noise(width: int, height: int) -> np.ndarray:
    """A photo's worth of detail, uint8 (height, width, 3)."""
    small = np.random.default_rng(1).integers(0, 255, (height // 8 + 1, width // 8 + 1, 3), np.uint8)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def image_size(folder: Path, quick: bool) -> Curve:
    from refseg_annotator.media import open_medium

    curve = Curve("image-size", "A JPEG opened and read", "megapixels", "OpenCV imread", most=1.25)
    for width in (500, 1000, 2000, 4000) if quick else (500, 1000, 2000, 4000, 8000):
        path = folder / f"{width}.jpg"
        pixels = noise(width, width * 3 // 4)
        cv2.imwrite(str(path), pixels)
        curve.add(
            pixels.size / 3e6,
            processor_ms(lambda path=path: open_medium(path).read(0)),
            processor_ms(lambda path=path: cv2.imread(str(path))),
        )
    return curve


def words(folder: Path, quick: bool) -> Curve:
    del folder
    import torch

    torch.set_num_threads(1)
    from refseg_annotator.inference.bundles import find_bundle
    from refseg_annotator.inference.torch_predictor import load_predictor

    predictor = load_predictor(find_bundle("cmsa-lite").path, "cpu")
    features = predictor.encode(noise(640, 480))
    curve = Curve("words", "A phrase on a picture already encoded", "words", "one word", most=1.0)
    text = "the big red dog on the left of the small white cat near the old brown wooden chair by the door"
    base = processor_ms(lambda: predictor.predict(features, predictor.tokenize("dog")), 5)
    for count in (1, 2, 5, 10) if quick else (1, 2, 5, 10, 20):
        phrase = " ".join(text.split()[:count])
        ours = processor_ms(lambda phrase=phrase: predictor.predict(features, predictor.tokenize(phrase)), 5)
        curve.add(count, ours, base)
    return curve


def _project(referents: int, size: Size) -> tuple[Project, list[Annotation]]:
    medium = Medium(id=MediumId(1), path="a.png", kind=MediumKind.IMAGE, size=size)
    people = [Referent(id=ReferentId(number + 2), medium_id=medium.id) for number in range(referents)]
    mask = Mask.from_patch(size, Box(10, 10, 60, 60), np.ones((50, 50), np.bool_))
    annotations = [Annotation(one.id, 0, mask, Provenance(Origin.MANUAL)) for one in people]
    project = Project.load_records(media=[medium], referents=people, expressions=[], highest_id=referents + 2)
    project.put_loaded(medium.id, annotations)
    return project, annotations


def referents(folder: Path, quick: bool) -> Curve:
    del folder
    size = Size(width=1024, height=768)
    box, disc = Box(100, 100, 141, 141), np.ones((41, 41), np.bool_)
    curve = Curve(
        "referents", "A stroke on one of many referents of a frame", "referents", "numpy, all masks copied", most=0.3
    )
    for count in (1, 10, 100) if quick else (1, 10, 100, 1000):
        project, annotations = _project(count, size)
        arrays = [one.mask.to_array() for one in annotations]
        stroke = PaintMask(annotations[0].key, box, disc)
        curve.add(
            count,
            processor_ms(lambda project=project, stroke=stroke: [stroke.apply(project) for _ in range(50)]) / 50,
            processor_ms(lambda arrays=arrays: [array.copy() for array in arrays]),
        )
    return curve


def frames(folder: Path, quick: bool) -> Curve:
    from refseg_annotator.media import open_medium
    from tests.media.clips import Recipe, make_clip

    curve = Curve(
        "frames", "A clip opened and its middle frame read", "frames", "OpenCV, every frame decoded", most=1.25
    )
    for count in (60, 240, 960) if quick else (60, 240, 960, 3840):
        path = make_clip(folder / f"{count}.mp4", Recipe("mp4", "mpeg4", count=count))

        def ours(path: Path = path, count: int = count) -> None:
            source = open_medium(path)
            source.read(count // 2)
            source.close()

        def theirs(path: Path = path) -> None:
            capture = cv2.VideoCapture(str(path))
            while capture.read()[0]:
                pass
            capture.release()

        curve.add(count, processor_ms(ours, 3), processor_ms(theirs, 3))
    return curve


def propagation(folder: Path, quick: bool) -> Curve:
    del folder
    from refseg_annotator.inference.flow_predictor import FlowWarp
    from refseg_annotator.inference.propagation import propagate

    size = Size(width=320, height=192)
    picture = noise(size.width + 200, size.height)

    class Clip:
        def __init__(self) -> None:
            self.size = size

        def read(self, frame: int) -> np.ndarray:
            start = frame % 200
            return np.ascontiguousarray(picture[:, start : start + size.width])

    curve = Curve(
        "propagation", "A mask carried by optical flow", "frames", "OpenCV DIS flow alone, both ways", most=1.2
    )
    dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    mask = Mask.from_array(blob(size))
    for count in (8, 16, 32) if quick else (8, 16, 32, 64, 128):
        clip = Clip()

        def ours(count: int = count, clip: Clip = clip) -> None:
            for _ in propagate(FlowWarp(), clip, {0: {ReferentId(1): mask}}, first=1, last=count):
                pass

        def theirs(count: int = count, clip: Clip = clip) -> None:
            grey = cv2.cvtColor(clip.read(0), cv2.COLOR_RGB2GRAY)
            for frame in range(1, count + 1):
                former, grey = grey, cv2.cvtColor(clip.read(frame), cv2.COLOR_RGB2GRAY)
                dis.calc(former, grey, None)
                dis.calc(grey, former, None)

        curve.add(count, processor_ms(ours, 1), processor_ms(theirs, 1))
    return curve


def project_size(folder: Path, quick: bool) -> Curve:
    curve = Curve(
        "project-size", "A project opened at one of its pictures", "masks", "json, the same records parsed", most=1.25
    )
    size = Size(width=640, height=480)
    mask = Mask.from_array(blob(size))
    code = mask.to_counts()
    for pictures in (10, 100, 1000) if quick else (10, 100, 1000, 5000):
        path = folder / f"{pictures}.refseg"
        media = [Medium(MediumId(n + 1), f"{n}.jpg", MediumKind.IMAGE, size) for n in range(pictures)]
        people = [
            Referent(ReferentId(pictures + 1 + 10 * n + k), media[n].id) for n in range(pictures) for k in range(10)
        ]
        masks = [Annotation(one.id, 0, mask, Provenance(Origin.MANUAL)) for one in people]
        with ProjectStore.create(path) as store:
            store.write(
                Snapshot(
                    media=tuple(media), referents=tuple(people), annotations=tuple(masks), highest_id=11 * pictures + 1
                )
            )
        flat = folder / f"{pictures}.json"
        flat.write_text(json.dumps([{"id": one.referent_id, "counts": code} for one in masks]))

        def ours(path: Path = path) -> None:
            with ProjectStore.open(path) as opened:
                opened.load()
                opened.load_annotations(MediumId(1))

        curve.add(10 * pictures, processor_ms(ours, 3), processor_ms(lambda flat=flat: json.loads(flat.read_text()), 1))
    return curve


def saving(folder: Path, quick: bool) -> Curve:
    """One edit on its way to disk, in projects of many sizes: it must not grow with them."""
    curve = Curve("saving", "One edit saved", "masks in the project", "json, the project rewritten", most=0.3)
    size = Size(width=640, height=480)
    mask = Mask.from_patch(size, Box(10, 10, 60, 60), np.ones((50, 50), np.bool_))
    for count in (10, 100, 1000) if quick else (10, 100, 1000, 10_000):
        path = folder / f"save-{count}.refseg"
        medium = Medium(MediumId(1), "a.jpg", MediumKind.IMAGE, size)
        people = [Referent(ReferentId(n + 2), medium.id) for n in range(count)]
        masks = [Annotation(one.id, 0, mask, Provenance(Origin.MANUAL)) for one in people]
        one = Snapshot(annotations=(masks[0],), highest_id=count + 2)
        text = [{"id": each.referent_id, "counts": mask.to_counts()} for each in masks]
        with ProjectStore.create(path) as store:
            store.write(
                Snapshot(media=(medium,), referents=tuple(people), annotations=tuple(masks), highest_id=count + 2)
            )
            ours = processor_ms(lambda store=store, one=one: [store.write(one) for _ in range(10)], 3) / 10
        curve.add(count, ours, processor_ms(lambda text=text: json.dumps(text), 1))
    return curve


def importing(folder: Path, quick: bool) -> Curve:
    from refseg_annotator.formats.base import ReadOptions, no_progress
    from refseg_annotator.formats.registry import find_format
    from tests.benchmarks.coco_scale import make_file

    coco = find_format("coco")
    curve = Curve("import", "A COCO file read and checked", "annotations", "pycocotools load", most=1.25)
    for count in (1000, 3000, 10_000) if quick else (1000, 3000, 10_000, 30_000, 100_000):
        path = folder / f"instances-{count}.json"
        make_file(path, count)

        def theirs(path: Path = path) -> None:
            with contextlib.redirect_stdout(io.StringIO()):
                COCO(str(path))

        curve.add(
            count,
            processor_ms(lambda path=path: coco.read(path, ReadOptions(), no_progress), 1),
            processor_ms(theirs, 1),
        )
    return curve


def memory(folder: Path, quick: bool) -> Curve:
    """Bytes that an open project takes beyond its file's masks, which stay on disk."""
    import tracemalloc

    curve = Curve(
        "memory", "Memory of an open project", "pictures", "the records as Python dictionaries", unit="MB", most=1.2
    )
    size = Size(width=640, height=480)
    for count in (100, 1000, 10_000) if quick else (100, 1000, 10_000, 100_000):
        path = folder / f"memory-{count}.refseg"
        with ProjectStore.create(path) as store:
            media = tuple(Medium(MediumId(n + 1), f"photos/{n:06}.jpg", MediumKind.IMAGE, size) for n in range(count))
            store.write(Snapshot(media=media, highest_id=count + 1))
        del media
        tracemalloc.start()
        with ProjectStore.open(path) as store:
            project = store.load()
            ours = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        del project
        tracemalloc.start()
        plain = [
            {"id": n, "path": f"photos/{n:06}.jpg", "kind": "image", "width": 640, "height": 480} for n in range(count)
        ]
        theirs = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
        del plain
        curve.add(count, ours, theirs)
    return curve


CURVES: dict[str, Callable[[Path, bool], Curve]] = {
    "image-size": image_size,
    "words": words,
    "referents": referents,
    "frames": frames,
    "propagation": propagation,
    "project-size": project_size,
    "saving": saving,
    "import": importing,
    "memory": memory,
}


def main() -> int:
    """Measure the curves named, or all; status 1 where one grows faster than it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="CURVE", help=f"which: {', '.join(CURVES)}; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--plots", type=Path, metavar="FOLDER", help="draw each curve there, as SVG")
    parser.add_argument("--quick", action="store_true", help="fewer and smaller sizes")
    options = parser.parse_args()
    if unknown := set(options.names) - set(CURVES):
        parser.error(f"there is no curve {', '.join(sorted(unknown))}; there are {', '.join(CURVES)}")
    where = machine()
    print("; ".join(f"{name} {value}" for name, value in where.items()), flush=True)
    curves = []
    for name in options.names or CURVES:
        with tempfile.TemporaryDirectory(prefix="refseg-growth-") as folder:
            curves.append(CURVES[name](Path(folder), options.quick))
        print(f"\n{curves[-1].table()}", flush=True)
        if options.plots is not None:
            options.plots.mkdir(parents=True, exist_ok=True)
            curves[-1].draw(options.plots)
    if options.json is not None:
        record = {"machine": where, "curves": [curve.record() for curve in curves]}
        options.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    fast = [f"{one.title} ({one.exponent:.2f} > {one.most})" for one in curves if not one.holds]
    if fast:
        print("\nGrows faster than it should: " + "; ".join(fast))
    return bool(fast or any(math.isnan(one.exponent) for one in curves))


if __name__ == "__main__":
    sys.exit(main())
