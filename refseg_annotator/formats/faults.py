"""What is wrong with a data set's files, as a check lists it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class FaultKind(Enum):
    """What sort of fault it is."""

    DUPLICATE_ID = auto()
    ORPHAN = auto()
    OUT_OF_FRAME = auto()
    MISMEASURED = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the record by file and field, and what is wrong with it."""

    kind: FaultKind
    where: str
    sentence: str
