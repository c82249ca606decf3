"""From the name that was typed to a loaded model, or to an opened project."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator.cli.choices import Device

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import MediumKind
    from refseg_annotator.inference.bundles import BundleInfo
    from refseg_annotator.inference.predictor import Predictor
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.services.readers import Readers
    from refseg_annotator.services.session import Session
    from refseg_annotator.settings import Settings

_FRAME_CACHE: Final = 64 << 20


def load_named_predictor(
    name: str | None,
    device: Device | None,
    *,
    mirror: bool | None = None,
    edges: bool | None = None,
    second_look: float | None = None,
    best_level: bool | None = None,
    compare: bool | None = None,
    plain: bool | None = None,
    named_colours: bool | None = None,
) -> Predictor:
    """Load the model of a bundle's name or folder; what is not named is as the settings say.

    Where the model really runs stands in its `info.device`.
    """
    from refseg_annotator.settings import load_settings, step_choice

    settings = load_settings().settings
    bundle = _bundle(settings, name)  # before the import: a wrong name is answered before torch is waited for
    from refseg_annotator.inference.torch_predictor import load_predictor

    return load_predictor(
        bundle.path,
        _device(settings, device).value,
        mirror=step_choice(settings.mirror) if mirror is None else mirror,
        edges=step_choice(settings.edges) if edges is None else edges,
        second_look=second_look,
        best_level=best_level,
        compare=compare,
        plain=plain,
        named_colours=named_colours,
    )


def load_clip_reader(name: str | None, device: Device | None) -> Predictor:
    """What reads phrases on frames of clips: the model named, or the one that the settings choose.

    Where nobody has chosen any, `bundle_for_phrases` says which.
    """
    from refseg_annotator.core.annotation import MediumKind
    from refseg_annotator.settings import load_settings

    bundle = _bundle(load_settings().settings, name, MediumKind.VIDEO)
    return load_named_predictor(str(bundle.path), device)


def load_video_predictor(
    name: str | None, device: Device | None, *, study: bool | None = None, every_frame: bool = False
) -> tuple[VideoPredictor, str | None]:
    """What carries masks through clips: the bundle that `load_named_predictor` takes, else another that can.

    Where none can, optical flow does, and a sentence says so.
    """
    from refseg_annotator.inference.torch_follower import load_follower
    from refseg_annotator.settings import load_settings, step_choice

    settings = load_settings().settings
    bundle = _bundle(settings, name)
    follower, found = load_follower(
        bundle,
        _device(settings, device).value,
        study=step_choice(settings.study) if study is None else study,
        every_frame=every_frame,
    )
    if found is not None:
        return follower, None
    return follower, (
        f"ATTENTION: the model {bundle.name!r} does not follow clips, so masks are carried along optical flow, "
        "which loses what is hidden for a while; name a model that follows clips with --model (see models list)."
    )


def named_readers(name: str | None, device: Device | None) -> Readers:
    """Who reads phrases on photos and who on frames of clips: `load_named_predictor`, and `load_clip_reader`.

    They may be sent to other processes and machines. Nothing is loaded yet, but a wrong name is answered here. Where
    the one for clips cannot be loaded, the photos' stands in, as in the window.
    """
    from refseg_annotator.core.annotation import MediumKind
    from refseg_annotator.services.readers import Readers
    from refseg_annotator.settings import load_settings

    settings = load_settings().settings
    # Another machine has settings of its own.
    name = settings.model if name is None else name
    photos, clips = (_bundle(settings, name, kind) for kind in (MediumKind.IMAGE, MediumKind.VIDEO))
    load = functools.partial(load_named_predictor, name, device)
    if clips.path == photos.path:
        return Readers(load)  # one model for everything, and one copy of it in memory
    return Readers(load, functools.partial(load_clip_reader, name, device), clip_bundle=clips.name)


def named_label(name: str | None, kind: MediumKind) -> str:
    """What provenance calls the model that reads phrases on media of a kind; reads its configuration alone."""
    from refseg_annotator.settings import load_settings

    return _bundle(load_settings().settings, name, kind).label


def _bundle(settings: Settings, name: str | None, kind: MediumKind | None = None) -> BundleInfo:
    """What reads phrases on media of a kind, photos by default: the bundle named, or as the settings say."""
    from refseg_annotator.core.annotation import MediumKind
    from refseg_annotator.inference.bundles import bundle_for_phrases

    return bundle_for_phrases(settings.model if name is None else name, kind or MediumKind.IMAGE)


def _device(settings: Settings, device: Device | None) -> Device:
    return Device(settings.device) if device is None else device


@contextmanager
def opened_project(path: Path, *, create: bool = False, only_read: bool = False) -> Iterator[Session]:
    """A session on the project at `path`; one made for the purpose goes again when what it was made for fails.

    Args:
        only_read: nothing will be committed, so that a project on a disk of others will do too.
    """
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.documents import new_project, open_project, with_suffix
    from refseg_annotator.services.jobs import SynchronousRunner
    from refseg_annotator.storage.project_store import remove_project

    runner, cache = SynchronousRunner(), FrameCache(_FRAME_CACHE)
    is_new = create and not with_suffix(path).exists()
    if is_new:
        session = new_project(path, runner=runner, media=cache)
    else:
        place = with_suffix(path) if create else path
        # Where it can be written it is locked all the same: nobody should change it while it is read.
        fixed = only_read and place.is_file() and not (os.access(place, os.W_OK) and os.access(place.parent, os.W_OK))
        session = open_project(place, runner=runner, media=cache, read_only=fixed)
    try:
        yield session
    except BaseException:
        session.close(abandon=True)
        if is_new:
            remove_project(with_suffix(path))
        raise
    try:
        session.close()
    except BaseException:
        session.close(abandon=True)
        raise
