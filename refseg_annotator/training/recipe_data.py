"""Whether the data that a recipe names are there: asked before anything is loaded, made or said.

Only looks; what is in the files is found out when they are read.
"""

from __future__ import annotations

from pathlib import Path

from refseg_annotator.errors import TrainingError
from refseg_annotator.formats.files import only_split
from refseg_annotator.formats.refer_files import find_files
from refseg_annotator.formats.refer_youtube_vos import expression_files
from refseg_annotator.training.click_recipe import ClickRecipe
from refseg_annotator.training.clip_recipe import ClipRecipe
from refseg_annotator.training.recipe import Recipe


def demand_data(recipe: Recipe, data: Path) -> None:
    """Refuse a recipe whose data sets or texts are not in the folder `data`.

    Raises:
        TrainingError: a folder or a text is missing.
        FormatError: a folder holds no such data set, or not the split.
    """
    for source in recipe.data:
        _demand_photos(data, source.path, source.split, recipe.name)
    if recipe.validation is not None:
        _demand_photos(data, recipe.validation.path, recipe.validation.split, recipe.name)
    for name in recipe.vocabulary.texts:
        if not (data / name).is_file():
            raise TrainingError(
                f"There is no {str(data / name)!r}, whose words the recipe {recipe.name!r} takes in; put the text "
                "there, or take it out of the recipe's vocabulary.texts."
            )


def demand_clip_data(recipe: ClipRecipe, data: Path) -> None:
    """The same of a recipe that follows masks through clips."""
    folder = _demand_folder(data, recipe.clips.path, recipe.name)
    only_split(folder, expression_files(folder), recipe.clips.split)
    _demand_photos(data, recipe.photos.path, recipe.photos.split, recipe.name)


def demand_click_data(recipe: ClickRecipe, data: Path) -> None:
    """The same of a recipe that reads clicks."""
    for source in (*recipe.data, recipe.validation):
        _demand_photos(data, source.path, source.split, recipe.name)


def _demand_photos(data: Path, path: str, split: str, recipe: str) -> None:
    files = find_files(_demand_folder(data, path, recipe), split=split, by=None, image_root=None)
    if not files.images.is_dir():
        raise TrainingError(f"{files.images} is missing; put the photos of {files.instances.name} there.")


def _demand_folder(data: Path, path: str, recipe: str) -> Path:
    folder = data / path
    if not folder.is_dir():
        raise TrainingError(
            f"The recipe {recipe!r} reads the folder {path!r}, which is not in {str(data)!r}; name with --data the "
            "folder that holds it."
        )
    return folder
