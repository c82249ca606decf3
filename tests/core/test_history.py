from __future__ import annotations

from dataclasses import replace

import pytest

from refseg_annotator.core.edits import DropReferent, Edit, PutReferent, Several
from refseg_annotator.core.history import DEFAULT_BUDGET, History
from refseg_annotator.core.project import Project
from refseg_annotator.errors import EditError
from tests.core.records import DOG, PHOTO, put, state


class Rename:
    """Gives the dog another name; claims to hold some bytes, and as many others backwards."""

    def __init__(self, name: str, cost: int, cost_back: int | None = None) -> None:
        self.name, self.title, self.cost = name, f"Rename to {name}", cost
        self.cost_back = cost if cost_back is None else cost_back

    def media(self, _project):
        return frozenset()

    def apply(self, project):
        before = project.referents[DOG.id].name
        _, change = PutReferent(replace(DOG, name=self.name)).apply(project)
        inverse = Rename(before, self.cost_back, self.cost)
        inverse.title = self.title
        return inverse, change


@pytest.fixture
def project() -> Project:
    project = Project()
    put(project, PHOTO, DOG)
    return project


def do(project: Project, history: History, edit: Edit) -> None:
    inverse, _ = edit.apply(project)
    history.record(inverse)


def renamed(project: Project, history: History, names: str, cost: int = 10) -> None:
    for name in names:
        do(project, history, Rename(name, cost))


def test_an_empty_history(project):
    history = History()
    assert history.budget == DEFAULT_BUDGET == 64 * 2**20
    assert (history.can_undo, history.can_redo, history.undo_title, history.redo_title) == (False, False, None, None)
    assert (history.next_undo, history.next_redo, history.bytes, history.state_number) == (None, None, 0, 0)
    assert history.undo(project) is None
    assert history.redo(project) is None
    assert history.is_saved


def test_titles_and_changes(project):
    history = History()
    renamed(project, history, "ab")
    assert (history.undo_title, history.redo_title) == ("Rename to b", None)
    change = history.undo(project)
    assert change is not None
    assert change.referents == {DOG.id}
    assert (history.undo_title, history.redo_title) == ("Rename to a", "Rename to b")
    assert history.next_undo is not None
    assert history.next_redo is not None
    assert (history.next_undo.title, history.next_redo.title) == ("Rename to a", "Rename to b")


def test_a_new_edit_forgets_what_was_undone(project):
    history = History()
    renamed(project, history, "abc")
    history.undo(project)
    history.undo(project)
    renamed(project, history, "d")
    assert not history.can_redo
    assert history.bytes == 20
    history.undo(project)
    assert project.referents[DOG.id].name == "a"


def test_state_numbers_come_back_and_are_never_given_twice(project):
    history = History()
    renamed(project, history, "abc")
    numbers = [history.state_number]
    while history.undo(project):
        numbers.append(history.state_number)
    assert numbers == [3, 2, 1, 0]
    history.redo(project)
    assert history.state_number == 1
    renamed(project, history, "x")
    assert history.state_number == 4
    history.undo(project)
    assert history.state_number == 1


def test_the_saved_state_is_found_again(project):
    history = History()
    renamed(project, history, "ab")
    assert not history.is_saved
    history.mark_saved()
    assert (history.is_saved, history.saved_number) == (True, 2)
    history.undo(project)
    assert not history.is_saved
    history.redo(project)
    assert history.is_saved
    # The same name by another way is another state: the saved one can no longer be reached.
    history.undo(project)
    renamed(project, history, "b")
    assert not history.is_saved


def test_the_oldest_go_over_the_budget(project):
    history = History(budget=35)
    renamed(project, history, "abcde")
    assert history.bytes == 30
    walked = []
    while history.undo(project):
        walked.append(project.referents[DOG.id].name)
    assert walked == ["d", "c", "b"]


def test_the_newest_stays_whatever_it_holds(project):
    history = History(budget=35)
    renamed(project, history, "ab")
    renamed(project, history, "c", cost=1000)
    assert (history.bytes, history.can_undo) == (1000, True)
    history.undo(project)
    assert (project.referents[DOG.id].name, history.can_undo) == ("b", False)
    assert history.redo(project) is not None
    renamed(project, history, "d")
    assert history.bytes == 10


def test_steps_that_hold_more_on_the_way_back_keep_to_the_budget_too(project):
    history = History(budget=100)
    for name in "abcde":
        do(project, history, Rename(name, cost=60, cost_back=1))
    assert history.bytes == 5
    for _ in range(5):
        if not history.undo(project):
            break
        # The next step on either side is kept, and nothing beyond the budget besides.
        assert history.bytes <= 100 or history.bytes <= 60 + 1
        assert history.can_redo
    assert history.redo(project) is not None


def test_a_step_that_does_not_fit_changes_nothing(project):
    history = History()
    history.record(Several("Odd", (PutReferent(replace(DOG, name="x")), DropReferent(PHOTO.id))))  # type: ignore[arg-type]
    before = state(project)
    numbers = history.state_number, history.bytes
    with pytest.raises(EditError):
        history.undo(project)
    assert state(project) == before
    assert (history.can_undo, history.can_redo) == (True, False)
    assert (history.state_number, history.bytes) == numbers


def test_clear(project):
    history = History()
    renamed(project, history, "ab")
    history.undo(project)
    history.clear()
    assert (history.can_undo, history.can_redo, history.bytes, history.state_number) == (False, False, 0, 1)
    renamed(project, history, "c")
    assert history.state_number == 3


def test_steps_taken_back_by_another_way_are_forgotten_and_those_before_stay(project):
    history = History()
    renamed(project, history, "ab")
    before = history.state_number
    renamed(project, history, "cd")
    history.undo(project)
    PutReferent(replace(DOG, name="b")).apply(project)
    history.forget_since(before)
    assert (history.state_number, history.bytes, history.can_redo) == (before, 20, False)
    history.undo(project)
    assert project.referents[DOG.id].name == "a"
