"""What a tool is given and what it may do: the pointer, the stage, and the gesture that a tool is."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeVar

from refseg_annotator.services.mask_tools import Mode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Box
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.clicks import Click
    from refseg_annotator.services.mask_tools_pieces import Pieces
    from refseg_annotator.services.refine import Prior
    from refseg_annotator.services.refine_clicks import ClickModel
    from refseg_annotator.ui.tools.brush import Draft
    from refseg_annotator.ui.tools.tool_options import ToolOptions
    from refseg_annotator.ui.tools.tool_preview import Preview

T = TypeVar("T")


class PointerKind(StrEnum):
    """What happened."""

    PRESS = "press"
    MOVE = "move"
    RELEASE = "release"
    FINISH = "finish"  # Enter or a double click: a tool of several clicks is done
    BACK = "back"  # Backspace: the last of several clicks was wrong
    LEAVE = "leave"  # the subject is about to be decided: keep what there is, at once
    NEWS = "news"  # an option was changed, or work that the gesture asked for is done


@dataclass(frozen=True, slots=True)
class Pointer:
    """The pointer over the picture, in source pixels (not whole ones), and the keys held with it.

    Args:
        right: it is the right button that went down.
        scale: screen pixels a source pixel.
    """

    kind: PointerKind
    x: float
    y: float
    ctrl: bool = False
    shift: bool = False
    right: bool = False
    scale: float = 1.0


Point = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What points and boxes refine: the proposal on show, the selected mask, or nothing yet.

    Args:
        mask: as it is; empty for nothing.
        prior: the network's probability behind it, where that is known.
    """

    mask: Mask
    prior: Prior | None
    is_proposal: bool


class Stage(Protocol):
    """What a tool may do to the canvas and, at the end, to the project."""

    @property
    def brush_radius(self) -> float:
        """Radius of brush and eraser, in source pixels."""

    @property
    def options(self) -> ToolOptions:
        """What the tools are set to."""

    @property
    def image(self) -> NDArray[np.uint8] | None:
        """The picture, uint8 (H, W, 3) RGB; None while it is on its way."""

    @property
    def pieces(self) -> Pieces | None:
        """The superpixels of the picture; None while they are cut."""

    def begin(self, *, erases: bool) -> Draft | None:
        """A draft of the selected referent's mask, or of a new one; None, and a sentence shown, where there is none."""

    def lacks_mask(self, mode: Mode) -> bool:
        """Whether a shape of that mode has no mask to change, which is said: asked before one draws, not after."""

    def begin_preview(self, *, erases: bool) -> Preview | None:
        """As `begin`, for a tool that makes whole masks."""

    def subject(self) -> Subject | None:
        """What to refine; None, and a sentence shown, where that is refused."""

    def click_model(self) -> ClickModel | None:
        """The model to ask about clicks on the frame on show, in `work`; None while none is loaded that reads them."""

    def touched(self, box: Box) -> None:
        """Repaint a box of the draft, in source pixels."""

    def band(self, points: list[Point], *, closed: bool) -> None:
        """Show a line through source points; none for an empty list."""

    def marks(self, clicks: tuple[Click, ...], box: Box | None) -> None:
        """Show points with + and -, and a box; none for no clicks and None."""

    def glow(self, mask: Mask | None) -> None:
        """Outline pixels under the pointer; None for none."""

    def glow_under(self, x: float, y: float) -> None:
        """Outline the mask that `referent_under` finds."""

    def finish(self, draft: Draft | Preview, *, title: str, clicks: int = 0, model: str | None = None) -> None:
        """Commit what the draft has become, as one edit; `model` is the one that answered clicks."""

    def drop(self, draft: Draft | Preview) -> None:
        """Take the draft off the canvas; after `finish` as well."""

    def revise(self, mask: Mask, *, clicks: int) -> None:
        """Offer a corrected mask in place of the proposal's; clicks count from the start of the gesture."""

    def settle(self) -> None:
        """Accept the proposal, once the gesture that asks for it is over."""

    def pick(self, x: float, y: float, *, further: bool) -> None:
        """Select the referent under a source point."""

    def referent_under(self, x: float, y: float) -> ReferentId | None:
        """The visible referent whose mask has a source point, other than the selected one."""

    def merge(self, other: ReferentId) -> None:
        """Merge another referent into the selected one."""

    def work(self, call: Callable[[], T], then: Callable[[T], None], *, title: str) -> None:
        """Compute something away from the window's thread, then hand it over there; the gesture gets NEWS after it.

        What was asked for before and is not done is dropped: the latest question wins. A refusal becomes a sentence and
        ends the gesture.
        """

    def stop_work(self) -> None:
        """Nothing asked for before is wanted any more."""

    def want_pieces(self) -> None:
        """Have the picture cut into superpixels, if that is not done or under way."""

    def set_number(self, option: str, value: float) -> None:
        """Change an option that has a range."""

    def say(self, sentence: str) -> None:
        """Tell the person something."""

    def listen(self, news: Callable[[], None], failed: Callable[[], object]) -> None:
        """Call `news` when work is done, `failed` when it cannot be."""

    def clear(self) -> None:
        """Take off the canvas what lies under an idle pointer, as when another tool is taken."""


Gesture = Generator[None, Pointer, None]


class ToolId(StrEnum):
    """Names of the tools, in the order of the strip; actions of the same name choose them."""

    SELECT = "select"
    POINTS = "points"
    BRUSH = "brush"
    ERASER = "eraser"
    POLYGON = "polygon"
    LASSO = "lasso"
    RECTANGLE = "rectangle"
    WAND = "wand"
    SUPERPIXELS = "superpixels"
    FILL = "fill"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool.

    Args:
        start: begins a gesture at the press.
        hint: what the status bar says while it is chosen; `hints` in a mode in which that is not what happens.
        is_round: the pointer is the brush itself.
        hover: what happens under the pointer while no button is down.
        options: names of the options that it has, for the options bar.
        takes_right: the right button is the tool's; elsewhere it opens a menu.
        ends_with_double_click: a double click ends its gesture, as Enter does.
        needs_mask: it does nothing but change a mask, in whatever mode.
    """

    id: ToolId
    start: Callable[[Stage, Pointer], Gesture]
    hint: str
    is_round: bool = False
    hover: Callable[[Stage, Pointer], None] | None = None
    options: tuple[str, ...] = ()
    takes_right: bool = False
    ends_with_double_click: bool = False
    needs_mask: bool = False
    hints: Mapping[Mode, str] = field(default_factory=dict)

    def hint_in(self, mode: Mode) -> str:
        """What the status bar says while it is chosen, in that mode."""
        return self.hints.get(mode, self.hint)

    def makes_new(self, mode: Mode) -> bool:
        """Whether it makes a referent where none is selected; else it wants one."""
        return not self.needs_mask and ("mode" not in self.options or mode is Mode.ADD)
