"""The superpixels of the pictures seen last, cut away from the window's thread."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from refseg_annotator.errors import RefSegError
from refseg_annotator.services.jobs import TOOL_LANE, JobContext, JobHandle, sentence_of
from refseg_annotator.services.mask_tools_pieces import Pieces, cut_into_pieces, ready_to_cut
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.services.jobs import JobRunner

_KEPT: Final = 6

Key = tuple[int, int]


class PiecesCache:
    """Pieces by picture and size.

    Args:
        came: called on the window's thread when pieces are ready.
        failed: told why they could not be cut.
    """

    def __init__(self, runner: JobRunner, came: Callable[[], None], failed: Callable[[str], None]) -> None:
        self._runner = runner
        self._came = came
        self._failed = failed
        # The picture is kept with its pieces: only while it lives does its address mean it.
        self._kept: OrderedDict[Key, tuple[NDArray[np.uint8], Pieces]] = OrderedDict()
        self._under_way: Key | None = None
        self._job: JobHandle | None = None

    @property
    def is_cutting(self) -> bool:
        """Whether a picture is being cut."""
        return self._under_way is not None

    def get(self, image: NDArray[np.uint8], side: int) -> Pieces | None:
        """The pieces of a picture; None where they are not cut."""
        key = (id(image), side)
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][1]

    def want(self, image: NDArray[np.uint8], side: int) -> None:
        """Have a picture cut, if that is not done or under way; another one under way is left."""
        key = (id(image), side)
        if key in self._kept or key == self._under_way:
            return
        self.stop()

        def work(context: JobContext) -> Iterator[Pieces]:
            ready_to_cut()
            # Whoever has gone on to another tool or picture in the meantime need not wait for this one.
            if not context.cancelled:
                yield cut_into_pieces(image, side)

        def take(pieces: Pieces) -> None:
            self._under_way = None
            self._kept[key] = image, pieces
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self._came()

        def fail(error: BaseException) -> None:
            self._under_way = None
            self._failed(sentence_of(error))

        try:
            self._job = self._runner.start(
                TOOL_LANE, work, on_item=take, on_failed=fail, title=tr("Cut into superpixels")
            )
            self._under_way = key if key not in self._kept else None
        except RefSegError as error:
            self._failed(str(error))

    def stop(self) -> None:
        """Drop what is under way."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._under_way = None
