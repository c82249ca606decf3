"""The contact sheet: the right cases in the right order, and a page that trusts no word of the data."""

from __future__ import annotations

import base64
import io
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from refseg_annotator.core.mask import Mask
from refseg_annotator.formats.samples import ReferImage, ReferSample
from refseg_annotator.inference.predictor import Prediction
from refseg_annotator.training.evaluator import Answer
from refseg_annotator.training.report_worst import ANSWER_COLOUR, TRUTH_COLOUR, WorstCases, worst_page


def answer(
    phrase: str = "it",
    *,
    presence: float = 0.9,
    score: float = 0.8,
    has_target: bool = True,
    shape: tuple[int, int] = (60, 80),
) -> Answer:
    """An answer on a black photo whose true mask is its left half."""
    truth = np.zeros(shape, bool)
    if has_target:
        truth[:, : shape[1] // 2] = True
    return Answer(
        sample=ReferSample(1, 1, 1, (1,) if has_target else (), phrase, "colour"),
        image=ReferImage(1, Path("made_1.jpg"), shape[1], shape[0]),
        source="made",
        prediction=Prediction(np.zeros(shape, np.float32), presence, score),
        truth=Mask.from_array(truth),
        milliseconds=1.0,
        photo=np.zeros((*shape, 3), np.uint8),
    )


def full(one: Answer) -> Mask:
    return Mask.from_array(np.ones(one.photo.shape[:2], bool))


def empty(one: Answer) -> Mask:
    return Mask.empty(one.truth.size)


def test_the_lowest_iou_first_and_of_equal_ones_the_surest() -> None:
    worst = WorstCases(limit=4)
    for phrase, iou, presence in [
        ("good", 0.9, 0.9), ("unsure", 0.0, 0.5), ("half", 0.5, 0.9), ("sure", 0.0, 1.0), ("right", 1.0, 1.0),
        ("bad", 0.1, 0.9), ("fair", 0.6, 0.9),
    ]:  # fmt: skip
        one = answer(phrase, presence=presence)
        worst.offer(one, full(one), iou)
    assert [case.phrase for case in worst.cases()] == ["sure", "unsure", "bad", "half"]


def test_a_sure_no_is_worse_than_a_doubtful_one() -> None:
    worst = WorstCases()
    for phrase, presence in [("doubtful", 0.45), ("sure", 0.01)]:
        one = answer(phrase, presence=presence)
        worst.offer(one, empty(one), 0.0)
    assert [(case.phrase, case.was_answered) for case in worst.cases()] == [("sure", False), ("doubtful", False)]


def test_of_cases_alike_in_all_the_first_met_stays() -> None:
    worst = WorstCases(limit=2)
    for number in range(5):
        one = answer(str(number))
        worst.offer(one, full(one), 0.2)
    assert [case.phrase for case in worst.cases()] == ["0", "1"]


def test_what_is_right_is_no_case() -> None:
    worst = WorstCases()
    one = answer()
    worst.offer(one, one.truth, 1.0)
    assert worst.cases() == []
    assert "No answer was wrong" in worst_page([], title="made val", model="fake 1")


@pytest.mark.parametrize(("shape", "size"), [((60, 80), (80, 60)), ((1200, 900), (270, 360)), ((3, 2000), (360, 1))])
def test_thumbnails_are_small_and_keep_their_aspect(shape: tuple[int, int], size: tuple[int, int]) -> None:
    worst = WorstCases()
    one = answer(shape=shape)
    worst.offer(one, full(one), 0.5)
    (case,) = worst.cases()
    with Image.open(io.BytesIO(case.jpeg)) as image:
        assert image.format == "JPEG"
        assert image.size == size == (case.width, case.height)


def test_the_outlines_lie_where_the_masks_end() -> None:
    worst = WorstCases()
    one = answer(shape=(600, 800))
    lower = np.zeros((600, 800), bool)
    lower[400:, :] = True
    worst.offer(one, Mask.from_array(lower), 0.1)
    with Image.open(io.BytesIO(worst.cases()[0].jpeg)) as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    scale = pixels.shape[1] / 800

    def distance(x: float, y: float, colour: tuple[int, int, int]) -> float:
        return float(np.abs(pixels[round(y * scale), round(x * scale)] - colour).max())

    # JPEG blurs a coloured line of two pixels on black, so "about that colour" is all that can be asked.
    assert distance(399, 200, TRUTH_COLOUR) < 90
    assert distance(600, 400, ANSWER_COLOUR) < 90
    assert pixels[round(200 * scale), round(600 * scale)].max() < 30  # neither line is here


class Page(HTMLParser):
    """Collects what a browser would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.sources += [value or "" for name, value in attrs if name in {"src", "href", "srcset", "data"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_self_contained_and_trusts_no_word() -> None:
    worst = WorstCases()
    evil = '"><img src=x onerror="alert(1)"><script>alert(2)</script> &amp; 狗'
    one = answer(evil)
    one = Answer(
        one.sample, ReferImage(1, Path('a"b<c>.jpg'), 80, 60), "made", one.prediction, one.truth, 1.0, one.photo
    )
    worst.offer(one, empty(one), 0.0)
    page = Page()
    page.feed(worst_page(worst.cases(), title="<b>val</b>", model="<i>fake</i>"))
    assert page.tags.count("img") == 1
    assert not {"script", "link", "iframe", "b", "i"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    (source,) = page.sources
    head, data = source.split(",", 1)
    assert head == "data:image/jpeg;base64"
    Image.open(io.BytesIO(base64.b64decode(data))).verify()
    assert evil in page.text
    assert 'a"b<c>.jpg' in page.text
    assert "answered: not here" in page.text
    assert "IoU 0.00" in page.text
    assert "presence 0.90" in page.text


def test_a_mask_for_nothing_is_said_so() -> None:
    worst = WorstCases()
    one = answer(has_target=False)
    worst.offer(one, full(one), 0.0)
    assert "fits nothing, but got a mask" in worst_page(worst.cases(), title="made", model="fake")
