from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.core.annotation import Split
from refseg_annotator.errors import FormatError
from refseg_annotator.formats.registry import sniff
from tests.formats import specs as made
from tests.formats.examples import HEIGHT, WIDTH, blob, photo

A, B = blob(1, 1, 9, 8), blob(3, 3, 5, 5)


def clip(name="bear", split=Split.TRAIN, **fields) -> made.MediumSpec:
    things = (made.ReferentSpec(masks={0: A, 1: A}), made.ReferentSpec(masks={0: B}))
    fields = {"frames": 2, "referents": things, **fields}
    return made.MediumSpec(name, WIDTH, HEIGHT, split=split, **fields)


def labels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture)


def test_pillow_gets_equal_pixels_and_the_lists_name_the_sequences(export):
    folder, _ = export("davis", clip(), clip("dog", Split.VAL), clip("cat", Split.TEST_B))
    assert (labels(folder / "Annotations/480p/bear/00000.png") == np.where(B, 2, A.astype(int))).all()
    lists = {path.name: path.read_text() for path in (folder / "ImageSets/2017").iterdir()}
    assert lists == {"train.txt": "bear\n", "val.txt": "dog\n", "test-dev.txt": "cat\n"}
    assert (folder / "JPEGImages/480p/bear/00001.jpg").is_file()


def tree(folder: Path, name: str = "bear", *, year: str = "2017", split: str = "val") -> Path:
    for number in (0, 1, 2):
        photo(folder / f"JPEGImages/480p/{name}/{number:05d}.jpg")
    (folder / f"Annotations/480p/{name}").mkdir(parents=True)
    (folder / f"ImageSets/{year}").mkdir(parents=True, exist_ok=True)
    with (folder / f"ImageSets/{year}/{split}.txt").open("a") as file:
        file.write(f"{name}\n")
    return folder


@pytest.mark.parametrize("mode", ["P", "L", "1", "RGB", "RGB palette", "I;16"])
def test_masks_as_the_two_editions_and_other_tools_keep_them(read, tmp_path, mode):
    folder = tree(tmp_path)
    picture = Image.fromarray(A.astype(np.uint8))
    if mode == "P":
        picture.putpalette([0, 0, 0, 128, 0, 0])
    elif mode == "L":
        picture = Image.fromarray(A.astype(np.uint8) * 255)
    elif mode == "1":
        picture = Image.fromarray(A)
    elif mode == "RGB":
        picture = Image.fromarray(np.repeat(A[..., None].astype(np.uint8) * 255, 3, axis=2))
    elif mode == "RGB palette":
        picture = Image.fromarray(np.where(A[..., None], np.array([0, 128, 0]), 0).astype(np.uint8))
    else:
        picture = Image.fromarray(A.astype(np.uint16))
    picture.save(folder / "Annotations/480p/bear/00001.png")
    dataset = read("davis", folder)
    [annotation] = dataset.load(dataset.media[0].id)
    assert annotation.frame == 1
    assert (annotation.mask.to_array() == A).all()
    assert (dataset.media[0].split, dataset.media[0].frame_count) == (Split.VAL, 3)


def test_colours_outside_the_palette_are_refused(read, tmp_path):
    folder = tree(tmp_path)
    Image.new("RGB", (WIDTH, HEIGHT), (1, 2, 3)).save(folder / "Annotations/480p/bear/00000.png")
    with pytest.raises(FormatError, match="outside the DAVIS palette"):
        read("davis", folder)


def test_a_listed_sequence_that_is_missing_is_named(read, tmp_path):
    folder = tree(tmp_path)
    (folder / "ImageSets/2017/train.txt").write_text("gone\n")
    with pytest.raises(FormatError, match="gone has no frames"):
        read("davis", folder)
    assert len(read("davis", folder, split="val").media) == 1
    with pytest.raises(FormatError, match="no split 'test-dev'; it has train, val"):
        read("davis", folder, split="test-dev")


# --- Ref-DAVIS17 ----------------------------------------------------------------------------------------------


