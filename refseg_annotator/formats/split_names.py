"""The names data sets give their splits."""

from __future__ import annotations

import re
from typing import Final

from refseg_annotator.core.annotation import Split

_SPLITS: Final = {
    "train": Split.TRAIN,
    "training": Split.TRAIN,
    "val": Split.VAL,
    "valid": Split.VAL,
    "validation": Split.VAL,
    "dev": Split.VAL,
    "minival": Split.VAL,
    "test": Split.TEST,
    "testing": Split.TEST,
    "testa": Split.TEST_A,
    "testb": Split.TEST_B,
}
_NAMES: Final = {
    Split.NONE: "",
    Split.TRAIN: "train",
    Split.VAL: "val",
    Split.TEST: "test",
    Split.TEST_A: "testA",
    Split.TEST_B: "testB",
}


def split_of(name: str) -> Split:
    """The split a name means: `testA`, `valid`, `val2017`, `test-dev`; none where it means none of ours."""
    word = re.sub(r"[^a-z]", "", name.casefold().removesuffix("_u").removesuffix("-dev"))
    return _SPLITS.get(word, Split.NONE)


def split_name(split: Split) -> str:
    """REFER's name for a split; empty for none."""
    return _NAMES[split]
