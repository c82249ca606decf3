"""What a person does to masks, referents and expressions: each function is one edit, one step of undo."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.core.annotation import (
    Annotation,
    Expression,
    ExpressionId,
    ExpressionKind,
    FrameSpan,
    MediumId,
    MediumState,
    Origin,
    Provenance,
    Referent,
    ReferentId,
    Split,
)
from refseg_annotator.core.edits import (
    DropAnnotation,
    DropExpression,
    Edit,
    PaintMask,
    PutAnnotation,
    PutExpression,
    PutMedium,
    PutReferent,
    Several,
    removing_referent,
)
from refseg_annotator.core.events import Change
from refseg_annotator.core.mask import Mask
from refseg_annotator.errors import EditError
from refseg_annotator.services.corrections import corrected_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from refseg_annotator.core.geometry import Box
    from refseg_annotator.core.project import Project
    from refseg_annotator.services.session import Session

# Letters of a phrase that are kept; the model reads fewer (`text.LONGEST_PHRASE`).
LONGEST_RECORDED: Final = 20_000

# --- words -----------------------------------------------------------------------------------------------------------


def clean_phrase(text: str) -> str:
    """The phrase as recorded: the person's own words, without control characters and blanks at the ends.

    EditError where nothing is left, or more than anyone would read.
    """
    if len(text) > LONGEST_RECORDED:
        raise EditError(f"A phrase has at most {LONGEST_RECORDED:,} letters, this one {len(text):,}; say it shorter.")
    shown = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
    cleaned = " ".join(shown.split())
    if not cleaned:
        raise EditError("Type what you mean first, for example: the dog on the left.")
    return cleaned


def same_words(first: str, second: str) -> bool:
    """Whether two phrases are the same words, whatever their case and blanks."""
    return _folded(first) == _folded(second)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


# --- finding ---------------------------------------------------------------------------------------------------------


def referent_of(session: Session, referent_id: ReferentId) -> Referent:
    """A referent; EditError if it is gone."""
    try:
        return session.project.referents[referent_id]
    except KeyError as error:
        raise EditError("This referent is no longer part of the project; choose another one.") from error


def expression_of(session: Session, expression_id: ExpressionId) -> Expression:
    """An expression; EditError if it is gone."""
    try:
        return session.project.expressions[expression_id]
    except KeyError as error:
        raise EditError("This expression is no longer part of the project; choose another one.") from error


def next_colour(project: Project, medium_id: MediumId) -> int:
    """The lowest palette index that no referent of the medium has."""
    taken = {referent.colour for referent in project.referents_of(medium_id)}
    return next(colour for colour in range(len(taken) + 1) if colour not in taken)


def _unlocked(session: Session, referent_id: ReferentId) -> Referent:
    referent = referent_of(session, referent_id)
    if referent.locked:
        name = repr(referent.name) if referent.name else "This referent"
        raise EditError(f"{name} is locked; unlock it to change its mask.")
    return referent


# --- masks -----------------------------------------------------------------------------------------------------------


def paint(
    session: Session,
    referent_id: ReferentId,
    frame: int,
    box: Box,
    pixels: NDArray[np.bool_],
    *,
    title: str = "Brush",
    clicks: int = 0,
    seconds: float = 0.0,
    model: str | None = None,
) -> Change:
    """Put pixels, bool `box.shape`, in place of a referent's mask inside `box` (source pixels): one stroke, settled.

    What reaches out of it is cut off. A referent without a mask there gets one. `model` is what answered the clicks.
    """
    referent = _unlocked(session, referent_id)
    return session.commit(
        _painting(session, referent, frame, box, pixels, title=title, clicks=clicks, seconds=seconds, model=model)
    )


def paint_new(
    session: Session,
    medium_id: MediumId,
    frame: int,
    box: Box,
    pixels: NDArray[np.bool_],
    *,
    title: str = "Brush",
    clicks: int = 0,
    seconds: float = 0.0,
    model: str | None = None,
) -> ReferentId:
    """As `paint`, on a new referent: both are one step of undo."""
    referent = _fresh_referent(session, medium_id)
    stroke = _painting(session, referent, frame, box, pixels, title=title, clicks=clicks, seconds=seconds, model=model)
    session.commit(Several(title, (PutReferent(referent), stroke)))
    return referent.id


def _painting(
    session: Session,
    referent: Referent,
    frame: int,
    box: Box,
    pixels: NDArray[np.bool_],
    *,
    title: str,
    clicks: int,
    seconds: float,
    model: str | None,
) -> Edit:
    session.ensure_loaded(referent.medium_id)
    size = session.medium(referent.medium_id).size
    if not session.is_measured(referent.medium_id):
        raise EditError("The picture is not open yet; wait a moment and paint again.")
    inside = box.clipped(size)
    patch = np.asarray(pixels, dtype=np.bool_)
    if patch.shape != box.shape:
        raise EditError(f"A stroke of {patch.shape} pixels does not fill its box of {box.shape}; paint it again.")
    if inside.is_empty:
        raise EditError("The stroke lies outside the picture; paint inside it.")
    patch = patch[inside.relative_to(box).slices].copy()
    before = session.project.annotations.get((referent.id, frame))
    if before is None:
        mask = Mask.from_patch(size, inside, patch)
        author = session.project.author
        provenance = Provenance(Origin.MANUAL, model, clicks=clicks, strokes=1, seconds=seconds, author=author)
        return PutAnnotation(Annotation(referent.id, frame, mask, provenance, keyframe=True), title)
    old = corrected_within(before, inside, patch)
    provenance = replace(
        old,
        model=old.model or model,
        clicks=old.clicks + clicks,
        strokes=old.strokes + 1,
        seconds=old.seconds + seconds,
        author=session.project.author or old.author,
    )
    return PaintMask(before.key, inside, patch, provenance, title, keyframe=True)


def set_mask(
    session: Session,
    referent_id: ReferentId,
    frame: int,
    mask: Mask,
    *,
    title: str = "Set mask",
    provenance: Provenance | None = None,
) -> Change:
    """Replace a referent's whole mask on a frame, settled; an empty mask says that it is absent there."""
    referent = _unlocked(session, referent_id)
    session.ensure_loaded(referent.medium_id)
    known = provenance or Provenance(Origin.MANUAL, strokes=1, author=session.project.author)
    return session.commit(PutAnnotation(Annotation(referent_id, frame, mask, known, keyframe=True), title))


