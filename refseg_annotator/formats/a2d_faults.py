"""Everything wrong with the files of A2D-Sentences, where reading alone would stop at the first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.a2d_files import find_files, read_instances, read_queries, read_videos
from refseg_annotator.formats.faults import Fault, FaultKind
from refseg_annotator.formats.report import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from refseg_annotator.formats.base import ReadOptions


def faults(path: Path, options: ReadOptions) -> Iterator[Fault]:
    """Each broken file once, in one sentence; reads every mask."""
    del options
    try:
        files = find_files(path)
    except FormatError as error:
        yield Fault(FaultKind.BROKEN, str(path), str(error))
        return
    try:
        names = [row.name for row in read_videos(files.videos)]
    except FormatError as error:
        yield Fault(FaultKind.BROKEN, str(files.videos), str(error))
        names = []
    for name, times in Counter(names).items():
        if times > 1:
            yield Fault(FaultKind.DUPLICATE_ID, str(files.videos), f"the clip {name!r} stands {times} times.")
    try:
        read_queries(files.queries, Ledger())
    except FormatError as error:
        yield Fault(FaultKind.BROKEN, str(files.queries), str(error))
    for file in sorted(files.masks.glob("*/*.h5")):
        yield from _mask_faults(file)


def _mask_faults(file: Path) -> Iterator[Fault]:
    where = str(file)
    if not file.stem.isdecimal() or int(file.stem) < 1:
        yield Fault(FaultKind.BROKEN, where, f"{file}: the name should be the frame's number, from 00001 on.")
    try:
        read_instances(file)
    except FormatError as error:
        yield Fault(FaultKind.BROKEN, where, str(error))
