"""The shared photos and clips go through every format that can hold them and come back as they were."""

from __future__ import annotations

import pytest

from refseg_annotator.formats.base import Format, Loss, ReadOptions, WriteOptions, no_progress
from refseg_annotator.formats.registry import FORMATS, find_format
from refseg_annotator.services.transfer import export_dataset
from tests.formats import specs as made

pytestmark = pytest.mark.data

PHOTOS = [form for form in FORMATS if form.reads and form.writes and form.holds_photos]
CLIPS = [form for form in FORMATS if form.reads and form.writes and form.holds_clips]
# These hold all that refphotos and refvideos say: not a pixel, word or split may differ.
WHOLE = {"refer", "grefcoco", "coco", "labelme", "refer-youtube-vos"}


def there_and_back(form: Format, source: str, folder, tmp_path, split: str | None) -> None:
    reader = find_format(source)
    assert reader.read is not None
    dataset = reader.read(folder, ReadOptions(split=split), no_progress)
    before = made.as_specs(dataset)
    out = tmp_path / "out"
    export_dataset(dataset, form.name, out, WriteOptions(media="none", clips_as="frames"))
    assert form.read is not None
    after = made.as_specs(form.read(out, ReadOptions(image_root=_root(form, folder)), no_progress))
    if form.name in WHOLE:
        assert made.canonical(after) == made.canonical(before)
    found = made.without(after, form.loses & {Loss.AUTHOR})
    assert made.canonical(found) == made.canonical(made.without(before, form.loses))


def _root(form: Format, folder):
    return folder / "images" if form.holds_photos else None


@pytest.mark.parametrize("form", PHOTOS, ids=lambda form: form.name)
def test_refphotos(form, shared_data, tmp_path):
    there_and_back(form, "refer", shared_data / "refphotos", tmp_path, "val")


@pytest.mark.parametrize("form", CLIPS, ids=lambda form: form.name)
def test_refvideos(form, shared_data, tmp_path):
    there_and_back(form, "refer-youtube-vos", shared_data / "refvideos", tmp_path, "valid")
