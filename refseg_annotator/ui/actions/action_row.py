"""What an action of the table is: its words, its keys, where they count, and the menu it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Where the keys of an action count."""

    WINDOW = "window"  # everywhere in the window; with Ctrl or a function key
    BARE = "bare"  # everywhere but in text fields
    CANVAS = "canvas"  # while the canvas has the keyboard
    OFFER = "offer"  # while a proposal or a tool's shape is on the canvas; else as CANVAS
    HELD = "held"  # as BARE, for as long as the key is down
    BOX = "box"  # in the phrase box; it handles them itself


class Menu(StrEnum):
    """Where an action stands."""

    FILE = "&File"
    EDIT = "&Edit"
    PHRASE = "&Phrase"
    TOOLS = "&Tools"
    MASK = "M&ask"
    VIEW = "&View"
    CLIP = "&Clip"
    GO = "&Go"
    REVIEW = "&Review"
    HELP = "&Help"
    NONE = ""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action.

    Args:
        id: its name in code, settings and tests.
        title: what the menu says.
        keys: default keys, the first is shown first.
        scope: where the keys count.
        icon: name in the icon set; "" for none.
        menu: where it stands.
        section: actions of another number stand behind a line.
        checkable: it is on or off.
        tip: one sentence; the title where empty.
    """

    id: str
    title: str
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    icon: str = ""
    menu: Menu = Menu.NONE
    section: int = 0
    checkable: bool = False
    tip: str = ""
