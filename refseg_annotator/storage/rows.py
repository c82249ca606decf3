"""Records to rows and back. Reading distrusts every value: a file may have been damaged, or made by a stranger."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

from refseg_annotator.core.annotation import (
    Annotation,
    Asked,
    BlindCheck,
    Expression,
    ExpressionId,
    ExpressionKind,
    FrameSpan,
    Medium,
    MediumId,
    MediumKind,
    MediumState,
    Origin,
    Provenance,
    Referent,
    ReferentId,
    Split,
)
from refseg_annotator.core.geometry import EMPTY_BOX, Box, Size
from refseg_annotator.core.mask import Mask  # noqa: TC001  the names of a record's parts
from refseg_annotator.storage.mask_codec import decode_mask, encode_mask

Row = Sequence[Any]
_Kind = TypeVar("_Kind", bound=StrEnum)

HIGHEST_ID: Final = 1 << 53
# Bounds on what a file may declare, so that a few bytes cannot ask for all memory.
MOST_PIXELS: Final = 1 << 30
LONGEST_SIDE: Final = 1 << 31
MOST_FRAMES: Final = 1 << 31
MOST_COUNT: Final = 1 << 53

_BOX: Final = struct.Struct("<4I")

MEDIUM_COLUMNS: Final = "id, path, kind, width, height, frame_count, frame_rate, state, split"
REFERENT_COLUMNS: Final = "id, medium_id, name, category, colour, hidden, locked"
EXPRESSION_COLUMNS: Final = (
    "id, medium_id, text, no_target, kind, author, first_frame, last_frame, "
    "asked_model, asked_frame, asked_presence, asked_threshold, asked_score"
)
CHECK_COLUMNS: Final = "expression_id, place, frame, agreement, absent, author, checked_at, seconds, resolved"
ANNOTATION_COLUMNS: Final = (
    "referent_id, frame, keyframe, width, height, x0, y0, x1, y1, "
    "origin, model, phrase, threshold, score, iou_before, clicks, strokes, seconds, author, mask, proposal"
)


def medium_row(medium: Medium, *, path: str) -> tuple[Any, ...]:
    """A medium as a row of MEDIUM_COLUMNS; `path` as stored."""
    return (
        medium.id,
        to_text(path),
        medium.kind.value,
        medium.size.width,
        medium.size.height,
        medium.frame_count,
        _finite(medium.frame_rate),
        medium.state.value,
        medium.split.value,
    )


def read_medium(row: Row, *, absolute: Callable[[str], str]) -> Medium:
    """The medium of a row; `absolute` resolves a stored path."""
    with_path = _text(row[1], "path of a medium")
    if not with_path or "\0" in with_path:
        raise ValueError("a medium has no usable path")
    return Medium(
        id=MediumId(read_id(row[0])),
        path=absolute(with_path),
        kind=_one_of(MediumKind, row[2]),
        size=_size(row[3], row[4]),
        frame_count=_integer(row[5], "number of frames", 1, MOST_FRAMES),
        frame_rate=_real(row[6], "frame rate"),
        state=_one_of(MediumState, row[7]),
        split=_one_of(Split, row[8]),
    )


def referent_row(referent: Referent) -> tuple[Any, ...]:
    """A referent as a row of REFERENT_COLUMNS."""
    return (
        referent.id,
        referent.medium_id,
        to_text(referent.name),
        to_text(referent.category),
        int(referent.colour),
        int(referent.hidden),
        int(referent.locked),
    )


def read_referent(row: Row) -> Referent:
    """The referent of a row."""
    return Referent(
        id=ReferentId(read_id(row[0])),
        medium_id=MediumId(read_id(row[1])),
        name=_text(row[2], "name"),
        category=_text(row[3], "category"),
        colour=_integer(row[4], "colour", -MOST_COUNT, MOST_COUNT),
        hidden=_flag(row[5]),
        locked=_flag(row[6]),
    )


def expression_row(expression: Expression) -> tuple[Any, ...]:
    """An expression as a row of EXPRESSION_COLUMNS; its targets and checks have tables of their own."""
    span, asked = expression.span, expression.asked
    said = (
        (None,) * 5
        if asked is None
        else (
            to_text(asked.model),
            asked.frame,
            _finite(asked.presence),
            _finite(asked.threshold),
            _finite(asked.score),
        )
    )
    return (
        expression.id,
        expression.medium_id,
        to_text(expression.text),
        int(expression.no_target),
        expression.kind.value,
        to_text(expression.author),
        None if span is None else span.first,
        None if span is None else span.last,
        *said,
    )


def check_rows(expression: Expression) -> list[tuple[Any, ...]]:
    """The blind checks of an expression as rows of CHECK_COLUMNS."""
    return [
        (
            expression.id,
            place,
            check.frame,
            _finite(check.agreement) or 0.0,
            int(check.is_absent),
            to_text(check.author),
            to_text(check.checked_at),
            _finite(check.seconds) or 0.0,
            int(check.is_resolved),
        )
        for place, check in enumerate(expression.checks)
    ]


def read_check(row: Row) -> BlindCheck:
    """The blind check of a row."""
    return BlindCheck(
        frame=_integer(row[2], "frame of a check", 0, MOST_FRAMES),
        agreement=_real(row[3], "agreement") or 0.0,
        is_absent=_flag(row[4]),
        author=_text(row[5], "author"),
        checked_at=_text(row[6], "time of a check"),
        seconds=_real(row[7], "time spent") or 0.0,
        is_resolved=_flag(row[8]),
    )


def read_expression(row: Row, targets: Sequence[Any], checks: Sequence[Row] = ()) -> Expression:
    """The expression of a row, the referents of its rows in the targets' table, and its rows in that of the checks."""
    span = None
    if row[6] is not None or row[7] is not None:
        span = FrameSpan(
            _integer(row[6], "first frame", 0, MOST_FRAMES), _integer(row[7], "last frame", 0, MOST_FRAMES)
        )
    return Expression(
        id=ExpressionId(read_id(row[0])),
        medium_id=MediumId(read_id(row[1])),
        text=_text(row[2], "text of an expression"),
        targets=tuple(ReferentId(read_id(target)) for target in targets),
        no_target=_flag(row[3]),
        kind=_one_of(ExpressionKind, row[4]),
        author=_text(row[5], "author"),
        span=span,
        asked=_read_asked(row[8:13]),
        checks=tuple(read_check(check) for check in checks),
    )


