"""The expression checks while one works: for a phrase as it is typed, and for all expressions of a medium.

What is checked is taken as a frozen picture on the window's thread; the looking itself is for a lane.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.annotation import Expression, ExpressionId, Referent, ReferentId
from refseg_annotator.services.expression_checks import Scene, check_scene, check_text, words_of
from refseg_annotator.services.expression_words import head_noun
from refseg_annotator.services.problems import Problem, ProblemKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import Annotation, MediumId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.services.session import Session

DRAFT: Final = ExpressionId(-1)
"""The id of a phrase that is being typed."""
OFFERED: Final = ReferentId(-1)
"""The id of the referent that a proposal would become."""
DEFAULT_MOST_WORDS: Final = 20
# What the row itself shows, or what the model says when it is asked.
_SHOWN_ELSEWHERE: Final = frozenset({ProblemKind.UNLINKED, ProblemKind.EMPTY_TEXT})

ReadFrame = Callable[[int], "NDArray[np.uint8] | None"]


@dataclass(frozen=True, slots=True, eq=False)
class CheckInput:
    """All that the checks look at, frozen.

    Attributes:
        masks: by frame, then referent; none empty.
        vocabulary: words that the model knows; None leaves that open.
    """

    medium_id: MediumId
    name: str
    size: Size
    path: Path
    referents: Mapping[ReferentId, Referent]
    expressions: tuple[Expression, ...]
    masks: Mapping[int, Mapping[ReferentId, Mask]]
    max_words: int = DEFAULT_MOST_WORDS
    vocabulary: Collection[str] | None = None


def input_of(
    session: Session,
    medium_id: MediumId,
    annotations: Sequence[Annotation] | None = None,
    *,
    max_words: int = DEFAULT_MOST_WORDS,
    vocabulary: Collection[str] | None = None,
) -> CheckInput:
    """The present state of a medium; `annotations` are those in memory where none are given."""
    project, medium = session.project, session.medium(medium_id)
    referents = project.referents_of(medium_id)
    if annotations is None:
        annotations = [one for referent in referents for one in project.annotations_of(referent.id)]
    return make_input(
        medium_id,
        medium.path.rsplit("/", 1)[-1],
        medium.size,
        session.path_of(medium_id),
        referents,
        project.expressions_of(medium_id),
        annotations,
        max_words=max_words,
        vocabulary=vocabulary,
    )


def make_input(
    medium_id: MediumId,
    name: str,
    size: Size,
    path: Path,
    referents: Sequence[Referent],
    expressions: Sequence[Expression],
    annotations: Sequence[Annotation],
    *,
    max_words: int = DEFAULT_MOST_WORDS,
    vocabulary: Collection[str] | None = None,
) -> CheckInput:
    """The input made of records."""
    masks: dict[int, dict[ReferentId, Mask]] = defaultdict(dict)
    for annotation in annotations:
        if not annotation.is_absent and annotation.mask.size == size:
            masks[annotation.frame][annotation.referent_id] = annotation.mask
    return CheckInput(
        medium_id,
        name,
        size,
        path,
        _with_kinds(referents, expressions),
        tuple(expressions),
        masks,
        max_words,
        vocabulary,
    )


def with_draft(
    given: CheckInput, text: str, targets: Sequence[ReferentId] = (), offered: tuple[int, Mask] | None = None
) -> CheckInput:
    """The input with a phrase that is being typed, meaning `targets`, or what a proposal (frame and mask) shows."""
    meant = tuple(target for target in targets if target in given.referents)
    referents, masks = dict(given.referents), dict(given.masks)
    if not meant and offered is not None and not offered[1].is_empty and offered[1].size == given.size:
        frame, mask = offered
        referents[OFFERED] = Referent(OFFERED, given.medium_id, category=head_noun(text))
        masks[frame] = {**masks.get(frame, {}), OFFERED: mask}
        meant = (OFFERED,)
    elif len(meant) == 1 and not referents[meant[0]].category:
        referents[meant[0]] = replace(referents[meant[0]], category=head_noun(text))
    draft = Expression(DRAFT, given.medium_id, text, meant)
    return replace(given, referents=referents, masks=masks, expressions=(*given.expressions, draft))


def problems_of(given: CheckInput, read: ReadFrame | None = None) -> dict[ExpressionId, tuple[Problem, ...]]:
    """The problems of every expression that has any.

    Args:
        read: reads a frame, uint8 (H, W, 3) RGB, or None where it cannot; without it no colour is looked at.
    """
    by_words: dict[str, list[Expression]] = defaultdict(list)
    for expression in given.expressions:
        by_words[" ".join(words_of(expression.text))].append(expression)
    scenes = _Scenes(given, read)
    found: dict[ExpressionId, tuple[Problem, ...]] = {}
    for expression in given.expressions:
        problems = tuple(_problems(expression, by_words, given, scenes))
        if problems:
            found[expression.id] = problems
    return found


def draft_problems(given: CheckInput, read: ReadFrame | None = None) -> tuple[Problem, ...]:
    """The problems of the phrase put in by `with_draft`."""
    draft = given.expressions[-1]
    alike = {" ".join(words_of(draft.text)): list(given.expressions)}
    return tuple(_problems(draft, alike, given, _Scenes(given, read)))


def _problems(
    expression: Expression, by_words: Mapping[str, list[Expression]], given: CheckInput, scenes: _Scenes
) -> Iterator[Problem]:
    others = [other for other in by_words[" ".join(words_of(expression.text))] if other.id != expression.id]
    if expression.id == DRAFT and not expression.targets:
        # Nobody has said yet what it means: the same words may well be meant for the same thing.
        others = []
    for problem in check_text(expression, others, given.name, max_words=given.max_words, vocabulary=given.vocabulary):
        if problem.kind not in _SHOWN_ELSEWHERE:
            yield problem
    scene = scenes.best_for(expression)
    if scene is not None:
        yield from check_scene(expression, scene)


class _Scenes:
    """The frame that shows an expression's targets largest, read once for all expressions that it is best for."""

    def __init__(self, given: CheckInput, read: ReadFrame | None) -> None:
        self._given = given
        self._read = read
        self._open: tuple[int, NDArray[np.uint8] | None] = (-1, None)

    def best_for(self, expression: Expression) -> Scene | None:
        """The scene; None where no target is to be seen."""
        given = self._given
        areas = {
            frame: sum(masks[target].box.area for target in expression.targets if target in masks)
            for frame, masks in given.masks.items()
            if expression.span is None or frame in expression.span
        }
        best = max(areas, key=lambda frame: (areas[frame], -frame), default=None)
        if best is None or not areas[best]:
            return None
        if self._open[0] != best:
            image = self._read(best) if self._read is not None else None
            self._open = (best, image if image is not None and image.shape[:2] == given.size.shape else None)
        return Scene(given.name, given.size, given.referents, given.masks[best], self._open[1])


def _with_kinds(referents: Sequence[Referent], expressions: Sequence[Expression]) -> dict[ReferentId, Referent]:
    """Referents by id; those without a category have that which their expressions name."""
    nouns: dict[ReferentId, Counter[str]] = defaultdict(Counter)
    for expression in expressions:
        if len(expression.targets) == 1 and (noun := head_noun(expression.text)):
            nouns[expression.targets[0]][noun] += 1
    return {
        referent.id: replace(referent, category=nouns[referent.id].most_common(1)[0][0])
        if not referent.category and referent.id in nouns
        else referent
        for referent in referents
    }


__all__ = ["CheckInput", "draft_problems", "input_of", "make_input", "problems_of", "with_draft"]
