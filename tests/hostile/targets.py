"""What is fuzzed: every reader that a stranger's bytes can reach, each as a function of dice.

A target makes its sound inputs once in a folder; one call bends one of them and gives it to the reader. True where the
reader refused it in one sentence, False where it took it; anything else that the reader does is a mistake of ours.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from refseg_annotator.errors import BundleError, FormatError, RefSegError
from tests.formats.examples import READABLE, make_example
from tests.formats.test_fuzz import break_bytes, break_json, read_all, text_files
from tests.hostile.test_media_files import bend, look_at, play

Try = Callable[[random.Random], bool]


@dataclass(frozen=True)
class Target:
    """One reader under attack.

    Args:
        make: given an empty folder, the function that tries one input.
        takes_some: a bent input can still be sound; False for readers that a flipped byte always breaks.
    """

    name: str
    what: str
    make: Callable[[Path], Try]
    takes_some: bool = True


def demand_sentence(text: str) -> None:
    """One sentence, of bearable length, that ends."""
    assert "\n" not in text, text
    assert len(text) < 1500, text
    assert text.rstrip().endswith((".", "!", ")")), text


def other_digit(data: bytes, dice: random.Random) -> bytes:
    """The bytes with one of their digits another one: still a text of the same kind."""
    places = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    bent = bytearray(data)
    bent[dice.choice(places)] = 48 + dice.randrange(10)
    return bytes(bent)


def _data_sets(folder: Path) -> Try:
    examples = {form.name: make_example(form.name, folder / form.name) for form in READABLE}
    work = folder / "work"

    def once(dice: random.Random) -> bool:
        form = dice.choice(READABLE)
        example = examples[form.name]
        shutil.copytree(example, work)
        try:
            victim = dice.choice(text_files(work))
            if victim.suffix == ".json" and dice.random() < 0.7:
                break_json(victim, dice)
            else:
                break_bytes(victim, dice)
            try:
                read_all(form, work)
            except FormatError as error:
                demand_sentence(str(error))
                return True
            return False
        finally:
            shutil.rmtree(work)

    return once


def _pictures(folder: Path) -> Try:
    from PIL import Image

    pixels = np.random.default_rng(1).integers(0, 255, (40, 56, 3), dtype=np.uint8)
    picture = Image.fromarray(pixels)
    exif = picture.getexif()
    exif[0x0112] = 6
    sound = []
    for name in ("a.png", "a.jpg", "a.webp", "a.tif", "a.bmp", "a.gif"):
        picture.save(folder / name, **({"exif": exif} if name in ("a.jpg", "a.webp") else {}))
        sound.append((Path(name).suffix, (folder / name).read_bytes()))

    def once(dice: random.Random) -> bool:
        suffix, data = dice.choice(sound)
        bent = folder / f"bent{suffix}"
        bent.write_bytes(bend(data, dice))
        outcome = look_at(bent)
        if outcome != "read":
            demand_sentence(outcome)
            assert bent.name in outcome
        return outcome != "read"

    return once


def _clips(folder: Path) -> Try:
    import av

    from tests.media.clips import RECIPES, make_clip

    sound = []
    for number, recipe in enumerate(RECIPES.values()):
        try:
            av.Codec(recipe.codec, "w")
        except ValueError:
            continue
        if recipe.count <= 60 and len(sound) < 5:
            path = make_clip(folder / f"sound-{number}.{recipe.suffix}", recipe)
            sound.append((path.suffix, path.read_bytes()))

    def once(dice: random.Random) -> bool:
        from refseg_annotator.errors import MediaError

        suffix, data = dice.choice(sound)
        bent = folder / f"bent{suffix}"
        bent.write_bytes(bend(data, dice))
        try:
            play(bent)
        except MediaError as error:
            demand_sentence(str(error))
            return True
        return False

    return once


def _projects(folder: Path) -> Try:
    from tests.hostile.test_project_files import made, open_whole

    sound = made(folder / "sound.refseg").read_bytes()
    path = folder / "bent.refseg"

    def once(dice: random.Random) -> bool:
        for old in folder.glob("bent.refseg*"):
            old.unlink()
        path.write_bytes(bend(sound, dice))
        outcome = open_whole(path)
        if outcome != "opened":
            demand_sentence(outcome)
        return outcome != "opened"

    return once


def _configurations(folder: Path) -> Try:
    """A model's `config.json`, by the reader that every list of models uses and by the one that builds the network."""
    from refseg_annotator.inference.bundles import read_bundle
    from refseg_annotator.nn.checkpoint import read_config
    from refseg_annotator.settings import models_folder
    from tests.hostile.test_bundles import bent_configuration

    origin = models_folder() / "cmsa-lite"
    sound = json.loads((origin / "config.json").read_text(encoding="utf-8"))
    bundle = folder / "bundle"
    bundle.mkdir()
    for name in ("vocabulary.txt", "card.md"):
        shutil.copyfile(origin / name, bundle / name)
    (bundle / "weights.safetensors").symlink_to(origin / "weights.safetensors")

    def once(dice: random.Random) -> bool:
        text = json.dumps(bent_configuration(sound, dice)).encode()
        (bundle / "config.json").write_bytes(bend(text, dice) if dice.random() < 0.5 else text)
        refused = False
        for read in (read_bundle, read_config):
            try:
                read(bundle)
            except BundleError as error:
                demand_sentence(str(error))
                refused = True
        return refused

    return once


def _weights(folder: Path) -> Try:
    """The header of a safetensors file, which says how much memory the rest would take."""
    from safetensors.numpy import save

    from refseg_annotator.services.model_package import check_weights

    sound = save({"a": np.arange(6, dtype=np.float32), "b": np.zeros((3, 4), np.float16), "c": np.ones(1, np.int64)})
    path = folder / "weights.safetensors"

    def once(dice: random.Random) -> bool:
        path.write_bytes(bend(sound, dice))
        try:
            check_weights(path, shown="model")
        except BundleError as error:
            demand_sentence(str(error))
            return True
        return False

    return once


