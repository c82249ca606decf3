"""The actions of review, batches and the whole data set: a part of the table of actions."""

from __future__ import annotations

from typing import Final

from refseg_annotator.ui.actions.action_row import ActionRow, Menu, Scope

W, B = Scope.WINDOW, Scope.BARE

REVIEW_ACTIONS: Final[tuple[ActionRow, ...]] = (
    ActionRow(
        "batch",
        "Pre-segment many...",
        ("Ctrl+Shift+B",),
        W,
        "stack",
        Menu.REVIEW,
        tip="Asks the model many phrases of many pictures in the background; the masks are proposals to review.",
    ),
    ActionRow("pause_batch", "Pause or go on pre-segmenting", (), W, "pause", Menu.REVIEW, tip="Between two pictures."),
    ActionRow("show_review", "What is doubtful", ("F12",), W, "warning-circle", Menu.REVIEW, 1, checkable=True),
    ActionRow(
        "next_item",
        "Next doubtful item",
        ("J",),
        B,
        "warning",
        Menu.REVIEW,
        1,
        tip="Goes to the next thing of the whole project that deserves a second look.",
    ),
    ActionRow("previous_item", "Previous doubtful item", ("Ctrl+Shift+J",), W, "", Menu.REVIEW, 1),
    ActionRow(
        "keep_item",
        "Keep as it is",
        ("Ctrl+J",),
        W,
        "check",
        Menu.REVIEW,
        1,
        tip="Says that the doubtful item is right as it is, and goes to the next.",
    ),
    ActionRow(
        "blind_check",
        "Blind check",
        ("Ctrl+B",),
        W,
        "eye-closed",
        Menu.REVIEW,
        2,
        tip="Shows a phrase without its mask; you segment it, and the agreement is recorded.",
    ),
    ActionRow("statistics", "Statistics...", ("Ctrl+Shift+T",), W, "chart-bar", Menu.REVIEW, 3),
    ActionRow(
        "splits",
        "Split media...",
        (),
        W,
        "columns",
        Menu.REVIEW,
        3,
        tip="Deals media out to train, val and test, look-alikes together.",
    ),
    ActionRow(
        "relink",
        "Find missing files...",
        (),
        W,
        "link-break",
        Menu.REVIEW,
        3,
        tip="Looks for files that were moved, by name and size.",
    ),
)
