"""What the tools are set to: one frozen value, and the desk that holds it and tells of changes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from refseg_annotator.services.mask_tools import Mode
from refseg_annotator.services.refine import Method


@dataclass(frozen=True, slots=True)
class ToolOptions:
    """Options of all tools.

    Args:
        mode: what shapes, wand and superpixels do to the mask.
        tolerance: how far a colour may be from the clicked one, in units of CIE Lab.
        contiguous: the wand takes only what hangs together with the click.
        sample: side of the square whose mean colour the wand goes by, in source pixels.
        piece: about the side of a superpixel, in source pixels.
        method: which segmenter answers points and boxes.
        grow, shrink, smooth: by how many source pixels.
        hole: the largest hole to fill, in pixels; 0 for all.
        speck: the smallest part to keep, in pixels.
    """

    mode: Mode = Mode.ADD
    tolerance: float = 12.0
    contiguous: bool = True
    sample: int = 3
    piece: int = 24
    method: Method = Method.NETWORK
    grow: int = 2
    shrink: int = 2
    smooth: int = 3
    hole: int = 0
    speck: int = 30


@dataclass(frozen=True, slots=True)
class OptionRange:
    """How a number among the options is shown and bounded.

    Args:
        label: before the field; `unit` behind the number.
        least, most: the bounds. `step` of the arrows.
        zero: what is shown in place of the least value; "" for the number.
    """

    label: str
    least: int
    most: int
    unit: str = " px"
    step: int = 1
    zero: str = ""
    tip: str = ""


RANGES: Final[dict[str, OptionRange]] = {
    "tolerance": OptionRange(
        "Tolerance", 0, 100, "", 1, tip="How far a colour may be from the clicked one: 2 is barely to be seen."
    ),
    "piece": OptionRange("Piece", 6, 200, " px", 2, tip="About the side of a piece, in image pixels."),
    "grow": OptionRange("By", 1, 200, tip="Pixels added all around."),
    "shrink": OptionRange("By", 1, 200, tip="Pixels taken away all around."),
    "smooth": OptionRange("By", 1, 50, tip="What is thinner goes, what is narrower closes."),
    "hole": OptionRange(
        "Up to", 0, 1_000_000, " px", 10, zero="any size", tip="Holes of more pixels stay; at 0 all are filled."
    ),
    "speck": OptionRange("Under", 2, 1_000_000, " px", 10, tip="Separate parts of fewer pixels go."),
}
SAMPLES: Final[tuple[tuple[str, int], ...]] = (("1 pixel", 1), ("3 x 3", 3), ("5 x 5", 5), ("11 x 11", 11))
METHODS: Final[tuple[tuple[str, Method], ...]] = (
    ("Model", Method.NETWORK),
    ("GrabCut", Method.GRABCUT),
    ("Random walker", Method.RANDOM_WALKER),
)
MODES: Final[tuple[tuple[str, Mode, str, str], ...]] = (
    ("Add", Mode.ADD, "plus", "Adds to the mask; Ctrl takes away."),
    ("Subtract", Mode.SUBTRACT, "minus", "Takes away from the mask; Ctrl adds."),
    ("Intersect", Mode.INTERSECT, "intersect", "Keeps what lies in both; Ctrl takes away."),
)


class ToolOptionsDesk(QObject):
    """Holds the options.

    Signals:
        changed: another value of an option.
        busy_changed: a tool has something computed (True), or no longer.
    """

    changed = Signal()
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._options = ToolOptions()
        self._is_busy = False

    @property
    def options(self) -> ToolOptions:
        """The options now."""
        return self._options

    def set(self, options: ToolOptions) -> None:
        """Take other options."""
        if options != self._options:
            self._options = options
            self.changed.emit()

    @property
    def is_busy(self) -> bool:
        """Whether a tool has something computed."""
        return self._is_busy

    def set_busy(self, busy: bool) -> None:
        """Note that something is computed, or no longer."""
        if busy != self._is_busy:
            self._is_busy = busy
            self.busy_changed.emit(busy)

    def number(self, name: str) -> int:
        """An option that has a range, by its name."""
        return round(float(getattr(self._options, name)))

    def set_number(self, name: str, value: float) -> None:
        """Change an option that has a range, within it."""
        limits = RANGES[name]
        bounded = min(max(value, limits.least), limits.most)
        self.set(replace(self._options, **{name: type(getattr(self._options, name))(bounded)}))

    def set_mode(self, mode: Mode) -> None:
        """Choose what shapes do."""
        self.set(replace(self._options, mode=mode))

    def next_mode(self) -> None:
        """Go on to the next mode, round and round."""
        modes = list(Mode)
        self.set_mode(modes[(modes.index(self._options.mode) + 1) % len(modes)])


assert set(RANGES) <= {item.name for item in fields(ToolOptions)}  # noqa: S101  our own table
