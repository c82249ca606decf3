from __future__ import annotations

import csv
from pathlib import Path

import h5py
import numpy as np
import pytest

from refseg_annotator.core.annotation import Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.a2d_faults import faults
from refseg_annotator.formats.base import ReadOptions
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, a2d, blob

A, B = blob(1, 1, 9, 8) & ~blob(3, 3, 5, 5), blob(0, 0, 1, 1)


def published_samples(folder: Path, subset: str) -> dict[tuple[str, int, int], tuple[str, np.ndarray]]:
    """What the published loader makes of the tree: a sample is a query with a frame whose file holds its instance."""
    with (folder / "Release/videoset.csv").open(newline="") as file:
        used = {row[0] for row in csv.reader(file) if row[8] == subset}
    used -= set((folder / "text_annotations/a2d_missed_videos.txt").read_text().splitlines())
    samples = {}
    with (folder / "text_annotations/a2d_annotation.txt").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["video_id"] not in used or not row["instance_id"].isdecimal():
                continue
            frames = folder / "text_annotations/a2d_annotation_with_instances" / row["video_id"]
            for path in sorted(frames.glob("*.h5")):
                with h5py.File(path) as content:
                    instances = list(content["instance"])
                    if int(row["instance_id"]) not in instances:
                        continue
                    masks = np.array(content["reMask"])
                    if len(instances) == 1:
                        masks = masks[np.newaxis]
                    masks = masks.transpose(0, 2, 1)
                    mask = masks[instances.index(int(row["instance_id"]))]
                samples[row["video_id"], int(row["instance_id"]), int(path.stem)] = (row["query"], mask)
    return samples


def clip(**fields) -> made.MediumSpec:
    things = (made.ReferentSpec(masks={1: A, 3: A}), made.ReferentSpec(masks={1: B}))
    texts = (made.ExpressionSpec('man, in "red"', (0,)), made.ExpressionSpec("Ball\nlinks", (1,)))
    fields = {"frames": 5, "split": Split.TRAIN, "referents": things, "expressions": texts, **fields}
    return made.MediumSpec("v_1", WIDTH, HEIGHT, **fields)


def test_the_published_loader_gets_equal_pixels_and_strings(export):
    folder, _ = export("a2d", clip(), clips_as="frames")
    samples = published_samples(folder, "0")
    assert sorted(samples) == [("v_1", 0, 2), ("v_1", 0, 4), ("v_1", 1, 2)], "frames count from 1"
    assert samples["v_1", 0, 2][0] == 'man, in "red"'
    assert samples["v_1", 1, 2][0] == "Ball\nlinks"
    assert (samples["v_1", 0, 2][1] == A).all()
    assert (samples["v_1", 1, 2][1] == B).all()
    assert not published_samples(folder, "1")
    frames = sorted(path.name for path in (folder / "Release/pngs320H/v_1").iterdir())
    assert frames == [f"{number:05d}.png" for number in range(1, 6)]


def test_the_files_have_the_shapes_of_the_data_set(export):
    folder, _ = export("a2d", clip(), clips_as="frames")
    masks = folder / "text_annotations/a2d_annotation_with_instances/v_1"
    with h5py.File(masks / "00002.h5") as content:
        assert content["reMask"].shape == (2, WIDTH, HEIGHT)
        assert content["reBBox"].shape == (4, 2)
        assert content["reBBox"][:, 0].tolist() == [1, 1, 8, 7]
    with h5py.File(masks / "00004.h5") as content:
        assert content["reMask"].shape == (WIDTH, HEIGHT), "one mask has no first axis"
        assert content["reBBox"].shape == (4, 1)
    with (folder / "Release/videoset.csv").open(newline="") as file:
        [row] = csv.reader(file)
    assert row[0] == "v_1"
    assert row[4:] == [str(HEIGHT), str(WIDTH), "5", "2", "0"]


def test_line_breaks_of_all_systems_survive_in_queries(export, read):
    texts = ["one\rtwo", "one\r\ntwo", "one\ntwo", 'says "hi",\r', "\r"]
    thing = made.ReferentSpec(masks={0: blob(1, 1, 4, 4)})
    spec = made.MediumSpec(
        "v_1", WIDTH, HEIGHT, 1, Split.TRAIN, (thing,), tuple(made.ExpressionSpec(t, (0,)) for t in texts)
    )
    folder, _ = export("a2d", spec, clips_as="frames")
    assert [expression.text for expression in read("a2d", folder).expressions] == texts


def test_clips_are_written_as_mp4_with_as_many_frames(export):
    import av

    folder, report = export("a2d", clip())
    with av.open(str(folder / "Release/clips320H/v_1.mp4")) as container:
        frames = list(container.decode(video=0))
    assert [(frame.width, frame.height) for frame in frames] == [(WIDTH, HEIGHT)] * 5
    assert "clips are encoded anew" in {note.what for note in report.changed}


