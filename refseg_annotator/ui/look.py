"""How masks are shown, as a value: what the settings say, and what keys have changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refseg_annotator.settings import Settings


@dataclass(frozen=True, slots=True)
class Look:
    """How masks are shown.

    Args:
        opacity: of fills, 0..1.
        line: width of outlines, in screen pixels.
        hidden: no masks at all.
        outline_only: no fills.
        patterns: fills have patterns, so that colours need not be told apart.
        peeking: the photo alone, for as long as a key is held.
    """

    opacity: float = 0.45
    line: float = 1.5
    hidden: bool = False
    outline_only: bool = False
    patterns: bool = False
    peeking: bool = False

    def following(self, settings: Settings) -> Look:
        """This look with what the settings say of it."""
        return replace(
            self,
            opacity=settings.overlay_opacity,
            line=settings.outline_width,
            patterns=settings.fill == "patterns",
            outline_only=settings.fill == "outlines",
        )
