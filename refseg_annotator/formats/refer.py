"""RefCOCO, RefCOCO+, RefCOCOg, RefCLEF, gRefCOCO and R-RIS, in the files of the REFER code.

Four ways to write them: `refer`, one pair of JSON files a split, holds everything; `refcoco`, `grefcoco` and `r-ris`
are laid out for the published loaders of those data sets.
"""

from __future__ import annotations

import pickle
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from refseg_annotator.core.annotation import Expression, ExpressionKind, MediumId, ReferentId, Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.base import (
    Dataset,
    Format,
    Loss,
    Progress,
    ReadOptions,
    Sniffer,
    TransferReport,
    WriteOptions,
    kind_word,
    parse_kind,
)
from refseg_annotator.formats.coco_instances import CategoryIds, InstancesOut, InstancesReading, InstancesStyle
from refseg_annotator.formats.coco_rows import InstancesFile, MeasuredFile
from refseg_annotator.formats.faults import Fault, FaultKind
from refseg_annotator.formats.files import read_json
from refseg_annotator.formats.fitting import Item, fit
from refseg_annotator.formats.json_out import write_json
from refseg_annotator.formats.media_files import MediaFolder, Names
from refseg_annotator.formats.refer_files import (
    NO_TARGET_ID,
    ReferFiles,
    RefRow,
    SentenceRow,
    find_files,
    photo_folder,
    read_instances,
    read_refs,
    refs_files,
    rows_of_split,
    split_names,
    unpaired,
)
from refseg_annotator.formats.refer_samples import ReferAnnotation, ReferImage, ReferSample, ReferSplit, read_refer
from refseg_annotator.formats.report import Ledger
from refseg_annotator.formats.split_names import split_name, split_of
from refseg_annotator.formats.structure import instances_faults, refs_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "FORMATS",
    "ReferAnnotation",
    "ReferImage",
    "ReferSample",
    "ReferSplit",
    "read_refer",
]

_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_COMMON_LOSSES: Final = frozenset(
    {
        Loss.CLIPS,
        Loss.MASKLESS,
        Loss.UNLINKED,
        Loss.AUTHOR,
        Loss.SPAN,
        Loss.NAMES,
        Loss.PROVENANCE,
        Loss.KEYFRAMES,
        Loss.NO_SPLIT,
    }
)


# --- reading --------------------------------------------------------------------------------------------------


def sniff(path: Path) -> bool:
    """Whether a folder holds objects and sentences in either layout."""
    if not path.is_dir():
        return False
    return bool(split_names(path)) or ((path / "instances.json").is_file() and bool(refs_files(path)))


def sniff_grefcoco(path: Path) -> bool:
    """Whether a folder is gRefCOCO's: its sentences are in `grefs(...)`."""
    return sniff(path) and any(file.name.startswith("grefs") for file in refs_files(path).values())


def sniff_refcoco(path: Path) -> bool:
    """Whether a folder has one objects file and `refs(...)` beside."""
    return sniff(path) and not split_names(path) and not sniff_grefcoco(path)


def read(path: Path, options: ReadOptions, progress: Progress) -> Dataset:
    """Stage a REFER folder of either layout, all splits or the one asked for.

    Raises:
        FormatError: A file is missing or breaks the format.
    """
    if not path.is_dir():
        raise FormatError(f"{path} is no folder; name the folder that holds the instances and refs files.")
    splits = split_names(path)
    chosen: tuple[str | None, ...] = (options.split,) if options.split is not None or not splits else splits
    reading = InstancesReading()
    if splits and options.split is None:
        for lone in unpaired(path):
            reading.stage.ledger.drop("splits of which one of the two files is missing", lone)
    for split in chosen:
        files = find_files(path, split=split, by=options.by, image_root=options.image_root)
        _read_files(files, reading, options, progress)
    return reading.finish()


def _read_files(files: ReferFiles, reading: InstancesReading, options: ReadOptions, progress: Progress) -> None:
    content = read_instances(files.instances)
    rows = read_refs(files.refs)
    if files.split is None:
        if options.split is not None:
            rows = rows_of_split(rows, options.split, file=files.refs)
            content = _only_images(content, {row.image_id for row in rows})
        content = _with_splits(content, rows, reading)
    folder = photo_folder(files, content.images, given=options.image_root)
    split = split_of(files.split or "")
    media, referents = reading.take(content, files.instances, folder, split=split, progress=progress)
    said: list[tuple[MediumId, SentenceRow, list[ReferentId]]] = []
    for number, row in enumerate(rows):
        said += _sentences(row, media, referents, where=f"{files.refs}: [{number}]", instances=files.instances)
    # Sentences stand with the object they mean; their ids tell the order they have on their photo.
    said.sort(key=lambda item: (item[0], item[1].sent_id))
    for medium_id, sentence, targets in said:
        reading.stage.add_expression(
            medium_id,
            sentence.raw or sentence.sent or " ".join(sentence.tokens),
            targets,
            no_target=not targets,
            kind=parse_kind(sentence.kind),
        )


