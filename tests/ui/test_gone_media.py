"""Pictures that are removed while something about them is under way: nothing goes to them, and nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from refseg_annotator.core.events import Change
from refseg_annotator.services.batch_plan import PhraseRow
from refseg_annotator.services.documents import remove_media
from tests.ui.conftest import Desk, draw_shapes


@pytest.fixture
def three(open_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A window with three pictures open, the first on show."""
    return open_desk(*(draw_shapes(tmp_path / f"{name}.png") for name in "abc"))


def remove(desk: Desk, *media: object) -> None:
    remove_media(desk.bridge.session, media)  # type: ignore[arg-type]


def test_nobody_goes_to_a_picture_that_is_gone(three: Desk) -> None:
    # As when pictures were added and taken back before the report of adding them came.
    first, second, _ = three.project.media
    remove(three, second)
    three.bridge.show(second)
    assert three.bridge.medium_id == first
    assert three.canvas.picture is not None


def test_the_frame_is_asked_for_while_its_removal_is_told(three: Desk) -> None:
    first, second, _ = three.project.media
    seen: list[object] = []

    def ask(_: Change) -> None:
        seen.append(three.bridge.medium)
        three.window.loader.load()
        three.window.verbs.remove_medium()
        three.window.verbs.next_unreviewed()

    three.bridge.project_changed.connect(ask)
    remove(three, first)
    assert seen == [None], "it was still on show when its removal was told"
    three.until_picture()
    assert three.bridge.medium_id == second
    assert first not in three.project.media


def test_the_next_unreviewed_is_one_that_is_there(three: Desk) -> None:
    first, second, third = three.project.media
    model, found = three.window.media_list.model, []
    # Told before the list is.
    three.bridge.session._subscribers.insert(0, lambda _: found.append(model.next_unreviewed(first)))
    remove(three, second)
    del three.bridge.session._subscribers[0]
    assert found == [third]


def test_doubts_of_pictures_removed_while_they_were_gathered_are_not_listed(three: Desk) -> None:
    first, second, third = three.project.media
    review = three.window.review
    review.batch.start([PhraseRow("the green square")])
    three.until(lambda: review.batch.run is None)
    three.bridge.session.flush()
    review.queue.gather()
    assert review.queue.is_gathering
    remove(three, second, third)
    three.until(lambda: review.queue.is_gathered)
    assert [item.medium_id for item in review.queue.items()] == [first]
