"""What there is to know of the selected referent or expression, and to change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator.core.annotation import ExpressionKind, FrameSpan, Origin, Provenance
from refseg_annotator.errors import EditError
from refseg_annotator.services import annotate, expression_edits
from refseg_annotator.ui.clip.propagation_masks import offered
from refseg_annotator.ui.forms import WrappedLabel
from refseg_annotator.ui.number_words import number
from refseg_annotator.ui.panels.means_menu import MeansMenu
from refseg_annotator.ui.sentences import tr_sentence
from refseg_annotator.ui.wording import later, tr, tr_count

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Asked, BlindCheck, Expression, Referent
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.services.propagate_proposal import PropagationState
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.panels.live_checker import LiveChecker

_ORIGINS = {
    Origin.MANUAL: "drawn by hand",
    Origin.PREDICTED: "proposed by the model",
    Origin.PROPAGATED: "carried over from another frame",
    Origin.IMPORTED: "imported",
}
_KINDS = {
    ExpressionKind.UNSPECIFIED: later("unspecified"),
    ExpressionKind.CATEGORY: later("category"),
    ExpressionKind.COLOUR: later("colour"),
    ExpressionKind.POSITION: later("position"),
    ExpressionKind.SIZE: later("size"),
    ExpressionKind.RELATION: later("relation"),
    ExpressionKind.ACTION: later("action"),
    ExpressionKind.PLURAL: later("plural"),
    ExpressionKind.NO_TARGET: later("no target"),
}


class Properties(QStackedWidget):
    """Follows the selection."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._nothing = QLabel(tr("Select a referent to see what it is and where its mask came from."))
        self._nothing.setObjectName("muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self.addWidget(self._nothing)
        self._forms: dict[QWidget, QFormLayout] = {}
        self._pages: dict[QWidget, QScrollArea] = {}
        self._referent_page = QWidget()
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("no name"))
        self.category = QLineEdit()
        self.category.setPlaceholderText(tr("such as dog"))
        self.area = _value()
        self.source = _value()
        self.effort = _value()
        self._fill(
            self._referent_page,
            (tr("Name"), self.name), (tr("Category"), self.category), (tr("Mask"), self.area),
            (tr("Source"), self.source), (tr("Effort"), self.effort),
        )  # fmt: skip
        self._expression_page = QWidget()
        self.text = QLineEdit()
        self.kind = QComboBox()
        for kind in ExpressionKind:
            self.kind.addItem(tr(_KINDS[kind]), kind)
        self.targets = QToolButton()
        self.targets.setObjectName("menuButton")
        self.targets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.targets.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.targets.setMenu(MeansMenu(bridge, self.targets))
        self.author = QLineEdit()
        self.author.setPlaceholderText(tr("not recorded"))
        self.span = QLineEdit()
        self.span.setPlaceholderText(tr("all frames, or such as 12-40"))
        self.said = _value()
        self.checks = _value()
        self.faults = _value()
        self._checker: LiveChecker | None = None
        self._fill(
            self._expression_page,
            (tr("Phrase"), self.text), (tr("Faults"), self.faults), (tr("Kind"), self.kind),
            (tr("Means"), self.targets), (tr("Author"), self.author), (tr("Frames"), self.span),
            (tr("Model"), self.said), (tr("Checks"), self.checks),
        )  # fmt: skip
        self.name.editingFinished.connect(self._rename)
        self.category.editingFinished.connect(self._set_category)
        self.text.editingFinished.connect(self._reword)
        self.kind.activated.connect(self._set_kind)
        self.author.editingFinished.connect(self._set_author)
        self.span.editingFinished.connect(self._set_span)
        for signal in (bridge.selection_changed, bridge.session_changed, bridge.place_changed):
            signal.connect(self.refresh)
        bridge.project_changed.connect(lambda _: self.refresh())
        bridge.propagation_changed.connect(self._on_propagation)
        self.refresh()

    def use_checker(self, checker: LiveChecker) -> None:
        """Say what the checks find wrong with the selected expression."""
        self._checker = checker
        checker.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read the project anew; a field in which one types keeps its text."""
        bridge = self._bridge
        project = bridge.session.project
        expression = project.expressions.get(bridge.expression_id) if bridge.expression_id is not None else None
        if expression is not None:
            self.setCurrentWidget(self._pages[self._expression_page])
            self._show_expression(expression)
        elif bridge.referent is not None:
            self.setCurrentWidget(self._pages[self._referent_page])
            self._show_referent(bridge.referent)
        else:
            self.setCurrentWidget(self._nothing)

    def _on_propagation(self, state: PropagationState) -> None:
        """Frames that arrive elsewhere change nothing here."""
        key = (self._bridge.referent_id, self._bridge.frame)
        if key in state.arrived or (not state.arrived and not state.is_busy):
            self.refresh()

    # --- showing -----------------------------------------------------------------------------------------------

    def _fill(self, page: QWidget, *rows: tuple[str, QWidget]) -> None:
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, widget in rows:
            caption = QLabel(label)
            caption.setObjectName("caption")
            caption.setMinimumHeight(24)
            caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            caption.setContentsMargins(0, 6, 0, 0)
            widget.setAccessibleName(label)
            form.addRow(caption, widget)
        column.addLayout(form)
        column.addStretch(1)
        self._forms[page] = form
        # A phrase with many checks is longer than the panel.
        scroll = QScrollArea()
        scroll.setAccessibleName(tr("Properties"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self._pages[page] = scroll
        self.addWidget(scroll)

    def _show_referent(self, referent: Referent) -> None:
        _put(self.name, referent.name)
        _put(self.category, referent.category)
        key = (referent.id, self._bridge.frame)
        proposed = offered(self._bridge, key)
        if proposed is not None:
            self.area.setText(area_words(proposed.mask))
            self.source.setText(source_words(proposed.provenance()))
            self.effort.setText(tr("on offer, not yet accepted"))
            return
        annotation = self._bridge.session.project.annotations.get(key)
        if annotation is None:
            self.area.setText(tr("none yet; paint it, or run a phrase"))
            self.source.setText("-")
            self.effort.setText("-")
            return
        self.area.setText(area_words(annotation.mask))
        self.source.setText(source_words(annotation.provenance))
        provenance = annotation.provenance
        is_offer = provenance.origin is Origin.PREDICTED and not annotation.keyframe and not provenance.strokes
        self.effort.setText(tr("a proposal, nobody has settled it") if is_offer else effort_words(provenance))

    def _show_expression(self, expression: Expression) -> None:
        _put(self.text, expression.text)
        self.kind.setCurrentIndex(self.kind.findData(expression.kind))
        self.targets.setText(self._targets_words(expression))
        _put(self.author, expression.author)
        _put(self.span, span_words(expression.span))
        medium = self._bridge.medium
        self._show_row(self.span, medium is not None and medium.frame_count > 1)
        faults = () if self._checker is None else self._checker.of(expression.id)
        for field, words in (
            (self.faults, "\n".join(_capital(tr_sentence(fault.sentence)) for fault in faults)),
            (self.said, asked_words(expression.asked)),
            (self.checks, "\n".join(check_words(check) for check in expression.checks)),
        ):
            field.setText(words)
            self._show_row(field, bool(words))

    def _show_row(self, field: QWidget, on: bool) -> None:
        form = self._forms[self._expression_page]
        if form.isRowVisible(field) != on:
            form.setRowVisible(field, on)

    def _targets_words(self, expression: Expression) -> str:
        if expression.no_target:
            return tr("nothing here (checked)")
        if not expression.targets:
            return tr("no referent yet")
        numbers = {referent.id: place for place, referent in enumerate(self._bridge.referents_here(), start=1)}
        return ", ".join(f"#{numbers.get(target, '?')}" for target in expression.targets)

    # --- changing ----------------------------------------------------------------------------------------------

    def _rename(self) -> None:
        bridge, referent_id, text = self._bridge, self._bridge.referent_id, self.name.text()
        if referent_id is not None:
            bridge.attempt(lambda: annotate.rename(bridge.session, referent_id, text))

    def _set_category(self) -> None:
        bridge, referent_id, text = self._bridge, self._bridge.referent_id, self.category.text()
        if referent_id is not None:
            bridge.attempt(lambda: annotate.set_category(bridge.session, referent_id, text))

    def _reword(self) -> None:
        bridge, expression_id, text = self._bridge, self._bridge.expression_id, self.text.text()
        if expression_id is None:
            return
        if bridge.attempt(lambda: annotate.edit_expression(bridge.session, expression_id, text=text)) is None:
            self.text.setModified(False)
            self.refresh()

    def _set_kind(self) -> None:
        bridge, expression_id, kind = self._bridge, self._bridge.expression_id, self.kind.currentData()
        if expression_id is not None:
            bridge.attempt(lambda: annotate.edit_expression(bridge.session, expression_id, kind=ExpressionKind(kind)))

    def _set_author(self) -> None:
        bridge, expression_id, author = self._bridge, self._bridge.expression_id, self.author.text()
        if expression_id is not None:
            bridge.attempt(lambda: expression_edits.set_author(bridge.session, expression_id, author))

    def _set_span(self) -> None:
        bridge, expression_id, text = self._bridge, self._bridge.expression_id, self.span.text()
        if expression_id is None:
            return
        if bridge.attempt(lambda: annotate.set_span(bridge.session, expression_id, read_span(text))) is None:
            self.span.setModified(False)
            self.refresh()


def span_words(span: FrameSpan | None) -> str:
    """The frames of a span as the timeline numbers them; "" for all."""
    return "" if span is None else f"{span.first}-{span.last}"


def read_span(text: str) -> FrameSpan | None:
    """The inverse of `span_words`; one frame stands for itself.

    Raises:
        EditError: it is no span.
    """
    if not text.strip():
        return None
    found = re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", text)
    first = int(found[1]) if found else -1
    last = int(found[2] or found[1]) if found else -1
    if not 0 <= first <= last:
        words = tr("{text!r} is no span of frames; write such as 12-40, or nothing for all.", text=text.strip())
        raise EditError(words)
    return FrameSpan(first, last)


def asked_words(asked: Asked | None) -> str:
    """What a model said of an expression; "" where none was asked."""
    if asked is None:
        return ""
    said = (
        tr("probably not here") if asked.is_absent else tr("expected quality {score}", score=number(asked.score, ".0%"))
    )
    limit = number(asked.threshold, ".0%")
    presence = tr("presence {presence} (limit {limit})", presence=number(asked.presence, ".0%"), limit=limit)
    return f"{asked.model}: {said}, {presence}"


def check_words(check: BlindCheck) -> str:
    """A blind check in a line."""
    who = check.author or tr("somebody")
    day = check.checked_at[:10]
    said = tr("says not here") if check.is_absent else tr("drew it blind")
    words = tr("{who} {said}: agreement {agreement}", who=who, said=said, agreement=number(check.agreement, ".0%"))
    if check.is_resolved:
        words += tr(", resolved")
    return f"{words} ({day})" if day else words


def area_words(mask: Mask) -> str:
    """How large a mask is: "12,345 px, 4.1 % of the picture"."""
    if mask.is_empty:
        return tr("empty: not to be seen here")
    share = mask.area / mask.size.area
    return (
        tr("{area:,} px, {share:.1%} of the picture", area=mask.area, share=share)
        if share >= 0.001
        else tr("{area:,} px, under 0.1 %", area=mask.area)
    )


def source_words(provenance: Provenance) -> str:
    """Where a mask came from, in a sentence without a period."""
    words = [tr(_ORIGINS[provenance.origin])]
    if provenance.origin is Origin.MANUAL and provenance.model:
        words = [tr("clicks answered by the model")]
    if provenance.model:
        words[0] += f" ({provenance.model})"
    if provenance.score is not None:
        words.append(tr("expected quality {score:.0%}", score=provenance.score))
    if provenance.origin is Origin.PREDICTED and provenance.strokes:
        words.append(tr("then corrected"))
    if provenance.phrase:
        words.append(tr("for “{phrase}”", phrase=provenance.phrase))
    return tr(", ").join(words)


def effort_words(provenance: Provenance) -> str:
    """What a person did for a mask."""
    parts = []
    if provenance.strokes:
        parts.append(tr_count(provenance.strokes, "{count:,} stroke", "{count:,} strokes"))
    if provenance.clicks:
        parts.append(tr_count(provenance.clicks, "{count:,} click", "{count:,} clicks"))
    if provenance.seconds >= 1:
        parts.append(f"{provenance.seconds:.0f} s")
    words = ", ".join(parts) or tr("accepted as it was")
    if provenance.iou_before is not None and provenance.iou_before < 1:
        words += tr("; agrees {agreement} with the model's own mask", agreement=number(provenance.iou_before, ".0%"))
    return tr("{words}, by {author}", words=words, author=provenance.author) if provenance.author else words


def _value() -> QLabel:
    label = WrappedLabel()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setContentsMargins(0, 5, 0, 0)
    return label


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _put(field: QLineEdit, text: str) -> None:
    if not (field.hasFocus() and field.isModified()) and field.text() != text:
        field.setText(text)
        # Setting leaves the cursor at the end, and a narrow field shows what is around it.
        field.setCursorPosition(0)
