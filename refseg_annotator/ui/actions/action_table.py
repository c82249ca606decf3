"""Every action there is, as a table: menus, tool strip, keys, the shortcut sheet and the tests are made from it."""

from __future__ import annotations

from typing import Final

from refseg_annotator.ui.actions.action_row import ActionRow, Menu, Scope
from refseg_annotator.ui.clip.timeline_actions import CLIP_ACTIONS
from refseg_annotator.ui.review.review_actions import REVIEW_ACTIONS
from refseg_annotator.ui.tools.tool_actions import TOOL_ACTIONS

__all__ = ["ACTIONS", "ActionRow", "Menu", "Scope", "action_row"]

W, B, C, O, H, X = Scope.WINDOW, Scope.BARE, Scope.CANVAS, Scope.OFFER, Scope.HELD, Scope.BOX  # noqa: E741

ACTIONS: Final[tuple[ActionRow, ...]] = (
    # File
    ActionRow("new_project", "New project", ("Ctrl+N",), W, "file-plus", Menu.FILE),
    ActionRow("open_pictures", "Open pictures or clips...", ("Ctrl+O",), W, "image", Menu.FILE),
    ActionRow("open_folder", "Open folder...", ("Ctrl+Shift+O",), W, "folder-open", Menu.FILE),
    ActionRow(
        "open_frames",
        "Open folder as one clip...",
        (),
        W,
        "film-strip",
        Menu.FILE,
        tip="Opens a folder of numbered frames, as data sets have them, as a clip.",
    ),
    ActionRow(
        "as_one_clip",
        "Make one clip of it",
        (),
        W,
        "",
        Menu.FILE,
        tip="Takes the photos of the folder opened last as the frames of one clip.",
    ),
    ActionRow("open_project", "Open project...", ("Ctrl+Alt+O",), W, "archive", Menu.FILE),
    ActionRow(
        "recover",
        "Open unnamed project again",
        (),
        W,
        "",
        Menu.FILE,
        tip="Opens the latest project that was never given a name.",
    ),
    ActionRow(
        "save",
        "Save now",
        ("Ctrl+S",),
        W,
        "floppy-disk",
        Menu.FILE,
        1,
        tip="Every edit is saved as it is made; this waits for the disk.",
    ),
    ActionRow("save_as", "Save project as...", ("Ctrl+Shift+S",), W, "", Menu.FILE, 1),
    ActionRow("import", "Import data set...", ("Ctrl+I",), W, "download-simple", Menu.FILE, 2),
    ActionRow("export", "Export data set...", ("Ctrl+Shift+E", "Ctrl+E"), W, "export", Menu.FILE, 2),
    ActionRow("models", "Models...", (), W, "brain", Menu.FILE, 3, tip="Licence, size and scores; adds others."),
    ActionRow("settings", "Settings...", ("Ctrl+,",), W, "sliders-horizontal", Menu.FILE, 3),
    ActionRow("quit", "Quit", ("Ctrl+Q",), W, "", Menu.FILE, 4),
    # Edit
    ActionRow("undo", "Undo", ("Ctrl+Z",), W, "arrow-u-up-left", Menu.EDIT),
    ActionRow("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), W, "arrow-u-up-right", Menu.EDIT),
    ActionRow("new_referent", "New referent", ("N",), B, "plus-circle", Menu.EDIT, 1),
    ActionRow(
        "new_expression",
        "New expression",
        ("Shift+N",),
        B,
        "text-aa",
        Menu.EDIT,
        1,
        tip="Another phrase for the selected referent.",
    ),
    ActionRow("rename", "Rename", ("F2",), W, "pencil-simple", Menu.EDIT, 1),
    ActionRow(
        "delete",
        "Delete selected",
        ("Delete",),
        B,
        "trash",
        Menu.EDIT,
        1,
        tip="Deletes the selected expression, or else the selected referent with its masks.",
    ),
    ActionRow(
        "delete_mask",
        "Delete mask",
        ("Shift+Delete",),
        B,
        "",
        Menu.EDIT,
        1,
        tip="Deletes the selected referent's mask; referent and expressions stay.",
    ),
    ActionRow("toggle_hidden", "Hide or show referent", ("Ctrl+H",), W, "eye-slash", Menu.EDIT, 2),
    ActionRow("toggle_locked", "Lock or unlock referent", ("Ctrl+L",), W, "lock-simple", Menu.EDIT, 2),
    # Phrase
    ActionRow("focus_phrase", "Type a phrase", ("/",), B, "text-t", Menu.PHRASE),
    ActionRow("run_phrase", "Run the whole sentence", ("Return",), X, "magnifying-glass", Menu.NONE),
    ActionRow(
        "add_phrase",
        "Add as a further expression",
        ("Shift+Return",),
        X,
        "",
        Menu.PHRASE,
        tip="Records the phrase for the selected referent without running it.",
    ),
    ActionRow(
        "segment_again",
        "Segment selected expression again",
        ("Ctrl+R",),
        W,
        "arrows-clockwise",
        Menu.PHRASE,
        tip="Runs the expression; accepting replaces this referent's mask and no other.",
    ),
    ActionRow("accept", "Accept proposal", ("Return", "Enter"), O, "check", Menu.PHRASE, 1),
    ActionRow("accept_into", "Accept as the selected referent's mask", ("Shift+Return",), O, "", Menu.PHRASE, 1),
    ActionRow("reject", "Reject proposal", ("Esc",), O, "x", Menu.PHRASE, 1),
    ActionRow(
        "no_target",
        "Record as: nothing here",
        ("G",),
        B,
        "prohibit",
        Menu.PHRASE,
        1,
        tip="Records that the phrase names nothing in this picture.",
    ),
    ActionRow(
        "accept_and_next",
        "Accept, mark reviewed, next unreviewed",
        ("Ctrl+Return", "Ctrl+Enter"),
        W,
        "check-square-offset",
        Menu.PHRASE,
        2,
    ),
    *(ActionRow(f"pick_{digit}", f"Candidate or referent {digit}", (str(digit),), B) for digit in range(1, 10)),
    # Tools
    *TOOL_ACTIONS,
    # View
    ActionRow("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+="), W, "magnifying-glass-plus", Menu.VIEW),
    ActionRow("zoom_out", "Zoom out", ("Ctrl+-",), W, "magnifying-glass-minus", Menu.VIEW),
    ActionRow("fit", "Fit picture", ("Ctrl+F",), W, "frame-corners", Menu.VIEW),
    ActionRow("one_to_one", "Actual pixels", ("Ctrl+0",), W, "", Menu.VIEW),
    ActionRow("hide_masks", "Hide masks", ("H",), B, "eye-slash", Menu.VIEW, 1, checkable=True),
    ActionRow("outline_only", "Outlines only", ("Shift+H",), B, "circle-dashed", Menu.VIEW, 1, checkable=True),
    ActionRow(
        "patterns",
        "Patterned fills",
        ("Ctrl+Shift+H",),
        W,
        "circle-half-tilt",
        Menu.VIEW,
        1,
        checkable=True,
        tip="Lines, dots and checks, so that colours need not be told apart.",
    ),
    ActionRow("more_opaque", "Masks more opaque", ("Alt+Up",), W, "", Menu.VIEW, 1),
    ActionRow("less_opaque", "Masks less opaque", ("Alt+Down",), W, "", Menu.VIEW, 1),
    ActionRow("loupe", "Loupe", ("Z",), H, "", tip="While held, what lies under the pointer, magnified."),
    ActionRow("peek", "Peek at the photo", ("X",), H, "", tip="While held, the photo alone."),
    ActionRow(
        "pan",
        "Pan; in a clip a tap plays",
        ("Space",),
        H,
        "",
        tip="While held, dragging moves the picture; so does the middle button. A tap plays the clip.",
    ),
    ActionRow("show_media", "Media list", ("F6",), W, "squares-four", Menu.VIEW, 2, checkable=True),
    ActionRow("show_referents", "Referents", ("F7",), W, "list-bullets", Menu.VIEW, 2, checkable=True),
    ActionRow("next_panel", "Go to the next panel", ("Ctrl+Tab",), W, "", Menu.VIEW, 2),
    ActionRow("previous_panel", "Go to the previous panel", ("Ctrl+Shift+Tab",), W, "", Menu.VIEW, 2),
    ActionRow("show_tools", "Tool strip", ("F8",), W, "", Menu.VIEW, 2, checkable=True),
    ActionRow("show_timeline", "Timeline", ("F9",), W, "film-strip", Menu.VIEW, 2, checkable=True),
    ActionRow("switch_theme", "Dark or light", ("Ctrl+Shift+D",), W, "moon", Menu.VIEW, 3),
    ActionRow("full_screen", "Full screen", ("F11",), W, "", Menu.VIEW, 3, checkable=True),
    *CLIP_ACTIONS,
    # Go
    ActionRow("previous_medium", "Previous picture", ("A",), B, "caret-left", Menu.GO),
    ActionRow("next_medium", "Next picture", ("D",), B, "caret-right", Menu.GO),
    ActionRow("next_unreviewed", "Next unreviewed picture", ("Shift+D",), B, "", Menu.GO),
    ActionRow("next_referent", "Next referent", ("Tab",), C, "", Menu.GO, 1),
    ActionRow("previous_referent", "Previous referent", ("Shift+Tab",), C, "", Menu.GO, 1),
    ActionRow("filter_media", "Filter media", ("Ctrl+Shift+F",), W, "funnel", Menu.GO, 2),
    ActionRow("mark_reviewed", "Mark picture as reviewed", ("Ctrl+M",), W, "checks", Menu.GO, 3),
    ActionRow(
        "remove_medium", "Remove picture from the project", (), W, "", Menu.GO, 3, tip="The file stays where it is."
    ),
    *REVIEW_ACTIONS,
    # Help
    ActionRow("guide", "Guide", ("Shift+F1",), W, "book-open", Menu.HELP, tip="How everything is done, page by page."),
    ActionRow("shortcuts", "Keyboard shortcuts", ("F1",), W, "keyboard", Menu.HELP),
    ActionRow(
        "palette",
        "Find an action or a picture...",
        ("Ctrl+K",),
        W,
        "command",
        Menu.HELP,
        tip="Type a few letters of what you want to do, or of a file's name.",
    ),
    ActionRow("edit_keys", "Change shortcuts...", (), W, "", Menu.HELP),
    ActionRow("tour", "Tour of the window", (), W, "", Menu.HELP, 1),
    ActionRow(
        "report",
        "Save a report...",
        (),
        W,
        "",
        Menu.HELP,
        1,
        tip="A zip for a bug report, without names; sends nothing.",
    ),
    ActionRow("about", "About RefSeg Annotator", (), W, "info", Menu.HELP, 1),
)

_BY_ID: Final = {row.id: row for row in ACTIONS}


def action_row(action_id: str) -> ActionRow:
    """The row of that id."""
    return _BY_ID[action_id]
