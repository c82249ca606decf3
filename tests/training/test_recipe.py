"""A recipe is read strictly: what it misspells, mistypes or cannot mean is one sentence naming file and key."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.registry import CONFIGURATIONS
from refseg_annotator.settings import resources_folder
from refseg_annotator.training.recipe import Recipe, read_recipe

GOOD = """
name = "tiny"
configuration = "cmsa-lite"
steps = 30
precision = "bf16-mixed"

[[data]]
path = "refphotos"
weight = 2

[[data]]
path = "other"
split = "testA"

[sampling]
phrases = 4
[sampling.source_weight]
voc = 2
[sampling.kind_weight]
size = 7
[sampling.unsafe_negative]
voc = ["person", "car"]

[losses]
dice = 0.5

[vocabulary]
texts = ["a.json"]

[validation]
every = 10
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tiny.toml"


def read(path: Path, text: str | bytes) -> Recipe:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_recipe(path)


def test_what_is_written_is_read_and_the_rest_is_as_usual(path: Path) -> None:
    recipe = read(path, GOOD)
    assert (recipe.name, recipe.configuration, recipe.steps, recipe.precision) == (
        "tiny",
        "cmsa-lite",
        30,
        "bf16-mixed",
    )
    assert [(source.path, source.split, source.weight) for source in recipe.data] == [
        ("refphotos", "train", 2.0),
        ("other", "testA", 1.0),
    ]
    assert recipe.sampling.source_weight == {"voc": 2.0}
    assert recipe.sampling.kind_weight == {"size": 7.0}
    assert recipe.sampling.unsafe_negative == {"voc": ("person", "car")}
    assert (recipe.sampling.phrases, recipe.losses.dice, recipe.vocabulary.texts) == (4, 0.5, ("a.json",))
    assert recipe.validation is not None
    assert (recipe.validation.every, recipe.validation.split) == (10, "val")
    assert (recipe.batch, recipe.seed, recipe.schedule, recipe.losses.bce) == (8, 1, "cosine", 1.0)
    assert msgspec.convert(msgspec.to_builtins(recipe), Recipe) == recipe


@pytest.mark.parametrize(
    "shipped", sorted((resources_folder() / "recipes").glob("[ac][bm]*.toml")), ids=lambda path: path.stem
)
def test_every_shipped_recipe_is_right_and_named_by_its_file(shipped: Path) -> None:
    recipe = read_recipe(shipped)
    assert recipe.name == shipped.stem.removesuffix("-further").removesuffix("-larger")
    assert recipe.configuration in CONFIGURATIONS
    assert recipe.summary
    assert recipe.licence


def refused(path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(TrainingError, match=says) as caught:
        read(path, text)
    sentence = str(caught.value)
    assert "tiny.toml" in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_missing_recipe(path: Path) -> None:
    with pytest.raises(TrainingError, match=r"tiny.toml' cannot be read; give the path of a TOML file"):
        read_recipe(path)
    path.mkdir()
    picture = path.with_name("picture.toml")
    picture.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(TrainingError, match=r"picture.toml' is no text in UTF-8; give the path of a TOML file\.$"):
        read_recipe(picture)
    with pytest.raises(TrainingError, match="cannot be read"):
        read_recipe(path)


@pytest.mark.parametrize(
    "text", ["steps = ", "= 3", "[data", b"\xff\xfe\x00", "\0", "steps = 1\nsteps = 2", "[[data]]\n[data]"]
)
def test_what_is_no_toml(path: Path, text: str | bytes) -> None:
    refused(path, text, "is not right: |is no text in UTF-8; ")


@pytest.mark.parametrize(
    ("line", "key", "known"),
    [
        ("batsh = 3\n", "batsh", "batch"),
        ("[sampling]\nphrase = 3\n", "phrase", "phrases"),
        ("[losses]\nDice = 3\n", "Dice", "dice"),
        ("[[data]]\nfolder = 'x'\n", "folder", "path"),
        ("[validation]\nsteps = 3\n", "steps", "every"),
        ("[vocabulary]\nwords = 3\n", "words", "glove_words"),
    ],
)
def test_a_misspelt_key_is_answered_with_the_known_ones(path: Path, line: str, key: str, known: str) -> None:
    base = 'name = "x"\nconfiguration = "cmsa-lite"\n'
    text = base + line if "[[data]]" in line else base + ("" if line.startswith("[") else line) + "[[data]]\npath='.'\n"
    refused(
        path,
        text + (line if line.startswith("[") and "data" not in line else ""),
        rf"sets '{key}', which is none of .*{known}",
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("steps = 30", 'steps = "many"', r"Expected `int`, got `str` - at `\$.steps`"),
        ("steps = 30", "steps = 1.5", "Expected `int`"),
        ('name = "tiny"', "name = 5", "Expected `str`"),
        ('name = "tiny"', "", "missing required field `name`"),
        ('precision = "bf16-mixed"', 'precision = "fp8"', "Invalid enum value 'fp8'"),
        ("phrases = 4", "phrases = []", "phrases"),
        ('voc = ["person", "car"]', 'voc = "person"', "unsafe_negative"),
        ('texts = ["a.json"]', "texts = [1]", "texts"),
    ],
)
def test_a_wrong_type(path: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    refused(path, GOOD.replace(old, new), says)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("steps = 30", "steps = 0", "steps to 0 where it must be at least 1"),
        ("steps = 30", "batch = -1", "batch to -1 where it must be at least 1"),
        ("steps = 30", "checkpoint_every = 0", "checkpoint_every to 0"),
        ("steps = 30", "seed = -3", "seed to -3"),
        (
            "size = 7",
            "size = 0",
            r"sampling\.kind_weight\.size to 0 where it must be at least 0\.001",
        ),
        ("steps = 30", "ema = 1.5", r"ema to 1.5 where it must be in 0\.\.1"),
        ("steps = 30", "learning_rate = nan", "learning_rate to nan"),
        ("steps = 30", "workers = -1", "workers to -1"),
        ("phrases = 4", "phrases = 0", "sampling.phrases to 0"),
        ("phrases = 4", "negatives = 2.0", "sampling.negatives to 2"),
        ("dice = 0.5", "dice = -0.5", "losses.dice to -0.5"),
        ("weight = 2", "weight = -2", "data.0.weight to -2"),
        ("every = 10", "every = 0", "validation.every to 0"),
        ('texts = ["a.json"]', "glove_words = -1", "vocabulary.glove_words to -1"),
    ],
)
def test_a_number_that_cannot_be(path: Path, old: str, new: str, says: str) -> None:
    assert GOOD.count(old) == 1
    refused(path, GOOD.replace(old, new), f"sets {says}")


def test_a_recipe_without_data(path: Path) -> None:
    text = re.sub(r"\[\[data\]\]\n(\w+ = .*\n)+", "", GOOD)
    refused(path, text, "missing required field `data`")
    refused(path, "data = []\n" + text, "names no data")
