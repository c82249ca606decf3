"""The canvas: the surface, and the pointer on it. Left draws or selects, middle or Space pans, the wheel zooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QCursor, QMouseEvent, QNativeGestureEvent, QWheelEvent

from refseg_annotator.ui.canvas.canvas_guides import CanvasGuides
from refseg_annotator.ui.canvas.canvas_view import ZOOM_STEP
from refseg_annotator.ui.tools.canvas_tools import Hand, Pointer, PointerKind, ToolId
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_SMALLEST_BRUSH = 4  # device pixels: a smaller disc is helped by a cross


class Canvas(CanvasGuides):
    """Hands the pointer to the tools.

    Signals:
        brush_stepped: the brush shall become larger (+1) or smaller (-1).
        menu_wanted: a right click, with the source point and the global one.
    """

    brush_stepped = Signal(int)
    menu_wanted = Signal(float, float, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Picture"))
        self.setAccessibleDescription(tr("The picture with its masks; tools work here."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 120)
        self.hand: Hand | None = None
        self.cursor_of: Callable[[], QCursor] | None = None
        """What the pointer is where it is neither an arrow nor the brush."""
        self._radius: float | None = None
        self._pan_from: QPointF | None = None
        self._pan_key = False
        self.has_panned = False
        """Whether the picture was dragged since the key for it went down: if not, that was a tap."""
        self.view_changed.connect(self._choose_cursor)

    def set_brush(self, radius: float | None) -> None:
        """Make the pointer a disc of that radius in source pixels; None for an arrow."""
        self._radius = radius
        self._choose_cursor()
        self.update()

    def set_pan_key(self, held: bool) -> None:
        """While held, the left button pans."""
        self._pan_key = held
        self.has_panned = self.has_panned and not held
        self._choose_cursor()
        self.update()

    def abandon(self) -> bool:
        """Drop what a tool is drawing; whether there was something."""
        return self.hand is not None and self.hand.abandon()

    def finish(self) -> bool:
        """Close a shape of several clicks; whether there was one."""
        return self._tell_hand(PointerKind.FINISH)

    def step_back(self) -> bool:
        """Take the last click of a shape back; whether there was one."""
        return self._tell_hand(PointerKind.BACK)

    # --- within -------------------------------------------------------------------------------------------------------

    def _tell_hand(self, kind: PointerKind) -> bool:
        if self.hand is None or not self.hand.is_busy or self._picture is None:
            return False
        x, y = self.source_at(self._brush_at or QPointF(self.rect().center()))
        self.hand.feel(Pointer(kind, x, y))
        return True

    def leave(self) -> None:
        """End a gesture that refines what is about to be decided, and keep what it has come to."""
        if self.hand is not None:
            self.hand.leave()

    def refresh_cursor(self) -> None:
        """Choose the pointer anew, as when the tool's options are others."""
        self._choose_cursor()

    def _feel(self, event: QMouseEvent, kind: PointerKind, *, right: bool = False) -> None:
        if self.hand is None or self._picture is None:
            return
        x, y = self.source_at(event.position())
        held = event.modifiers()
        ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        scale = self._view.scale / self.devicePixelRatioF()
        self.hand.feel(Pointer(kind, x, y, ctrl=ctrl, shift=shift, right=right, scale=scale))

    def _choose_cursor(self) -> None:
        is_panning = self._pan_from is not None or self._pan_key
        self._brush = None if is_panning else self._radius
        if self._pan_from is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._pan_key:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._picture is None or self.hand is None or self.hand.tool.id is ToolId.SELECT:
            shape = Qt.CursorShape.ArrowCursor
        elif self._radius is not None and self._radius * self._view.scale >= _SMALLEST_BRUSH:
            shape = Qt.CursorShape.BlankCursor
        else:
            shape = Qt.CursorShape.CrossCursor
        if shape is Qt.CursorShape.CrossCursor and self.cursor_of is not None:
            self.setCursor(self.cursor_of())
        elif self.cursor().shape() != shape:
            self.setCursor(QCursor(shape))

    # --- Qt's own -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a pan or a gesture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        button = event.button()
        if button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self._pan_key):
            self._pan_from = event.position()
            self.has_panned = True
            self._choose_cursor()
        elif button == Qt.MouseButton.LeftButton:
            self._feel(event, PointerKind.PRESS)
        elif button == Qt.MouseButton.RightButton and self.hand is not None and self.hand.tool.takes_right:
            self._feel(event, PointerKind.PRESS, right=True)
        elif button == Qt.MouseButton.RightButton and self._picture is not None:
            x, y = self.source_at(event.position())
            self.menu_wanted.emit(x, y, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, draw, or just move the brush."""
        before = self._brush_region()
        self._brush_at = event.position()
        if self._brush is not None:
            self.update(before)
            self.update(self._brush_region())
        if self._pan_from is not None:
            ratio = self.devicePixelRatioF()
            step = event.position() - self._pan_from
            dx, dy = round(step.x() * ratio), round(step.y() * ratio)
            self._pan_from += QPointF(dx / ratio, dy / ratio)
            self._look(self._view.moved(dx, dy))
        else:
            self._feel(event, PointerKind.MOVE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a pan or a gesture."""
        if self._pan_from is not None and event.button() in (Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton):
            self._pan_from = None
            self._choose_cursor()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._feel(event, PointerKind.RELEASE)
        elif event.button() == Qt.MouseButton.RightButton and self.hand is not None and self.hand.tool.takes_right:
            self._feel(event, PointerKind.RELEASE, right=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Close a shape of several clicks; otherwise it is a press like any other."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        closes = is_left and self.hand is not None and self.hand.is_busy and self.hand.tool.ends_with_double_click
        if not (closes and self.finish()):
            self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the brush off the canvas."""
        super().leaveEvent(event)
        rect = self._brush_region()
        self._brush_at = None
        self.set_glow(None)
        self.update(rect)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer; with Alt change the brush, with Shift or on a touch pad pan."""
        turn = event.angleDelta()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.AltModifier:
            # With Alt held some systems turn the wheel sideways.
            amount = turn.y() or turn.x()
            if amount:
                self.brush_stepped.emit(1 if amount > 0 else -1)
        elif held & Qt.KeyboardModifier.ShiftModifier or (
            not event.pixelDelta().isNull() and not held & Qt.KeyboardModifier.ControlModifier
        ):
            step = event.pixelDelta() if not event.pixelDelta().isNull() else QPoint(turn.y() // 2, turn.x() // 2)
            ratio = self.devicePixelRatioF()
            self._look(self._view.moved(round(step.x() * ratio), round(step.y() * ratio)))
        elif turn.y():
            self.zoom(ZOOM_STEP ** (turn.y() / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching zooms; everything else as usual."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position())
            return True
        return super().event(event)
