"""Each thing beside a plain baseline in the same run: `python -m tests.benchmarks [--json FILE] [NAME ...]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from pycocotools import mask as coco_mask

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
from tests.benchmarks.answers import answers, frames, networks
from tests.benchmarks.rows import HEAD, Row, line_of, machine, median
from tests.benchmarks.starts import memory, starts


def blob(size: Size) -> np.ndarray:
    """A large round mask with holes, bool `size.shape`."""
    ys, xs = np.ogrid[: size.height, : size.width]
    inside = (xs - size.width / 2) ** 2 + (ys - size.height / 2) ** 2 < (0.45 * min(size.shape)) ** 2
    return inside & ~((xs % 97 < 3) & (ys % 89 < 3))


def brush() -> Iterator[Row]:
    """A stroke of radius 500 on a mask of 8192 x 8192 pixels, committed."""
    size = Size(width=8192, height=8192)
    array = blob(size)
    medium = Medium(id=MediumId(1), path="large.png", kind=MediumKind.IMAGE, size=size)
    referent = Referent(id=ReferentId(2), medium_id=medium.id)
    annotation = Annotation(referent.id, 0, Mask.from_array(array), Provenance(Origin.MANUAL))
    project = Project.load_records(media=[medium], referents=[referent], expressions=[], highest_id=2)
    project.put_loaded(medium.id, [annotation])
    box = Box(3000, 3000, 4001, 4001)
    ys, xs = np.ogrid[-500:501, -500:501]
    disc = xs**2 + ys**2 <= 500**2

    def stroke() -> None:
        PaintMask(annotation.key, box, disc).apply(project)

    def whole_copy() -> None:
        copied = array.copy()
        copied[box.slices] |= disc

    yield Row(
        "brush: stroke of radius 500 committed, 8192 x 8192",
        median(stroke),
        median(whole_copy),
        "numpy, copying the whole mask",
    )


def codes() -> Iterator[Row]:
    """Run-length code of a mask of 12 megapixels, both ways."""
    size = Size(width=4000, height=3000)
    array = blob(size)
    mask = Mask.from_array(array)
    counts = mask.to_counts()
    fortran = np.asfortranarray(array.astype(np.uint8))
    code = coco_mask.encode(fortran)
    yield Row("run-length code: encode, 12 megapixels", median(mask.to_counts), median(lambda: coco_mask.encode(fortran)), "pycocotools")  # fmt: skip  # noqa: E501
    yield Row("run-length code: decode, 12 megapixels", median(lambda: Mask.from_counts(size, counts)), median(lambda: coco_mask.decode(code)), "pycocotools")  # fmt: skip  # noqa: E501


def write_project(folder: Path) -> MediumId:
    """`large.refseg`, 2,000 pictures with ten masks each, and `large.json` with the same masks; a picture's id."""
    pictures, masks = 2000, 10
    size = Size(width=640, height=480)
    mask = Mask.from_array(blob(size))
    numbers = iter(range(1, pictures * (masks + 1) + 1))
    media = [
        Medium(id=MediumId(next(numbers)), path=f"photos/{place:05}.jpg", kind=MediumKind.IMAGE, size=size)
        for place in range(pictures)
    ]
    referents = [Referent(id=ReferentId(next(numbers)), medium_id=medium.id) for medium in media for _ in range(masks)]
    annotations = [Annotation(referent.id, 0, mask, Provenance(Origin.MANUAL)) for referent in referents]
    with ProjectStore.create(folder / "large.refseg") as store:
        store.write(
            Snapshot(
                media=tuple(media),
                referents=tuple(referents),
                annotations=tuple(annotations),
                highest_id=next(numbers, pictures * (masks + 1)),
            )
        )
    code = coco_mask.encode(np.asfortranarray(mask.to_array().astype(np.uint8)))["counts"].decode()
    rows = [{"id": one.referent_id, "image_id": 1, "segmentation": {"counts": code}} for one in annotations]
    text = json.dumps({"images": [medium.path for medium in media], "annotations": rows})
    (folder / "large.json").write_text(text, encoding="utf-8")
    return media[1000].id


def projects() -> Iterator[Row]:
    """A project of 2,000 pictures with ten masks each, opened; then one picture's masks."""
    with tempfile.TemporaryDirectory(prefix="refseg-benchmark-") as folder:
        medium_id = write_project(Path(folder))
        path, flat = Path(folder) / "large.refseg", Path(folder) / "large.json"

        def open_it() -> None:
            with ProjectStore.open(path) as opened:
                opened.load()
                opened.load_annotations(medium_id)

        yield Row(
            "project: 20,000 masks, opened at one picture",
            median(open_it),
            median(lambda: json.loads(flat.read_text())),
            "json, the same masks in one COCO file, parsed",
        )


def listing() -> Iterator[Row]:
    """A folder of 100,000 pictures, listed in natural order without opening one."""
    from refseg_annotator.media import list_media

    with tempfile.TemporaryDirectory(prefix="refseg-benchmark-") as folder:
        for number in range(100_000):
            os.close(os.open(f"{folder}/photo {number}.jpg", os.O_CREAT | os.O_WRONLY))
        found = list_media(Path(folder))
        assert len(found) == 100_000
        yield Row(
            "folder of 100,000 pictures, listed",
            median(lambda: list_media(Path(folder)), 3),
            median(lambda: sorted(os.listdir(folder)), 3),  # noqa: PTH208
            "os.listdir, sorted",
            1000,
        )


BENCHMARKS: dict[str, Callable[[], Iterator[Row]]] = {
    "brush": brush,
    "codes": codes,
    "projects": projects,
    "listing": listing,
    "answers": answers,
    "networks": networks,
    "frames": frames,
    "starts": starts,
    "memory": memory,
}


def main() -> int:
    """Run the benchmarks named, or all; status 1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    options = parser.parse_args()
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    where = machine()
    print("; ".join(f"{name} {value}" for name, value in where.items()))
    print(f"\n{HEAD}")
    rows = []
    for name in options.names or BENCHMARKS:
        for row in BENCHMARKS[name]():
            rows.append(row)
            print(line_of(row), flush=True)
    if options.json:
        record = {"machine": where, "rows": [row.record() for row in rows]}
        options.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    broken = [row.name for row in rows if not row.holds]
    if broken:
        print("\nSlower than asked: " + "; ".join(broken))
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
