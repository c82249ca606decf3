"""The expression checks as one works: after each change for the medium on show, after each pause for the phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import MediaError
from refseg_annotator.services.expression_checks import words_of
from refseg_annotator.services.jobs import IO_LANE, JobContext, JobHandle
from refseg_annotator.services.live_checks import (
    DEFAULT_MOST_WORDS,
    CheckInput,
    draft_problems,
    input_of,
    problems_of,
    with_draft,
)
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ExpressionId, ReferentId
    from refseg_annotator.core.events import Change
    from refseg_annotator.services.live_checks import ReadFrame
    from refseg_annotator.services.problems import Problem
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.panels.phrase_bar import PhraseBar

_SETTLE: Final = 300  # ms after a change
_PAUSE: Final = 180  # ms after a letter


class LiveChecker(QObject):
    """Looks in a lane; only the latest look counts.

    Signals:
        changed: other problems of the expressions on show.
        draft_changed: other problems of the phrase in the box.
    """

    changed = Signal()
    draft_changed = Signal()

    def __init__(self, bridge: Bridge, phrase_bar: PhraseBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._phrase_bar = phrase_bar
        self._problems: dict[ExpressionId, tuple[Problem, ...]] = {}
        self._draft: tuple[Problem, ...] = ()
        self._words: dict[tuple[MediumKind, str], bool] = {}
        self._jobs: dict[str, JobHandle] = {}
        self._all = self._timer("liveChecks", _SETTLE, self._look)
        self._typed = self._timer("draftChecks", _PAUSE, self._look_at_draft)
        bridge.project_changed.connect(self._on_change)
        bridge.place_changed.connect(self._on_place)
        bridge.session_changed.connect(self._on_place)
        bridge.model_changed.connect(self._on_model)
        bridge.selection_changed.connect(self._typed.start)
        bridge.assist_changed.connect(lambda _: self._typed.start())
        phrase_bar.edit.textChanged.connect(lambda _: self._on_text())
        self._all.start()

    @property
    def draft(self) -> tuple[Problem, ...]:
        """What is wrong with the phrase in the box."""
        return self._draft

    def of(self, expression_id: ExpressionId) -> tuple[Problem, ...]:
        """What is wrong with an expression on show."""
        return self._problems.get(expression_id, ())

    def close(self) -> None:
        """Look no more."""
        self._all.stop()
        self._typed.stop()
        for job in self._jobs.values():
            job.cancel()

    # --- within ------------------------------------------------------------------------------------------------

    def _timer(self, name: str, pause: int, call: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=pause)
        timer.setObjectName(name)
        timer.timeout.connect(call)
        return timer

    def _on_change(self, change: Change) -> None:
        if change.medium_id in (None, self._bridge.medium_id) and not change.is_nothing:
            self._all.start()
            self._typed.start()

    def _on_place(self) -> None:
        self._set_problems({})
        self._set_draft(())
        self._all.start()
        self._typed.start()

    def _on_model(self) -> None:
        self._words.clear()
        self._all.start()
        self._typed.start()

    def _on_text(self) -> None:
        # What was wrong with other words is no longer said of these.
        self._set_draft(())
        self._typed.start()

    def _look(self) -> None:
        given = self._given()
        if given is None or not given.expressions:
            self._set_problems({})
            return
        read = self._reader(given)

        def work(_context: JobContext) -> Iterator[dict[ExpressionId, tuple[Problem, ...]]]:
            yield problems_of(given, read)

        def take(found: dict[ExpressionId, tuple[Problem, ...]]) -> None:
            if given.medium_id == self._bridge.medium_id:
                self._set_problems(found)

        self._start("all", work, take)

    def _look_at_draft(self) -> None:
        bridge, text = self._bridge, self._phrase_bar.text
        proposal = bridge.assist.proposal
        # A phrase that stays in the box after it was run and taken is recorded; what is wrong with it stands there.
        is_wanted = bool(text.strip()) and (proposal is not None or self._phrase_bar.is_typing)
        given = self._given(text) if is_wanted else None
        if given is None:
            self._set_draft(())
            return
        offered = None
        targets: tuple[ReferentId, ...] = ()
        if proposal is not None and proposal.medium_id == given.medium_id:
            offered = (proposal.frame, proposal.mask)
        elif bridge.referent_id is not None:
            targets = (bridge.referent_id,)
        drafted = with_draft(given, text, targets, offered)
        read = self._reader(given)

        def work(_context: JobContext) -> Iterator[tuple[Problem, ...]]:
            yield draft_problems(drafted, read)

        def take(found: tuple[Problem, ...]) -> None:
            if text == self._phrase_bar.text and given.medium_id == self._bridge.medium_id:
                self._set_draft(found)

        self._start("draft", work, take)

    def _start(self, name: str, work: object, take: object) -> None:
        former = self._jobs.pop(name, None)
        if former is not None:
            former.cancel()
        self._jobs[name] = self._bridge.runner.start(IO_LANE, work, on_item=take, title=tr("Check phrases"))  # type: ignore[arg-type]

    def _given(self, text: str = "") -> CheckInput | None:
        bridge = self._bridge
        medium_id = bridge.medium_id
        if medium_id is None or bridge.veil.is_drawn or medium_id not in bridge.session.project.media:
            return None
        kind = bridge.session.medium(medium_id).kind
        model = bridge.assist.model(kind)
        texts = [expression.text for expression in bridge.session.project.expressions_of(medium_id)]
        return input_of(
            bridge.session,
            medium_id,
            max_words=DEFAULT_MOST_WORDS if model is None else model.max_words,
            vocabulary=self._known([*texts, text], kind),
        )

    def _known(self, texts: list[str], kind: MediumKind) -> frozenset[str] | None:
        """The words of some texts that the model for media of a kind knows; None while it is not loaded."""
        assist = self._bridge.assist
        if assist.model(kind) is None:
            return None
        for word in {word for text in texts for word in words_of(text)}:
            if (kind, word) not in self._words:
                tokens = assist.tokenize(word, kind)
                self._words[kind, word] = tokens is not None and not tokens.unknown
        return frozenset(word for (reads, word), known in self._words.items() if known and reads is kind)

    def _reader(self, given: CheckInput) -> ReadFrame:
        session, shown = self._bridge.session, self._bridge.frame
        is_clip = session.medium(given.medium_id).kind is MediumKind.VIDEO

        def read(frame: int) -> NDArray[np.uint8] | None:
            # Of a clip only the frame on show is decoded already; a check is not worth decoding others.
            if is_clip and frame != shown:
                return None
            try:
                return session.frames.read(given.path, frame)
            except MediaError:
                return None  # told where the frame is shown

        return read

    def _set_problems(self, problems: dict[ExpressionId, tuple[Problem, ...]]) -> None:
        if problems != self._problems:
            self._problems = problems
            self.changed.emit()

    def _set_draft(self, problems: tuple[Problem, ...]) -> None:
        if problems != self._draft:
            self._draft = problems
            self.draft_changed.emit()
