"""All that has to do with review, batches and the whole data set, put together: docks, strips, dialogs, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QDockWidget, QMainWindow, QWidget

from refseg_annotator.services import review
from refseg_annotator.ui.documents.relink_desk import RelinkDesk
from refseg_annotator.ui.panels.live_checker import LiveChecker
from refseg_annotator.ui.review.batch_desk import BatchDesk
from refseg_annotator.ui.review.blind_desk import BlindDesk
from refseg_annotator.ui.review.blind_strip import BlindStrip
from refseg_annotator.ui.review.review_panel import ReviewPanel
from refseg_annotator.ui.review.review_queue import ReviewQueue
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.services.review import ReviewItem
    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.job_panel import Jobs
    from refseg_annotator.ui.panels.media_list import MediaList
    from refseg_annotator.ui.panels.phrase_bar import PhraseBar
    from refseg_annotator.ui.panels.referent_panel import ReferentPanel
    from refseg_annotator.ui.theme import Theme

_LOWEST: Final = 200  # px: a list of fewer rows is not worth its place


class ReviewDesk(QObject):
    """Made with the window; `attach` puts its parts in their places."""

    def __init__(self, bridge: Bridge, actions: Actions, jobs: Jobs, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._actions = actions
        self._jobs = jobs
        self._theme = theme
        self._window = window
        self._item: ReviewItem | None = None
        self._waits = False
        self.queue = ReviewQueue(bridge, jobs, self)
        self.blind = BlindDesk(bridge, self)
        self.batch = BatchDesk(bridge, jobs, self)
        self.relink = RelinkDesk(bridge, jobs, window)
        bridge.veil.desk = self.blind

    def attach(
        self,
        stage: QWidget,
        canvas: Canvas,
        phrase_bar: PhraseBar,
        media_list: MediaList,
        referent_panel: ReferentPanel,
    ) -> None:
        """Put the dock into the window and the strip over the picture, and do what the actions ask for."""
        bridge, actions, theme = self._bridge, self._actions, self._theme
        self._media_list = media_list
        self.checker = LiveChecker(bridge, phrase_bar, self)
        phrase_bar.use_checker(self.checker)
        referent_panel.use_checker(self.checker)
        self.strip = BlindStrip(self.blind, theme, stage)
        self.strip.covers.connect(canvas.keep_clear)
        bridge.tool_changed.connect(self.strip.place, Qt.ConnectionType.QueuedConnection)
        self.panel = ReviewPanel(bridge, self.queue, actions, theme)
        self.panel.setMinimumWidth(180)
        self.dock = QDockWidget(tr("Doubtful"), self._window)
        self.dock.setObjectName("reviewDock")
        self.dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.dock.setTitleBarWidget(QWidget())
        self.dock.setWidget(self.panel)
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.dock)
        self.dock.hide()
        self.dock.visibilityChanged.connect(lambda _: actions["show_review"].setChecked(not self.dock.isHidden()))
        actions["show_review"].toggled.connect(self._show_panel)
        for action_id, call in (
            ("batch", self.show_batch),
            ("pause_batch", self.batch.toggle),
            ("next_item", lambda: self.step(1)),
            ("previous_item", lambda: self.step(-1)),
            ("keep_item", self.keep),
            ("blind_check", self.blind.toggle),
            ("statistics", self.show_statistics),
            ("splits", self.show_splits),
            ("relink", self.relink.find),
        ):
            actions.on(action_id, call)
        self.panel.wanted.connect(self.go)
        self.queue.changed.connect(self._on_queue)
        self.relink.relinked.connect(media_list.reread)
        for signal in (bridge.session_changed, bridge.place_changed, self.batch.changed, self.queue.changed):
            signal.connect(self.refresh)
        bridge.project_changed.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Enable what can be done now."""
        has_media = bool(self._bridge.session.project.media)
        for action_id in ("batch", "next_item", "previous_item", "blind_check", "statistics", "splits", "relink"):
            self._actions[action_id].setEnabled(has_media)
        self._actions["keep_item"].setEnabled(self._item is not None)
        self._actions["pause_batch"].setEnabled(self.batch.run is not None)

    def close(self) -> None:
        """Before the window closes: a check under way is taken back, work under way ends."""
        self.blind.leave()
        self.batch.stop()
        self.queue.close()
        self.checker.close()

    # --- the queue ---------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the next doubtful item; the first time the project is looked through before."""
        if not self.queue.is_gathered:
            self._waits = True
            self._actions["show_review"].setChecked(True)
            self.queue.gather()
            return
        item = self.queue.neighbour(self._item, by)
        if item is None:
            self._bridge.say(tr("Nothing is doubtful."))
        else:
            self.go(item)

    def go(self, item: ReviewItem) -> None:
        """Show an item where it is, selected."""
        bridge = self._bridge
        project = bridge.session.project
        if item.medium_id not in project.media:
            return
        self._item = item
        bridge.show(item.medium_id, item.frame)
        referent_id = item.referent_id if item.referent_id in project.referents else None
        expression_id = item.expression_id if item.expression_id in project.expressions else None
        bridge.select(referent_id, expression_id)
        self.panel.choose(item)
        self.refresh()

    def keep(self) -> None:
        """Say that the item is right as it is, and go to the next."""
        item, bridge = self._item, self._bridge
        if item is None:
            return
        following = self.queue.neighbour(item, 1)
        if bridge.attempt(lambda: review.keep(bridge.session, item)) is None:
            return
        if following is not None and following != item:
            self.go(following)
        else:
            self._item = None
            self.refresh()

    def _on_queue(self) -> None:
        if self._waits and self.queue.is_gathered:
            self._waits = False
            self.step(1)

    def _show_panel(self, on: bool) -> None:
        if on and self.dock.isHidden():
            self.dock.show()
            others = [dock for dock in self._window.findChildren(QDockWidget, "mediaDock") if not dock.isHidden()]
            if self.dock.height() < _LOWEST:
                docks = [*others, self.dock]
                self._window.resizeDocks(docks, [60] * len(others) + [40], Qt.Orientation.Vertical)
        self.dock.setVisible(on)
        if on and not self.queue.is_gathered:
            self.queue.gather()

    # --- dialogs -----------------------------------------------------------------------------------------------

    def show_batch(self) -> None:
        """Ask what to pre-segment."""
        from refseg_annotator.ui.review.batch_dialog import BatchDialog

        dialog = BatchDialog(self._bridge, self._media_list, self._window)
        dialog.start_wanted.connect(lambda rows, media, own: self.batch.start(rows, media, own=own))
        self._open(dialog)

    def show_statistics(self) -> None:
        """Show the page of statistics."""
        from refseg_annotator.ui.review.statistics_dialog import StatisticsDialog

        self._open(StatisticsDialog(self._bridge, self._jobs, self._theme, self._window))

    def show_splits(self) -> None:
        """Ask how to split."""
        from refseg_annotator.ui.review.split_dialog import SplitDialog

        self._open(SplitDialog(self._bridge, self._jobs, self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
