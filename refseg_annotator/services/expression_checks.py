"""Expressions that cannot be right, or cannot tell what they mean: checked against the masks, and the picture if there.

The checks read English words. They speak only where word and mask plainly disagree; what is uncertain passes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from refseg_annotator.inference.named_colours import CHROMATIC, colour_doubt, colour_share
from refseg_annotator.services.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import Expression, Referent, ReferentId
    from refseg_annotator.core.geometry import Box, Size
    from refseg_annotator.core.mask import Mask

_WORD: Final = re.compile(r"[\w'’-]+")
_FILLERS: Final = frozenset({"the", "a", "an", "this", "that", "one", "some", "of", "in", "on", "at", "with"})
_PLURALS: Final = frozenset(
    {"all", "both", "every", "each", "two", "three", "four", "several", "many", "group", "pair"}
)
# After these words a side is part of a thing or of a relation, not a place in the picture.
_SIDE_OF: Final = re.compile(
    r"\b(?:left|right|top|bottom)[- ](?:of|to|hand(?!\s+side)|arm|leg|foot|shoe|eye|ear|wing|wheel|sleeve|turn)\b"
    r"|\b(?:his|her|its|their|our|your|turn(?:s|ed|ing)?|look(?:s|ed|ing)?|fac(?:es|ed|ing)|mov(?:es|ed|ing)|go(?:es|ing)?"
    r"|walk(?:s|ed|ing)?|run(?:s|ning)?|head(?:s|ed|ing)?|from|next|beside|second|third|2nd|3rd)\b[^,;.]*\b(?:left|right|top|bottom)\b"
    r"|\bon top of\b|\bis left\b|\bleft behind\b"
)
_SIDES: Final[Mapping[str, tuple[int, float]]] = {
    "left": (0, -1.0),
    "right": (0, 1.0),
    "top": (1, -1.0),
    "bottom": (1, 1.0),
}
_OPPOSITES: Final = (("left", "right"), ("top", "bottom"))
_FAR: Final = 0.7
"""A middle beyond this part of the frame, on the wrong side, contradicts a side even where the thing is alone."""
_LEAST_FIT: Final = 0.1
"""Below this part of what a colour needs at least, the mask plainly has not the colour that is said."""
_PLAIN_COLOUR: Final = 0.5
"""The part of a mask from which anyone would call it by that colour."""
_BESIDE: Final = 0.02
"""Middles this near, as a part of the frame, are on one side alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One frame with its referents' masks, for the checks to look at.

    Attributes:
        image: uint8 (H, W, 3) RGB, or None where the picture is not looked at.
        masks: Masks that are not empty.
    """

    name: str
    size: Size
    referents: Mapping[ReferentId, Referent]
    masks: Mapping[ReferentId, Mask]
    image: NDArray[np.uint8] | None = None


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def check_texts(
    expressions: Sequence[Expression], name: str, *, max_words: int, vocabulary: Collection[str] | None
) -> Iterator[Problem]:
    """What the words of one medium's expressions show by themselves."""
    seen: dict[str, Expression] = {}
    for expression in expressions:
        words = words_of(expression.text)
        former = seen.setdefault(" ".join(words), expression) if words else expression
        rivals = () if former is expression else (former,)
        yield from check_text(expression, rivals, name, max_words=max_words, vocabulary=vocabulary)


def check_text(
    expression: Expression,
    others: Sequence[Expression],
    name: str,
    *,
    max_words: int,
    vocabulary: Collection[str] | None,
) -> Iterator[Problem]:
    """What the words of one expression show by themselves, and beside `others` of its medium."""
    words = words_of(expression.text)
    where = f"{name}: {expression.text!r}"
    if not words:
        yield Problem(ProblemKind.EMPTY_TEXT, where, "it holds no word; write one or remove it.")
        return
    if len(words) > max_words:
        yield Problem(
            ProblemKind.TOO_LONG, where, f"it has {len(words)} words, the model reads {max_words}; shorten it."
        )
    if expression.is_open:
        yield Problem(
            ProblemKind.UNLINKED, where, "nobody has said what it means; link it, or mark that nothing answers to it."
        )
    if vocabulary is not None:
        unknown = [word for word in words if word not in vocabulary]
        if unknown:
            yield Problem(ProblemKind.UNKNOWN_WORD, where, f"the model does not know {', '.join(unknown)}.")
    alike = [other for other in others if words_of(other.text) == words]
    if any(set(one.targets) == set(expression.targets) and one.no_target == expression.no_target for one in alike):
        yield Problem(ProblemKind.DUPLICATE_EXPRESSION, where, "it stands twice; remove one.")
    elif any(_meet(one, expression) for one in alike):
        yield Problem(ProblemKind.AMBIGUOUS, where, "the same words mean something else too; tell the two apart.")


