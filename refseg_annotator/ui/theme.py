"""How the window looks: two palettes of our own, one style sheet, icons of one set recoloured with the palette.

Signals of `Theme`:
    changed: other colours; whoever keeps an icon or a colour takes it anew.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette

from refseg_annotator import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

ThemeName = Literal["system", "light", "dark"]

UNIT: Final = 4  # px: every distance is a multiple of it
STYLE_SHEET: Final = "style.qss"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a theme, as "#rrggbb".

    Args:
        canvas: behind the picture.
        window: behind panels.
        panel: lists and fields.
        raised: buttons, hovered rows.
        pressed: what is held down or chosen without emphasis.
        line: edges between things.
        text: writing.
        muted: writing that may be overlooked.
        accent: what is chosen, and the one thing to press.
        accent_text: writing on the accent.
        accent_soft: the accent as a background.
        good: likely right; likewise `doubtful` and `bad`.
    """

    canvas: str
    window: str
    panel: str
    raised: str
    pressed: str
    line: str
    text: str
    muted: str
    accent: str
    accent_text: str
    accent_soft: str
    good: str
    doubtful: str
    bad: str


DARK: Final = Colours(
    canvas="#101215",
    window="#181b1f",
    panel="#1e2227",
    raised="#292e35",
    pressed="#343a43",
    line="#2c3138",
    text="#e7e9ec",
    muted="#98a2ae",
    accent="#5a9dff",
    accent_text="#0b1420",
    accent_soft="#20324b",
    good="#4cc38a",
    doubtful="#e5b04b",
    bad="#f2766b",
)
LIGHT: Final = Colours(
    canvas="#e3e6ea",
    window="#f4f5f7",
    panel="#ffffff",
    raised="#e9ecf0",
    pressed="#dadfe5",
    line="#d5dae0",
    text="#1a1f26",
    muted="#5c6773",
    accent="#1d63d8",
    accent_text="#ffffff",
    accent_soft="#dce8fb",
    good="#177a4b",
    doubtful="#8a5d00",
    bad="#c2362e",
)


class Theme(QObject):
    """Palette, style sheet and icons of the running program."""

    changed = Signal()

    def __init__(self, application: QApplication, name: ThemeName = "system", *, calm: bool = False) -> None:
        super().__init__(application)
        self._application = application
        self._name: ThemeName = name
        self.calm = calm
        self.colours = DARK
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in use."""
        return self.colours is DARK

    @property
    def name(self) -> ThemeName:
        """What was asked for."""
        return self._name

    def choose(self, name: ThemeName) -> None:
        """Take the light or dark colours, or follow the system."""
        if name != self._name:
            self._name = name
            self._apply()

    def icon(self, name: str, *, role: str = "text") -> QIcon:
        """A Phosphor icon by its name ("paint-brush"), in a colour of the theme."""
        return _icon(name, getattr(self.colours, role), self.colours.muted, self.colours.accent)

    def colour(self, role: str) -> QColor:
        """A colour of the theme."""
        return QColor(getattr(self.colours, role))

    def small_font(self) -> QFont:
        """The smaller of the two sizes of writing."""
        font = QFont(self._application.font())
        font.setPointSizeF(max(font.pointSizeF() * 0.88, 7.0))
        return font

    def _on_system_changed(self) -> None:
        if self._name == "system":
            self._apply()

    def _apply(self) -> None:
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if self._name != "system":
            dark = self._name == "dark"
        self.colours = DARK if dark else LIGHT
        self._application.setPalette(palette_of(self.colours))
        self._application.setStyleSheet(style_sheet(self.colours, self._application.font().pointSizeF()))
        self.changed.emit()


def palette_of(colours: Colours) -> QPalette:
    """The Qt palette of a theme."""
    role = QPalette.ColorRole
    palette = QPalette()
    for target, name in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "panel"),
        (role.AlternateBase, "window"),
        (role.Text, "text"),
        (role.Button, "raised"),
        (role.ButtonText, "text"),
        (role.BrightText, "bad"),
        (role.ToolTipBase, "raised"),
        (role.ToolTipText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "accent_text"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.PlaceholderText, "muted"),
        (role.Light, "raised"),
        (role.Midlight, "raised"),
        (role.Mid, "line"),
        (role.Dark, "line"),
        (role.Shadow, "canvas"),
        (role.Accent, "accent"),
    ):
        palette.setColor(target, QColor(getattr(colours, name)))
    for target in (role.WindowText, role.Text, role.ButtonText):
        faint = QColor(colours.muted)
        faint.setAlphaF(0.6)
        palette.setColor(QPalette.ColorGroup.Disabled, target, faint)
    return palette


def style_sheet(colours: Colours, point_size: float) -> str:
    """The style sheet with the theme's colours put in for `@names`."""
    file = settings.resources_folder() / STYLE_SHEET
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    values = {item.name: getattr(colours, item.name) for item in fields(Colours)}
    values["shade"] = "dark" if colours is DARK else "light"
    values["icons"] = (settings.resources_folder() / "icons").as_posix()
    values["small"] = f"{max(point_size * 0.88, 7.0):.1f}pt"
    # Longest first, so that `@accent_soft` is not read as `@accent`.
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(f"@{name}", values[name])
    return text


def set_style_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have the widget drawn as it says now."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, faint: str, chosen: str) -> QIcon:
    import qtawesome

    disabled = QColor(faint)
    disabled.setAlphaF(0.45)
    icon: QIcon = qtawesome.icon(
        f"ph.{name}",
        color=QColor(colour),
        color_disabled=disabled,
        color_on=QColor(chosen),
        color_on_active=QColor(chosen),
        scale_factor=1.05,
    )
    return icon