def _only_images(content: InstancesFile, wanted: set[int]) -> InstancesFile:
    return InstancesFile(
        [image for image in content.images if image.id in wanted],
        [annotation for annotation in content.annotations if annotation.image_id in wanted],
        content.categories,
    )


def _with_splits(content: InstancesFile, rows: list[RefRow], reading: InstancesReading) -> InstancesFile:
    """The photos with the split that their sentences name; Google's RefCOCOg splits by object, so it can be several."""
    found: dict[int, str] = {}
    for row in rows:
        if found.setdefault(row.image_id, row.split) != row.split:
            reading.stage.ledger.change("photos stand in several splits; the first is kept", f"image {row.image_id}")
    images = [msgspec.structs.replace(image, split=found.get(image.id, image.split)) for image in content.images]
    return InstancesFile(images, content.annotations, content.categories)


def _sentences(
    row: RefRow, media: dict[int, MediumId], referents: dict[int, ReferentId], *, where: str, instances: Path
) -> Iterator[tuple[MediumId, SentenceRow, list[ReferentId]]]:
    """The sentences of one record with what they mean: nothing where they are marked as fitting nothing."""
    medium_id = media.get(row.image_id)
    if medium_id is None:
        raise FormatError(f"{where}.image_id: {row.image_id} is not an image of {instances.name}.")
    targets: list[ReferentId] = []
    for ann_id in row.ann_ids:
        referent_id = referents.get(ann_id)
        if referent_id is None:
            raise FormatError(f"{where}.ann_id: {ann_id} is not an annotation with a mask in {instances.name}.")
        targets.append(referent_id)
    for sentence in row.sentences:
        yield medium_id, sentence, targets if sentence.exist else []


def faults(path: Path, options: ReadOptions) -> Iterator[Fault]:
    """Everything wrong with the records of a REFER folder."""
    splits = split_names(path) if path.is_dir() else ()
    chosen: tuple[str | None, ...] = (options.split,) if options.split is not None or not splits else splits
    for split in chosen:
        try:
            files = find_files(path, split=split, by=options.by, image_root=options.image_root)
            content, rows = read_json(files.instances, MeasuredFile), read_refs(files.refs)
        except FormatError as error:
            yield Fault(FaultKind.BROKEN, str(path), str(error))
        else:
            yield from instances_faults(content, files.instances)
            yield from refs_faults(rows, content, files.refs)


# --- writing --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to write REFER.

    Attributes:
        refs: The name of the file with sentences, without suffix; "" for one pair of files a split.
        listed_ids: `ann_id` and `category_id` are lists, as gRefCOCO has them.
        pickled: A pickle beside the JSON, which the RefCOCO loader wants.
        negatives_at_refs: Sentences that fit nothing stand, marked `exist: false`, at a referent's record.
    """

    refs: str = ""
    listed_ids: bool = True
    pickled: bool = False
    negatives_at_refs: bool = False


@dataclass(slots=True)
class _Refs:
    """The sentence records of one file as they grow."""

    layout: Layout
    rows: list[dict[str, Any]] = field(default_factory=list)
    sentences: int = 0

    def add(self, item: Item, file_name: str, image_id: int, ids: dict[ReferentId, int], cats: CategoryIds) -> None:
        """The records of one photo: sentences that mean the same referents stand together."""
        categories = {referent.id: cats.id_of(referent.category) for referent in item.referents}
        groups: dict[object, list[Expression]] = {}
        for expression in item.expressions:
            # Two sentences that fit nothing have nothing in common.
            key = expression.targets if expression.targets else expression.id
            groups.setdefault(key, []).append(expression)
        if self.layout.negatives_at_refs:
            groups = _with_negatives(groups)
        numbers = {expression.id: self.sentences + n for n, expression in enumerate(item.expressions, 1)}
        self.sentences += len(numbers)
        for group in groups.values():
            targets = next((expression.targets for expression in group if expression.targets), ())
            if not targets and self.layout.negatives_at_refs:
                # The published loader looks every record's object up; any of the photo's will do.
                targets = (next(iter(ids)),)
            ann_ids = [ids[target] for target in targets] or [NO_TARGET_ID]
            # One for each object: the published converter walks through both lists at once.
            category_ids = [categories[target] for target in targets] or [NO_TARGET_ID]
            sentences = [self._sentence(expression, numbers[expression.id]) for expression in group]
            self.rows.append(
                {
                    "ref_id": len(self.rows) + 1,
                    "ann_id": ann_ids if self.layout.listed_ids else ann_ids[0],
                    "category_id": category_ids if self.layout.listed_ids else category_ids[0],
                    "image_id": image_id,
                    "file_name": file_name,
                    "split": split_name(item.medium.split),
                    "sent_ids": [sentence["sent_id"] for sentence in sentences],
                    "sentences": sentences,
                }
            )

    def _sentence(self, expression: Expression, number: int) -> dict[str, Any]:
        tokens = _WORD.findall(expression.text.lower())
        sentence: dict[str, Any] = {
            "sent_id": number,
            "raw": expression.text,
            "sent": " ".join(tokens) or expression.text,
            "tokens": tokens,
        }
        if expression.kind is not ExpressionKind.UNSPECIFIED:
            sentence["kind"] = kind_word(expression.kind)
        if self.layout.negatives_at_refs:
            sentence["exist"] = not expression.no_target
        return sentence


def _with_negatives(groups: dict[object, list[Expression]]) -> dict[object, list[Expression]]:
    """R-RIS: the sentences that fit nothing join the photo's first record, or make one where it has no other."""
    negatives = [expression for group in groups.values() for expression in group if not expression.targets]
    kept = {key: group for key, group in groups.items() if group[0].targets}
    if negatives:
        kept.setdefault(next(iter(kept), "nothing"), []).extend(negatives)
    return kept