def _meet(one: Expression, other: Expression) -> bool:
    first, second = one.span, other.span
    return first is None or second is None or (first.first <= second.last and second.first <= first.last)


def check_scene(expression: Expression, scene: Scene) -> Iterator[Problem]:
    """What one frame shows of one expression: rivals of the same category, a wrong side, a wrong colour."""
    targets = [target for target in expression.targets if target in scene.masks]
    if not targets:
        return
    words = words_of(expression.text)
    where = f"{scene.name}: {expression.text!r}"
    rivals = _rivals(targets, scene)
    if rivals and _names_category_only(words, scene.referents[targets[0]].category):
        count = len(rivals) + len(targets)
        yield Problem(ProblemKind.CATEGORY_ONLY, where, f"there are {count} of that category; say which one is meant.")
    wrong_sides = list(_side_problems(expression.text.lower(), targets, rivals, scene, where))
    yield from wrong_sides
    if rivals and len(targets) == 1 and not wrong_sides:
        yield from _rival_problems(words, targets[0], rivals, scene, where)
    if scene.image is not None and len(targets) == 1:
        target = targets[0]
        doubt = colour_doubt(words, scene.image, scene.masks[target].to_array())
        # An orange is a fruit first.
        if (
            doubt is not None
            and doubt.fit < _LEAST_FIT
            and doubt.word not in words_of(scene.referents[target].category)
        ):
            sentence = f"it says {doubt.word}, which the mask holds none of; mend one of them."
            yield Problem(ProblemKind.COLOUR_CONTRADICTED, where, sentence)


def _rivals(targets: Sequence[ReferentId], scene: Scene) -> list[ReferentId]:
    categories = {scene.referents[target].category.casefold() for target in targets} - {""}
    return [
        other
        for other in scene.masks
        if other not in targets and scene.referents[other].category.casefold() in categories
    ]


def _rival_problems(
    words: Sequence[str], target: ReferentId, rivals: Sequence[ReferentId], scene: Scene, where: str
) -> Iterator[Problem]:
    """An expression of nothing but category, side and colour, each of which another of the category has as well."""
    kind = words_of(scene.referents[target].category)
    said = [word for word in words if word not in _FILLERS and word not in kind]
    if not said or _PLURALS.intersection(words) or not all(word in _SIDES or word in CHROMATIC for word in said):
        return
    for rival in rivals:
        if all(_is_true_too(word, scene.masks[rival], scene.masks[target], scene) for word in said):
            other = scene.referents[rival]
            name = f"{other.name!r}" if other.name else f"another {other.category}"
            yield Problem(
                ProblemKind.EQUALLY_TRUE, where, f"it is equally true of {name}; say what tells the two apart."
            )
            return


def _is_true_too(word: str, rival: Mask, target: Mask, scene: Scene) -> bool:
    if word in _SIDES:
        axis, sign = _SIDES[word]
        extent = scene.size.width if axis == 0 else scene.size.height
        return sign * _middle(rival.box, axis) >= sign * _middle(target.box, axis) - _BESIDE * extent
    if scene.image is None:
        return False
    return colour_share(scene.image[rival.box.slices][rival.pixels], word) >= _PLAIN_COLOUR


def _names_category_only(words: Sequence[str], category: str) -> bool:
    if not category or _PLURALS.intersection(words):
        return False
    left = [word for word in words if word not in _FILLERS]
    return left == words_of(category)


def _side_problems(
    text: str, targets: Sequence[ReferentId], rivals: Sequence[ReferentId], scene: Scene, where: str
) -> Iterator[Problem]:
    if _SIDE_OF.search(text) or _PLURALS.intersection(words_of(text)):
        return
    words = words_of(text)
    for one, other in _OPPOSITES:
        if (one in words) == (other in words):
            continue
        side = one if one in words else other
        axis, sign = _SIDES[side]
        extent = scene.size.width if axis == 0 else scene.size.height
        middle = max(sign * _middle(scene.masks[target].box, axis) for target in targets)
        others = [sign * _middle(scene.masks[rival].box, axis) for rival in rivals]
        beyond_all = bool(others) and all(other > middle + 0.05 * extent for other in others)
        limit = extent * (1 - _FAR) if sign > 0 else -extent * _FAR
        far = middle < limit
        if far and (beyond_all or not others):
            place = "left" if axis == 0 and sign > 0 else "right" if axis == 0 else "top" if sign > 0 else "bottom"
            yield Problem(
                ProblemKind.SIDE_CONTRADICTED, where, f"it says {side}, the mask lies at the {place}; mend one of them."
            )


def _middle(box: Box, axis: int) -> float:
    return (box.x0 + box.x1) / 2 if axis == 0 else (box.y0 + box.y1) / 2
