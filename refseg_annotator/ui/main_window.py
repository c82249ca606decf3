"""The window: it puts the parts in their places and hands them to each other. Nothing of the work is done here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QStatusBar,
    QToolBar,
    QWidget,
)

from refseg_annotator import __version__
from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.media import kind_of
from refseg_annotator.services.documents import is_untitled
from refseg_annotator.ui.actions.action_set import Actions, KeyRouter
from refseg_annotator.ui.actions.action_table import Menu
from refseg_annotator.ui.actions.window_verbs import WindowVerbs
from refseg_annotator.ui.canvas.canvas import Canvas
from refseg_annotator.ui.canvas.canvas_surface import Scene
from refseg_annotator.ui.canvas.frame_loader import FrameLoader
from refseg_annotator.ui.canvas.scene_builder import build_scene, referent_at
from refseg_annotator.ui.clip.propagation_masks import offered_on
from refseg_annotator.ui.clip.timeline import Timeline, TimelineDock
from refseg_annotator.ui.documents.documents_desk import DocumentsDesk
from refseg_annotator.ui.dropped_files import dropped_files
from refseg_annotator.ui.forms import within_screen
from refseg_annotator.ui.guidance.empty_state import EmptyState
from refseg_annotator.ui.guidance.guides import Guides
from refseg_annotator.ui.job_panel import Jobs
from refseg_annotator.ui.messages import MessageStrip
from refseg_annotator.ui.panels.media_list import MediaList
from refseg_annotator.ui.panels.phrase_bar import PhraseBar
from refseg_annotator.ui.panels.referent_panel import MENU_ACTIONS, ReferentPanel
from refseg_annotator.ui.review.review_desk import ReviewDesk
from refseg_annotator.ui.status import Status
from refseg_annotator.ui.theme import set_style_property
from refseg_annotator.ui.tools.tool_desk import ToolDesk
from refseg_annotator.ui.tools.tool_strip import ToolStrip
from refseg_annotator.ui.window_layout import WindowLayout
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint

    from refseg_annotator.core.events import Change
    from refseg_annotator.core.geometry import Box
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.propagate_proposal import PropagationState
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.frame_picture import FramePicture
    from refseg_annotator.ui.theme import Theme

TITLE = "RefSeg Annotator"
_REST = 150  # ms on a frame after which it is worth encoding


class MainWindow(QMainWindow):
    """The one window.

    Args:
        frames: the cache of decoded frames, for projects that it opens.
    """

    def __init__(self, bridge: Bridge, theme: Theme, frames: FrameCache) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setMinimumSize(within_screen(self, QSize(1024, 640)))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.bridge = bridge
        self.theme = theme
        self.actions_ = Actions(self, theme)
        self.jobs = Jobs(bridge)
        self.desk = DocumentsDesk(bridge, self.jobs, frames, self)
        self.canvas = Canvas()
        self.tools = ToolDesk(bridge, self.canvas, self.actions_, theme, self)
        self.hand = self.tools.hand
        self.loader = FrameLoader(bridge)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._warm)
        self.phrase_bar = PhraseBar(bridge, self.actions_, theme)
        self.media_list = MediaList(bridge, theme)
        self.referent_panel = ReferentPanel(bridge, self.actions_, theme)
        self.tool_strip = ToolStrip(bridge, self.actions_, theme)
        self.empty = EmptyState(self.actions_, theme)
        self.status = Status(bridge, self.jobs, self.canvas, self.actions_, theme, self.tools.options)
        self.timeline = Timeline(bridge, self.loader, self.canvas, self.actions_, theme)
        self.review = ReviewDesk(bridge, self.actions_, self.jobs, theme, self)
        self._lay_out()
        self.tools.attach(self.stage)
        self.review.attach(self.stage, self.canvas, self.phrase_bar, self.media_list, self.referent_panel)
        self.messages = MessageStrip(bridge, self.actions_, theme, self.stage)
        self.verbs = WindowVerbs(
            bridge=bridge,
            actions=self.actions_,
            canvas=self.canvas,
            phrase_bar=self.phrase_bar,
            media_list=self.media_list,
            referent_panel=self.referent_panel,
            desk=self.desk,
            jobs=self.jobs,
            timeline=self.timeline,
            theme=theme,
            window=self,
        )
        self.guides = Guides(bridge, self.actions_, theme, self)
        self.router = KeyRouter(self, self.actions_, canvas=self.canvas, has_offer=lambda: self.verbs.has_offer)
        self._fill_menus()
        self._connect()
        self._layout = WindowLayout(self, self.referent_panel.splitter, self.tool_strip, self.timeline_dock)
        self._layout.restore()
        self._check_panels()
        self._on_session()
        self._on_look()
        self._on_tool()
        self._on_theme()

    def start(self, paths: list[Path], *, clips: Sequence[Path] = ()) -> None:
        """Open what was named on the command line, once the window is on the screen.

        Args:
            clips: folders of frames, each to be opened as one clip.
        """
        self._give_focus()
        self.loader.load()
        if paths:
            self.desk.open_paths(paths)
        if clips:
            self.desk.folders.open(clips)
        if not paths and not clips:
            # Who comes back after a crash looks for the work, not for a tour that lies over the offer of it.
            self.desk.remember_recoverable(self.guides.greet)
        # The model for photos is made ready before one is there; that for clips once a frame is on show.
        if self.bridge.medium_id is None and not clips and {kind_of(path) for path in paths} != {MediumKind.VIDEO}:
            self.bridge.assist.warm()

    # --- putting together --------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        top = QToolBar(tr("Phrase"))
        top.setObjectName("phraseToolBar")
        top.setMovable(False)
        top.setFloatable(False)
        top.toggleViewAction().setVisible(False)
        top.addWidget(self.phrase_bar)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, top)
        self.stage = QStackedWidget()
        self.stage.setObjectName("stage")
        self.stage.addWidget(self.canvas)
        self.stage.addWidget(self.empty)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tool_strip)
        row.addWidget(self.stage, 1)
        self.setCentralWidget(middle)
        self.media_dock = self._dock(tr("Media"), "mediaDock", self.media_list, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.referent_dock = self._dock(
            tr("Referents"), "referentDock", self.referent_panel, Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.timeline_dock = TimelineDock(self.bridge, self.timeline)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.timeline_dock)
        self.media_list.setMinimumWidth(180)
        self.referent_panel.setMinimumWidth(220)
        self.resizeDocks([self.media_dock, self.referent_dock], [248, 296], Qt.Orientation.Horizontal)
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.status, 1)
        self.setStatusBar(bar)

    def _dock(self, title: str, name: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title)
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        # The panels have heads of their own; a second title would only take room.
        dock.setTitleBarWidget(QWidget())
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _fill_menus(self) -> None:
        menus = self.actions_.fill(self.menuBar())
        self._recent = QMenu(tr("Open recent"), self)
        self._recent.aboutToShow.connect(self._fill_recent)
        menus[Menu.FILE].insertMenu(self.actions_["recover"], self._recent)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for name in self.bridge.settings.recent_projects:
            action = QAction(Path(name).name, self._recent)
            action.setToolTip(name)
            action.triggered.connect(lambda _=False, name=name: self.desk.open_project(Path(name)))
            self._recent.addAction(action)
        if self._recent.isEmpty():
            self._recent.addAction(tr("None yet")).setEnabled(False)

    def _connect(self) -> None:
        bridge, canvas, loader, actions = self.bridge, self.canvas, self.loader, self.actions_
        bridge.session_changed.connect(self._on_session)
        bridge.session_changed.connect(loader.forget)
        bridge.place_changed.connect(self._on_place)
        bridge.project_changed.connect(self._on_change)
        bridge.selection_changed.connect(self._on_selection)
        bridge.assist_changed.connect(lambda _: self._draw_scene(dirty=()))
        bridge.propagation_changed.connect(self._on_propagation)
        bridge.look_changed.connect(self._on_look)
        bridge.tool_changed.connect(self._on_tool)
        bridge.saved_changed.connect(self._retitle)
        bridge.settings_changed.connect(self._on_settings)
        self.theme.changed.connect(self._on_theme)
        loader.waiting.connect(canvas.set_waiting)
        loader.arrived.connect(self._on_arrived)
        loader.failed.connect(self._on_frame_failed)
        self.review.relink.relinked.connect(loader.load)
        canvas.menu_wanted.connect(self._on_menu)
        actions.on("filter_media", self._filter_media)
        actions.on("full_screen", self._toggle_full_screen)
        actions.on("about", self._about)
        for action_id, panel in (("show_media", self.media_dock), ("show_referents", self.referent_dock)):
            actions[action_id].toggled.connect(panel.setVisible)
            panel.visibilityChanged.connect(lambda _=False: self._check_panels())
        actions["show_tools"].toggled.connect(self.tool_strip.setVisible)
        actions["show_timeline"].toggled.connect(self.timeline_dock.set_wanted)
        self._check_panels()

    # --- keeping up --------------------------------------------------------------------------------------------

    def _on_session(self) -> None:
        self._show_stage()
        self._retitle()

    def _on_place(self) -> None:
        self.canvas.abandon()
        self._show_stage()
        self._retitle()

    def _on_change(self, change: Change) -> None:
        if change.media:
            self._show_stage()
            self._retitle()
        bridge, frame = self.bridge, self.loader.frame
        if change.medium_id not in (None, bridge.medium_id):
            return
        if change.frame is None or change.frame == frame:
            self._draw_scene(dirty=None if change.box is None else (change.box,))
        elif any(at == frame for _, at in change.annotations):
            self._draw_scene()

    def _on_propagation(self, state: PropagationState) -> None:
        """Draw what has arrived for the frame on show; frames elsewhere cost nothing."""
        frame = self.loader.frame
        if any(at == frame for _, at in state.arrived) or (not state.arrived and not state.is_busy):
            self._draw_scene()

    def _on_selection(self) -> None:
        former = self.canvas.scene.selected
        scene = self._scene()
        boxes = [overlay.pixels.box for overlay in (former, scene.selected) if overlay is not None]
        self.canvas.set_scene(scene, boxes)

    def _on_arrived(self, picture: FramePicture | None) -> None:
        self.canvas.set_waiting(None)
        self.canvas.set_picture(picture)
        self.tools.stage.refresh()
        self._draw_scene()
        self.status.refresh()
        self._rest.start()

    def _warm(self) -> None:
        """Encode the frame on which one rests, before a phrase is typed; not those that one merely passes."""
        bridge = self.bridge
        is_moving = self.timeline.player.is_playing or self.loader.is_busy or bridge.propagation.state.is_busy
        if self.canvas.picture is None or bridge.medium_id is None:
            return
        if is_moving or bridge.assist.state.is_busy:
            self._rest.start()  # or the model of this medium would wait for the first phrase or another frame
        else:
            bridge.assist.warm(bridge.medium_id, bridge.frame)

    def _on_frame_failed(self, _sentence: str) -> None:
        self.canvas.set_waiting(None)
        self.canvas.set_picture(None)
        self._draw_scene()

    def _on_look(self) -> None:
        self.canvas.set_bare(self.bridge.look.peeking)
        self._draw_scene()

    def _on_tool(self) -> None:
        tool = self.bridge.tool
        if self.hand.tool is not tool:
            self.hand.take(tool)
        self.canvas.set_brush(self.bridge.brush_radius if tool.is_round else None)

    def _on_settings(self) -> None:
        chosen = self.bridge.settings
        self.theme.calm = chosen.reduced_motion
        self.theme.choose(chosen.theme)  # type: ignore[arg-type]
        self._on_theme()

    def _on_theme(self) -> None:
        self.canvas.set_colours(
            QColor(self.theme.colours.canvas), QColor(self.theme.colours.text), calm=self.theme.calm
        )

    def _scene(self) -> Scene:
        bridge = self.bridge
        if self.canvas.picture is None:
            return Scene()
        return build_scene(
            bridge.session.project,
            bridge.medium_id,
            self.loader.frame,
            look=bridge.look,
            selected=bridge.referent_id,
            proposal=bridge.assist.proposal,
            accept_into=bridge.accept_into,
            ratio=self.canvas.devicePixelRatioF(),
            offered=offered_on(bridge, self.loader.frame),
            veil=bridge.veil.last,
            compared=bridge.veil.compared,
        )

    def _draw_scene(self, *, dirty: Sequence[Box] | None = None) -> None:
        self.canvas.set_scene(self._scene(), dirty)

    def _show_stage(self) -> None:
        wanted = self.empty if self.bridge.medium_id is None else self.canvas
        if self.stage.currentWidget() is not wanted:
            self.stage.setCurrentWidget(wanted)
            self._give_focus()
        self.tool_strip.setEnabled(self.bridge.medium_id is not None)

    def _give_focus(self) -> None:
        """The keyboard goes to what fills the stage, not to the first text field that Qt finds."""
        if not self.phrase_bar.text:
            (self.canvas if self.stage.currentWidget() is self.canvas else self.empty.first).setFocus()

    def _retitle(self) -> None:
        session, parts = self.bridge.session, []
        if self.bridge.medium_id is not None and self.bridge.medium is not None:
            parts.append(session.path_of(self.bridge.medium_id).name)
        if session.path is not None:
            parts.append(tr("unnamed project") if is_untitled(session.path) else session.path.stem)
        self.setWindowTitle("  ·  ".join([*parts, TITLE]))

    # --- actions of the window itself --------------------------------------------------------------------------

    def _check_panels(self) -> None:
        for action_id, panel in (
            ("show_media", self.media_dock),
            ("show_referents", self.referent_dock),
            ("show_tools", self.tool_strip),
        ):
            self.actions_[action_id].setChecked(not panel.isHidden())
        self.actions_["show_timeline"].setChecked(self.timeline_dock.is_wanted)

    def _filter_media(self) -> None:
        self.media_dock.show()
        self.media_list.focus_filter()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _about(self) -> None:
        self.bridge.say(
            tr(
                "RefSeg Annotator {version}, Apache-2.0. Type a phrase, get the mask, correct it, export.",
                version=__version__,
            )
        )

    def _on_menu(self, x: float, y: float, where: QPoint) -> None:
        bridge = self.bridge
        if bridge.medium_id is None:
            return
        masks = offered_on(bridge, bridge.frame)
        here = referent_at(bridge.session.project, bridge.medium_id, bridge.frame, int(x), int(y), offered=masks)
        if here is None:
            return
        bridge.select(here)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in MENU_ACTIONS:
            menu.addAction(self.actions_[action_id])
        self.actions_.add_mask_menu(menu)
        menu.popup(where)

    # --- Qt's own ----------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, then go; a project that cannot be saved keeps the window open if the person wants it so."""
        self.canvas.abandon()
        self.timeline.player.pause()
        self.bridge.keep_carried()
        self.review.close()
        if not self.desk.close():
            event.ignore()
            return
        self._layout.keep()
        self.loader.stop()
        self.media_list.thumbnails.close()
        self.timeline.close_down()
        self.tools.stage.close_down()
        self._rest.stop()
        self.bridge.leave()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody wanted go no further."""
        event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if dropped_files(event):
            self._mark_drop(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away again."""
        self._mark_drop(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open them."""
        self._mark_drop(False)
        self.desk.open_paths(dropped_files(event))

    def _mark_drop(self, on: bool) -> None:
        set_style_property(self.stage, "dropping", on)
