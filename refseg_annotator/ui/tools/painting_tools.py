"""The whole stage: what tools may do beyond painting, and the work that they have done off the window's thread."""

from __future__ import annotations

import logging
import math
import time
from typing import TYPE_CHECKING, TypeVar

from refseg_annotator.errors import RefSegError
from refseg_annotator.services import mask_tools_edits
from refseg_annotator.services.jobs import TOOL_LANE, JobContext, JobHandle, sentence_of
from refseg_annotator.services.mask_tools import Mode
from refseg_annotator.services.refine import Method
from refseg_annotator.ui.bridge import Tone
from refseg_annotator.ui.canvas.scene_builder import referent_at
from refseg_annotator.ui.clip.propagation_masks import offered_on, seen_mask
from refseg_annotator.ui.tools.painting import Painting
from refseg_annotator.ui.tools.tool_pieces_cache import PiecesCache
from refseg_annotator.ui.tools.tool_preview import Preview
from refseg_annotator.ui.tools.tool_stage import Subject, ToolId
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Box
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.clicks import Click
    from refseg_annotator.services.mask_tools_pieces import Pieces
    from refseg_annotator.services.refine_clicks import ClickModel
    from refseg_annotator.ui.bridge import Bridge
    from refseg_annotator.ui.canvas.canvas import Canvas
    from refseg_annotator.ui.tools.brush import Draft
    from refseg_annotator.ui.tools.tool_options import ToolOptions, ToolOptionsDesk

logger = logging.getLogger(__name__)

T = TypeVar("T")