def _read_asked(values: Row) -> Asked | None:
    if values[0] is None:
        return None
    return Asked(
        model=_text(values[0], "model"),
        frame=_integer(values[1], "frame", 0, MOST_FRAMES),
        presence=_real(values[2], "presence") or 0.0,
        threshold=_real(values[3], "threshold") or 0.0,
        score=_real(values[4], "score") or 0.0,
    )


def annotation_row(annotation: Annotation) -> tuple[Any, ...]:
    """An annotation as a row of ANNOTATION_COLUMNS."""
    mask, provenance = annotation.mask, annotation.provenance
    return (
        annotation.referent_id,
        annotation.frame,
        int(annotation.keyframe),
        mask.size.width,
        mask.size.height,
        mask.box.x0,
        mask.box.y0,
        mask.box.x1,
        mask.box.y1,
        provenance.origin.value,
        None if provenance.model is None else to_text(provenance.model),
        None if provenance.phrase is None else to_text(provenance.phrase),
        _finite(provenance.threshold),
        _finite(provenance.score),
        _finite(provenance.iou_before),
        int(provenance.clicks),
        int(provenance.strokes),
        _finite(provenance.seconds) or 0.0,
        to_text(provenance.author),
        encode_mask(mask),
        None if provenance.proposal is None else _boxed(provenance.proposal),
    )


