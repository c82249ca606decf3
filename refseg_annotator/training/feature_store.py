"""Features of photos in fixed views, each computed once: the fast path for few cores.

While the image encoder is frozen, a photo seen the same way gives the same features, and computing them is most of a
step. With a few fixed views for each photo, drawn like any other, they are computed when a view is met first and read
from then on. One file a view, there whole or not at all, so that a killed run goes on with them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from refseg_annotator.nn.image_encoder import FeatureMaps
from refseg_annotator.training.recipe_file import text_of
from refseg_annotator.training.tensor_file import write_tensors

if TYPE_CHECKING:
    from torch import Tensor, nn

    from refseg_annotator.training.recipe import Recipe

_PARTS: Final = ("level0", "level1", "level2", "detail0", "detail1")


class FeatureStore:
    """The features of one run on one device.

    Args:
        folder: where the run's own files go; another recipe's are not found there.
        encoder: the frozen image encoder.
        rank: which of several processes this is; each sees views of its own.
    """

    def __init__(self, folder: Path, recipe: Recipe, encoder: nn.Module, *, rank: int = 0) -> None:
        decided = hashlib.sha256(text_of(recipe).encode()).hexdigest()
        self.folder: Final = folder / f"features-{decided[:12]}-{rank}"
        self._encoder = encoder

    def maps_of(self, views: Sequence[tuple[int, int]], images: Tensor) -> FeatureMaps:
        """Features of `images` (b, 3, H, W), each the photo and view that stands at its place in `views`.

        The answer is the same whether a view was met before: float16, in which features are kept, is all that it has.

        Raises:
            TrainingError: the disk refuses.
        """
        found = [self._read(view) for view in views]
        lacking = [place for place, maps in enumerate(found) if maps is None]
        if lacking:
            made = self._encode(images[lacking])
            with suppress(OSError):  # where there can be no folder, the writing says so
                self.folder.mkdir(exist_ok=True)
            for row, place in enumerate(lacking):
                maps = {name: part[row].half().cpu().contiguous() for name, part in made.items()}
                write_tensors(
                    self._path(views[place]), maps, what="features", mend="free space there, or set `cached_views = 0`"
                )
                found[place] = maps
        # Widened one by one: where the processor runs in bfloat16, torch refuses to stack half floats.
        joined = [
            torch.stack([maps[name].float() for maps in found if maps is not None]).to(images.device) for name in _PARTS
        ]
        return FeatureMaps((joined[0], joined[1], joined[2]), (joined[3], joined[4]))

    def discard(self) -> None:
        """Gives the disk back; the encoder is trained from here on."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _encode(self, images: Tensor) -> dict[str, Tensor]:
        with torch.no_grad():
            maps: FeatureMaps = self._encoder(images)
        return dict(zip(_PARTS, (*maps.levels, *maps.details), strict=True))

    def _path(self, view: tuple[int, int]) -> Path:
        photo, number = view
        return self.folder / f"{photo:07}-{number}.safetensors"

    def _read(self, view: tuple[int, int]) -> dict[str, Tensor] | None:
        """The features of a view; None where it was not met, or its file is damaged and is made anew."""
        try:
            maps = load_file(self._path(view))
        except (OSError, SafetensorError):
            return None
        return maps if set(maps) == set(_PARTS) else None
