"""Ref-DAVIS17: the DAVIS tree with four text files, two annotators who saw the first frame or the whole clip."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import Dataset, Format, Loss, Progress, ReadOptions, TransferReport, WriteOptions
from refseg_annotator.formats.davis_tree import COMMON_LOSSES, TreeOut, splits_of_sequences, stage_sequences
from refseg_annotator.formats.files import read_text
from refseg_annotator.formats.fitting import fit
from refseg_annotator.formats.ref_davis_lines import REPEATS_FILE, TEXT_FILES, TextFiles, encoding_of
from refseg_annotator.formats.report import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from refseg_annotator.core.annotation import MediumId, ReferentId

LOSES: Final = COMMON_LOSSES | {
    Loss.NO_TARGET,
    Loss.UNLINKED,
    Loss.SEVERAL_TARGETS,
    Loss.KIND,
    Loss.AUTHOR,
    Loss.SPAN,
    Loss.LINE_BREAKS,
}
TEXT_FOLDER: Final = "davis_text_annotations"
# The published files spell three sequences otherwise than DAVIS does.
_TYPOS: Final = {"clasic-car": "classic-car", "dog-scale": "dogs-scale", "motor-bike": "motorbike"}
_LINE: Final = re.compile(r'(?P<video>\S+)\s+(?P<number>\d{1,9})\s+"?(?P<text>.*?)"?\s*\Z', re.DOTALL)


def text_files(path: Path) -> list[Path]:
    """The text files that there are, in the order of the publication."""
    places = [path / TEXT_FOLDER / f"{name}.txt" for name in TEXT_FILES]
    return [place for place in places if place.is_file()]


def tree_of(path: Path) -> Path:
    """The DAVIS folder: the one with the text files itself, or `DAVIS` in it, as the published converters want it."""
    return path if (path / "JPEGImages").is_dir() or not (path / "DAVIS").is_dir() else path / "DAVIS"


def sniff(path: Path) -> bool:
    """Whether the folder has DAVIS's frames and at least one of the text files."""
    return (tree_of(path) / "JPEGImages").is_dir() and bool(text_files(path))


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage the sequences with the expressions of all four files; an expression's author is its file.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    files = text_files(path)
    if not files:
        raise FormatError(f"{path / TEXT_FOLDER} has none of the text files Davis17_annot*.txt; put them in place.")
    tree = tree_of(path)
    clips = stage_sequences(tree, options, progress)
    by_name: dict[str, tuple[MediumId, dict[int, ReferentId]]] = {
        clip.name: (medium_id, clip.objects) for medium_id, clip in clips.clips.items()
    }
    for name in TEXT_FILES:
        if name not in {file.stem for file in files}:
            clips.stage.ledger.drop("text files, of the four, that are missing", f"{name}.txt")
    every = set(splits_of_sequences(tree)) | set(by_name)
    repeats = _repeats(path / TEXT_FOLDER / REPEATS_FILE)
    for file in files:
        for number, line in enumerate(read_text(file, encoding=encoding_of(file.stem)).split("\n"), 1):
            if not line.strip():
                continue
            said = f"{file.stem} {line.rstrip()}"
            if repeats[said]:
                repeats[said] -= 1
                continue
            where = f"{file}: line {number}"
            video, object_number, text = parse_line(line, where=where)
            name = video if video in every else _TYPOS.get(video, video)
            if name not in by_name:
                if name in every:
                    continue  # another split than the one asked for
                raise FormatError(f"{where}: there is no sequence {video!r} in the DAVIS folder.")
            medium_id, objects = by_name[name]
            if object_number not in objects:
                raise FormatError(f"{where}: {video!r} has no object {object_number} in its masks.")
            clips.stage.add_expression(medium_id, text, (objects[object_number],), author=file.stem)
    return clips.stage.finish(clips.load)


def _repeats(path: Path) -> Counter[str]:
    """The lines of an export of ours that only repeat another, with their file in front; none in the publication."""
    return Counter(read_text(path).split("\n")) if path.is_file() else Counter()


def parse_line(line: str, *, where: str) -> tuple[str, int, str]:
    """Sequence, object number and expression of one line; the expression may itself hold quotes.

    Raises:
        FormatError: The line has another shape.
    """
    match = _LINE.fullmatch(line.rstrip("\r"))
    if match is None:
        raise FormatError(f'{where}: it should read <video> <object> "<expression>".')
    return match["video"], int(match["number"]), match["text"]


def write(dataset: Dataset, destination: Path, options: WriteOptions, progress: Progress) -> TransferReport:
    """Write the DAVIS trees and the four text files, each with as many lines an object."""
    ledger = Ledger()
    tree = TreeOut(destination, options, ledger, encoding="latin-1")
    texts = TextFiles(ledger)
    for item in fit(dataset, LOSES, ledger, progress):
        name, numbers = tree.add(item)
        for referent in item.referents:
            expressions = item.expressions_for(referent.id)
            number = numbers.get(referent.id)
            if number is not None:
                texts.add(name, number, expressions)
            for expression in expressions if number is None else ():
                ledger.drop("expressions whose referents are left out", expression.text)
    tree.finish()
    texts.write(destination / TEXT_FOLDER)
    return ledger.to_report("Export to Ref-DAVIS17")


FORMAT: Final = Format(
    name="ref-davis",
    title="Ref-DAVIS17",
    summary="the DAVIS tree with the four text files of expressions",
    holds_photos=False,
    holds_clips=True,
    loses=LOSES,
    sniff=sniff,
    read=read,
    write=write,
)
