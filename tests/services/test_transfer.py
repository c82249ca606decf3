from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from pycocotools.coco import COCO

from refseg_annotator.core.annotation import (
    Annotation,
    BlindCheck,
    Expression,
    MediumState,
    Origin,
    Provenance,
    Referent,
    Split,
)
from refseg_annotator.core.edits import PutAnnotation, PutExpression, PutMedium, PutReferent, Several
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import FormatError, ProjectError, StorageError, UsageError
from refseg_annotator.formats.base import ReadOptions, WriteOptions, no_progress
from refseg_annotator.media import FrameCache
from refseg_annotator.services.documents import (
    add_media,
    measure_media,
    new_project,
    open_project,
    save_project_as,
)
from refseg_annotator.services.jobs import IO_LANE, JobState, SynchronousRunner
from refseg_annotator.services.session import UNMEASURED
from refseg_annotator.services.transfer import (
    REPORT_NAME,
    Import,
    TransferCancelledError,
    convert,
    dataset_of,
    export_dataset,
    export_project,
    export_work,
    free_destination,
    import_dataset,
    import_work,
    stage_dataset,
)
from refseg_annotator.storage.project_store import ProjectStore
from tests.formats import specs as made

SIZE = Size(width=80, height=60)
MANUAL = Provenance(Origin.MANUAL)


def ring() -> np.ndarray:
    array = np.zeros(SIZE.shape, bool)
    array[10:40, 20:60] = True
    array[20:30, 30:50] = False
    return array


def annotate(session) -> None:
    """A dog with a hole and an expression on the first photo."""
    medium_id = next(iter(session.project.media))
    referent_id = session.project.next_id()
    provenance = Provenance(Origin.MANUAL, clicks=2, author="Ada")
    session.commit(
        Several(
            "Draw",
            (
                PutReferent(Referent(referent_id, medium_id, "Rex", "dog")),
                PutExpression(Expression(session.project.next_id(), medium_id, "the dog, left", (referent_id,))),
                PutAnnotation(Annotation(referent_id, 0, Mask.from_array(ring()), provenance, keyframe=True)),
            ),
        )
    )


def state(project) -> tuple:
    return (
        dict(project.media),
        dict(project.referents),
        dict(project.expressions),
        {key: annotation.mask for key, annotation in project.annotations.items()},
    )


@pytest.fixture
def other(tmp_path, cache):
    opened = new_project(tmp_path / "other.refseg", runner=SynchronousRunner(), media=cache)
    yield opened
    opened.close(abandon=True)


def three_photos(folder: Path) -> Path:
    """A COCO file: the first two photos have a mask, the second alone a phrase, the third nothing."""
    for name in ("a.png", "b.png", "c.png"):
        Image.new("RGB", (100, 60)).save(folder / name)
    images = [{"id": n, "file_name": f"{name}.png", "width": 100, "height": 60} for n, name in enumerate("abc", 1)]
    row = {"category_id": 1, "segmentation": [[10, 10, 30, 10, 30, 30]]}
    content = {
        "images": images,
        "annotations": [{"id": 1, "image_id": 1, **row}, {"id": 2, "image_id": 2, "expressions": ["the dog"], **row}],
        "categories": [{"id": 1, "name": "dog"}],
    }
    (folder / "instances.json").write_text(json.dumps(content))
    return folder / "instances.json"


@pytest.mark.parametrize("one_step_bytes", [1 << 30, 1])
def test_every_photo_that_got_something_is_in_work_after_an_import(other, tmp_path, one_step_bytes):
    importing = Import(other, stage_dataset(three_photos(tmp_path)), one_step_bytes=one_step_bytes)
    for part in importing.parts(no_progress):
        importing.commit(part)
    importing.finish()
    other.flush()
    states = [MediumState.IN_WORK, MediumState.IN_WORK, MediumState.UNSEEN]
    assert [medium.state for medium in other.project.media.values()] == states
    with ProjectStore.open(other.path, read_only=True) as store:
        assert [medium.state for medium in store.load().media.values()] == states


# --- out ------------------------------------------------------------------------------------------------------


