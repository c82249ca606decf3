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
    assert second == [("bear", 1, "the café's bear"), ("bear", 2, "?")]
    assert {note.what: note.count for note in report.dropped} == {"expressions for several referents": 1}


FILES = ("Davis17_annot1", "Davis17_annot2", "Davis17_annot1_full_video", "Davis17_annot2_full_video")


def side_by_side(folder: Path) -> list[tuple[tuple[str, int, str], ...]]:
    """The four files line by line, as the published loaders put them together; they must be of one length."""
    texts = folder / "davis_text_annotations"
    rows = [published_lines(texts / f"{name}.txt", "latin-1" if "annot2" in name else "utf-8") for name in FILES]
    return list(zip(*rows, strict=True))


def said(text: str, target: int = 0, author: str = "") -> made.ExpressionSpec:
    return made.ExpressionSpec(text, (target,), author=author)


@pytest.mark.parametrize("count", range(1, 10))
def test_every_object_has_as_many_lines_in_each_file_and_no_expression_is_lost(export, read, count):
    texts = tuple(said(f"bear {number}") for number in range(count))
    folder, report = export("ref-davis", clip(expressions=(*texts, said("cub", 1))), clip("dog", expressions=texts[:1]))
    lines = side_by_side(folder)
    assert all(len({(video, number) for video, number, _ in row}) == 1 for row in lines), "line n is one object's"
    assert {text for row in lines for video, number, text in row if (video, number) == ("bear", 1)} == {
        e.text for e in texts
    }
    filled = sum((4 - number % 4) % 4 for number in (count, 1, 1))
    [note] = [note for note in report.changed if "lines repeat" in note.what]
    assert note.count == filled == 4 * len(lines) - count - 2
    assert any("count as several" in note.what for note in report.changed) == (count > 4)
    assert report.written["expressions"] == count + 2
    found = read("ref-davis", folder).expressions
    assert sorted(e.text for e in found) == sorted([e.text for e in texts] + ["cub", "bear 0"]), "repeats are no more"


def test_an_annotator_repeats_himself_before_the_other(export):
    texts = (said("first", author="Davis17_annot2_full_video"), said("second", author="Davis17_annot1"))
    folder, _ = export("ref-davis", clip(expressions=texts))
    [row] = side_by_side(folder)
    assert [text for _, _, text in row] == ["second", "first", "second", "first"]


def test_letters_that_latin_1_lacks_are_whole_in_the_first_annotator_s_files(export, read):
    folder, report = export("ref-davis", clip("łódź", expressions=(said("Zosia’s łódź"),)))
    [row] = side_by_side(folder)
    assert [video for video, _, _ in row] == ["_ód_"] * 4
    assert [text for _, _, text in row] == ["Zosia’s łódź", "Zosia's ?ódz", "Zosia’s łódź", "Zosia's ?ódz"]
    [note] = [note for note in report.changed if "lose characters" in note.what]
    assert (note.count, note.examples) == (2, ("Zosia’s łódź -> Zosia's ?ódz",))
    assert [e.text for e in read("ref-davis", folder).expressions] == ["Zosia’s łódź"]


def test_a_repeated_line_that_was_edited_is_an_expression(export, read):
    folder, _ = export("ref-davis", clip(expressions=(said("a bear"),)))
    file = folder / "davis_text_annotations/Davis17_annot2.txt"
    file.write_text(file.read_text().replace("a bear", "the big bear"))
    found = {(e.author, e.text) for e in read("ref-davis", folder).expressions}
    assert found == {("Davis17_annot1", "a bear"), ("Davis17_annot2", "the big bear")}


def test_an_object_without_an_expression_is_named(export):
    _, report = export("ref-davis", clip(expressions=(said("a bear"),)))
    [note] = [note for note in report.changed if "without an expression" in note.what]
    assert note.examples == ("bear object 2",)


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