def test_the_traps(read, tmp_path):
    a2d(tmp_path)
    dataset = read("a2d", tmp_path)
    [medium] = dataset.media
    assert (medium.frame_count, medium.size.shape, medium.split) == (5, (HEIGHT, WIDTH), Split.TRAIN)
    assert [e.text for e in dataset.expressions] == ["dog, the small one", "man in red"]
    found = {(a.referent_id, a.frame): a.mask.to_array() for a in dataset.load(medium.id)}
    zero, one = (referent.id for referent in dataset.referents)
    assert sorted(found) == [(zero, 1), (one, 1), (one, 3)]
    assert (found[zero, 1] == blob(0, 0, 3, 2)).all()
    assert (found[one, 3] == blob(6, 4, 10, 8)).all()
    dropped = {note.what: note.count for note in dataset.ledger.to_report("").dropped}
    assert dropped == {
        "queries whose instance is a copy": 1,
        "clips that the data set itself calls missed": 1,
    }


@pytest.mark.parametrize(
    ("ids", "what"),
    [
        ([0.0], "masks that no instance goes with"),
        ([1.0, 1.0], "second masks of an instance on a frame"),
        ([0.0, 1.0], None),
    ],
)
def test_masks_that_are_left_out_are_told_once(read, tmp_path, ids, what):
    a2d(tmp_path)
    with h5py.File(tmp_path / "text_annotations/a2d_annotation_with_instances/v_1/00002.h5", "r+") as content:
        del content["instance"]
        content["instance"] = np.array(ids)
    dataset = read("a2d", tmp_path)
    assert len(dataset.load(dataset.media[0].id)) == len(set(ids)) + 1
    told = [(note.what, note.count, note.examples) for note in dataset.ledger.to_report("").dropped]
    assert [note for note in told if "quer" not in note[0] and "clips" not in note[0]] == (
        [] if what is None else [(what, 1, ("v_1/00002.h5",))]
    )


def test_a_clip_that_is_listed_twice_is_read_once(read, tmp_path):
    a2d(tmp_path)
    table = tmp_path / "Release/videoset.csv"
    table.write_text(table.read_text() + "v_1,34,0:00,0:02,240,320,5,2,0\n")
    (tmp_path / "text_annotations/a2d_missed_videos.txt").write_text("v_2 \r\n")
    dataset = read("a2d", tmp_path)
    assert [medium.name for medium in dataset.media] == ["v_1"]
    dropped = {note.what: note.count for note in dataset.ledger.to_report("").dropped}
    assert dropped["rows of videoset.csv that list a clip again"] == 1
    assert dropped["clips that the data set itself calls missed"] == 1


def test_a_picture_that_is_missing_moves_no_mask_to_its_neighbour(read, tmp_path):
    a2d(tmp_path)
    (tmp_path / "Release/pngs320H/v_1/00002.png").unlink()
    dataset = read("a2d", tmp_path)
    [medium] = dataset.media
    assert medium.frame_count == 4
    [left] = dataset.load(medium.id)
    assert [path.stem for path in sorted(medium.path.iterdir())][left.frame] == "00004"
    dropped = {note.what: note.examples for note in dataset.ledger.to_report("").dropped}
    assert dropped["masks of frames that the clip does not have"] == ("v_1/00002.h5",)
    assert "queries whose instance has no mask" in dropped


@pytest.mark.parametrize("folder", ["clips320H", "CLIPS320"])
def test_clips_under_either_name(read, tmp_path, folder):
    a2d(tmp_path)
    (tmp_path / "Release" / folder).mkdir()
    (tmp_path / "Release" / folder / "v_1.mp4").write_bytes(b"-")
    assert read("a2d", tmp_path).media[0].path == tmp_path / "Release" / folder / "v_1.mp4"


def test_all_in_release_as_some_mirrors_have_it(read, tmp_path):
    a2d(tmp_path)
    for path in (tmp_path / "text_annotations").iterdir():
        path.rename(tmp_path / "Release" / path.name)
    assert len(read("a2d", tmp_path).expressions) == 2


def frame_file(folder: Path) -> Path:
    return folder / "text_annotations/a2d_annotation_with_instances/v_1/00004.h5"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"instance": [1.0]}, "the field reMask is missing"),
        ({"reMask": np.ones((WIDTH, HEIGHT))}, "the field instance is missing"),
        ({"instance": [0.0, 1.0], "reMask": np.ones((WIDTH, HEIGHT))}, "reMask has the shape"),
        ({"instance": [1.0], "reMask": np.ones(5)}, "reMask has the shape"),
        ({"instance": [1.0], "reMask": np.ones((HEIGHT + 1, WIDTH))}, "where the clip has"),
        ({"instance": ["a"], "reMask": np.ones((WIDTH, HEIGHT))}, "something else than numbers"),
        ({"instance": [float("nan")], "reMask": np.ones((WIDTH, HEIGHT))}, "something else than numbers"),
    ],
)
def test_broken_mask_files_are_named_by_file_and_field(read, tmp_path, fields, words):
    a2d(tmp_path)
    with h5py.File(frame_file(tmp_path), "w") as content:
        for name, value in fields.items():
            content[name] = value
    with pytest.raises(FormatError, match=r"00004\.h5") as caught:
        read("a2d", tmp_path)
    assert words in str(caught.value)


