"""Keys as other tools have them, for hands that know those: action id -> keys. What a preset is silent about stays."""

from __future__ import annotations

from typing import Final

LABELME: Final[dict[str, tuple[str, ...]]] = {
    "open_folder": ("Ctrl+U",),
    "polygon": ("Ctrl+N",),
    "rectangle": ("Ctrl+R",),
    "select": ("Ctrl+J",),
    "segment_again": ("Ctrl+Shift+R",),
    "rename": ("Ctrl+E",),
    "export": ("Ctrl+Shift+E",),
    "hide_masks": ("T",),
    "next_unreviewed": ("Ctrl+Shift+D",),
    "previous_medium": ("A",),
    "next_medium": ("D",),
    "fit": ("Ctrl+F",),
    "one_to_one": ("Ctrl+0",),
}

CVAT: Final[dict[str, tuple[str, ...]]] = {
    "previous_medium": ("D",),
    "next_medium": ("F",),
    "next_unreviewed": ("Shift+F",),
    "previous_frame": ("Left",),
    "next_frame": ("Right",),
    "back_frames": ("C",),
    "ahead_frames": ("V",),
    "propagate_forward": ("Ctrl+B",),
    "propagate_backward": ("Ctrl+Alt+B",),
    "select": ("Shift+V",),
    "toggle_locked": ("L",),
    "toggle_hidden": ("H",),
    "hide_masks": ("T",),
    "lasso": ("Shift+L",),
    "outline_only": ("Shift+H",),
    "merge": ("M",),
    "settings": ("F2",),
    "rename": ("Shift+F2",),
}

PRESETS: Final[dict[str, dict[str, tuple[str, ...]]]] = {"default": {}, "labelme": LABELME, "cvat": CVAT}