def _packages(folder: Path) -> Try:
    from refseg_annotator.services.model_package import FILES, unpack
    from tests.services.small_bundles import write_zip

    sound = write_zip(folder / "sound.zip").read_bytes()
    path, inside = folder / "bent.zip", folder / "inside"

    def once(dice: random.Random) -> bool:
        path.write_bytes(bend(sound, dice))
        inside.mkdir()
        try:
            unpack(path, inside, shown=path.name)
        except BundleError as error:
            demand_sentence(str(error))
            return True
        finally:
            assert {found.name for found in inside.rglob("*")} <= set(FILES)
            shutil.rmtree(inside)
            assert {found.name for found in folder.iterdir()} == {"sound.zip", "bent.zip"}
        return False

    return once


def _phrases(folder: Path) -> Try:
    """Any text as a phrase: recorded and read back the same, or refused; always few tokens."""
    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.core.edits import PutMedium
    from refseg_annotator.core.project import Project
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services import annotate
    from refseg_annotator.services.jobs import SynchronousRunner
    from refseg_annotator.services.session import Session
    from refseg_annotator.text import LONGEST_PHRASE, Tokenizer, Vocabulary
    from tests.hostile.test_phrases import PHRASES
    from tests.storage.records import medium

    del folder
    session = Session(Project(author="Ada"), store=None, runner=SynchronousRunner(), media=FrameCache(1 << 20))
    session.commit(PutMedium(medium(session.project.next_id())))
    tokenizer = Tokenizer(Vocabulary.of(("dog", "red")), 20)
    seeds = [*PHRASES, "the dog on the left", "second cup from the right"]

    def once(dice: random.Random) -> bool:
        letters = list(dice.choice(seeds)[:400])
        for _ in range(dice.randrange(1, 12)):
            letters.insert(dice.randrange(len(letters) + 1), chr(dice.randrange(0x110000)))
        phrase = "".join(letters) * (dice.randrange(1, 60) if dice.random() < 0.1 else 1)
        tokens = tokenizer.encode(phrase)
        assert len(tokens.ids) <= 20
        assert sum(map(len, tokens.words)) <= 18 * LONGEST_PHRASE
        before = len(session.project.expressions)
        try:
            annotate.add_expression(session, MediumId(1), phrase)
        except RefSegError as error:
            demand_sentence(str(error))
            assert len(session.project.expressions) == before
            return True
        text = next(reversed(session.project.expressions.values())).text
        assert text
        assert text == text.strip()
        assert len(text) <= annotate.LONGEST_RECORDED
        session.undo()
        return False

    return once


def _settings(folder: Path) -> Try:
    """A settings file that somebody broke never keeps the window from opening: what is wrong is told and left out."""
    from refseg_annotator.settings import Settings, load_settings, save_settings

    place = folder / "config"
    file = save_settings(Settings(author="Ada", brush_radius=30, theme="dark"), place)
    sound = file.read_bytes()

    def once(dice: random.Random) -> bool:
        file.write_bytes(dice.choice((bend, other_digit))(sound, dice))
        loaded = load_settings(place)
        for told in loaded.problems:
            demand_sentence(told)
        return bool(loaded.problems)

    return once


def _recipes(folder: Path) -> Try:
    from refseg_annotator.settings import resources_folder
    from refseg_annotator.training.recipe import TrainingError, read_recipe

    sound = [path.read_bytes() for path in sorted((resources_folder() / "recipes").glob("*.toml"))]
    path = folder / "bent.toml"

    def once(dice: random.Random) -> bool:
        path.write_bytes(dice.choice((bend, other_digit))(dice.choice(sound), dice))
        try:
            read_recipe(path)
        except TrainingError as error:
            demand_sentence(str(error))
            return True
        return False

    return once


def _mask_codes(folder: Path) -> Try:
    """The bytes of one mask in a project file: a mask of that size or a ValueError, never more memory than its box."""
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.storage.mask_codec import decode_mask, encode_mask

    del folder
    size = Size(width=90, height=70)
    noise = np.random.default_rng(2)
    rows, columns = np.mgrid[:70, :90]
    arrays = [(rows - 30) ** 2 + (columns - 40) ** 2 < 500, noise.random((70, 90)) < 0.5, columns % 7 < 2]
    masks = [Mask.from_array(array) for array in arrays]
    sound = [(encode_mask(mask), mask.box) for mask in masks]

    def once(dice: random.Random) -> bool:
        data, box = dice.choice(sound)
        try:
            mask = decode_mask(bend(data, dice), size=size, box=box, packed=dice.random() < 0.5)
        except ValueError:
            return True
        assert mask.size == size
        assert mask.to_array().shape == size.shape
        return False

    return once


TARGETS = {
    target.name: target
    for target in (
        Target("data-sets", f"data sets of {len(READABLE)} formats", _data_sets),
        Target("pictures", "pictures: PNG, JPEG, WebP, TIFF, BMP, GIF", _pictures),
        Target("clips", "clips of five containers and codecs", _clips),
        Target("projects", "project files", _projects),
        Target("configurations", "models' configurations", _configurations),
        Target("weights", "models' weights (safetensors headers)", _weights),
        Target("packages", "models' zips", _packages),
        Target("mask-codes", "codes of masks", _mask_codes, takes_some=False),
        Target("phrases", "phrases", _phrases),
        Target("settings", "settings files", _settings),
        Target("recipes", "training recipes", _recipes),
    )
}