def test_links_into_other_files_are_not_followed(read, tmp_path):
    a2d(tmp_path)
    with h5py.File(tmp_path / "secret.h5", "w") as content:
        content["reMask"] = np.ones((WIDTH, HEIGHT))
    with h5py.File(frame_file(tmp_path), "w") as content:
        content["instance"] = [1.0]
        content["reMask"] = h5py.ExternalLink(str(tmp_path / "secret.h5"), "reMask")
    with pytest.raises(FormatError, match="reMask"):
        read("a2d", tmp_path)
    with h5py.File(frame_file(tmp_path), "w") as content:
        content["instance"] = [1.0]
        layout = h5py.VirtualLayout(shape=(WIDTH, HEIGHT), dtype="f8")
        layout[:] = h5py.VirtualSource(str(tmp_path / "secret.h5"), "reMask", shape=(WIDTH, HEIGHT))
        content.create_virtual_dataset("reMask", layout)
    with pytest.raises(FormatError, match="lies in another file"):
        read("a2d", tmp_path)


def test_a_field_too_large_to_be_true_is_not_read(read, tmp_path):
    a2d(tmp_path)
    with h5py.File(frame_file(tmp_path), "w") as content:
        content["instance"] = [1.0]
        content.create_dataset("reMask", shape=(1 << 20, 1 << 20), dtype="u1", chunks=(1024, 1024))
    with pytest.raises(FormatError, match="cannot be"):
        read("a2d", tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Release/videoset.csv", "v_1,1,0,0,9\n", "line 1 has 5 fields"),
        ("Release/videoset.csv", "v_1,34,0,0,x,12,5,2,0\n", "'x' is no number"),
        ("Release/videoset.csv", "v_1,34,0,0,9,12,5,2,7\n", "the subset is '7'"),
        ("text_annotations/a2d_annotation.txt", "v_1,0,dog\n", "the first line should be"),
        ("text_annotations/a2d_annotation.txt", "video_id,instance_id,query\nv_1,zero,dog\n", "'zero' is no number"),
        ("text_annotations/a2d_annotation.txt", "video_id,instance_id,query\nv_1\n", "line 2 has 1 field;"),
        ("text_annotations/a2d_annotation.txt", "", "is empty"),
    ],
)
def test_broken_tables_are_named_by_line(read, tmp_path, name, text, words):
    a2d(tmp_path)
    (tmp_path / name).write_text(text)
    with pytest.raises(FormatError) as caught:
        read("a2d", tmp_path)
    assert words in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.data
def test_the_real_queries(shared_data):
    from refseg_annotator.formats.a2d_files import read_queries
    from refseg_annotator.formats.report import Ledger

    ledger = Ledger()
    queries = read_queries(shared_data / "text/a2d_annotation.txt", ledger)
    [note] = ledger.to_report("").dropped
    assert (len(queries) + note.count, note.count) == (6655, 1)
    with (shared_data / "text/a2d_annotation.txt").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["instance_id"].isdecimal()]
    assert [(q.video, q.instance, q.text) for q in queries] == [
        (row["video_id"], int(row["instance_id"]), row["query"]) for row in rows
    ]


def test_every_fault_is_listed(tmp_path):
    a2d(tmp_path)
    assert not list(faults(tmp_path, ReadOptions()))
    masks = tmp_path / "text_annotations/a2d_annotation_with_instances/v_1"
    (masks / "00002.h5").write_bytes(b"no file at all")
    (masks / "first.h5").write_bytes((masks / "00004.h5").read_bytes())
    rows = (tmp_path / "Release/videoset.csv").read_text()
    (tmp_path / "Release/videoset.csv").write_text(rows + rows.splitlines()[0] + "\n")
    (tmp_path / "text_annotations/a2d_annotation.txt").write_text("video,query\n")
    sentences = [fault.sentence for fault in faults(tmp_path, ReadOptions())]
    assert len(sentences) == 4
    assert "the clip 'v_1' stands 2 times" in sentences[0]
    assert "the first line should be video_id,instance_id,query" in sentences[1]
    assert "00002.h5 is no whole HDF5 file" in sentences[2]
    assert "first.h5: the name should be the frame's number" in sentences[3]
    (tmp_path / "Release/videoset.csv").unlink()
    (tmp_path / "text_annotations/a2d_annotation.txt").unlink()
    assert ["is missing" in fault.sentence for fault in faults(tmp_path, ReadOptions())] == [True]
