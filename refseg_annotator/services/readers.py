"""The predictors that read phrases, by the kind of medium: each is loaded when first needed, and keeps its features."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.inference.clicks import ClickReader
from refseg_annotator.services.job import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from refseg_annotator.inference.predictor import ImageFeatures, Predictor
    from refseg_annotator.services.frames import Frames

logger = logging.getLogger(__name__)

# Encoded pictures kept: a few megabytes each, so that paging back and forth costs no second encoding.
_MOST_FEATURES: Final = 12


class Encoded(NamedTuple):
    """An encoded frame, and how long reading and encoding it took, in milliseconds; 0 where it was at hand."""

    features: ImageFeatures
    frame_ms: float = 0.0
    encode_ms: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """A loaded predictor with what it encoded, by file and frame.

    Both come and go together. Two predictors may be of one name and device, as with and without the mirror image, and
    neither reads what the other encoded. Frames are encoded for any thread.
    """

    predictor: Predictor
    _features: OrderedDict[tuple[Path, int], ImageFeatures] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def encoded(self, frames: Frames, path: Path, frame: int) -> Encoded:
        """A frame as this predictor sees it. Raises MediaError where it cannot be read."""
        with self._lock:  # who asks for a frame that is being encoded gets that
            return self._encoded(frames, (path, frame))

    def _encoded(self, frames: Frames, key: tuple[Path, int]) -> Encoded:
        found = self._features.get(key)
        if found is not None:
            self._features.move_to_end(key)
            return Encoded(found)
        began = time.perf_counter()
        image = frames.read(*key)
        read = time.perf_counter()
        features = self.predictor.encode(image)
        ended = time.perf_counter()
        self._features[key] = features
        while len(self._features) > _MOST_FEATURES:
            self._features.popitem(last=False)
        return Encoded(features, (read - began) * 1000, (ended - read) * 1000)

    @property
    def clicks(self) -> ClickReader | None:
        """The predictor where it finds what clicks are on."""
        predictor = self.predictor
        return predictor if isinstance(predictor, ClickReader) and predictor.reads_clicks else None


class Readers:
    """Who reads phrases on photos, and who on frames of clips. Loading belongs to the model's lane, looking to any.

    Args:
        load: makes the predictor when first needed; may take seconds, for it imports torch.
        load_for_clips: makes the one for frames of clips; None where the same reads both. It may answer with the
            photos' own, which then keeps one store of what it encoded.
        clip_bundle: name of the bundle for clips; where that cannot be loaded, the photos' own reads them and `warning`
            says so. "" where `load_for_clips` sees to that itself, or a failure is to be raised.

    Attributes:
        warning: that the photos' own reads clips and why, in a sentence; None where it does not.
    """

    def __init__(
        self,
        load: Callable[[], Predictor],
        load_for_clips: Callable[[], Predictor] | None = None,
        *,
        clip_bundle: str = "",
    ) -> None:
        self._loaders = {MediumKind.IMAGE: load}
        if load_for_clips is not None:
            self._loaders[MediumKind.VIDEO] = load_for_clips
        self._loaded: dict[MediumKind, Reader] = {}
        self._clip_bundle = clip_bundle
        self.warning: str | None = None

    def __getstate__(self) -> dict[str, object]:
        """Sent to another process they load there: a network may lie on a device of this one."""
        return {**self.__dict__, "_loaded": {}, "warning": None}

    def loaded(self, kind: MediumKind) -> Reader | None:
        """Who reads media of a kind; None before the first use."""
        return self._loaded.get(self._served(kind))

    def ready(self, kind: MediumKind) -> Reader:
        """Who reads media of a kind; loads where need be. For work in the model's lane alone."""
        kind = self._served(kind)
        found = self._loaded.get(kind)
        if found is None:
            predictor = self._made(kind)
            alike = (reader for reader in self._loaded.values() if reader.predictor is predictor)
            found = self._loaded[kind] = next(alike, None) or Reader(predictor)
        return found

    def _made(self, kind: MediumKind) -> Predictor:
        try:
            return self._loaders[kind]()
        except Exception as error:
            if kind is not MediumKind.VIDEO or not self._clip_bundle:
                raise
            logger.info("the model for clips could not be loaded", exc_info=error)
            # Whatever it was, phrases can be read all the same.
            predictor = self.ready(MediumKind.IMAGE).predictor
            self.warning = stand_in_sentence(predictor.info.name, self._clip_bundle, sentence_of(error))
            return predictor

    def _served(self, kind: MediumKind) -> MediumKind:
        return kind if kind in self._loaders else MediumKind.IMAGE


def stand_in_sentence(reader: str, bundle: str, problem: str) -> str:
    """That the photos' model `reader` stands in for `bundle`, which could not be loaded for the `problem` told."""
    sentence = f"On clips {reader} reads phrases for now, because {bundle} could not be loaded: {problem}"
    return sentence if sentence.endswith(".") else f"{sentence}."
