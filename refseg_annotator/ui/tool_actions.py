"""The rows of the action table that are about tools and masks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from refseg_annotator.ui.action_row import ActionRow, Menu, Scope
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from refseg_annotator.ui.actions import Actions

B, C = Scope.BARE, Scope.CANVAS

TOOL_ACTIONS: Final[tuple[ActionRow, ...]] = (
    ActionRow("select", "Select", ("V",), B, "cursor", Menu.TOOLS, checkable=True),
    ActionRow(
        "points",
        "Points and box",
        ("S",),
        B,
        "plus-minus",
        Menu.TOOLS,
        checkable=True,
        tip="Points and box: refines the proposal or the selected mask by clicks.",
    ),
    ActionRow("brush", "Brush", ("B",), B, "paint-brush", Menu.TOOLS, checkable=True),
    ActionRow("eraser", "Eraser", ("E",), B, "eraser", Menu.TOOLS, checkable=True),
    ActionRow("polygon", "Polygon", ("P",), B, "polygon", Menu.TOOLS, checkable=True),
    ActionRow("lasso", "Lasso", ("L",), B, "scribble-loop", Menu.TOOLS, checkable=True),
    ActionRow("rectangle", "Rectangle", ("R",), B, "rectangle", Menu.TOOLS, checkable=True),
    ActionRow(
        "wand",
        "Magic wand",
        ("W",),
        B,
        "magic-wand",
        Menu.TOOLS,
        checkable=True,
        tip="Magic wand: takes what has the clicked colour.",
    ),
    ActionRow(
        "superpixels",
        "Superpixels",
        ("U",),
        B,
        "hexagon",
        Menu.TOOLS,
        checkable=True,
        tip="Superpixels: takes pieces of one colour.",
    ),
    ActionRow(
        "fill",
        "Fill",
        ("Shift+B",),
        B,
        "paint-bucket",
        Menu.TOOLS,
        checkable=True,
        tip="Fill: fills a hole of the mask; Ctrl empties a part.",
    ),
    ActionRow(
        "brush_smaller",
        "Smaller brush",
        ("[",),
        B,
        "",
        Menu.TOOLS,
        1,
        tip="Makes the brush smaller, or the number of another tool.",
    ),
    ActionRow(
        "brush_larger",
        "Larger brush",
        ("]",),
        B,
        "",
        Menu.TOOLS,
        1,
        tip="Makes the brush larger, or the number of another tool.",
    ),
    ActionRow("step_back", "Take back the last corner or point", ("Backspace",), C, "", Menu.TOOLS, 1),
    ActionRow("mode_add", "Shapes add", (), B, "plus", Menu.TOOLS, 2),
    ActionRow("mode_subtract", "Shapes take away", (), B, "minus", Menu.TOOLS, 2),
    ActionRow("mode_intersect", "Shapes intersect", (), B, "intersect", Menu.TOOLS, 2),
    ActionRow(
        "next_mode",
        "Next of the three",
        ("M",),
        B,
        "",
        Menu.TOOLS,
        2,
        tip="Add, subtract, intersect, in turn: what shapes, wand and superpixels do to the mask.",
    ),
    ActionRow("grow", "Grow mask...", ("Shift+G",), B, "arrows-out-cardinal", Menu.MASK, 0),
    ActionRow("shrink", "Shrink mask...", ("Shift+S",), B, "arrows-in-cardinal", Menu.MASK, 0),
    ActionRow("smooth", "Smooth outline...", ("Shift+M",), B, "waves", Menu.MASK, 0),
    ActionRow("fill_holes", "Fill holes...", ("Shift+O",), B, "selection-foreground", Menu.MASK, 0),
    ActionRow("drop_specks", "Drop specks...", ("Shift+X",), B, "sparkle", Menu.MASK, 0),
    ActionRow(
        "invert_mask",
        "Invert mask",
        ("Shift+I",),
        B,
        "selection-inverse",
        Menu.MASK,
        0,
        tip="Makes the mask what it is not.",
    ),
    ActionRow(
        "split_parts",
        "Split parts into referents",
        ("Shift+P",),
        B,
        "arrows-out-line-horizontal",
        Menu.MASK,
        1,
        tip="Makes each separate part a referent; what meant the one then means all of them.",
    ),
    ActionRow(
        "merge_referents",
        "Merge with another referent...",
        ("Shift+J",),
        B,
        "git-merge",
        Menu.MASK,
        1,
        tip="Click the referent to merge into the selected one; its expressions follow.",
    ),
    ActionRow(
        "copy_to_next",
        "Copy mask to the next frame",
        ("C",),
        B,
        "copy-simple",
        Menu.MASK,
        2,
        tip="Puts the selected referent's mask on the next frame, settled, and goes there.",
    ),
)

MASK_ACTIONS: Final = tuple(row.id for row in TOOL_ACTIONS if row.menu is Menu.MASK)


def add_mask_menu(menu: QMenu, actions: Actions) -> None:
    """What can be done with a mask, as a submenu of a context menu."""
    submenu = menu.addMenu(tr("Mask"))
    for action_id in MASK_ACTIONS:
        submenu.addAction(actions[action_id])
