"""The bridge between services and widgets: callbacks become signals on the window's thread, and what the window looks
at (place, selection, tool, look) lives here, in no widget. Of the project it keeps nothing: widgets read
`session.project`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import RefSegError
from refseg_annotator.services.proposal import AssistPhase, AssistState
from refseg_annotator.ui.canvas.veil import Veil
from refseg_annotator.ui.look import Look
from refseg_annotator.ui.places import Places, medium_near
from refseg_annotator.ui.reader_board import ReaderBoard
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.tools.canvas_tools import Tool, ToolId, tool_of
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from refseg_annotator.core.annotation import ExpressionId, Medium, MediumId, Referent, ReferentId
    from refseg_annotator.core.events import Change
    from refseg_annotator.services.assist import Assist
    from refseg_annotator.services.jobs import JobRunner
    from refseg_annotator.services.model_shelf import ReaderState
    from refseg_annotator.services.propagate import Propagation
    from refseg_annotator.services.session import Session
    from refseg_annotator.settings import Settings

T = TypeVar("T")

LARGEST_BRUSH: Final = 500.0
_SAVE_AGAIN: Final = 3000  # milliseconds after which a refused write is tried again


class QtPost(QObject):
    """Brings calls to the thread that made it; call it from any thread."""

    _called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._called.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        """Queue a call."""
        self._called.emit(call)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()


class Tone(StrEnum):
    """How a message is meant."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the person, with an action that mends or continues (an id of the table), if there is one."""

    sentence: str
    tone: Tone = Tone.INFO
    action: str | None = None


