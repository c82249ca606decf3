"""From the name that was typed to a loaded model, or to an opened project."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator.cli.choices import Device

if TYPE_CHECKING:
    from refseg_annotator.inference.predictor import Predictor
    from refseg_annotator.services.session import Session

_FRAME_CACHE: Final = 64 << 20


def load_named_predictor(name: str | None, device: Device | None) -> Predictor:
    """Load the model of a bundle's name or folder; what is not named is as the settings say.

    Where the model really runs stands in its `info.device`.
    """
    from refseg_annotator.inference.bundles import find_bundle
    from refseg_annotator.settings import load_settings

    settings = load_settings().settings
    # A wrong name is answered before torch is waited for.
    bundle = find_bundle(settings.model if name is None else name)
    from refseg_annotator.inference.torch_predictor import load_predictor

    chosen = Device(settings.device) if device is None else device
    return load_predictor(bundle.path, chosen.value)


@contextmanager
def opened_project(path: Path, *, create: bool = False) -> Iterator[Session]:
    """A session on the project at `path`; one made for the purpose goes again when what it was made for fails."""
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.documents import new_project, open_project, with_suffix
    from refseg_annotator.services.jobs import SynchronousRunner
    from refseg_annotator.storage.project_store import remove_project

    runner, cache = SynchronousRunner(), FrameCache(_FRAME_CACHE)
    is_new = create and not with_suffix(path).exists()
    if is_new:
        session = new_project(path, runner=runner, media=cache)
    else:
        session = open_project(with_suffix(path) if create else path, runner=runner, media=cache)
    try:
        yield session
    except BaseException:
        session.close(abandon=True)
        if is_new:
            remove_project(with_suffix(path))
        raise
    session.close()