def mark_absent(session: Session, referent_id: ReferentId, frame: int) -> Change:
    """Settle that a referent is not to be seen on a frame."""
    size = session.medium(referent_of(session, referent_id).medium_id).size
    return set_mask(session, referent_id, frame, Mask.empty(size), title="Mark absent")


def settle(session: Session, referent_id: ReferentId, frame: int, *, is_keyframe: bool = True) -> Change:
    """Make a mask a keyframe, which propagation leaves alone, or an open one again."""
    session.ensure_loaded(referent_of(session, referent_id).medium_id)
    annotation = session.project.annotations.get((referent_id, frame))
    if annotation is None:
        raise EditError("There is no mask on this frame to settle; draw one, or mark the referent absent.")
    title = "Settle keyframe" if is_keyframe else "Unsettle keyframe"
    return session.commit(PutAnnotation(replace(annotation, keyframe=is_keyframe), title))


def delete_mask(session: Session, referent_id: ReferentId, frame: int) -> Change:
    """Remove a referent's mask from a frame; referent and expressions stay."""
    _unlocked(session, referent_id)
    return session.commit(DropAnnotation((referent_id, frame)))


# --- referents -------------------------------------------------------------------------------------------------------


def _fresh_referent(session: Session, medium_id: MediumId, *, name: str = "", category: str = "") -> Referent:
    session.medium(medium_id)
    return Referent(
        id=ReferentId(session.project.next_id()),
        medium_id=medium_id,
        name=name,
        category=category,
        colour=next_colour(session.project, medium_id),
    )


