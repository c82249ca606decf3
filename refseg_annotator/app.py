"""The composition root of the window: the only place that sees Qt, torch and services together."""

from __future__ import annotations

import logging
import signal
import sys
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from refseg_annotator import __version__
from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import BundleError, ProjectError
from refseg_annotator.inference.bundles import bundle_for_phrases
from refseg_annotator.inference.torch_follower import load_follower
from refseg_annotator.media import FrameCache
from refseg_annotator.services import documents
from refseg_annotator.services.assist import Assist
from refseg_annotator.services.jobs import IO_LANE, JobContext, Runner, RunnerClosedError, sentence_of
from refseg_annotator.services.log_bundle import end_log, keep_log
from refseg_annotator.services.model_shelf import ModelShelf, model_wanted
from refseg_annotator.services.propagate import Propagation
from refseg_annotator.services.readers import Readers
from refseg_annotator.settings import (
    Settings,
    load_settings,
    resources_folder,
    save_settings,
    step_choice,
    user_data_folder,
)
from refseg_annotator.ui.bridge import Bridge, QtPost, Tone
from refseg_annotator.ui.main_window import TITLE, MainWindow
from refseg_annotator.ui.theme import Theme
from refseg_annotator.ui.wording import speak

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from refseg_annotator.inference.bundles import BundleInfo
    from refseg_annotator.inference.predictor import Predictor
    from refseg_annotator.inference.torch_predictor import DeviceChoice
    from refseg_annotator.inference.video_predictor import VideoPredictor
    from refseg_annotator.services.jobs import JobRunner
    from refseg_annotator.services.session import Session

logger = logging.getLogger(__name__)

_MIB: Final = 1 << 20


def _load(bundle: BundleInfo, settings: Settings) -> Predictor:
    # Seconds of import: torch comes in here and nowhere earlier.
    from refseg_annotator.inference.torch_predictor import load_predictor

    return load_predictor(
        bundle.path, _device(settings), mirror=step_choice(settings.mirror), edges=step_choice(settings.edges)
    )


def _load_video(settings: Settings) -> VideoPredictor:
    """What carries masks through clips; a model that is not there is no hindrance."""
    try:
        preferred = bundle_for_phrases(settings.model, MediumKind.VIDEO)
    except BundleError as error:
        logger.info("%s", error)
        preferred = None
    return load_follower(preferred, _device(settings), study=step_choice(settings.study))[0]


def _follower_wanted(settings: Settings) -> tuple[str, ...]:
    """What of the settings makes another `_load_video`."""
    return settings.model, settings.device, settings.study


def _device(settings: Settings) -> DeviceChoice:
    if settings.device not in ("auto", "cpu", "cuda"):
        raise BundleError(f"There is no device {settings.device!r}; choose auto, cpu or cuda.")
    return settings.device  # type: ignore[return-value]


class SettingsKeeper:
    """Writes changed settings to the file, in the io lane; what was set for one run alone stays out of it."""

    def __init__(self, runner: JobRunner, settings: Settings, tell: Callable[[str], None]) -> None:
        self._runner = runner
        self._known = settings
        self._tell = tell

    def keep(self, settings: Settings) -> None:
        """Keep what differs from the last time."""
        changed = {
            item.name: getattr(settings, item.name)
            for item in fields(Settings)
            if getattr(settings, item.name) != getattr(self._known, item.name)
        }
        self._known = settings

        def work(_context: JobContext) -> Iterator[None]:
            stored = load_settings().settings
            for key, value in changed.items():
                stored = stored.changed(key, value)
            save_settings(stored)
            yield from ()

        try:
            self._runner.start(IO_LANE, work, on_failed=lambda error: self._tell(sentence_of(error)), title="Settings")
        except RunnerClosedError as error:
            logger.info("%s", error)


