"""Phrases of any make become tokens; what the vocabulary lacks is told once; vocabularies keep and refuse."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refseg_annotator.errors import BundleError
from refseg_annotator.text import (
    LONGEST_PHRASE,
    PAD,
    PAD_ID,
    UNKNOWN,
    UNKNOWN_ID,
    Tokenizer,
    Vocabulary,
    split_words,
)

VOCABULARY = Vocabulary.of(
    ["the", "dog", "on", "left", "t-shirt", "tee", "shirt", "man", "red", "haired", "2nd", "chien"]
)
TOKENIZER = Tokenizer(VOCABULARY, max_words=8)


# --- any text ---------------------------------------------------------------------------------------------------------


@given(st.text(max_size=200))
def test_any_unicode_gives_tokens_that_hold_together(phrase: str) -> None:
    tokens = TOKENIZER.encode(phrase)
    assert len(tokens.ids) == len(tokens.words) <= 8
    assert all(UNKNOWN_ID <= number < len(VOCABULARY) for number in tokens.ids)
    assert PAD_ID not in tokens.ids
    for number, word in zip(tokens.ids, tokens.words, strict=True):
        assert word
        assert number == VOCABULARY.find(word) if word in VOCABULARY else number == UNKNOWN_ID
    assert list(tokens.unknown) == list(dict.fromkeys(word for word in tokens.words if word not in VOCABULARY))


@given(st.text(max_size=80))
def test_words_hold_no_space_control_character_or_capital(phrase: str) -> None:
    for word in split_words(phrase):
        assert word == word.casefold()
        assert not any(unicodedata.category(letter) in ("Cc", "Zs", "Zl", "Zp") for letter in word)
        assert not word.startswith(("-", "'"))
        assert not word.endswith(("-", "'"))


@given(st.lists(st.sampled_from(["the", "dog", "on", "left", "zebra", "t-shirt"]), max_size=8), st.data())
def test_case_and_punctuation_change_nothing(words: list[str], data: st.DataObject) -> None:
    gaps = st.sampled_from([" ", ", ", ". ", "  ", "\t", "\n", "; ", " ... ", "! ", " (", "\u00a0", "\u3000"])
    phrase = "".join(word.title() + data.draw(gaps) for word in words)
    assert TOKENIZER.encode(phrase) == TOKENIZER.encode(" ".join(words))


@pytest.mark.parametrize("phrase", ["", " ", "\n\t", "...", "?!", "\0", "---", "'", "_", "\ufeff", "\U0001f436"])
def test_a_phrase_without_words_gives_empty_tokens(phrase: str) -> None:
    tokens = TOKENIZER.encode(phrase)
    assert (tokens.ids, tokens.words, tokens.unknown, tokens.truncated) == ((), (), (), False)


def test_forms_of_one_letter_are_one() -> None:
    assert split_words("CAFÉ") == split_words("cafe\u0301") == ("café",)
    assert split_words("ｄｏｇ") == ("dog",)
    assert split_words("STRASSE") == split_words("Straße")
    assert split_words("собака слева") == ("собака", "слева")
    assert split_words("左边的狗") == ("左边的狗",)
    assert split_words("man\u2019s") == ("man's",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("the man w/ sunglasses", "the man with sunglasses"),
        ("Man W/hat", "man with hat"),
        ("mug w/o handle", "mug without handle"),
        ("cup w/orange stripes", "cup with orange stripes"),
        ("w/", "with"),
        ("bmw/audi", "bmw audi"),
        ("row w / 3", "row w 3"),
    ],
)
def test_with_is_read_as_people_shorten_it(typed: str, read: str) -> None:
    assert " ".join(split_words(typed)) == read


# --- the whole sentence -----------------------------------------------------------------------------------------------


def test_commas_and_full_stops_do_not_end_the_sentence() -> None:
    words = ("dog", "on", "the", "left", "the", "red", "dog", "on")
    assert TOKENIZER.encode("Dog, on the left. The red dog; on").words == words
    assert TOKENIZER.encode("dog\non\tthe left\u2028the red dog on").words == words


def test_words_past_the_limit_are_left_out_and_told() -> None:
    fits = TOKENIZER.encode("dog " * 8)
    assert (len(fits.ids), fits.truncated) == (8, False)
    over = TOKENIZER.encode("dog " * 8 + "zebra")
    assert (over.ids, over.truncated) == (fits.ids, True)
    assert over.unknown == ()  # what was left out is not reported as unknown
    assert Tokenizer(VOCABULARY).max_words == 20


def test_ten_thousand_characters() -> None:
    words = TOKENIZER.encode("dog " * 2500)
    assert (len(words.ids), words.truncated) == (8, True)
    one = TOKENIZER.encode("x" * 10_000)
    assert (one.ids, one.truncated) == ((UNKNOWN_ID,), True)
    assert len(one.words[0]) == LONGEST_PHRASE
    marks = TOKENIZER.encode("a-" * 5_000)
    assert marks.truncated
    assert TOKENIZER.encode("." * 10_000).ids == ()


# --- unknown words ----------------------------------------------------------------------------------------------------


def test_unknown_words_are_told_once_in_order() -> None:
    tokens = TOKENIZER.encode("zebra on the okapi, the zebra")
    assert tokens.unknown == ("zebra", "okapi")
    assert [number == UNKNOWN_ID for number in tokens.ids] == [True, False, False, True, False, True]


def test_the_special_entries_are_no_words() -> None:
    assert VOCABULARY.find(PAD) is None
    assert VOCABULARY.find(UNKNOWN) is None
    tokens = Tokenizer(Vocabulary.of(["pad", "unk"])).encode("<pad> <unk>")
    assert tokens.ids == (2, 3)


@pytest.mark.parametrize(
    ("phrase", "words", "unknown"),
    [
        ("t-shirt", ("t-shirt",), ()),  # known whole
        ("T-Shirt", ("t-shirt",), ()),
        ("tee-shirt", ("tee", "shirt"), ()),  # known in parts
        ("red-haired", ("red", "haired"), ()),
        ("red-nosed", ("red", "nosed"), ("nosed",)),  # one part known is enough
        ("sub-zero", ("sub-zero",), ("sub-zero",)),  # no part known: as typed
        ("man's", ("man",), ()),
        ("man\u2019s dog", ("man", "dog"), ()),
        ("zebra's", ("zebra's",), ("zebra's",)),
        ("the dog-", ("the", "dog"), ()),
        ("'dog'", ("dog",), ()),
        ("2nd dog", ("2nd", "dog"), ()),
        ("l'chien", ("l", "chien"), ("l",)),
    ],
)
def test_hyphens_and_apostrophes_fall_back_to_known_parts(
    phrase: str, words: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    tokens = TOKENIZER.encode(phrase)
    assert (tokens.words, tokens.unknown) == (words, unknown)


# --- the vocabulary ---------------------------------------------------------------------------------------------------


def test_a_vocabulary_is_an_ordered_list() -> None:
    assert VOCABULARY.words[:4] == (PAD, UNKNOWN, "the", "dog")
    assert (VOCABULARY.find("the"), VOCABULARY.find("dog"), VOCABULARY.find("cat")) == (2, 3, None)
    assert len(VOCABULARY) == 14 == len(list(VOCABULARY))
    assert "dog" in VOCABULARY
    assert 3 not in VOCABULARY
    assert VOCABULARY.longest_word == 7
    assert Vocabulary.of(["a", "b", "a"]).words == (PAD, UNKNOWN, "a", "b")
    assert Vocabulary.of(["a"]) == Vocabulary.of(["a"])
    assert hash(Vocabulary.of(["a"])) == hash(Vocabulary.of(["a"]))
    assert Vocabulary.of(["a"]) != Vocabulary.of(["b"])
    assert Vocabulary.of(["a"]) != (PAD, UNKNOWN, "a")


@given(st.lists(st.text(max_size=40).flatmap(lambda text: st.sampled_from(split_words(text) or ("dog",))), max_size=20))
def test_what_is_saved_comes_back(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("vocabulary") / "vocabulary.txt"
    vocabulary = Vocabulary.of(words)
    vocabulary.save(path)
    assert Vocabulary.load(path) == vocabulary


def test_line_ends_of_another_system_are_read(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.txt"
    path.write_bytes(b"<pad>\r\n<unk>\r\ndog\r\n")
    assert Vocabulary.load(path).find("dog") == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        (b"", "does not begin with"),
        (b"\n\n", "does not begin with"),
        (b"dog\ncat\n", "does not begin with"),
        (b"<unk>\n<pad>\n", "does not begin with"),
        (b"<pad>\n<unk>\ndog\ndog\n", "names a word twice"),
        (b"<pad>\n<unk>\n\xff\xfe\n", "cannot be read"),
        (b"\0" * 1000, "does not begin with"),
    ],
)
def test_a_broken_vocabulary_is_one_sentence(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "vocabulary.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BundleError, match=says) as caught:
        Vocabulary.load(path)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert str(path) in sentence
    assert "build the bundle anew" in sentence or "fetch the bundle again" in sentence


def test_a_file_without_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.txt"
    with path.open("wb") as file:
        file.truncate(1 << 33)
    with pytest.raises(BundleError, match="far too large"):
        Vocabulary.load(path)


def test_a_folder_in_its_place_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be read"):
        Vocabulary.load(tmp_path)


def test_text_needs_no_torch() -> None:
    script = "import sys, refseg_annotator.text; print(sorted({'torch', 'numpy', 'PySide6'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