def new_referent(session: Session, medium_id: MediumId, *, name: str = "", category: str = "") -> ReferentId:
    """A new referent without mask or expression."""
    referent = _fresh_referent(session, medium_id, name=name, category=category)
    session.commit(PutReferent(referent, "New referent"))
    return referent.id


def rename(session: Session, referent_id: ReferentId, name: str) -> Change:
    """Give a referent a name; an empty one takes it away."""
    return _change_referent(session, "Rename referent", replace(referent_of(session, referent_id), name=_line(name)))


def set_category(session: Session, referent_id: ReferentId, category: str) -> Change:
    """Say what kind of thing a referent is."""
    changed = replace(referent_of(session, referent_id), category=_line(category))
    return _change_referent(session, "Set category", changed)


def set_colour(session: Session, referent_id: ReferentId, colour: int) -> Change:
    """Give a referent another colour of the palette."""
    return _change_referent(session, "Set colour", replace(referent_of(session, referent_id), colour=colour))


def set_hidden(session: Session, referent_id: ReferentId, *, hidden: bool) -> Change:
    """Hide or show a referent's overlay."""
    title = "Hide referent" if hidden else "Show referent"
    return _change_referent(session, title, replace(referent_of(session, referent_id), hidden=hidden))


def set_locked(session: Session, referent_id: ReferentId, *, locked: bool) -> Change:
    """Keep tools off a referent's masks, or let them again."""
    title = "Lock referent" if locked else "Unlock referent"
    return _change_referent(session, title, replace(referent_of(session, referent_id), locked=locked))


def delete_referent(session: Session, referent_id: ReferentId) -> Change:
    """Remove a referent with its masks; expressions that meant it alone go too, others lose it as a target."""
    referent = _unlocked(session, referent_id)
    session.ensure_loaded(referent.medium_id)
    removal = removing_referent(session.project, referent_id)
    # An expression that meant nothing else would stay as a phrase nobody has looked for.
    edits = tuple(
        DropExpression(edit.expression.id) if isinstance(edit, PutExpression) and not edit.expression.targets else edit
        for edit in removal.edits
    )
    return session.commit(Several("Delete referent", edits))


def _change_referent(session: Session, title: str, referent: Referent) -> Change:
    if session.project.referents[referent.id] == referent:
        return Change.nothing()
    return session.commit(PutReferent(referent, title))


def _line(text: str) -> str:
    return " ".join(text.split())


# --- expressions -----------------------------------------------------------------------------------------------------


def find_expression(session: Session, medium_id: MediumId, text: str) -> list[Expression]:
    """The expressions of a medium with the same words."""
    return [known for known in session.project.expressions_of(medium_id) if same_words(known.text, text)]


def add_expression(
    session: Session,
    medium_id: MediumId,
    text: str,
    *,
    targets: Sequence[ReferentId] = (),
    kind: ExpressionKind = ExpressionKind.UNSPECIFIED,
    span: FrameSpan | None = None,
) -> ExpressionId:
    """Record a phrase for some referents of a medium, or none yet; the same words for the same targets stay one."""
    phrase = clean_phrase(text)
    wanted = tuple(dict.fromkeys(targets))
    for known in find_expression(session, medium_id, phrase):
        if set(known.targets) == set(wanted) and known.span == span and not known.no_target:
            return known.id
    expression = Expression(
        id=ExpressionId(session.project.next_id()),
        medium_id=medium_id,
        text=phrase,
        targets=wanted,
        kind=kind,
        author=session.project.author,
        span=span,
    )
    session.commit(PutExpression(expression))
    return expression.id


