"""The data sets that can be scored, each turned into the one shape that the evaluator takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumId, ReferentId
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError, UsageError
from refseg_annotator.formats import phrasecut, refer, referit
from refseg_annotator.formats.base import Dataset, Format, Loader, ReadOptions, kind_word, no_progress
from refseg_annotator.formats.refer_files import find_files, refs_files, split_names
from refseg_annotator.formats.samples import ReferAnnotation, ReferImage, ReferSample, ReferSplit

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class EvaluationData:
    """One split of a data set, ready to be scored.

    Attributes:
        format: the name that was typed: "refcoco".
        title: what people call it: "RefCOCO".
        folder: where its files lie.
        by: whose split, where the files say so; else "".
    """

    format: str
    title: str
    folder: Path
    split: str
    by: str
    samples: ReferSplit

    @property
    def label(self) -> str:
        """Data set and split in one line: "RefCOCO val (unc)"."""
        return f"{self.title} {self.split}" + (f" ({self.by})" if self.by else "")


Reader = Callable[[Path, ReadOptions], tuple[ReferSplit, Path, str]]
"""Reads a folder: the split, the folder it was found in, and whose split it is."""


@dataclass(frozen=True, slots=True)
class EvaluationFormat:
    """A row of the table: the name that one types, the name that one reads, and the reader."""

    name: str
    title: str
    read: Reader


def read_evaluation_data(
    name: str, data: Path, split: str, *, by: str | None = None, image_root: Path | None = None
) -> EvaluationData:
    """One split of the data set at `data`, in the format `name`.

    Args:
        by: whose split ("unc", "google", "umd"), where the data set has several.
        image_root: the photos' folder, where it is none of the usual.

    Raises:
        UsageError: there is no such format, or it does not know whose splits.
        FormatError: the data are missing or broken.
    """
    found = _BY_NAME.get(name)
    if found is None:
        raise UsageError(f"The format {name!r} cannot be scored; those that can are {', '.join(_BY_NAME)}.")
    samples, folder, author = found.read(data, ReadOptions(image_root=image_root, split=split, by=by))
    if not samples.samples:
        raise FormatError(f"{folder} has no sentence in the split {split!r}; choose another split.")
    title = folder.resolve().name if name == "refer" else found.title
    return EvaluationData(name, title, folder, split, author, samples)


# --- the files of the REFER code --------------------------------------------------------------------------------------


def _read_refer(name: str, data: Path, options: ReadOptions) -> tuple[ReferSplit, Path, str]:
    # People keep REFER's data sets side by side and name the folder above, as its loader wants it.
    folder = data / name if not refer.sniff(data) and (data / name).is_dir() else data
    files = find_files(folder, split=options.split, by=options.by, image_root=options.image_root)
    if split_names(folder):
        if options.by is not None:
            raise UsageError(f"{folder} has one pair of files a split and no authors; leave --by out.")
        author = ""
    else:
        author = next(by for by, path in refs_files(folder).items() if path == files.refs)
    if files.refs.name.startswith("grefs") and name not in {"grefcoco", "refer"}:
        raise FormatError(f"{files.refs} holds gRefCOCO's sentences, not those of {name}; say --format grefcoco.")
    samples = refer.read_refer(folder, options.split or "", by=options.by, image_root=options.image_root)
    return samples, folder, author


# --- data sets that are staged whole ----------------------------------------------------------------------------------


def _read_staged(form: Format, data: Path, options: ReadOptions) -> tuple[ReferSplit, Path, str]:
    if options.by is not None:
        raise UsageError(f"{form.title} has one split of each name, whoever made it; leave --by out.")
    if form.read is None:
        raise UsageError(f"{form.title} is only written; score a data set that can be read.")
    return refer_split(form.read(data, options, no_progress)), data, ""


class _MasksOfOnePhoto:
    """The masks of the photo that was asked for last: a data set decodes a photo's masks together."""

    def __init__(self, load: Loader) -> None:
        self._load = load
        self._medium_id: MediumId | None = None
        self._masks: dict[ReferentId, Mask] = {}

    def of(self, medium_id: MediumId, referent_id: ReferentId) -> Mask:
        """A referent's mask; what a reader stages has one."""
        if medium_id != self._medium_id:
            self._masks = {found.referent_id: found.mask for found in self._load(medium_id)}
            self._medium_id = medium_id
        return self._masks[referent_id]


def refer_split(dataset: Dataset) -> ReferSplit:
    """The photos of a staged data set as flat samples; expressions that nobody linked to anything say nothing."""
    masks = _MasksOfOnePhoto(dataset.load)
    images = {
        int(medium.id): ReferImage(medium.id, medium.path, medium.size.width, medium.size.height)
        for medium in dataset.media
        if not medium.is_clip
    }
    annotations = {
        int(referent.id): ReferAnnotation(
            id=referent.id,
            image_id=referent.medium_id,
            category=referent.category,
            iscrowd=False,
            decode=partial(masks.of, referent.medium_id, referent.id),
        )
        for referent in dataset.referents
        if referent.medium_id in images
    }
    samples: Sequence[ReferSample] = tuple(
        ReferSample(
            ref_id=expression.targets[0] if expression.targets else expression.id,
            sent_id=expression.id,
            image_id=expression.medium_id,
            ann_ids=expression.targets,
            phrase=expression.text,
            kind=kind_word(expression.kind),
            exist=not expression.no_target,
        )
        for expression in dataset.expressions
        if expression.medium_id in images and (expression.targets or expression.no_target)
    )
    return ReferSplit(images=images, annotations=annotations, samples=samples, ledger=dataset.ledger)


# --- the table --------------------------------------------------------------------------------------------------------

EVALUATION_FORMATS: Final[tuple[EvaluationFormat, ...]] = (
    EvaluationFormat("refer", "REFER", partial(_read_refer, "refer")),
    EvaluationFormat("refcoco", "RefCOCO", partial(_read_refer, "refcoco")),
    EvaluationFormat("refcoco+", "RefCOCO+", partial(_read_refer, "refcoco+")),
    EvaluationFormat("refcocog", "RefCOCOg", partial(_read_refer, "refcocog")),
    EvaluationFormat("refclef", "RefCLEF", partial(_read_refer, "refclef")),
    EvaluationFormat("grefcoco", "gRefCOCO", partial(_read_refer, "grefcoco")),
    EvaluationFormat("r-ris", "R-RIS", partial(_read_refer, "r-ris")),
    EvaluationFormat("referit", "ReferIt", partial(_read_staged, referit.FORMAT)),
    EvaluationFormat("phrasecut", "PhraseCut", partial(_read_staged, phrasecut.FORMAT)),
)
_BY_NAME: Final = {form.name: form for form in EVALUATION_FORMATS}
