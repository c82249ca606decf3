"""The queue of what is doubtful: gathered once over the whole project, kept true by what changes afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from refseg_annotator.services.jobs import BATCH_LANE, IO_LANE, JobContext, JobHandle
from refseg_annotator.services.review import Doubt, ReviewItem, doubts_of, gathering, records_of
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from refseg_annotator.core.annotation import MediumId
    from refseg_annotator.core.events import Change
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.job_panel import Jobs

_SETTLE: Final = 250  # ms without a change after which a medium is looked at anew


class ReviewQueue(QObject):
    """Items in the order in which one meets them: the worst medium first, within it the worst item.

    A medium keeps its place while one works on it, so that nothing moves under the hand.

    Signals:
        changed: items came or went, or the gathering began or ended.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._jobs = jobs
        self._by_medium: dict[MediumId, list[ReviewItem]] = {}
        self._doubt: Doubt | None = None
        self._gathering: JobHandle | None = None
        self._looking: JobHandle | None = None
        self._is_gathered = False
        self._is_stale = False
        self._touched: dict[MediumId, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE)
        self._timer.setObjectName("reviewQueue")
        self._timer.timeout.connect(self._look)
        bridge.project_changed.connect(self._on_change)
        bridge.session_changed.connect(self._forget)

    @property
    def is_gathering(self) -> bool:
        """Whether the project is being looked through."""
        return self._gathering is not None and not self._gathering.state.is_ending

    @property
    def is_gathered(self) -> bool:
        """Whether it was looked through."""
        return self._is_gathered

    @property
    def is_stale(self) -> bool:
        """Whether many media changed at once since, so that it should be gathered anew."""
        return self._is_stale

    @property
    def doubt(self) -> Doubt | None:
        """The one reason that is listed; None for all."""
        return self._doubt

    def narrow(self, doubt: Doubt | None) -> None:
        """List one reason alone, or all."""
        if doubt is not self._doubt:
            self._doubt = doubt
            self.changed.emit()

    def items(self) -> list[ReviewItem]:
        """What is listed."""
        wanted = self._doubt
        return [item for items in self._by_medium.values() for item in items if wanted is None or item.doubt is wanted]

    def gather(self) -> None:
        """Look through the whole project in the background."""
        if self.is_gathering:
            return
        found: dict[MediumId, list[ReviewItem]] = {}

        def take(items: list[ReviewItem]) -> None:
            found[items[0].medium_id] = items

        def done() -> None:
            self._gathering = None
            # Media may have gone while the project was looked through.
            media = self._bridge.session.project.media
            alive = [(medium_id, items) for medium_id, items in found.items() if medium_id in media]
            worst_first = sorted(alive, key=lambda pair: -pair[1][0].weight)
            self._by_medium = dict(worst_first)
            self._is_gathered, self._is_stale = True, False
            self.changed.emit()
            # What changed meanwhile was looked at as it had been.
            if self._touched:
                self._timer.start()

        def ended() -> None:
            self._gathering = None
            self.changed.emit()

        self._gathering = self._jobs.start(
            BATCH_LANE,
            gathering(self._bridge.session),
            title=tr("Look for what is doubtful"),
            on_item=take,
            on_done=done,
            on_cancelled=ended,
        )
        if self._gathering.state.is_ending:
            self._gathering = None
        self.changed.emit()

    def neighbour(self, item: ReviewItem | None, step: int) -> ReviewItem | None:
        """The item `step` further, going round; where `item` is gone, the first of its medium or the first of all."""
        items = self.items()
        if not items:
            return None
        if item in items:
            return items[(items.index(item) + step) % len(items)]
        here = item.medium_id if item is not None else self._bridge.medium_id
        return next((one for one in items if one.medium_id == here), items[0 if step > 0 else -1])

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        for job in (self._gathering, self._looking):
            if job is not None:
                job.cancel()

    # --- within ------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self.close()
        self._gathering = self._looking = None
        self._by_medium.clear()
        self._touched.clear()
        self._is_gathered = self._is_stale = False
        self.changed.emit()

    def _on_change(self, change: Change) -> None:
        if not (self._is_gathered or self.is_gathering) or change.is_nothing:
            return
        if len(change.media) > 1:
            self._is_stale = True
            gone = [medium_id for medium_id in self._by_medium if medium_id not in self._bridge.session.project.media]
            for medium_id in gone:
                del self._by_medium[medium_id]
            self.changed.emit()
        if change.medium_id is not None:
            self._touched[change.medium_id] = None
            self._timer.start()

    def _look(self) -> None:
        """Look anew at the media that changed, in a lane: a thousand expressions take a moment."""
        if self._looking is not None or self.is_gathering:
            self._timer.start()
            return
        session = self._bridge.session
        touched = [medium_id for medium_id in self._touched if medium_id in session.project.media]
        for medium_id in self._touched.keys() - set(touched):
            self._by_medium.pop(medium_id, None)
        self._touched.clear()
        # Masks that are on disk alone are as they were when the project was looked through.
        records = [records_of(session, medium_id) for medium_id in touched if medium_id in session.project.loaded_media]

        def work(_context: JobContext) -> Iterator[tuple[MediumId, list[ReviewItem]]]:
            for one in records:
                yield one.medium.id, doubts_of(one)

        def take(found: tuple[MediumId, list[ReviewItem]]) -> None:
            medium_id, items = found
            if items and medium_id in session.project.media:
                self._by_medium[medium_id] = items
            else:
                self._by_medium.pop(medium_id, None)

        def done() -> None:
            self._looking = None
            self.changed.emit()

        job = self._bridge.runner.start(IO_LANE, work, on_item=take, on_done=done, title=tr("Look at what changed"))
        self._looking = None if job.state.is_ending else job
