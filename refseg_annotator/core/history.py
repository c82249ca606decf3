"""The history: the edits that take back what was done, within a budget of bytes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from refseg_annotator.core.edits import Edit
    from refseg_annotator.core.events import Change
    from refseg_annotator.core.project import Project

DEFAULT_BUDGET = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Step:
    """An edit, and the number of the state that it leads to."""

    edit: Edit
    cost: int
    state: int


class History:
    """Steps back and steps forward. Each state of the project that it leads to has a number of its own.

    Args:
        budget: Bytes that the steps may hold. Over it the farthest go, the oldest first; the next step back and the
            next step forward stay, whatever they hold.
    """

    def __init__(self, budget: int = DEFAULT_BUDGET) -> None:
        self.budget = budget
        self._back: deque[_Step] = deque()
        self._forward: deque[_Step] = deque()
        self._bytes = 0
        self._state = 0
        self._last_state = 0
        self._saved = 0

    def record(self, inverse: Edit) -> None:
        """Take in the inverse of an edit just applied. What had been undone can no longer be redone."""
        self._bytes -= sum(step.cost for step in self._forward)
        self._forward.clear()
        self._push(self._back, inverse)
        self._last_state += 1
        self._state = self._last_state
        self._keep_to_budget()

    def undo(self, project: Project) -> Change | None:
        """Take back the latest step; None if there is none. If it does not fit, nothing changes, here or there."""
        return self._walk(project, self._back, self._forward)

    def redo(self, project: Project) -> Change | None:
        """Do again what was last undone; None if there is nothing."""
        return self._walk(project, self._forward, self._back)

    def forget_since(self, state: int) -> None:
        """Forget the steps made since the project was in that state, for it is there again by another way."""
        while self._back and self._back[-1].state >= state:
            self._bytes -= self._back.pop().cost
        self._bytes -= sum(step.cost for step in self._forward)
        self._forward.clear()
        self._state = state

    def clear(self) -> None:
        """Forget all steps; the state keeps its number."""
        self._back.clear()
        self._forward.clear()
        self._bytes = 0

    @property
    def next_undo(self) -> Edit | None:
        """The edit that `undo` would apply: ask it which media must be loaded before."""
        return self._back[-1].edit if self._back else None

    @property
    def next_redo(self) -> Edit | None:
        """The edit that `redo` would apply."""
        return self._forward[-1].edit if self._forward else None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step back."""
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step forward."""
        return bool(self._forward)

    @property
    def undo_title(self) -> str | None:
        """What `undo` would take back."""
        return self._back[-1].edit.title if self._back else None

    @property
    def redo_title(self) -> str | None:
        """What `redo` would do again."""
        return self._forward[-1].edit.title if self._forward else None

    @property
    def bytes(self) -> int:
        """Bytes held by all steps."""
        return self._bytes

    @property
    def state_number(self) -> int:
        """Number of the present state: the same again after undo and redo, never given to another state."""
        return self._state

    @property
    def saved_number(self) -> int:
        """Number of the state last marked as saved."""
        return self._saved

    @property
    def is_saved(self) -> bool:
        """Whether the present state is the one last saved."""
        return self._state == self._saved

    def mark_saved(self) -> None:
        """Note that the present state is on disk."""
        self._saved = self._state

    def _walk(self, project: Project, source: deque[_Step], target: deque[_Step]) -> Change | None:
        if not source:
            return None
        inverse, change = source[-1].edit.apply(project)
        step = source.pop()
        self._bytes -= step.cost
        self._push(target, inverse)
        self._state = step.state
        self._keep_to_budget()
        return change

    def _push(self, steps: deque[_Step], inverse: Edit) -> None:
        step = _Step(inverse, inverse.cost, self._state)
        steps.append(step)
        self._bytes += step.cost

    def _keep_to_budget(self) -> None:
        # An inverse may hold more than the step it came from, so walking back can pass the budget too. Farthest first;
        # the next step on either side stays, so that whatever was just done or undone can be turned round.
        while self._bytes > self.budget and (len(self._back) > 1 or len(self._forward) > 1):
            steps = self._back if len(self._back) > 1 else self._forward
            self._bytes -= steps.popleft().cost
