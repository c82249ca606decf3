"""Which model reads phrases, as the settings say; where the one for clips cannot be had, that for photos stands in."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.inference.bundles import bundle_for_phrases
from refseg_annotator.services.jobs import sentence_of
from refseg_annotator.services.readers import Readers, stand_in_sentence
from refseg_annotator.settings import AUTOMATIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from refseg_annotator.inference.bundles import BundleInfo
    from refseg_annotator.inference.predictor import ModelInfo, Predictor
    from refseg_annotator.settings import Settings

logger = logging.getLogger(__name__)

_EVERYTHING: Final = tuple(MediumKind)
_PHOTOS: Final = (MediumKind.IMAGE,)
_CLIPS: Final = (MediumKind.VIDEO,)


@dataclass(frozen=True, slots=True)
class ReaderState:
    """How it stands with the model that reads phrases on media of a kind.

    Attributes:
        name: of its bundle; "" while that is not known.
        model: None while it is not loaded.
        problem: why it could not be loaded, in a sentence.
    """

    name: str = ""
    model: ModelInfo | None = None
    problem: str | None = None


class ModelShelf:
    """Loads predictors in the model's lane, and keeps the last of each kind: another project needs no second loading.

    Args:
        load: makes the predictor of a bundle as the settings have it; takes seconds.
        tell: called from any thread when the model that reads media of a kind is being loaded, is loaded, or failed.
        warn: called from any thread, once with each sentence, when the photos' model stands in for that of clips.
    """

    def __init__(
        self,
        load: Callable[[BundleInfo, Settings], Predictor],
        tell: Callable[[MediumKind, ReaderState], None],
        warn: Callable[[str], None],
    ) -> None:
        self._load = load
        self._tell = tell
        self._warn = warn
        self._lock = threading.RLock()  # within the loading for clips there may be one for photos
        self._wanted: tuple[str, ...] = ()
        self._kept: dict[MediumKind, tuple[tuple[str, ...], Predictor]] = {}
        self._warned: set[str] = set()

    def readers(self, settings: Settings) -> Readers:
        """Who reads phrases by these settings: one model for everything where a person chose it, else one a kind."""
        wanted = model_wanted(settings)
        if wanted != self._wanted:
            # Replaced whole and without the lock, which is held for the seconds of a loading.
            self._wanted, self._kept = wanted, {}
        if settings.model != AUTOMATIC:
            return Readers(lambda: self._of_photos(settings, _EVERYTHING))
        return Readers(lambda: self._of_photos(settings, _PHOTOS), lambda: self._of_clips(settings))

    # --- in the model's lane -----------------------------------------------------------------------------------------

    def _of_photos(self, settings: Settings, served: Iterable[MediumKind]) -> Predictor:
        with self._lock:
            try:
                return self._taken(bundle_for_phrases(settings.model, MediumKind.IMAGE), settings, served)
            except Exception as error:
                self._tell_all(settings, served, ReaderState(problem=sentence_of(error)))
                raise

    def _of_clips(self, settings: Settings) -> Predictor:
        with self._lock:
            bundle, problem = None, None
            try:
                bundle = bundle_for_phrases(settings.model, MediumKind.VIDEO)
                if bundle.follows_clips:
                    return self._taken(bundle, settings, _CLIPS)
            except Exception as error:
                logger.info("the model for clips could not be loaded", exc_info=error)
                problem = sentence_of(error)
            # Whatever it was, phrases can be read all the same.
            predictor = self._of_photos(settings, _EVERYTHING)
            name = predictor.info.name
            sentence = (
                f"No model here follows clips, so that {name} reads phrases on clips as well as on photos; "
                "add one under Models."
            )
            if bundle is not None and problem is not None:
                sentence = stand_in_sentence(name, bundle.name, problem)
            if sentence not in self._warned:
                self._warned.add(sentence)
                self._warn(sentence)
            return predictor

    def _taken(self, bundle: BundleInfo, settings: Settings, served: Iterable[MediumKind]) -> Predictor:
        key = (str(bundle.path), settings.device, settings.mirror, settings.edges)
        predictor = next((kept for known, kept in self._kept.values() if known == key), None)
        if predictor is None:
            self._tell_all(settings, served, ReaderState(bundle.name))
            predictor = self._load(bundle, settings)
        if self._is_wanted(settings):
            self._kept.update(dict.fromkeys(served, (key, predictor)))
        self._tell_all(settings, served, ReaderState(bundle.name, predictor.info))
        return predictor

    def _is_wanted(self, settings: Settings) -> bool:
        """Whether the settings still hold: others may have come in the seconds of a loading."""
        return model_wanted(settings) == self._wanted

    def _tell_all(self, settings: Settings, kinds: Iterable[MediumKind], state: ReaderState) -> None:
        if self._is_wanted(settings):
            for kind in kinds:
                self._tell(kind, state)


def model_wanted(settings: Settings) -> tuple[str, ...]:
    """What of the settings makes other predictors."""
    return settings.model, settings.device, settings.mirror, settings.edges
