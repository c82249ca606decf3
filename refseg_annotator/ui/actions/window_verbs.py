"""What each action of the table does. Menus, keys and buttons all end here."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from refseg_annotator.services import annotate, documents, review
from refseg_annotator.ui.actions.action_table import action_row
from refseg_annotator.ui.actions.shortcut_sheet import ShortcutSheet
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.canvas.canvas_view import ZOOM_STEP
from refseg_annotator.ui.canvas.loupe import Loupe
from refseg_annotator.ui.clip.propagation_masks import is_only_offered
from refseg_annotator.ui.clip.timeline_verbs import TimelineVerbs
from refseg_annotator.ui.guidance.help_desk import HelpDesk
from refseg_annotator.ui.panels.phrase_verbs import PhraseVerbs
from refseg_annotator.ui.panels.referent_model import referent_title
from refseg_annotator.ui.settings_dialog import SettingsDialog
from refseg_annotator.ui.tools.canvas_tools import ToolId
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from refseg_annotator.ui.actions.action_set import Actions
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.clip.timeline import Timeline
    from refseg_annotator.ui.documents.documents_desk import DocumentsDesk
    from refseg_annotator.ui.job_panel import Jobs
    from refseg_annotator.ui.panels.media_list import MediaList
    from refseg_annotator.ui.panels.phrase_bar import PhraseBar
    from refseg_annotator.ui.panels.referent_panel import ReferentPanel
    from refseg_annotator.ui.theme import Theme


class WindowVerbs(QObject):
    """Binds the actions, and keeps them enabled or not."""

    def __init__(
        self,
        *,
        bridge: Bridge,
        actions: Actions,
        canvas: Canvas,
        phrase_bar: PhraseBar,
        media_list: MediaList,
        referent_panel: ReferentPanel,
        desk: DocumentsDesk,
        jobs: Jobs,
        timeline: Timeline,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._actions = actions
        self._canvas = canvas
        self._phrase_bar = phrase_bar
        self._media_list = media_list
        self._referent_panel = referent_panel
        self._desk = desk
        self._jobs = jobs
        self._theme = theme
        self._window = window
        self.help = HelpDesk(bridge, jobs, theme, window)
        self._phrases = PhraseVerbs(bridge, canvas, phrase_bar, self)
        self._clips = TimelineVerbs(bridge, actions, timeline, window)
        for action_id, call in self._verbs().items():
            actions.on(action_id, call)
        self._loupe = Loupe(canvas)
        media_list.filter.left.connect(canvas.setFocus)
        actions.held.connect(self._on_held)
        for signal in (
            bridge.session_changed,
            bridge.place_changed,
            bridge.selection_changed,
            bridge.tool_changed,
            bridge.look_changed,
        ):
            signal.connect(self.refresh)
        bridge.project_changed.connect(lambda _: self.refresh())
        bridge.assist_changed.connect(lambda _: self.refresh())
        self.refresh()

    def _verbs(self) -> dict[str, Callable[[], object]]:
        bridge, canvas, desk, phrases = self._bridge, self._canvas, self._desk, self._phrases
        verbs: dict[str, Callable[[], object]] = {
            "new_project": desk.new,
            "open_pictures": desk.ask_pictures,
            "open_folder": desk.ask_folder,
            "open_frames": desk.folders.ask,
            "as_one_clip": desk.folders.take_offer,
            "open_project": desk.ask_project,
            "recover": desk.recover,
            "save": desk.save,
            "save_as": desk.ask_save_as,
            "import": self.show_import,
            "export": self.show_export,
            "settings": lambda: self._open(SettingsDialog(bridge, self._window)),
            "quit": self._window.close,
            "undo": lambda: self._walk(bridge.undo),
            "redo": lambda: self._walk(bridge.redo),
            "new_referent": self.new_referent,
            "new_expression": self.new_expression,
            "rename": self._referent_panel.edit_selected,
            "delete": self.delete,
            "delete_mask": self.delete_mask,
            "toggle_hidden": self.toggle_hidden,
            "toggle_locked": self.toggle_locked,
            "focus_phrase": self._phrase_bar.focus,
            "run_phrase": lambda: phrases.run(self._phrase_bar.text),
            "add_phrase": lambda: phrases.add(self._phrase_bar.text),
            "segment_again": phrases.segment_again,
            "accept": lambda: phrases.accept() if phrases.has_offer else self._clips.accept(),
            "accept_into": phrases.accept_into,
            "reject": lambda: phrases.reject() if phrases.has_offer else self._clips.reject(),
            "no_target": phrases.record_nothing_here,
            "accept_and_next": self.accept_and_next,
            "step_back": canvas.step_back,
            "zoom_in": lambda: canvas.zoom(ZOOM_STEP),
            "zoom_out": lambda: canvas.zoom(1 / ZOOM_STEP),
            "fit": canvas.fit,
            "one_to_one": canvas.one_to_one,
            "hide_masks": lambda: bridge.set_look(replace(bridge.look, hidden=not bridge.look.hidden)),
            "outline_only": lambda: bridge.set_look(replace(bridge.look, outline_only=not bridge.look.outline_only)),
            "patterns": self.toggle_patterns,
            "more_opaque": partial(self.step_opacity, 1),
            "less_opaque": partial(self.step_opacity, -1),
            "switch_theme": self.switch_theme,
            "previous_medium": lambda: self._media_list.step(-1),
            "next_medium": lambda: self._media_list.step(1),
            "next_unreviewed": self.next_unreviewed,
            "next_referent": lambda: self.step_referent(1),
            "previous_referent": lambda: self.step_referent(-1),
            "mark_reviewed": self.mark_reviewed,
            "remove_medium": self.remove_medium,
            "shortcuts": lambda: self._open(ShortcutSheet(self._actions, self._theme, self._window)),
        }
        verbs |= self.help.verbs()
        for tool_id in ToolId:
            verbs[tool_id.value] = partial(bridge.choose_tool, tool_id)
        for digit in range(1, 10):
            verbs[f"pick_{digit}"] = partial(phrases.pick, digit)
        return verbs

    # --- keeping up --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Enable what can be done now, and name what would be undone."""
        bridge, actions = self._bridge, self._actions
        history = bridge.session.history
        for action_id, title in (("undo", history.undo_title), ("redo", history.redo_title)):
            action = actions[action_id]
            verb, what = tr(action_row(action_id).title), tr(title or "")
            # English writes what is undone small within the line; other languages have their own rules.
            what = _lowered(what) if what == title else what
            action.setText(f"{verb} {what}".rstrip())
            action.setEnabled(title is not None)
        state = bridge.assist.state
        referent, medium = bridge.referent, bridge.medium
        has_selection = referent is not None or bridge.expression_id is not None
        for action_id, enabled in (
            ("accept_into", state.proposal is not None and referent is not None),
            ("rename", has_selection),
            ("delete", has_selection),
            ("delete_mask", referent is not None),
            ("toggle_hidden", referent is not None),
            ("toggle_locked", referent is not None),
            ("new_expression", referent is not None),
            ("add_phrase", referent is not None),
            ("segment_again", self._phrases.expression_to_run() is not None),
            ("new_referent", medium is not None),
            ("mark_reviewed", medium is not None),
            ("remove_medium", medium is not None),
            ("accept_and_next", medium is not None),
            ("export", bool(bridge.session.project.media)),
        ):
            actions[action_id].setEnabled(enabled)
        actions[bridge.tool.id.value].setChecked(True)
        actions["hide_masks"].setChecked(bridge.look.hidden)
        actions["outline_only"].setChecked(bridge.look.outline_only)
        actions["patterns"].setChecked(bridge.look.patterns)

    @property
    def has_offer(self) -> bool:
        """Whether Enter or Esc have something to decide on the canvas."""
        return self._phrases.has_offer or self._clips.has_offer

    # --- referents ---------------------------------------------------------------------------------------------

    def new_referent(self) -> None:
        """A referent without mask or phrase, selected."""
        bridge = self._bridge
        medium_id = bridge.medium_id
        if medium_id is not None:
            made = bridge.attempt(lambda: annotate.new_referent(bridge.session, medium_id))
            if made is not None:
                bridge.select(made)

    def new_expression(self) -> None:
        """Ready the box for another phrase of the selected referent."""
        self._phrase_bar.show_phrase("")
        self._phrase_bar.focus()
        self._bridge.say(tr("Type the phrase; Shift+Enter adds it to the selected referent."))

    def delete(self) -> None:
        """Delete the selected expression, or else the selected referent."""
        bridge = self._bridge
        expression_id, referent = bridge.expression_id, bridge.referent
        if expression_id is not None:
            if bridge.attempt(lambda: annotate.delete_expression(bridge.session, expression_id)) is not None:
                bridge.say(tr("Deleted the expression."), action="undo")
        elif referent is not None:
            title = referent_title(bridge.session.project, referent)
            if bridge.attempt(lambda: annotate.delete_referent(bridge.session, referent.id)) is not None:
                bridge.say(tr("Deleted “{title}” with its masks.", title=title), action="undo")

    def delete_mask(self) -> None:
        """Delete the selected referent's mask on this frame."""
        bridge = self._bridge
        referent_id, frame = bridge.referent_id, bridge.frame
        if referent_id is not None and not is_only_offered(bridge, (referent_id, frame)):
            bridge.attempt(lambda: annotate.delete_mask(bridge.session, referent_id, frame))

    def toggle_hidden(self) -> None:
        """Hide the selected referent, or show it."""
        bridge, referent = self._bridge, self._bridge.referent
        if referent is not None:
            bridge.attempt(lambda: annotate.set_hidden(bridge.session, referent.id, hidden=not referent.hidden))

    def toggle_locked(self) -> None:
        """Lock the selected referent, or unlock it."""
        bridge, referent = self._bridge, self._bridge.referent
        if referent is not None:
            bridge.attempt(lambda: annotate.set_locked(bridge.session, referent.id, locked=not referent.locked))

    def step_referent(self, by: int) -> None:
        """Select the next referent, going round."""
        bridge = self._bridge
        referents = [referent.id for referent in bridge.referents_here()]
        if not referents:
            return
        if bridge.referent_id in referents:
            place = (referents.index(bridge.referent_id) + by) % len(referents)
        else:
            place = 0 if by > 0 else len(referents) - 1
        bridge.select(referents[place])

    # --- media -------------------------------------------------------------------------------------------------

    def accept_and_next(self) -> None:
        """Take the proposal if there is one, mark the picture as reviewed, and go on."""
        if self._phrases.take_offer():
            self.mark_reviewed()
            self.next_unreviewed()

    def next_unreviewed(self) -> None:
        """Go to the next listed picture that is not reviewed."""
        medium_id = self._media_list.model.next_unreviewed(self._bridge.medium_id)
        if medium_id is None:
            self._bridge.say(tr("All pictures of the list are reviewed."), Tone.GOOD)
        else:
            self._bridge.show(medium_id)

    def mark_reviewed(self) -> None:
        """Mark the picture as reviewed."""
        bridge = self._bridge
        medium_id = bridge.medium_id
        if medium_id is not None:
            bridge.attempt(lambda: review.mark_reviewed(bridge.session, medium_id))

    def remove_medium(self) -> None:
        """Take the picture out of the project."""
        bridge, medium = self._bridge, self._bridge.medium
        if medium is not None:
            name = bridge.session.path_of(medium.id).name
            if bridge.attempt(lambda: documents.remove_media(bridge.session, [medium.id])) is not None:
                bridge.say(tr("Removed {name} from the project; the file stays where it is.", name=name), action="undo")

    # --- the window --------------------------------------------------------------------------------------------

    def switch_theme(self) -> None:
        """Dark to light, light to dark."""
        bridge = self._bridge
        bridge.set_settings(bridge.settings.changed("theme", "light" if self._theme.is_dark else "dark"))

    def toggle_patterns(self) -> None:
        """Fills with patterns, or plain ones again."""
        bridge = self._bridge
        bridge.set_settings(bridge.settings.changed("fill", "plain" if bridge.look.patterns else "patterns"))

    def step_opacity(self, steps: int) -> None:
        """Masks more or less opaque, by a tenth."""
        bridge = self._bridge
        opacity = min(max(bridge.settings.overlay_opacity + steps * 0.1, 0.0), 1.0)
        bridge.set_settings(bridge.settings.changed("overlay_opacity", round(opacity, 2)))

    def show_export(self) -> None:
        """Open the dialog of exports; the many formats are imported with it, not with the window."""
        from refseg_annotator.ui.documents.transfer_dialogs import ExportDialog

        self._open(ExportDialog(self._bridge, self._jobs, self._window))

    def show_import(self) -> None:
        """Open the dialog of imports."""
        from refseg_annotator.ui.documents.transfer_dialogs import ImportDialog

        self._open(ImportDialog(self._bridge, self._jobs, self._window))

    def _walk(self, step: Callable[[], None]) -> None:
        self._canvas.abandon()
        step()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _on_held(self, action_id: str, down: bool) -> None:
        if action_id == "peek":
            self._bridge.set_look(replace(self._bridge.look, peeking=down))
        elif action_id == "loupe":
            self._loupe.set_shown(down)
        elif action_id == "pan":
            self._canvas.set_pan_key(down)
            if not down and not self._canvas.has_panned:
                self._actions["play"].trigger()


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