def read_annotation(row: Row, *, packed: bool = False) -> Annotation:
    """The annotation of a row; its mask checked, and held as the file's own bytes where `packed`."""
    size = _size(row[3], row[4])
    box = Box(
        _integer(row[5], "left edge", 0, size.width),
        _integer(row[6], "upper edge", 0, size.height),
        _integer(row[7], "right edge", 0, size.width),
        _integer(row[8], "lower edge", 0, size.height),
    )
    if not isinstance(row[19], bytes):
        raise ValueError("a mask is not made of bytes")  # noqa: TRY004  damage in a file, not a mistake of ours
    provenance = Provenance(
        origin=_one_of(Origin, row[9]),
        model=None if row[10] is None else _text(row[10], "model"),
        phrase=None if row[11] is None else _text(row[11], "phrase"),
        threshold=_real(row[12], "threshold"),
        score=_real(row[13], "score"),
        iou_before=_real(row[14], "IoU"),
        clicks=_integer(row[15], "number of clicks", 0, MOST_COUNT),
        strokes=_integer(row[16], "number of strokes", 0, MOST_COUNT),
        seconds=_real(row[17], "time spent") or 0.0,
        author=_text(row[18], "author"),
        proposal=None if row[20] is None else _unboxed(row[20], size, packed=packed),
    )
    return Annotation(
        referent_id=ReferentId(read_id(row[0])),
        frame=_integer(row[1], "frame", 0, MOST_FRAMES),
        mask=decode_mask(row[19], size=size, box=box, packed=packed),
        provenance=provenance,
        keyframe=_flag(row[2]),
    )


def _boxed(mask: Mask) -> bytes:
    """A mask in one value: its box in front of its bytes. Its size is that of the annotation's mask."""
    return _BOX.pack(mask.box.x0, mask.box.y0, mask.box.x1, mask.box.y1) + encode_mask(mask)


def _unboxed(data: Any, size: Size, *, packed: bool) -> Mask:
    if not isinstance(data, bytes) or len(data) < _BOX.size:
        raise ValueError("a proposal is not made of bytes")
    box = Box(*_BOX.unpack_from(data))
    if box.is_empty:
        box = EMPTY_BOX
    elif not Box.of(size).contains(box):
        raise ValueError("a proposal lies outside its frame")
    return decode_mask(data[_BOX.size :], size=size, box=box, packed=packed)


def to_text(value: str) -> str | bytes:
    """A text as SQLite takes it: as bytes where it holds half characters, as file names of another encoding do."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")
    return value


def _finite(value: float | None) -> float | None:
    """A number as SQLite takes it, numpy's included. What is no number is nothing: it must not block an edit's way."""
    return float(value) if value is not None and math.isfinite(value) else None


def read_id(value: Any) -> int:
    """An id: a whole number from 1."""
    return _integer(value, "id", 1, HIGHEST_ID)


def read_highest_id(value: Any) -> int:
    """The highest id ever given; none yet is 0."""
    return 0 if value is None else _integer(value, "highest id", 0, HIGHEST_ID)


def read_text(value: Any) -> str | None:
    """A text that may be missing; None for what is none."""
    try:
        return _text(value, "text")
    except ValueError:
        return None


def _text(value: Any, what: str) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogatepass")
    if not isinstance(value, str):
        raise ValueError(f"the {what} is no text")  # noqa: TRY004
    return value


def _integer(value: Any, what: str, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"the {what} is {_shown(value)}")
    return value


def _real(value: Any, what: str) -> float | None:
    if value is None:
        return None
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError(f"the {what} is {_shown(value)}")
    return float(value)


def _flag(value: Any) -> bool:
    return bool(_integer(value, "flag", 0, 1))


def _one_of(kind: type[_Kind], value: Any) -> _Kind:
    try:
        return kind(value)
    except ValueError as error:
        raise ValueError(f"{_shown(value)} is no {kind.__name__}") from error


def _size(width: Any, height: Any) -> Size:
    size = Size(_integer(width, "width", 1, LONGEST_SIDE), _integer(height, "height", 1, LONGEST_SIDE))
    if size.area > MOST_PIXELS:
        raise ValueError(f"a size of {size.width} x {size.height} is beyond what can be opened")
    return size


def _shown(value: Any) -> str:
    return repr(value)[:60]