class Bridge(QObject):
    """What widgets listen to and ask.

    Signals:
        leaving: the open project is about to be closed; what still writes to it stops now.
        session_changed: another project is open.
        project_changed: a `Change` of the project.
        place_changed: another medium or frame is on show.
        selection_changed: another referent or expression is selected.
        assist_changed: the `AssistState`.
        propagation_changed: the `PropagationState`.
        model_changed: another model reads phrases, is being loaded for them, or none could be.
        look_changed: masks are to be shown differently.
        tool_changed: another tool, or another size of the brush.
        settings_changed: another value in the settings.
        saved_changed: edits reached the disk, or wait for it.
        said: a `Message`.
    """

    leaving = Signal()
    session_changed = Signal()
    project_changed = Signal(object)
    place_changed = Signal()
    selection_changed = Signal()
    assist_changed = Signal(object)
    propagation_changed = Signal(object)
    model_changed = Signal()
    look_changed = Signal()
    tool_changed = Signal()
    settings_changed = Signal()
    saved_changed = Signal()
    said = Signal(object)

    def __init__(
        self,
        *,
        runner: JobRunner,
        session: Session,
        assist_for: Callable[[Session], Assist],
        propagation_for: Callable[[Session], Propagation],
        settings: Settings,
        keep_settings: Callable[[Settings], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self.runner = runner
        self._assist_for = assist_for
        self._propagation_for = propagation_for
        self._settings = settings
        self._keep_settings = keep_settings
        self._look = Look().following(settings)
        self._tool = tool_of(ToolId.SELECT)
        self._radius = float(settings.brush_radius)
        self._medium_id: MediumId | None = None
        self._frame = 0
        self._referent_id: ReferentId | None = None
        self._expression_id: ExpressionId | None = None
        self._accept_into: ReferentId | None = None
        self.veil = Veil(self)
        self.veil.changed.connect(self.look_changed)
        self.readers = ReaderBoard(self)
        self.readers.changed.connect(self.model_changed)
        self.places = Places()
        self.write_problem: str | None = None
        self._ends: list[Callable[[], None]] = []
        self._session = session
        self._assist = assist_for(session)
        self._propagation = propagation_for(session)
        self._listen()
        self._show_first()

    # --- the project -------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The open project."""
        return self._session

    @property
    def assist(self) -> Assist:
        """The assistant of the open project."""
        return self._assist

    @property
    def propagation(self) -> Propagation:
        """What carries masks through the clips of the open project."""
        return self._propagation

    def take(self, session: Session) -> Session:
        """Show another project; returns the former, which is the caller's to close."""
        former = self._session
        self.leave()
        self._session = session
        self.write_problem = None
        self._assist = self._assist_for(session)
        self._propagation = self._propagation_for(session)
        self._listen()
        self._show_first()
        self.session_changed.emit()
        self.place_changed.emit()
        self.selection_changed.emit()
        self.assist_changed.emit(self._assist.state)
        self.propagation_changed.emit(self._propagation.state)
        return former

    def leave(self) -> None:
        """Listen to the open project no more."""
        if self.veil.desk is not None:
            self.veil.desk.leave()
        self.keep_carried()
        self.places.keep(self._session, self._medium_id, self._frame)
        self._assist.cancel()
        for end in self._ends:
            end()
        self._ends.clear()

    def keep_carried(self) -> None:
        """Before the project is closed: stop, and keep what nobody has decided about of what was carried.

        It is not settled, and can be undone or reviewed.
        """
        self.leaving.emit()
        self._propagation.cancel()
        for proposal in self._propagation.proposals:
            self.attempt(partial(self._propagation.accept, proposal))

    def attempt(self, call: Callable[[], T]) -> T | None:
        """Do something that may be refused; a refusal becomes a message."""
        try:
            return call()
        except RefSegError as error:
            self.say(str(error), Tone.WARNING)
            return None

    def undo(self) -> None:
        """Take back the last edit and go where it was."""
        if self.veil.stops_undo(self._session.history.state_number):
            self.say(tr("Nothing is drawn in this check yet; Esc leaves it."))
            return
        self._follow(self.attempt(self._session.undo))

    def redo(self) -> None:
        """Do again what was taken back, and go there."""
        self._follow(self.attempt(self._session.redo))

    def say(self, sentence: str, tone: Tone = Tone.INFO, *, action: str | None = None) -> None:
        """Tell the person something."""
        self.said.emit(Message(tr_sentence(sentence), tone, action))

    # --- the place ---------------------------------------------------------------------------------------------

    @property
    def medium_id(self) -> MediumId | None:
        """The medium on show."""
        return self._medium_id

    @property
    def medium(self) -> Medium | None:
        """The medium on show, as the project has it."""
        return None if self._medium_id is None else self._session.project.media.get(self._medium_id)

    @property
    def frame(self) -> int:
        """The frame on show."""
        return self._frame

    def show(self, medium_id: MediumId | None, frame: int | None = None) -> None:
        """Go to a frame, or to a medium as it was left, if it is still there; a proposal elsewhere is dropped."""
        medium = None if medium_id is None else self._session.project.media.get(medium_id)
        if medium_id is not None and medium is None:
            return
        if frame is None:
            frame = 0 if medium is None else self.places.frame_of(medium)
        if (medium_id, frame) == (self._medium_id, self._frame):
            return
        is_other = medium_id != self._medium_id
        if is_other:
            self._referent_id = None
            self._expression_id = None
        self._medium_id, self._frame = medium_id, frame
        self.places.note(medium_id, frame)
        self._session.shown = medium_id
        if self._assist.state.phase is not AssistPhase.IDLE:
            self._assist.cancel()
        self.place_changed.emit()
        if is_other:
            self.selection_changed.emit()

    # --- the selection -----------------------------------------------------------------------------------------

    @property
    def referent_id(self) -> ReferentId | None:
        """The selected referent."""
        return self._referent_id

    @property
    def referent(self) -> Referent | None:
        """The selected referent, as the project has it."""
        return None if self._referent_id is None else self._session.project.referents.get(self._referent_id)

    @property
    def expression_id(self) -> ExpressionId | None:
        """The selected expression."""
        return self._expression_id

    def select(self, referent_id: ReferentId | None, expression_id: ExpressionId | None = None) -> None:
        """Select a referent, or one of its expressions, or nothing."""
        if (referent_id, expression_id) != (self._referent_id, self._expression_id):
            self._referent_id, self._expression_id = referent_id, expression_id
            self.selection_changed.emit()

    def referents_here(self) -> list[Referent]:
        """The referents of the medium on show, in the order of the list."""
        return [] if self._medium_id is None else self.veil.seen(self._session.project.referents_of(self._medium_id))

    # --- the assistant -----------------------------------------------------------------------------------------

    @property
    def accept_into(self) -> ReferentId | None:
        """The referent whose mask the proposal is meant to replace; None for a new one."""
        return self._accept_into

    def request(self, text: str, *, into: ReferentId | None = None) -> None:
        """Run a phrase on the frame on show."""
        if self._medium_id is None:
            self.say(tr("Open a picture first; drop one here or press Ctrl+O."), Tone.WARNING, action="open_pictures")
            return
        if self.veil.is_drawn:
            self.say(tr("In a blind check the phrase is given; draw what it names, or press G for: not here."))
            return
        self._accept_into = into
        self._assist.request(text, self._medium_id, self._frame)

    @property
    def reader(self) -> ReaderState:
        """How it stands with the model that reads phrases on the medium on show; without one, on photos."""
        medium = self.medium
        return self.readers.state_of(MediumKind.IMAGE if medium is None else medium.kind)

    # --- tool and look -----------------------------------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """The chosen tool."""
        return self._tool

    def choose_tool(self, tool_id: ToolId) -> None:
        """Choose a tool."""
        self._tool = tool_of(tool_id)
        self.tool_changed.emit()

    @property
    def brush_radius(self) -> float:
        """Radius of the brush in source pixels."""
        return self._radius

    def set_brush_radius(self, radius: float) -> None:
        """Make the brush that large, from half a pixel on."""
        radius = min(max(round(radius * 2) / 2, 0.5), LARGEST_BRUSH)
        if radius != self._radius:
            self._radius = radius
            self.tool_changed.emit()

    def step_brush(self, steps: int) -> None:
        """Make the brush larger or smaller by an eighth, by half a pixel at least."""
        grown = self._radius * 1.125**steps
        if abs(grown - self._radius) < 0.5:
            grown = self._radius + (0.5 if steps > 0 else -0.5)
        self.set_brush_radius(grown)

    @property
    def look(self) -> Look:
        """How masks are shown."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Show masks differently."""
        if look != self._look:
            self._look = look
            self.look_changed.emit()

    # --- settings ----------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The values of all settings."""
        return self._settings

    def set_settings(self, settings: Settings) -> None:
        """Take other settings, use them at once and keep them."""
        if settings == self._settings:
            return
        former, self._settings = self._settings, settings
        self._keep_settings(settings)
        # A look chosen with a key stays until the settings say something else of it.
        if Look().following(former) != Look().following(settings):
            self.set_look(self._look.following(settings))
        self.settings_changed.emit()

    # --- within ------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        self._ends = [
            self._session.subscribe(self._on_change),
            self._session.on_saved(self._on_saved),
            self._session.on_write_failed(self._on_write_failed),
            self._assist.subscribe(self._on_assist),
            self._propagation.subscribe(self.propagation_changed.emit),
        ]

    def _show_first(self) -> None:
        self._medium_id, self._frame = self.places.begin(self._session)
        self.places.note(self._medium_id, self._frame)
        self._referent_id = self._expression_id = None
        self._session.shown = self._medium_id

    def _follow(self, change: Change | None) -> None:
        if change is None:
            return
        medium = None if change.medium_id is None else self._session.project.media.get(change.medium_id)
        if medium is not None:
            self.show(medium.id, self.places.frame_after(change, medium, shown=(self._medium_id, self._frame)))
        touched = [referent_id for referent_id, _ in change.annotations] + list(change.referents)
        alive = [referent_id for referent_id in touched if referent_id in self._session.project.referents]
        if alive and self._referent_id not in alive:
            self.select(min(alive))

    def _on_change(self, change: Change) -> None:
        project = self._session.project
        if self._referent_id is not None and self._referent_id not in project.referents:
            self.select(None)
        if self._expression_id is not None and self._expression_id not in project.expressions:
            self.select(self._referent_id)
        self.project_changed.emit(change)
        self.saved_changed.emit()
        if self._medium_id is None or self._medium_id not in project.media:
            self.show(medium_near(project, self._medium_id))

    def _on_saved(self) -> None:
        self.write_problem = None
        self.saved_changed.emit()

    def _on_write_failed(self, error: BaseException) -> None:
        is_news, self.write_problem = self.write_problem != str(error), str(error)
        self.saved_changed.emit()
        QTimer.singleShot(_SAVE_AGAIN, self, self._save_again)
        if is_news:
            told = tr_sentence(str(error))
            self.say(
                tr("{error} Your edits wait in memory and are tried again.", error=told), Tone.ERROR, action="save_as"
            )

    def _save_again(self) -> None:
        """A disk may have room again, or be back, without an edit that asks for it."""
        if self.write_problem is not None:
            self._session.try_saving()

    def _on_assist(self, state: AssistState) -> None:
        if state.phase is AssistPhase.FAILED and state.sentence:
            self.say(state.sentence, Tone.ERROR)
        if state.phase is AssistPhase.IDLE:
            self._accept_into = None
        self.assist_changed.emit(state)