def published_lines(path: Path, encoding: str) -> list[tuple[str, int, str]]:
    """What the conversion script of the published loaders does with a line."""
    rows = []
    for line in path.read_text(encoding=encoding).splitlines():
        video, number, *words = line.split()
        rows.append((video, int(number), " ".join(words).strip('"')))
    return rows


def test_the_published_conversion_gets_the_strings(export):
    texts = (
        made.ExpressionSpec("a brown bear", (0,)),
        made.ExpressionSpec("the café's bear", (0,)),
        made.ExpressionSpec("猫", (1,)),
        made.ExpressionSpec("both", (0, 1)),
    )
    folder, report = export("ref-davis", clip(expressions=texts))
    texts_folder = folder / "davis_text_annotations"
    first = published_lines(texts_folder / "Davis17_annot1.txt", "utf-8")
    second = published_lines(texts_folder / "Davis17_annot2.txt", "latin-1")
    assert first == [("bear", 1, "a brown bear"), ("bear", 2, "猫")]
    assert second == [("bear", 1, "the café's bear")]
    assert {note.what: note.count for note in report.dropped} == {"expressions for several referents": 1}


def refer_davis(folder: Path, name: str = "bear") -> Path:
    tree(folder, name)
    Image.fromarray(A.astype(np.uint8)).save(folder / f"Annotations/480p/{name}/00000.png")
    (folder / "davis_text_annotations").mkdir()
    return folder


def test_latin_1_typos_and_quotes(read, tmp_path):
    folder = refer_davis(tmp_path, "classic-car")
    texts = folder / "davis_text_annotations"
    (texts / "Davis17_annot1.txt").write_text('clasic-car 1 "a "red" car"\n\n', encoding="utf-8")
    (texts / "Davis17_annot2_full_video.txt").write_bytes('clasic-car 1 "caf\xe9 car"\r\n'.encode("latin-1"))
    found = {(e.author, e.text) for e in read("ref-davis", folder).expressions}
    assert found == {("Davis17_annot1", 'a "red" car'), ("Davis17_annot2_full_video", "café car")}
    [note] = read("ref-davis", folder).ledger.to_report("").dropped
    assert note.examples == ("Davis17_annot2.txt", "Davis17_annot1_full_video.txt"), "scores are over all four"


def test_texts_may_lie_beside_the_davis_folder(read, tmp_path):
    folder = refer_davis(tmp_path)
    (folder / "davis_text_annotations/Davis17_annot1.txt").write_text('bear 1 "a bear"\n', encoding="utf-8")
    (folder / "DAVIS").mkdir()
    for name in ("JPEGImages", "Annotations", "ImageSets"):
        (folder / name).rename(folder / "DAVIS" / name)
    assert sniff(folder).name == "ref-davis"
    assert [e.text for e in read("ref-davis", folder).expressions] == ["a bear"]


def test_a_byte_order_mark_says_that_the_latin_1_files_were_saved_as_utf8(read, tmp_path):
    folder = refer_davis(tmp_path)
    text = folder / "davis_text_annotations/Davis17_annot2.txt"
    text.write_bytes('bear 1 "café bear"\r\n'.encode("utf-8-sig"))
    found = {(e.author, e.text) for e in read("ref-davis", folder).expressions}
    assert ("Davis17_annot2", "café bear") in found


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("bear", "should read"),
        ('bear x "y"', "should read"),
        (f'bear {"9" * 5000} "y"', "should read"),
        ('wolf 1 "y"', "no sequence 'wolf'"),
        ('bear 2 "y"', "has no object 2"),
    ],
)
def test_broken_lines_are_named(read, tmp_path, line, words):
    folder = refer_davis(tmp_path)
    (folder / "davis_text_annotations/Davis17_annot1.txt").write_text(f'bear 1 "fine"\n{line}\n')
    with pytest.raises(FormatError, match=r"Davis17_annot1\.txt: line 2") as caught:
        read("ref-davis", folder)
    assert words in str(caught.value)