class Program(QObject):
    """The running window with all that it stands on.

    Args:
        predictor_loader: makes what reads every phrase, in place of what the settings say.
        load_bundle: makes the predictor of a bundle that the settings ask for.
        load_video: makes what carries masks through clips, as the settings say.
    """

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        *,
        predictor_loader: Callable[[], Predictor] | None = None,
        load_bundle: Callable[[BundleInfo, Settings], Predictor] = _load,
        load_video: Callable[[Settings], VideoPredictor] = _load_video,
    ) -> None:
        super().__init__()
        speak(settings.language)
        self.post = QtPost()
        self.runner = Runner(self.post)
        self.frames = FrameCache(settings.frame_cache * _MIB)
        self.theme = Theme(application, settings.theme, calm=settings.reduced_motion)  # type: ignore[arg-type]
        self._shelf = ModelShelf(
            load_bundle,
            lambda kind, state: self.post(lambda: self.bridge.readers.put(kind, state)),
            lambda words: self.post(lambda: self.bridge.say(words, Tone.WARNING, action="models")),
        )
        self._predictor_loader = predictor_loader
        self._load_video = load_video
        self._model_settings = settings
        self._keeper = SettingsKeeper(self.runner, settings, lambda words: self.bridge.say(words, Tone.WARNING))
        session, problem = self._first_session(settings)
        self.bridge = Bridge(
            runner=self.runner,
            session=session,
            assist_for=self._assist_for,
            propagation_for=self._propagation_for,
            settings=settings,
            keep_settings=self._keeper.keep,
        )
        self.bridge.settings_changed.connect(self._on_settings)
        self.window = MainWindow(self.bridge, self.theme, self.frames)
        if problem is not None:
            place = f"The project lies in {session.path} until it is saved elsewhere."
            self.bridge.say(f"{problem} {place}", Tone.ERROR, action="save_as")

    def close(self) -> None:
        """Let the lanes end."""
        if not self.runner.shutdown():
            logger.warning("a lane was still at work when the window closed")

    def _first_session(self, settings: Settings) -> tuple[Session, str | None]:
        """A new project among the user's data; where those cannot be written among temporary files, with a sentence."""
        try:
            return documents.new_project(runner=self.runner, media=self.frames, author=settings.author), None
        except (ProjectError, OSError) as error:
            logger.info("no project among the user's data: %s", error)
            path = Path(tempfile.mkdtemp(prefix="refseg-")) / "untitled"
            session = documents.new_project(path, runner=self.runner, media=self.frames, author=settings.author)
            return session, f"The folder {user_data_folder()} cannot be written."

    def _assist_for(self, session: Session) -> Assist:
        return Assist(session, self.runner, self._readers(), self._follower)

    def _follower(self) -> VideoPredictor:
        return self.bridge.propagation.ready()

    def _propagation_for(self, session: Session) -> Propagation:
        return Propagation(session, self.runner, self._video_loader())

    def _video_loader(self) -> Callable[[], VideoPredictor]:
        wanted = self._model_settings
        return lambda: self._load_video(wanted)

    def _readers(self) -> Readers:
        if self._predictor_loader is not None:
            return Readers(self._predictor_loader)
        return self._shelf.readers(self._model_settings)

    def _on_settings(self) -> None:
        settings = self.bridge.settings
        before, self._model_settings = self._model_settings, settings
        if model_wanted(settings) != model_wanted(before):
            self.bridge.readers.clear()
            self.bridge.assist.use_readers(self._readers())
            self.bridge.assist.warm(self.bridge.medium_id, self.bridge.frame)
        if _follower_wanted(settings) != _follower_wanted(before):
            if (settings.model, settings.device) != (before.model, before.device):
                # Nobody wants that model or device any more; to study or not concerns the next propagation alone.
                self.bridge.propagation.cancel()
            self.bridge.propagation.use_loader(self._video_loader())


def run(
    paths: Sequence[Path],
    *,
    clips: Sequence[Path] = (),
    settings: Settings | None = None,
    on_shown: Callable[[], None] | None = None,
) -> int:
    """Show the window on `paths` until it is closed; the exit status.

    Args:
        clips: folders of frames, each to be opened as one clip.
        settings: those of this run; None reads the file.
        on_shown: called once the window has been painted, for measuring.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("refseg-annotator")
    application.setApplicationDisplayName(TITLE)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("refseg-annotator")
    application.setWindowIcon(_window_icon())
    problems: tuple[str, ...] = ()
    if settings is None:
        loaded = load_settings()
        settings, problems = loaded.settings, loaded.problems
    # Ctrl+C in the terminal ends the program as it does others; every edit is on disk already.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    log = keep_log()
    program = Program(application, settings)
    former_hook = sys.excepthook
    sys.excepthook = _hook(program)
    try:
        program.window.show()

        def begin() -> None:
            if on_shown is not None:
                on_shown()
            program.window.start(list(paths), clips=clips)
            for problem in problems:
                program.bridge.say(problem, Tone.WARNING)

        FirstPaint(program.window, begin)
        return application.exec()
    finally:
        program.close()
        end_log(log)
        sys.excepthook = former_hook


class FirstPaint(QObject):
    """Calls something once a window has been painted: it is there before anything is opened or torch is imported."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint to be over."""
        if watched is self._window and event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._then)
        return False


def _hook(program: Program) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """A mistake of ours in a handler is logged whole and told in a sentence; the window goes on."""

    def hook(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        logger.error("an error escaped", exc_info=(kind, error, traceback))
        program.bridge.say(sentence_of(error), Tone.ERROR)

    return hook


def _window_icon() -> QIcon:
    icon = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        icon.addFile(str(resources_folder() / "icons" / f"app-{size}.png"))
    return icon
