"""Tensors put on disk whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import save_file
from torch import Tensor

from refseg_annotator.errors import TrainingError


def write_tensors(path: Path, tensors: Mapping[str, Tensor], *, what: str, mend: str) -> None:
    """Writes a safetensors file beside and moves it into place.

    Args:
        what: the thing that the file holds, for the sentence; `mend`: what to do where the disk refuses.

    Raises:
        TrainingError: the disk refuses; a file that was there before is kept.
    """
    staged = path.with_name(path.name + ".part")
    try:
        save_file(dict(tensors), staged)
        staged.replace(path)
    except (OSError, SafetensorError) as cause:
        with suppress(OSError):
            staged.unlink()
        raise TrainingError(f"The {what} {str(path)!r} cannot be written ({cause}); {mend}.") from cause