def edit_expression(
    session: Session,
    expression_id: ExpressionId,
    *,
    text: str | None = None,
    targets: Sequence[ReferentId] | None = None,
    kind: ExpressionKind | None = None,
) -> Change:
    """Change words, targets or kind of an expression; what is None stays.

    Giving it targets ends "nothing here"; other words end what a model said of the former ones.
    """
    before = expression_of(session, expression_id)
    after = before
    if text is not None:
        after = replace(after, text=clean_phrase(text))
        if not same_words(after.text, before.text):
            # What a model said was of the other words.
            after = replace(after, asked=None)
    if targets is not None:
        after = with_targets(after, targets)
    if kind is not None:
        after = replace(after, kind=kind)
    return Change.nothing() if after == before else session.commit(PutExpression(after, "Edit expression"))


def set_span(session: Session, expression_id: ExpressionId, span: FrameSpan | None) -> Change:
    """Say which frames an expression speaks of; None for all.

    Raises:
        EditError: the clip is shorter.
    """
    expression = expression_of(session, expression_id)
    count = session.medium(expression.medium_id).frame_count
    if span is not None and span.last >= count:
        raise EditError(f"The clip ends with frame {count - 1}; choose frames that are part of it.")
    if expression.span == span:
        return Change.nothing()
    return session.commit(PutExpression(replace(expression, span=span), "Edit expression"))


def with_targets(expression: Expression, targets: Sequence[ReferentId]) -> Expression:
    """The expression meaning these referents; where it meant "nothing here", it no longer does."""
    wanted = tuple(dict.fromkeys(targets))
    if not wanted:
        return replace(expression, targets=())
    kind = ExpressionKind.UNSPECIFIED if expression.kind is ExpressionKind.NO_TARGET else expression.kind
    return replace(expression, targets=wanted, no_target=False, kind=kind)


def delete_expression(session: Session, expression_id: ExpressionId) -> Change:
    """Remove an expression; the referents it meant stay."""
    expression_of(session, expression_id)
    return session.commit(DropExpression(expression_id))


def mark_no_target(session: Session, medium_id: MediumId, text: str) -> ExpressionId:
    """Record "checked: nothing here is meant by this".

    Raises:
        EditError: the same words mean a referent of this medium.
    """
    edit, expression_id = no_target_edit(session, medium_id, text)
    if edit is not None:
        session.commit(edit)
    return expression_id


def no_target_edit(session: Session, medium_id: MediumId, text: str) -> tuple[Edit | None, ExpressionId]:
    """The edit of `mark_no_target`, None where it is recorded already, and the id of its expression."""
    phrase = clean_phrase(text)
    title = "Mark as not in this image"
    known = find_expression(session, medium_id, phrase)
    if any(expression.targets for expression in known):
        raise EditError(f"{phrase!r} names a referent here already; remove that expression first.")
    if not known:
        expression = Expression(
            id=ExpressionId(session.project.next_id()),
            medium_id=medium_id,
            text=phrase,
            no_target=True,
            kind=ExpressionKind.NO_TARGET,
            author=session.project.author,
        )
        return PutExpression(expression, title), expression.id
    if known[0].no_target:
        return None, known[0].id
    return PutExpression(replace(known[0], no_target=True, kind=ExpressionKind.NO_TARGET), title), known[0].id


# --- media -----------------------------------------------------------------------------------------------------------


def set_medium_state(session: Session, medium_id: MediumId, state: MediumState) -> Change:
    """Mark a medium as unseen, in work or reviewed."""
    medium = session.medium(medium_id)
    if medium.state is state:
        return Change.nothing()
    return session.commit(PutMedium(replace(medium, state=state), f"Mark as {state.value.replace('_', ' ')}"))


def set_split(session: Session, medium_id: MediumId, split: Split) -> Change:
    """Put a medium into a part of the dataset."""
    medium = session.medium(medium_id)
    if medium.split is split:
        return Change.nothing()
    return session.commit(PutMedium(replace(medium, split=split), "Set split"))
