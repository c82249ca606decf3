"""A COCO file of a million made annotations into a project, beside pycocotools' own load of the file in the same run.

    python -m tests.benchmarks.coco_scale [--annotations 1000000] [--folder DIR] [--json FILE]

The promise: within 3 minutes and 4 GB on two cores. Each part runs in a process of its own, so that its peak memory is
its own: pycocotools' `COCO(file)`; our reading (`stage_dataset`); and the whole import, every mask decoded, checked,
committed and written to a project file on disk.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from pycocotools import mask as coco_mask

WIDTH, HEIGHT = 640, 480
PER_IMAGE = 10
PROMISED_SECONDS, PROMISED_GIGABYTES = 180.0, 4.0


def make_file(path: Path, annotations: int, seed: int = 0) -> None:
    """COCO's photos in number and size of objects: ellipses with a bite, from a dozen pixels to half the photo."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    codes = []
    for _ in range(2000):
        # COCO's objects: the median is about 60 pixels wide, a few fill the photo.
        width, height = np.clip(rng.lognormal(4.0, 0.8, 2), 4, 500)
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)
        mask = ((columns - x) / width * 2) ** 2 + ((rows - y) / height * 2) ** 2 < 1
        mask &= (columns.astype(int) * 7 + rows * 3) % 11 != 0 if rng.random() < 0.02 else rows != int(y)
        code = coco_mask.encode(np.asfortranarray(mask.astype(np.uint8)))
        box = coco_mask.toBbox(code).tolist()
        codes.append(
            f'"segmentation":{{"size":[{HEIGHT},{WIDTH}],"counts":{json.dumps(code["counts"].decode())}}},'
            f'"area":{int(mask.sum())},"bbox":{json.dumps(box)},"iscrowd":0'
        )
    choice = rng.integers(0, len(codes), annotations)
    kinds = rng.integers(1, 81, annotations)
    with path.open("w") as file:
        file.write('{"images":[')
        images = -(-annotations // PER_IMAGE)
        size = f'"width":{WIDTH},"height":{HEIGHT}'
        rows_of_images = (f'{{"id":{n},"file_name":"{n:012d}.jpg",{size}}}' for n in range(1, images + 1))
        file.write(",\n".join(rows_of_images))
        file.write('],"categories":[')
        file.write(",".join(f'{{"id":{n},"name":"kind {n}","supercategory":"thing"}}' for n in range(1, 81)))
        file.write('],"annotations":[')
        for number in range(annotations):
            comma = ",\n" if number else "\n"
            file.write(
                f'{comma}{{"id":{number + 1},"image_id":{number // PER_IMAGE + 1},"category_id":{kinds[number]},'
                f"{codes[choice[number]]}}}"
            )
        file.write("]}")


_PYCOCOTOOLS = """
from pycocotools.coco import COCO
coco = COCO(sys.argv[1])
assert len(coco.anns) == count
"""
_READ = """
from refseg_annotator.services.transfer import stage_dataset
dataset = stage_dataset(Path(sys.argv[1]), "coco")
assert len(dataset.referents) == count
"""
_IMPORT = """
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import new_project
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.services.transfer import import_dataset
project = Path(sys.argv[1]).with_name("scale.refseg")
session = new_project(project, runner=SynchronousRunner(), media=FrameCache(1 << 20))
report = import_dataset(session, Path(sys.argv[1]), "coco")
session.flush()
assert report.written["masks"] == count
assert session.store.count_records()[1] == count
session.close()
"""
_FRAME = """
import json, resource, sys, time
from pathlib import Path
count = int(sys.argv[2])
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
cpu, gigabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20
print(json.dumps({{"seconds": round(seconds, 1), "cpu": round(cpu, 1), "gigabytes": round(gigabytes, 2)}}))
"""


def measured(work: str, file: Path, count: int) -> dict[str, float]:
    """Seconds, seconds of processor time and peak gigabytes of a process that does `work`."""
    done = subprocess.run(
        [sys.executable, "-c", _FRAME.format(work=work), str(file), str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Make the file, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annotations", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the made file and project go; a temporary folder else")
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=told.folder) as folder:
        file = Path(folder) / "instances.json"
        start = time.perf_counter()
        make_file(file, told.annotations)
        seconds, megabytes = time.perf_counter() - start, file.stat().st_size / 2**20
        print(f"{told.annotations:,} annotations, {megabytes:.0f} MB, made in {seconds:.0f} s")
        results = {}
        for name, work in (("pycocotools load", _PYCOCOTOOLS), ("our reading", _READ), ("our import", _IMPORT)):
            results[name] = measured(work, file, told.annotations)
            row = results[name]
            print(
                f"{name:20} {row['seconds']:8.1f} s {row['cpu']:8.1f} s of processor {row['gigabytes']:6.2f} GB",
                flush=True,
            )
        if told.annotations >= 1_000_000:
            ours = results["our import"]
            held = ours["seconds"] <= PROMISED_SECONDS and ours["gigabytes"] <= PROMISED_GIGABYTES
            promise = f"the promise of {PROMISED_SECONDS:.0f} s and {PROMISED_GIGABYTES:.0f} GB"
            print(f"within {promise}" if held else f"beyond {promise}")
        if told.json is not None:
            told.json.write_text(json.dumps({"annotations": told.annotations, **results}, indent=2))


if __name__ == "__main__":
    main()