def test_a_project_becomes_a_data_set_that_pycocotools_reads(session, tmp_path):
    annotate(session)
    report = export_project(session, "coco", tmp_path / "out")
    coco = COCO(str(tmp_path / "out/annotations/instances.json"))
    assert (coco.annToMask(coco.anns[1]) == ring()).all()
    assert coco.anns[1]["expressions"][0]["text"] == "the dog, left"
    assert coco.anns[1]["provenance"] == {"origin": "manual", "clicks": 2, "author": "Ada"}
    assert sorted(path.name for path in (tmp_path / "out/images").iterdir()) == ["a.png", "b.png"]
    written = {"photos": 2, "expressions": 1, "images": 2, "masks": 1, "media without annotations": 1}
    assert report.written == written
    assert report.is_whole
    assert json.loads((tmp_path / f"out/{REPORT_NAME}.json").read_text())["written"] == report.written
    assert (tmp_path / f"out/{REPORT_NAME}.txt").read_text() == report.to_text() + "\n"


def test_masks_that_are_only_in_the_file_are_exported_too(session, tmp_path, cache):
    annotate(session)
    session.close()
    again = open_project(tmp_path / "project.refseg", runner=SynchronousRunner(), media=cache)
    try:
        assert not again.project.loaded_media
        export_project(again, "coco", tmp_path / "out")
        assert not again.project.loaded_media, "an export leaves memory as it was"
    finally:
        again.close()
    coco = COCO(str(tmp_path / "out/annotations/instances.json"))
    assert (coco.annToMask(coco.anns[1]) == ring()).all()


def test_what_is_exported_is_the_project_as_it_was_when_asked(session, tmp_path):
    annotate(session)
    dataset = dataset_of(session)
    while session.history.can_undo:
        session.undo()
    assert export_dataset(dataset, "coco", tmp_path / "out").written["masks"] == 1


def test_bare_media_that_nobody_opened_are_left_out_and_noted(session, tmp_path, photo):
    from refseg_annotator.core.annotation import Medium, MediumKind
    from refseg_annotator.core.edits import PutMedium

    unseen = Medium(session.project.next_id(), photo("c.png").as_posix(), MediumKind.IMAGE, UNMEASURED)
    session.commit(PutMedium(unseen))
    report = export_project(session, "coco", tmp_path / "out")
    assert [(note.what, note.examples) for note in report.dropped] == [
        ("media without annotations whose file was not or cannot be opened", ("c.png",))
    ]


@pytest.mark.parametrize("is_there", [True, False])
def test_annotated_media_are_never_left_out(session, tmp_path, photo, is_there):
    path = photo("c.png")
    report = add_media(session, [path.parent])
    [unseen] = report.added
    assert not session.is_measured(unseen)
    session.commit(PutExpression(Expression(session.project.next_id(), unseen, "no cow", no_target=True)))
    if not is_there:
        path.unlink()
    measure_media(session)
    report = export_project(session, "coco", tmp_path / "out", WriteOptions(media="none"))
    assert not report.dropped
    assert [note.what[:21] for note in report.changed] == [] if is_there else ["media of unknown size"]
    images = json.loads((tmp_path / "out/annotations/instances.json").read_text())["images"]
    assert sorted(image["file_name"] for image in images) == ["a.png", "b.png", "c.png"]


def test_media_without_annotations_are_written_and_counted_where_the_format_holds_them(session, tmp_path):
    annotate(session)
    report = export_project(session, "coco", tmp_path / "coco")
    assert (report.written["photos"], report.written["media without annotations"]) == (2, 1)
    assert "1 medium without annotations" in (tmp_path / "coco/transfer-report.txt").read_text()
    report = export_project(session, "jsonl", tmp_path / "jsonl")
    assert "media without annotations" not in report.written
    assert [(note.what, note.count) for note in report.dropped] == [("media without masks or expressions", 1)]


def test_what_no_format_holds_is_told_too(session, tmp_path):
    annotate(session)
    medium, expression = next(iter(session.project.media.values())), next(iter(session.project.expressions.values()))
    session.commit(PutMedium(replace(medium, state=MediumState.REVIEWED)))
    session.commit(PutExpression(replace(expression, checks=(BlindCheck(agreement=0.5),))))
    changed = {note.what: note.count for note in export_project(session, "coco", tmp_path / "out").changed}
    assert changed == {"media lose the mark that they were reviewed": 1, "expressions lose their blind checks": 1}


