"""Phrases that no keyboard has: control characters, endless ones, letters that turn the line around."""

from __future__ import annotations

import random
import sys
import unicodedata
from pathlib import Path

import pytest

from refseg_annotator.core.annotation import MediumId
from refseg_annotator.core.edits import PutMedium
from refseg_annotator.errors import EditError
from refseg_annotator.inference.predictor import FakePredictor
from refseg_annotator.media import FrameCache
from refseg_annotator.services import annotate
from refseg_annotator.services.documents import new_project, open_project
from refseg_annotator.services.jobs import SynchronousRunner
from refseg_annotator.text import LONGEST_PHRASE, Tokenizer, Vocabulary
from tests.storage.records import medium

PHRASES = [
    "",
    " \t\n",
    "\x00",
    "the\x00dog",
    "the dog\r\n; DROP TABLE media",
    "\x1b[31mred\x1b[0m",
    "\x07\x08",
    "\ud800 lone",
    "\u202ethe dog",
    "\u200b\u200c\u200d\ufeff",
    "e" + "\u0301" * 5000,
    "x" * 1_000_000,
    "dog " * 200_000,
    "👩‍👩‍👧‍👦" * 1000,
    "'\"`$(rm -rf /)`",
    "%s%n%x {0} {self}",
    "<img src=file:///etc/passwd>",
    "\ufdfa" * 2000,
    "İ" * 1000,
    "ﷺ\u0000\u0001\uffff",
]


@pytest.mark.parametrize("phrase", PHRASES, ids=range(len(PHRASES)))
def test_a_phrase_is_recorded_as_shown_or_refused_in_a_sentence(phrase: str, tmp_path: Path) -> None:
    path = tmp_path / "a.refseg"
    session = new_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    session.commit(PutMedium(medium(session.project.next_id())))
    sentences: list[str] = []
    try:
        annotate.add_expression(session, MediumId(1), phrase)
    except EditError as error:
        sentences.append(str(error))
    assert not any("\n" in sentence or len(sentence) > 200 for sentence in sentences)
    assert bool(sentences) == (not session.project.expressions)
    assert bool(sentences) or len(phrase) <= annotate.LONGEST_RECORDED
    texts = [one.text for one in session.project.expressions.values()]
    session.close()
    for text in texts:
        assert text.strip() == text != ""
        assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)
    again = open_project(path, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    assert [one.text for one in again.project.expressions.values()] == texts
    again.close()


def test_any_phrase_is_tokens_in_bounded_time() -> None:
    tokenizer = Tokenizer(Vocabulary.of(("dog", "red")), 20)
    fake, dice = FakePredictor(), random.Random(6)
    letters = [chr(dice.randrange(sys.maxunicode + 1)) for _ in range(5000)]
    made = ["".join(dice.choices(letters, k=dice.randrange(1, 300))) for _ in range(300)]
    for phrase in [*PHRASES, *made]:
        for read in (tokenizer.encode, fake.tokenize):
            tokens = read(phrase)
            assert len(tokens.ids) <= 20
            # What one letter comes to when it is written out is 18 at most.
            assert read == fake.tokenize or sum(map(len, tokens.words)) <= 18 * LONGEST_PHRASE