class ToolStage(Painting):
    """What tools may do; see `tool_stage.Stage`.

    Attributes:
        accept: takes the proposal; the window says how.
    """

    def __init__(self, bridge: Bridge, canvas: Canvas, desk: ToolOptionsDesk) -> None:
        super().__init__(bridge, canvas)
        self._desk = desk
        self._job: JobHandle | None = None
        self._news: Callable[[], None] = _nothing
        self._abandon: Callable[[], object] = _nothing
        self.accept: Callable[[], object] = _nothing
        self._held: ReferentId | None = None
        self._has_told = False
        self._is_open = self._is_closing = False
        self._revised_from = (0, 0.0)
        self._glows: ReferentId | None = None
        self._pieces = PiecesCache(bridge.runner, self._on_pieces, lambda words: bridge.say(words, Tone.WARNING))
        desk.changed.connect(self._on_options)
        bridge.tool_changed.connect(self.refresh)
        bridge.selection_changed.connect(self._on_selection)

    # --- what there is ------------------------------------------------------------------------------------------

    @property
    def options(self) -> ToolOptions:
        """What the tools are set to."""
        return self._desk.options

    @property
    def image(self) -> NDArray[np.uint8] | None:
        """The picture, uint8 (H, W, 3) RGB; None while it is on its way."""
        picture = self._canvas.picture
        return None if picture is None or self._canvas.is_waiting else picture.array

    @property
    def pieces(self) -> Pieces | None:
        """The superpixels of the picture; None while they are cut."""
        image = self.image
        return None if image is None else self._pieces.get(image, self.options.piece)

    def referent_under(self, x: float, y: float) -> ReferentId | None:
        """The visible referent whose mask has a source point, other than the selected one."""
        bridge = self._bridge
        if bridge.medium_id is None:
            return None
        place = math.floor(x), math.floor(y)
        project = bridge.session.project
        seen = offered_on(bridge, bridge.frame)
        found = referent_at(project, bridge.medium_id, bridge.frame, *place, after=bridge.referent_id, offered=seen)
        return None if found == bridge.referent_id else found

    # --- drafts -------------------------------------------------------------------------------------------------

    def begin(self, *, erases: bool) -> Draft | None:
        """See `Painting.begin`."""
        draft = super().begin(erases=erases)
        self._note(draft)
        return draft

    def lacks_mask(self, mode: Mode) -> bool:
        """Whether a shape of that mode has no mask to change, which is said."""
        bridge = self._bridge
        if mode is Mode.ADD or bridge.assist.proposal is not None or bridge.referent is None:
            return False  # nothing is lacking, or `begin` says what is
        mask = seen_mask(bridge, bridge.referent.id, bridge.frame)
        if mask is not None and not mask.is_empty:
            return False
        words = tr("The selected referent has no mask here; paint one first, or run one of its phrases.")
        bridge.say(words, Tone.WARNING, action=None if self.options.mode is Mode.ADD else "mode_add")
        return True

    def begin_preview(self, *, erases: bool) -> Preview | None:
        """As `begin`, for a tool that makes whole masks."""
        base = self._open(erases=erases)
        preview = None if base is None else self._show(Preview(base))
        self._note(preview)
        return preview

    def finish(self, draft: Draft | Preview, *, title: str, clicks: int = 0, model: str | None = None) -> None:
        """Commit what the draft has become, as one edit."""
        self._is_closing = True
        super().finish(draft, title=title, clicks=clicks, model=model)

    def drop(self, draft: Draft | Preview) -> None:
        """Take the draft off the canvas."""
        self._is_open = self._is_closing = False
        super().drop(draft)

    def subject(self) -> Subject | None:
        """What to refine; None, and a sentence shown, where that is refused."""
        bridge = self._bridge
        proposal = bridge.assist.proposal
        if proposal is not None:
            if self.image is None:
                bridge.say(tr("The picture is not open yet; wait a moment and click again."), Tone.WARNING)
                return None
            self._began = time.monotonic()
            self._revised_from = proposal.clicks, proposal.seconds
            return Subject(proposal.mask, proposal.prior if proposal.chosen == 0 else None, is_proposal=True)
        base = self._open(erases=False)
        return None if base is None else Subject(base, None, is_proposal=False)

    def click_model(self) -> ClickModel | None:
        """The model to ask about clicks on the frame on show; None while none is loaded that reads them."""
        bridge = self._bridge
        if bridge.medium_id is None:
            return None
        found = bridge.assist.click_model(bridge.medium_id, bridge.frame)
        if found is None and not self._has_told:
            self._has_told = True
            model = bridge.assist.model()
            words = tr("The model is not loaded yet; colours answer clicks until it is.")
            if model is not None:
                words = tr("The model {name} reads no clicks; colours answer them.", name=model.name)
            bridge.say(words)
        return found

    def revise(self, mask: Mask, *, clicks: int) -> None:
        """Offer a corrected mask in place of the proposal's; clicks count from the start of the gesture."""
        bridge = self._bridge
        if bridge.assist.proposal is not None:
            before, seconds = self._revised_from
            spent = round(seconds + time.monotonic() - self._began, 2) if clicks else seconds
            bridge.assist.revise(mask, clicks=before + clicks, seconds=spent)

    def settle(self) -> None:
        """Accept the proposal, once the gesture that asks for it is over."""
        accept = self.accept

        def call() -> None:
            accept()

        self._bridge.runner.post(call)

    def merge(self, other: ReferentId) -> None:
        """Merge another referent into the selected one."""
        bridge = self._bridge
        into = bridge.referent_id
        if into is not None:
            merged = bridge.attempt(lambda: mask_tools_edits.merge_referents(bridge.session, into, other))
            if merged is not None:
                bridge.say(tr("Merged the two referents."), Tone.GOOD, action="undo")

    # --- on the canvas ------------------------------------------------------------------------------------------

    def marks(self, clicks: tuple[Click, ...], box: Box | None) -> None:
        """Show points with + and -, and a box."""
        self._canvas.set_marks(clicks, box)

    def glow(self, mask: Mask | None) -> None:
        """Outline pixels under the pointer; None for none."""
        self._glows = None
        self._canvas.set_glow(mask)

    def glow_under(self, x: float, y: float) -> None:
        """Outline the mask that `referent_under` finds."""
        found = self.referent_under(x, y)
        if found != self._glows:
            self.glow(None if found is None else seen_mask(self._bridge, found, self._bridge.frame))
            self._glows = found

    def clear(self) -> None:
        """Take off the canvas what lies under an idle pointer."""
        self.glow(None)

    def refresh(self) -> None:
        """Show the pieces while their tool is chosen, and have them cut where they are not."""
        is_wanted = self._bridge.tool.id is ToolId.SUPERPIXELS
        pieces = self.pieces if is_wanted else None
        self._canvas.set_pieces(pieces)
        self._warm_clicks()
        if not is_wanted:
            self._pieces.stop()
            self._tell_busy()
        elif pieces is None:
            self.want_pieces()

    def _warm_clicks(self) -> None:
        """Have the model ready that clicks are put to, while their tool is chosen."""
        bridge = self._bridge
        if bridge.tool.id is ToolId.POINTS and self.options.method is Method.NETWORK:
            bridge.assist.warm_clicks(bridge.medium_id, bridge.frame)

    # --- work ---------------------------------------------------------------------------------------------------

    def work(self, call: Callable[[], T], then: Callable[[T], None], *, title: str) -> None:
        """Compute something away from the window's thread; see `Stage.work`."""
        self.stop_work()

        def run(_context: JobContext) -> Iterator[T]:
            yield call()

        has_ended = False

        def take(result: T) -> None:
            nonlocal has_ended
            has_ended = True
            self._job = None
            self._tell_busy()
            then(result)
            self._news()

        def fail(error: BaseException) -> None:
            nonlocal has_ended
            has_ended = True
            self._job = None
            self._tell_busy()
            if not isinstance(error, RefSegError):
                logger.error("%s failed", title, exc_info=error)
            self._bridge.say(sentence_of(error), Tone.WARNING)
            self._abandon()

        job = self._bridge.attempt(
            lambda: self._bridge.runner.start(TOOL_LANE, run, on_item=take, on_failed=fail, title=title)
        )
        # A runner without threads is done by now.
        self._job = None if has_ended else job
        self._tell_busy()

    def stop_work(self) -> None:
        """Nothing asked for before is wanted any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._tell_busy()

    def close_down(self) -> None:
        """Drop all that is under way: nobody is there any more to be told of it."""
        self.stop_work()
        self._pieces.stop()

    def want_pieces(self) -> None:
        """Have the picture cut into superpixels, if that is not done or under way."""
        image = self.image
        if image is not None:
            self._pieces.want(image, self.options.piece)
            self._tell_busy()

    def set_number(self, option: str, value: float) -> None:
        """Change an option that has a range."""
        self._desk.set_number(option, value)

    def say(self, sentence: str) -> None:
        """Tell the person something."""
        self._bridge.say(sentence)

    def listen(self, news: Callable[[], None], failed: Callable[[], object]) -> None:
        """Call `news` when work is done, `failed` when it cannot be."""
        self._news, self._abandon = news, failed

    # --- within -------------------------------------------------------------------------------------------------

    def _note(self, draft: object) -> None:
        self._is_open = draft is not None
        self._held = self._referent_id

    def _tell_busy(self) -> None:
        self._desk.set_busy(self._job is not None or self._pieces.is_cutting)

    def _on_pieces(self) -> None:
        self._tell_busy()
        self.refresh()
        self._news()

    def _on_options(self) -> None:
        self.refresh()
        self._news()

    def _on_selection(self) -> None:
        # A mask shown half changed belongs to the referent it began with; another one is not to get it.
        if self._is_open and not self._is_closing and self._bridge.referent_id != self._held:
            self._abandon()


def _nothing() -> None:
    """Before a hand listens."""