def test_unknown_formats_are_answered_with_the_known_ones(session, tmp_path):
    with pytest.raises(UsageError, match=r"no format 'cocoa'; there are a2d, coco,"):
        export_project(session, "cocoa", tmp_path / "out")
    with pytest.raises(UsageError, match=r"PhraseCut is only read"):
        export_project(session, "phrasecut", tmp_path / "out")
    with pytest.raises(FormatError, match="holds clips only"):
        export_project(session, "davis", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_destination_that_is_taken_is_refused(session, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    export_project(session, "coco", out)
    with pytest.raises(FormatError, match="is not empty"):
        export_project(session, "coco", out)
    (out / "images/a.png").unlink()
    export_project(session, "coco", out, WriteOptions(replace=True))
    assert (out / "images/a.png").is_file()
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/thesis.tex").write_text("...")
    with pytest.raises(FormatError, match="something else than an export"):
        export_project(session, "coco", tmp_path / "precious", WriteOptions(replace=True))
    (tmp_path / "file").write_text("")
    with pytest.raises(FormatError, match="is a file"):
        export_project(session, "coco", tmp_path / "file", WriteOptions(replace=True))
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_free_destination_is_one_that_is_not_refused(session, tmp_path):
    wanted = tmp_path / "my.zoo-export"
    assert free_destination("coco", wanted) == wanted
    wanted.mkdir()
    assert free_destination("coco", wanted) == wanted, "an empty folder is no export yet"
    export_project(session, "coco", wanted)
    second = tmp_path / "my.zoo-export-2"
    assert free_destination("coco", wanted) == second
    second.write_text("a file of that name")
    third = free_destination("coco", wanted)
    assert third == tmp_path / "my.zoo-export-3"
    export_project(session, "coco", third)
    assert free_destination("coco", wanted, WriteOptions(replace=True)) == wanted
    (wanted / "transfer-report.json").unlink()
    assert free_destination("coco", wanted, WriteOptions(replace=True)) == third


@pytest.mark.parametrize("added", ["notes.txt", "runs/best.pt", "images/mine.png", "work.refseg"])
def test_what_people_put_into_an_export_is_not_replaced_with_it(session, tmp_path, added):
    annotate(session)
    out = tmp_path / "out"
    export_project(session, "coco", out)
    (out / added).parent.mkdir(exist_ok=True)
    (out / added).write_text("mine")
    with pytest.raises(FormatError, match=f"did not put there \\({added}\\)"):
        export_project(session, "coco", out, WriteOptions(replace=True))
    assert (out / added).read_text() == "mine"
    (out / added).unlink()
    (out / "images/.DS_Store").write_text("left by a file manager")
    next(out.glob("images/*.png")).unlink()
    export_project(session, "coco", out, WriteOptions(replace=True))


def test_an_export_of_a_version_that_listed_no_files_is_replaced(session, tmp_path):
    annotate(session)
    out = tmp_path / "out"
    export_project(session, "coco", out)
    report = json.loads((out / f"{REPORT_NAME}.json").read_text())
    listed = report.pop("files")
    assert set(listed) == {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    (out / f"{REPORT_NAME}.json").write_text(json.dumps(report))
    export_project(session, "coco", out, WriteOptions(replace=True))


def test_an_export_never_replaces_the_photos_it_is_made_of(session, other, tmp_path):
    annotate(session)
    export_project(session, "coco", tmp_path / "out")
    import_dataset(other, tmp_path / "out")
    with pytest.raises(FormatError, match="holds the photos of this very data set"):
        export_project(other, "coco", tmp_path / "out", WriteOptions(replace=True))
    assert (tmp_path / "out/images/a.png").is_file()


def test_a_file_is_replaced_only_when_asked_for(session, tmp_path):
    annotate(session)
    export_project(session, "coco", tmp_path / "out.json")
    with pytest.raises(FormatError, match="exists"):
        export_project(session, "coco", tmp_path / "out.json")
    (tmp_path / "out.json").write_text("old")
    export_project(session, "coco", tmp_path / "out.json", WriteOptions(replace=True))
    assert json.loads((tmp_path / "out.json").read_text())["annotations"]


def test_a_refusing_disk_leaves_nothing_behind(session, tmp_path, monkeypatch):
    import shutil

    annotate(session)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StorageError, match="No space left on device"):
        export_project(session, "coco", tmp_path / "out")
    assert sorted(tmp_path.iterdir()) == before


def test_a_job_that_is_cancelled_leaves_nothing_behind(session, tmp_path, threads, inbox):
    annotate(session)
    dataset = dataset_of(session)
    endings = []
    job = None

    def watched(medium_id):
        job.cancel()
        return dataset.load(medium_id)

    from dataclasses import replace

    work = export_work(replace(dataset, load=watched), "coco", tmp_path / "out", WriteOptions())
    job = threads.start(
        IO_LANE,
        work,
        on_done=lambda: endings.append("done"),
        on_failed=endings.append,
        on_cancelled=lambda: endings.append("cancelled"),
    )
    inbox.run_until(lambda: bool(endings))
    assert endings == ["cancelled"]
    assert not (tmp_path / "out").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_report_comes_as_the_item_of_its_job(session, tmp_path):
    annotate(session)
    reports = []
    job = SynchronousRunner().start(
        IO_LANE, export_work(dataset_of(session), "coco", tmp_path / "out", WriteOptions()), on_item=reports.append
    )
    assert job.state is JobState.DONE
    assert reports[0].written["masks"] == 1


# --- in -------------------------------------------------------------------------------------------------------


def test_a_data_set_comes_in_as_one_step(session, other, tmp_path):
    annotate(session)
    export_project(session, "coco", tmp_path / "out")
    before = state(other.project)
    report = import_dataset(other, tmp_path / "out")
    assert report.written == {"media": 2, "referents": 1, "expressions": 1, "masks": 1}
    [annotation] = other.project.annotations.values()
    assert (annotation.mask.to_array() == ring()).all()
    assert (annotation.provenance.origin, annotation.keyframe) == (Origin.MANUAL, True)
    [expression] = other.project.expressions.values()
    assert expression.targets == (annotation.referent_id,)
    assert other.undo() is not None
    assert state(other.project) == before
    other.redo()
    assert len(other.project.annotations) == 1


def test_an_import_reaches_the_disk(session, other, tmp_path, cache):
    annotate(session)
    export_project(session, "refer", tmp_path / "out")
    import_dataset(other, tmp_path / "out")
    expected = state(other.project)
    path = other.path
    other.close()
    again = open_project(path, runner=SynchronousRunner(), media=cache)
    try:
        for medium_id in again.project.media:
            again.ensure_loaded(medium_id)
        assert state(again.project) == expected
        assert {medium.split for medium in again.project.media.values()} == {Split.TRAIN}
    finally:
        again.close()


@pytest.mark.parametrize("one_step_bytes", [1 << 30, 2_000])
def test_a_broken_mask_anywhere_leaves_the_project_as_it_was(session, other, tmp_path, one_step_bytes):
    export_many(tmp_path / "out")
    file = tmp_path / "out/annotations/instances.json"
    content = json.loads(file.read_text())
    content["annotations"][-1]["segmentation"]["counts"] = "0"
    file.write_text(json.dumps(content))
    before = state(other.project)
    importing = Import(other, stage_dataset(tmp_path / "out"), one_step_bytes=one_step_bytes)
    with pytest.raises(FormatError, match="adds up to"):
        run(importing)
    assert state(other.project) == before
    assert not other.history.can_undo


def run(importing: Import, progress=lambda *_: None) -> None:
    for part in importing.parts(progress):
        importing.commit(part)
    importing.finish()


def export_many(out: Path, count: int = 12) -> list:
    specs = made.noisy_photos("dog", count, width=20, height=10, seed=3)
    export_dataset(made.make(specs, out.parent / "many"), "coco", out)
    return specs


def test_a_large_import_comes_in_parts_and_memory_lets_go(other, tmp_path):
    specs = export_many(tmp_path / "out")
    importing = Import(other, stage_dataset(tmp_path / "out"), one_step_bytes=20_000)
    sizes = []
    for part in importing.parts(lambda *_: None):
        importing.commit(part)
        sizes.append(len(part.media))
        assert not other.project.annotations, "what is on disk is let go"
    assert sum(sizes) == 12
    assert len(sizes) > 1
    back = made.as_specs(dataset_of(other))
    assert made.canonical(back) == made.canonical(specs)


def test_a_large_import_that_fails_midway_is_taken_back(other, tmp_path, monkeypatch):
    export_many(tmp_path / "out")
    before = state(other.project)
    importing = Import(other, stage_dataset(tmp_path / "out"), one_step_bytes=20_000)
    parts = importing.parts(lambda *_: None)
    importing.commit(next(parts))
    importing.commit(next(parts))
    assert state(other.project) != before

    def refuse(_edit):
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(other, "commit", refuse)
        with pytest.raises(StorageError):
            importing.commit(next(parts))
    assert state(other.project) == before
    assert not other.history.can_undo


class FullDisk:
    """Stands before a store's `write`: refuses from a certain write on, and whatever carries masks for ever."""

    def __init__(self, store, monkeypatch, *, room: int, for_ever: bool) -> None:
        self._write, self._room, self._for_ever = store.write, room, for_ever
        self._is_full = False
        monkeypatch.setattr(store, "write", self.write)

    def write(self, snapshot) -> None:
        self._room -= 1
        self._is_full = self._is_full or self._room < 0
        if self._is_full and (self._for_ever or snapshot.annotations):
            raise StorageError("The disk is full.")
        self._write(snapshot)


def reopened(path, cache) -> tuple:
    again = open_project(path, runner=SynchronousRunner(), media=cache)
    try:
        for medium_id in again.project.media:
            again.ensure_loaded(medium_id)
        assert again.store.check() == []
        return state(again.project)
    finally:
        again.close()


@pytest.fixture
def worked_on(other, tmp_path, cache):
    """A project with work of its own, which also has two of the photos that a data set is to bring: one bare."""
    specs = export_many(tmp_path / "out")
    dataset = stage_dataset(tmp_path / "out")
    dataset = replace(dataset, media=tuple(replace(medium, split=Split.VAL) for medium in dataset.media))
    add_media(other, [dataset.media[0].path, dataset.media[1].path])
    own = next(iter(other.project.media))
    referent = Referent(other.project.next_id(), own, "own")
    mask = Mask.from_array(np.ones(dataset.media[0].size.shape, bool))
    other.commit(Several("Draw", (PutReferent(referent), PutAnnotation(Annotation(referent.id, 0, mask, MANUAL)))))
    other.flush()
    assert len(specs) == 12
    return other, dataset


@pytest.mark.parametrize("for_ever", [False, True])
@pytest.mark.parametrize("room", range(0, 9, 2))
def test_a_disk_that_fills_up_half_way_leaves_the_project_as_it_was(worked_on, cache, monkeypatch, room, for_ever):
    other, dataset = worked_on
    before, can_undo, path = state(other.project), other.history.can_undo, other.path
    importing = Import(other, dataset, one_step_bytes=9_000)
    FullDisk(other.store, monkeypatch, room=room, for_ever=for_ever)
    with pytest.raises(StorageError, match="full"):
        run(importing)
    assert state(other.project) == before
    assert other.history.can_undo == can_undo
    assert other.saved != for_ever
    other.close(abandon=True)
    assert reopened(path, cache) == before


def test_a_disk_too_full_for_the_last_word_keeps_no_half_of_an_import(worked_on, cache, monkeypatch):
    other, dataset = worked_on
    before, path = state(other.project), other.path
    importing = Import(other, dataset, one_step_bytes=9_000)
    for part in importing.parts(lambda *_: None):
        importing.commit(part)
    FullDisk(other.store, monkeypatch, room=0, for_ever=True)
    with pytest.raises(StorageError, match="full"):
        importing.finish()
    assert state(other.project) == before
    other.close(abandon=True)
    assert reopened(path, cache) == before


@pytest.mark.parametrize("parts", [1, 3, 6])
def test_a_project_whose_import_was_killed_opens_without_it(worked_on, tmp_path, cache, parts):
    other, dataset = worked_on
    before = state(other.project)
    importing = Import(other, dataset, one_step_bytes=9_000)
    coming = importing.parts(lambda *_: None)
    for _ in range(parts):
        importing.commit(next(coming))
    left = tmp_path / "left.refseg"
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{other.path}{suffix}", f"{left}{suffix}")
    with pytest.raises(ProjectError, match="half an import"):
        open_project(left, runner=SynchronousRunner(), media=cache, read_only=True)
    assert reopened(left, cache) == before
    open_project(left, runner=SynchronousRunner(), media=cache, read_only=True).close()


def test_a_large_import_is_there_for_good_once_it_is_finished(worked_on, cache):
    other, dataset = worked_on
    importing = Import(other, dataset, one_step_bytes=9_000)
    run(importing)
    for medium_id in other.project.media:
        other.ensure_loaded(medium_id)
    after, path = state(other.project), other.path
    assert len(after[0]) == 12
    other.close()
    assert reopened(path, cache) == after


def test_work_done_beside_an_import_that_fails_stays(worked_on, cache, monkeypatch):
    other, dataset = worked_on
    bare = list(other.project.media)[1]
    importing = Import(other, dataset, one_step_bytes=9_000)
    coming = importing.parts(lambda *_: None)
    importing.commit(next(coming))
    importing.commit(next(coming))
    referent = Referent(other.project.next_id(), bare, "meanwhile")
    brought = [one.id for one in other.project.referents_of(bare)]
    phrase = Expression(other.project.next_id(), bare, "both", (referent.id, *brought))
    other.commit(Several("Draw", (PutReferent(referent), PutExpression(phrase))))
    importing.undo()
    after, path = state(other.project), other.path
    assert [one.name for one in after[1].values()] == ["own", "meanwhile"]
    assert [(one.text, one.targets) for one in after[2].values()] == [("both", (referent.id,))]
    other.close()
    assert reopened(path, cache) == after


def test_saving_elsewhere_while_an_import_is_under_way_goes_on_with_it(worked_on, tmp_path, cache):
    other, dataset = worked_on
    before, former = state(other.project), other.path
    importing = Import(other, dataset, one_step_bytes=9_000)
    coming = importing.parts(lambda *_: None)
    importing.commit(next(coming))
    save_project_as(other, tmp_path / "elsewhere.refseg")
    for part in coming:
        importing.commit(part)
    importing.finish()
    other.close()
    assert len(reopened(tmp_path / "elsewhere.refseg", cache)[0]) == 12
    assert reopened(former, cache) == before


def test_a_cancelled_import_is_taken_back(other, tmp_path):
    export_many(tmp_path / "out")
    before = state(other.project)
    importing = Import(other, stage_dataset(tmp_path / "out"), one_step_bytes=20_000)
    calls = 0

    def progress(_done, _total, note):
        nonlocal calls
        calls += note.startswith("Importing")
        if calls > 6:
            raise TransferCancelledError("The transfer was stopped; nothing was left behind.")

    with pytest.raises(TransferCancelledError):
        run(importing, progress)
    assert state(other.project) != before, "some parts were in"
    importing.undo()
    assert state(other.project) == before


def test_an_import_as_a_job(other, tmp_path):
    export_many(tmp_path / "out")
    importing = Import(other, stage_dataset(tmp_path / "out"))
    job = SynchronousRunner().start(IO_LANE, import_work(importing), on_item=importing.commit)
    assert job.state is JobState.DONE
    assert importing.report().written["masks"] == 12


def test_media_of_the_project_get_the_new_masks(session, tmp_path):
    """A data set about photos that are in the project already adds to them."""
    annotate(session)
    export_project(session, "coco", tmp_path / "out.json")
    report = import_dataset(session, tmp_path / "out.json", "coco", ReadOptions(image_root=tmp_path / "photos"))
    assert len(session.project.media) == 2
    assert len(session.project.annotations) == 2
    assert "media were in the project already" in report.to_text()


def shared_photo(folder: Path) -> Path:
    """A COCO data set of which one photo stands in two splits."""
    (folder / "images").mkdir(parents=True)
    Image.new("RGB", (80, 60)).save(folder / "images/a.png")
    for split in ("train", "val"):
        content = {
            "images": [{"id": 1, "file_name": "a.png", "width": 80, "height": 60}],
            "annotations": [{"id": 1, "image_id": 1, "segmentation": [[1, 1, 9, 1, 9, 9]], "expressions": [split]}],
        }
        (folder / f"instances_{split}.json").write_text(json.dumps(content))
    return folder


def test_a_photo_in_two_splits_is_one_medium_and_told(other, tmp_path):
    report = import_dataset(other, shared_photo(tmp_path / "set"))
    assert [medium.split for medium in other.project.media.values()] == [Split.TRAIN]
    assert {expression.text for expression in other.project.expressions.values()} == {"train", "val"}
    assert report.written == {"media": 1, "referents": 2, "expressions": 2, "masks": 2}
    [note] = report.changed
    assert (note.what, note.examples) == ("photos stand in several splits; the first is kept", ("a.png",))


@pytest.mark.parametrize(
    ("former", "is_worked_on", "split", "is_told"),
    [
        (Split.NONE, False, Split.TRAIN, False),
        (Split.TRAIN, False, Split.TRAIN, False),
        (Split.TRAIN, True, Split.TRAIN, False),
        (Split.TEST, False, Split.TEST, True),
        (Split.TEST, True, Split.TEST, True),
        (Split.NONE, True, Split.NONE, True),
    ],
)
def test_a_photo_of_the_project_gets_its_split_while_nothing_is_on_it(
    other, tmp_path, former, is_worked_on, split, is_told
):
    folder = shared_photo(tmp_path / "set")
    add_media(other, [folder / "images/a.png"])
    [medium] = other.project.media.values()
    other.commit(PutMedium(replace(medium, size=SIZE, split=former)))
    if is_worked_on:
        other.commit(PutReferent(Referent(other.project.next_id(), medium.id, "own")))
    importing = Import(other, stage_dataset(folder, options=ReadOptions(split="train")))
    for part in importing.parts(no_progress):
        importing.commit(part)
    assert other.project.media[medium.id].split is split
    told = {note.what for note in importing.report().changed}
    assert ("media keep the split that they have in the project" in told) == is_told
    importing.undo()
    assert other.project.media[medium.id].split is former


def resized(tmp_path: Path, session) -> Path:
    """A COCO file of the project whose photos are said to be 81 pixels wide, masks and all."""
    annotate(session)
    export_project(session, "coco", tmp_path / "out.json")
    content = json.loads((tmp_path / "out.json").read_text())
    for image in content["images"]:
        image["width"] = 81
    for row in content["annotations"]:
        row["segmentation"] = [[10, 10, 30, 10, 30, 30]]
    (tmp_path / "out.json").write_text(json.dumps(content))
    return tmp_path / "out.json"


@pytest.mark.parametrize("one_step_bytes", [1 << 20, 1], ids=["small", "large"])
def test_masks_of_another_size_than_the_photo_stay_out_and_are_told(session, other, tmp_path, one_step_bytes):
    dataset = stage_dataset(resized(tmp_path, session), "coco", ReadOptions(image_root=tmp_path / "photos"))
    importing = Import(other, dataset, one_step_bytes=one_step_bytes)
    for part in importing.parts(lambda *_: None):
        importing.commit(part)
    report = importing.report()
    [note] = report.changed
    assert (note.count, note.examples[0]) == (2, "a.png: 81 x 60 in the data set, 80 x 60 in the file")
    [lost] = report.dropped
    assert ("masks drawn for another size" in lost.what, lost.count) == (True, 1)
    assert {medium.size for medium in other.project.media.values()} == {SIZE}
    assert report.written == {"media": 2, "referents": 1, "expressions": 1, "masks": 0}


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_masks_drawn_on_a_photo_as_stored_are_turned_with_it(other, tmp_path, orientation):
    stored = np.zeros((60, 80), np.uint8)
    stored[5:20, 10:60] = 255  # what is white is the mask
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(stored).save(tmp_path / "a.png", exif=exif)
    polygon = [10, 5, 60, 5, 60, 20, 10, 20]
    content = {
        "images": [{"id": 1, "file_name": "a.png", "width": 80, "height": 60}],
        "annotations": [{"id": 1, "image_id": 1, "segmentation": [polygon], "expressions": ["the white one"]}],
    }
    (tmp_path / "instances.json").write_text(json.dumps(content))
    report = import_dataset(other, tmp_path / "instances.json", "coco")
    [note] = report.changed
    assert (note.what, note.examples) == ("photos are turned by their EXIF, and their masks with them", ("a.png",))
    assert not report.dropped
    [medium] = other.project.media.values()
    assert medium.size == Size(width=60, height=80)
    [annotation] = other.project.annotations.values()
    with Image.open(tmp_path / "a.png") as picture:
        shown = np.asarray(ImageOps.exif_transpose(picture)) > 0
    assert (annotation.mask.to_array() == shown).all()


def test_a_conversion_holds_masks_against_the_photos_too(session, tmp_path):
    file = resized(tmp_path, session)
    report = convert(
        file,
        tmp_path / "again.json",
        destination_format="coco",
        read_options=ReadOptions(image_root=tmp_path / "photos"),
    )
    assert any("81 x 60 in the data set, 80 x 60 in the file" in note.examples[0] for note in report.changed)
    content = json.loads((tmp_path / "again.json").read_text())
    assert {image["width"] for image in content["images"]} == {80}
    assert not content["annotations"]


def test_a_clip_s_frames_tell_its_size(other, tmp_path):
    specs = [made.MediumSpec("clip", 12, 9, 2, referents=(made.ReferentSpec("dog", masks={0: np.eye(9, 12) > 0}),))]
    dataset = made.make(specs, tmp_path / "in")
    for frame in (tmp_path / "in/clip").iterdir():
        Image.new("RGB", (24, 18)).save(frame)
    importing = Import(other, dataset)
    for part in importing.parts(lambda *_: None):
        importing.commit(part)
    assert "clip: 12 x 9 in the data set, 24 x 18 in the file" in importing.report().to_text()
    assert not other.project.annotations


def test_a_photo_that_cannot_be_opened_is_told_and_keeps_the_size_of_the_data_set(session, other, tmp_path):
    annotate(session)
    export_project(session, "coco", tmp_path / "out")
    (tmp_path / "out/images/a.png").write_bytes(b"no picture")
    report = import_dataset(other, tmp_path / "out")
    [note] = report.changed
    assert (note.count, "a.png" in note.examples[0], "cannot be opened" in note.what) == (1, True, True)
    assert len(other.project.annotations) == 1


def test_a_true_photo_of_one_pixel_is_exported(session, tmp_path, photo):
    Image.new("RGB", (1, 1)).save(tmp_path / "photos/dot.png")
    add_media(session, [tmp_path / "photos/dot.png"])
    assert not measure_media(session)
    report = export_project(session, "coco", tmp_path / "out")
    assert not report.dropped
    assert (tmp_path / "out/images/dot.png").is_file()


def test_a_photo_of_another_size_than_the_project_s_is_refused(session, tmp_path):
    annotate(session)
    export_project(session, "coco", tmp_path / "out.json")
    content = json.loads((tmp_path / "out.json").read_text())
    content["images"][1]["width"] = 81
    (tmp_path / "out.json").write_text(json.dumps(content))
    before = state(session.project)
    (tmp_path / "photos/b.png").unlink()
    with pytest.raises(FormatError, match=r"b\.png is in the project with 80 x 60 pixels"):
        import_dataset(session, tmp_path / "out.json", "coco", ReadOptions(image_root=tmp_path / "photos"))
    assert state(session.project) == before


def test_unopened_photos_of_the_project_learn_their_size(session, tmp_path, photo):
    from refseg_annotator.core.annotation import Medium, MediumKind
    from refseg_annotator.core.edits import PutMedium

    annotate(session)
    export_project(session, "coco", tmp_path / "out")
    fresh = new_project(tmp_path / "fresh.refseg", runner=SynchronousRunner(), media=FrameCache(1 << 20))
    try:
        path = (tmp_path / "out/images/a.png").as_posix()
        fresh.commit(PutMedium(Medium(fresh.project.next_id(), path, MediumKind.IMAGE, UNMEASURED)))
        import_dataset(fresh, tmp_path / "out")
        assert [medium.size for medium in fresh.project.media.values()] == [SIZE, SIZE]
    finally:
        fresh.close()


@pytest.mark.parametrize(
    ("path", "name", "error", "words"),
    [
        ("nowhere", None, FormatError, "does not exist"),
        ("nowhere", "coco", FormatError, "does not exist"),
        ("photos", None, FormatError, "looks like no data set"),
        ("photos", "voc", UsageError, r"Pascal VOC masks \(voc\) is only written, not read; .* are .*labelme, coco\."),
        ("photos", "jsonl", UsageError, r"\(jsonl\) is only written, not read"),
        ("photos", "refcocog", UsageError, "no format 'refcocog' to read; there are grefcoco, refcoco,.*, coco"),
    ],
)
def test_what_cannot_be_read_is_said(session, tmp_path, path, name, error, words):
    with pytest.raises(error, match=words):
        import_dataset(session, tmp_path / path, name)


# --- conversion -----------------------------------------------------------------------------------------------


def test_conversion_needs_no_project_and_adds_up_the_reports(tmp_path):
    specs = export_many(tmp_path / "coco")
    report = convert(tmp_path / "coco", tmp_path / "refer", destination_format="refer")
    assert report.written["expressions"] == 12
    back = stage_dataset(tmp_path / "refer")
    split = made.without(specs, frozenset({made.Loss.NO_SPLIT}))
    assert made.canonical(made.as_specs(back)) == made.canonical(split)
    with Image.open(tmp_path / "refer/images/p00.png") as picture:
        assert picture.size == (20, 10)