def write(
    layout: Layout,
    loses: frozenset[Loss],
    dataset: Dataset,
    destination: Path,
    options: WriteOptions,
    progress: Progress,
) -> TransferReport:
    """Write objects, sentences and photos into the empty folder `destination`."""
    ledger = Ledger()
    names = Names(ledger)
    media = MediaFolder(destination, options, ledger)
    categories = CategoryIds()
    style = InstancesStyle(
        polygons=options.polygons, slit_polygons=bool(layout.refs), extended=False, image_splits=bool(layout.refs)
    )
    outs: dict[Split, tuple[InstancesOut, _Refs]] = {}
    with ExitStack() as stack:

        def open_files(split: Split) -> tuple[InstancesOut, _Refs]:
            name = "instances.json" if layout.refs else f"instances_{split_name(split)}.json"
            return stack.enter_context(InstancesOut(destination / name, categories, ledger, style)), _Refs(layout)

        for item in fit(dataset, loses, ledger, progress):
            part = Split.NONE if layout.refs else item.medium.split
            if part not in outs:
                outs[part] = open_files(part)
            instances, refs = outs[part]
            file_name = media.photo_beside(item.medium, names, "images")
            image_id, ids = instances.add(item, file_name, split=split_name(item.medium.split))
            refs.add(item, file_name, image_id, ids, categories)
        if not outs:
            outs[Split.TRAIN] = open_files(Split.TRAIN)
    for split, (_, refs) in outs.items():
        name = layout.refs or f"refs_{split_name(split)}"
        write_json(destination / f"{name}.json", refs.rows)
        if layout.pickled:
            (destination / f"{name}.p").write_bytes(pickle.dumps(refs.rows, protocol=2))
        ledger.write("expressions", refs.sentences)
    return ledger.to_report("Export to REFER")


def _format(name: str, title: str, summary: str, layout: Layout, loses: frozenset[Loss], sniffer: Sniffer) -> Format:
    return Format(
        name=name,
        title=title,
        summary=summary,
        holds_photos=True,
        holds_clips=False,
        has_authors=True,
        loses=loses,
        sniff=sniffer,
        read=read,
        faults=faults,
        write=partial(write, layout, loses),
    )


FORMATS: Final = (
    _format(
        "grefcoco",
        "gRefCOCO",
        "instances.json and grefs(unc).json: none, one or many objects a sentence",
        Layout(refs="grefs(unc)"),
        _COMMON_LOSSES,
        sniff_grefcoco,
    ),
    _format(
        "refcoco",
        "RefCOCO, RefCOCO+, RefCOCOg, RefCLEF",
        "instances.json and refs(unc).p for the REFER loader: one object a sentence",
        Layout(refs="refs(unc)", listed_ids=False, pickled=True),
        _COMMON_LOSSES | {Loss.NO_TARGET, Loss.SEVERAL_TARGETS},
        sniff_refcoco,
    ),
    _format(
        "r-ris",
        "R-RIS (robust referring segmentation)",
        "RefCOCO with sentences that fit nothing, marked exist: false",
        Layout(refs="refs(unc)", listed_ids=False, pickled=True, negatives_at_refs=True),
        _COMMON_LOSSES | {Loss.SEVERAL_TARGETS, Loss.NO_TARGET_ALONE},
        sniff_refcoco,
    ),
    _format(
        "refer",
        "REFER, a pair of JSON files a split",
        "instances_<split>.json and refs_<split>.json: none, one or many objects a sentence",
        Layout(),
        _COMMON_LOSSES,
        sniff,
    ),
)
