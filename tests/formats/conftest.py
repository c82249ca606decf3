"""Fixtures of the format tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from refseg_annotator.formats.base import Dataset, ReadOptions, TransferReport, WriteOptions, no_progress
from refseg_annotator.formats.registry import find_format
from refseg_annotator.services.transfer import export_dataset
from tests.formats import specs as made

Export = Callable[..., tuple[Path, TransferReport]]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """`export(format, *media specs, **options)` writes made media; returns the folder and the report."""
    count = 0

    def write(name: str, *specs: made.MediumSpec, **options: object) -> tuple[Path, TransferReport]:
        nonlocal count
        count += 1
        dataset = made.make(list(specs), tmp_path / f"source-{count}")
        out = tmp_path / f"{name}-{count}"
        return out, export_dataset(dataset, name, out, WriteOptions(**options))

    return write


@pytest.fixture
def read() -> Callable[..., Dataset]:
    """`read(format, path, **options)` stages a data set and decodes every mask."""

    def stage(name: str, path: Path, **options: object) -> Dataset:
        form = find_format(name)
        assert form.read is not None
        dataset = form.read(path, ReadOptions(**options), no_progress)
        for medium in dataset.media:
            dataset.load(medium.id)
        return dataset

    return stage
