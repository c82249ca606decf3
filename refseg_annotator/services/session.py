"""The session: the one writer of a project. Every change passes `commit`; everyone else reads and is told."""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from refseg_annotator.core.edits import Edit, PutMedium, Several
from refseg_annotator.core.events import Change, listen
from refseg_annotator.core.geometry import Size
from refseg_annotator.core.history import History
from refseg_annotator.errors import BrokenProjectError, EditError, MediaError, StorageError
from refseg_annotator.media import FrameTimes
from refseg_annotator.services.frames import Frames, MediumFacts, misfit
from refseg_annotator.services.import_journal import ImportJournal
from refseg_annotator.services.jobs import IO_LANE, JobContext, JobHandle, JobRunner
from refseg_annotator.services.mask_memory import MaskMemory
from refseg_annotator.services.work_state import first_work
from refseg_annotator.services.write_queue import WriteQueue
from refseg_annotator.storage.snapshot import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from refseg_annotator.core.annotation import Annotation, Medium, MediumId
    from refseg_annotator.core.project import Project
    from refseg_annotator.media import FrameCache
    from refseg_annotator.storage.project_store import ProjectStore

logger = logging.getLogger(__name__)

# The size of a medium whose file nobody has opened yet: a folder of 100,000 photos is listed without opening one.
# A true photo of one pixel is merely measured again each time.
UNMEASURED: Final = Size(1, 1)

# Masks of media out of sight are let go beyond this; they are on disk and come back when needed.
_MOST_MASK_BYTES: Final = 512 << 20


class Session:
    """An open project: its records, its history, its file and its frames.

    `commit`, `undo`, `redo` and the like belong to one thread, the window's.

    Args:
        project: the one truth; read it, never change it by hand.
        store: its file; None keeps it in memory only.
        runner: runs the writing, in the store's lane.
        media: the cache of decoded frames.
        mask_budget: bytes of masks beyond which media out of sight are unloaded.
    """

    def __init__(
        self,
        project: Project,
        *,
        store: ProjectStore | None,
        runner: JobRunner,
        media: FrameCache,
        history: History | None = None,
        mask_budget: int = _MOST_MASK_BYTES,
    ) -> None:
        self.project: Final = project
        self.history: Final = history if history is not None else History()
        self.runner: Final = runner
        self.media: Final = media
        self.frames: Final = Frames(media)
        self.journal: Final = ImportJournal()
        self._queue = None if store is None else self._queue_to(store)
        self._subscribers: list[Callable[[Change], None]] = []
        self._saved_listeners: list[Callable[[], None]] = []
        self._failure_listeners: list[Callable[[BaseException], None]] = []
        self._to_tell: deque[Change] = deque()
        self._is_telling = False
        self._home: int | None = None
        self._masks = MaskMemory(project, mask_budget)
        self._edits: Counter[MediumId] = Counter()
        self._facts: dict[MediumId, MediumFacts] = {}
        self._is_closed = False

    # --- changing --------------------------------------------------------------------------------------------------

    def commit(self, edit: Edit) -> Change:
        """Apply an edit, remember how to undo it, tell everyone, and send it to disk.

        Raises:
            EditError: it does not fit; nothing was changed.
        """
        self._at_home()
        self._load_for(edit)
        inverse, change = edit.apply(self.project)
        self.history.record(inverse)
        self._took(change)
        self._note_work(change)
        return change

    def amend(self, edit: Edit) -> Change:
        """Apply an edit that nobody would want to undo: a fact learned from a file, not a decision."""
        self._at_home()
        self._load_for(edit)
        _, change = edit.apply(self.project)
        return self._took(change)

    def undo(self) -> Change | None:
        """Take back the last edit, wherever it was; None when there is none."""
        self._at_home()
        step = self.history.next_undo
        if step is None:
            return None
        self._load_for(step)
        change = self.history.undo(self.project)
        return None if change is None else self._took(change)

    def redo(self) -> Change | None:
        """Do again what `undo` took back; None when there is nothing."""
        self._at_home()
        step = self.history.next_redo
        if step is None:
            return None
        self._load_for(step)
        change = self.history.redo(self.project)
        return None if change is None else self._took(change)

    def learn(self, facts: Mapping[MediumId, MediumFacts]) -> Change:
        """Note what opened files tell of their media; no undo step. Media that are gone by now are passed over.

        Raises:
            MediaError: a file is of another size than the masks drawn on it, or ends before the last of them; the
                others are noted all the same.
        """
        self._at_home()
        refused: MediaError | None = None
        edits: list[Edit] = []
        for medium_id, told in facts.items():
            medium = self.project.media.get(medium_id)
            if medium is None:
                continue
            known = told.put_on(medium)
            if medium.size not in (UNMEASURED, known.size) or known.frame_count < medium.frame_count:
                self.ensure_loaded(medium_id)
                sentence = misfit(self.project, medium, told)
                if sentence is not None:
                    refused = MediaError(sentence)
                    continue
            self._facts[medium_id] = told
            if known != medium:
                edits.append(PutMedium(known, "Measure"))
        change = self.amend(Several("Measure", tuple(edits))) if edits else Change.nothing()
        if refused is not None:
            raise refused
        return change

    def draft_on(self, medium_id: MediumId | None) -> None:
        """What is made on a medium from now on is a draft, until this is called with None: see `Project.draft_on`."""
        self._at_home()
        self.project.draft_on(medium_id)

    # --- being told ------------------------------------------------------------------------------------------------

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call `callback` after every change; the answer ends that. Changes made within one are told after it."""
        return listen(self._subscribers, callback)

    def on_saved(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` whenever all edits have reached the disk."""
        return listen(self._saved_listeners, callback)

    def on_write_failed(self, callback: Callable[[BaseException], None]) -> Callable[[], None]:
        """Call `callback` with the error whenever the disk refused; the edits wait and are tried again."""
        return listen(self._failure_listeners, callback)

    # --- the file --------------------------------------------------------------------------------------------------

    @property
    def store(self) -> ProjectStore | None:
        """The project's file, if it has one."""
        return None if self._queue is None else self._queue.store

    @property
    def path(self) -> Path | None:
        """Where the project's file is."""
        return None if self._queue is None else self._queue.store.path

    @property
    def saved(self) -> bool:
        """Whether every edit is on disk; true of a project without a file only while it has no edits."""
        return self.history.is_saved if self._queue is None else self._queue.is_empty

    def try_saving(self) -> None:
        """Try again to write what the disk refused, in the background; nothing where nothing waits."""
        if self._queue is not None:
            self._queue.retry()

    def flush(self, timeout: float = 30.0) -> None:
        """Return once every edit is on disk.

        Raises:
            StorageError: the disk refuses; the edits stay in memory.
        """
        if self._queue is None:
            return
        self._queue.flush(timeout)
        self._note_written()

    def make_whole(self) -> bool:
        """As `WriteQueue.make_whole`."""
        return self._queue is not None and self._queue.make_whole()

    def move_to(self, copy_store: Callable[[ProjectStore], ProjectStore], *, timeout: float = 30.0) -> None:
        """Go on in another file: `copy_store` makes it from the present one, which is then closed. For any thread.

        Edits that the present disk refused are written to the new one.
        """
        if self._queue is None:
            raise EditError("A project that lives in memory only has no file to copy; create one for it.")
        self._queue.move(copy_store, timeout)
        self.runner.post(self._note_written)

    def close(self, *, abandon: bool = False) -> None:
        """Write what waits, then close file and frames; a second call does nothing.

        Args:
            abandon: give up what the disk refuses to take; else the refusal is raised and the session stays open.
        """
        if self._is_closed:
            return
        if not abandon:
            self.flush()
        self._is_closed = True
        self.frames.close()
        if self._queue is not None:
            self._queue.store.close()

    # --- media and their masks -----------------------------------------------------------------------------------

    @property
    def shown(self) -> MediumId | None:
        """The medium on the canvas, whose masks stay in memory; the window sets it."""
        return self._masks.shown

    @shown.setter
    def shown(self, medium_id: MediumId | None) -> None:
        self._masks.shown = medium_id

    def medium(self, medium_id: MediumId) -> Medium:
        """A medium; EditError if it is gone."""
        try:
            return self.project.media[medium_id]
        except KeyError as error:
            raise EditError("This picture is no longer part of the project; choose another one.") from error

    def is_measured(self, medium_id: MediumId) -> bool:
        """Whether the size of a medium is known, from its file or its project."""
        return self.medium(medium_id).size != UNMEASURED or medium_id in self._facts

    def times_of(self, medium_id: MediumId) -> FrameTimes:
        """When a clip's frames are shown: as its file says once that was opened, before about at the project's rate."""
        facts, rate = self._facts.get(medium_id), self.medium(medium_id).frame_rate
        return FrameTimes(rate, is_known=False) if facts is None else FrameTimes(rate, facts.seconds)

    def path_of(self, medium_id: MediumId) -> Path:
        """Where the file of a medium is."""
        path = Path(self.medium(medium_id).path)
        if path.is_absolute() or self.path is None:
            return path
        return self.path.parent / path

    def ensure_loaded(self, medium_id: MediumId) -> None:
        """Bring a medium's annotations into memory; quick where they are, a short read of the file where not.

        Raises:
            BrokenProjectError: the file is damaged there.
        """
        if medium_id in self.project.loaded_media or medium_id not in self.project.media:
            self._masks.used(medium_id)
            return
        self._read_in(medium_id)
        self._let_go_of_masks()

    def load_then(
        self, medium_id: MediumId, then: Callable[[], None], on_failed: Callable[[BaseException], None]
    ) -> JobHandle | None:
        """As `ensure_loaded`, read in the io lane; `then` is called when the annotations are in memory.

        Returns the job, or None where they were there already and `then` was called at once.
        """
        store, edits = self.store, self._edits[medium_id]
        if store is None or medium_id in self.project.loaded_media or medium_id not in self.project.media:
            self.ensure_loaded(medium_id)
            then()
            return None

        def work(context: JobContext) -> Iterator[list[Annotation]]:
            del context
            yield self.annotations_on_disk(medium_id)

        def take(annotations: list[Annotation]) -> None:
            # An edit may have needed and loaded them meanwhile; then what was read here may be older than memory.
            if medium_id in self.project.media and medium_id not in self.project.loaded_media:
                # Or it was edited, saved and let go again meanwhile: then the file has newer ones by now.
                current = annotations if self._edits[medium_id] == edits else self.annotations_on_disk(medium_id)
                self._put_loaded(medium_id, current)
                self._let_go_of_masks()
            then()

        return self.runner.start(IO_LANE, work, on_item=take, on_failed=on_failed, title="Open masks")

    def set_down(self, media: Iterable[MediumId]) -> None:
        """Write what waits, then let go of the masks of these media; they come back from the file when needed.

        For work over more masks than memory holds. Without a file nothing is let go.

        Raises:
            StorageError: the disk refuses; nothing is let go.
        """
        if self._queue is None:
            return
        self.flush()
        for medium_id in media:
            if medium_id in self.project.loaded_media and medium_id != self.shown:
                self.project.unload(medium_id)
                self._masks.gone(medium_id)

    def pass_over_masks(self, media: Iterable[MediumId]) -> None:
        """Take the masks of media about to be removed as none, unread: in the file they go with their media."""
        for medium_id in media:
            if medium_id not in self.project.loaded_media:
                self.project.put_loaded(medium_id, ())

    def take_back(self, edit: Edit) -> Change:
        """As `amend`, for removing what never was to stay; on a full disk too, where some of that still waits."""
        change = self.amend(edit)
        if self._queue is not None:
            self._queue.join_waiting(30.0)
        return change

    # --- within ----------------------------------------------------------------------------------------------------

    def _note_work(self, change: Change) -> None:
        """Media that have got their first mask or expression are no longer unseen; undoing the mask leaves that so."""
        edit = first_work(self.project, change)
        if edit is not None:
            self.amend(edit)

    def _load_for(self, edit: Edit) -> None:
        # All of them first, letting go of none: a later one must not push out an earlier one that the edit needs too.
        for medium_id in sorted(edit.media(self.project)):
            if medium_id in self.project.media and medium_id not in self.project.loaded_media:
                self._read_in(medium_id)
            self._masks.used(medium_id)

    def _took(self, change: Change) -> Change:
        """After a change: facts an undo has taken back return, the rows go to disk, everyone is told."""
        change = self._with_facts_kept(change)
        for medium_id in [*change.media, change.medium_id]:
            if medium_id is not None and medium_id not in self.project.media:
                self._masks.gone(medium_id)
        for referent in {key[0] for key in change.annotations} & self.project.referents.keys():
            self._masks.changed(self.project.referents[referent].medium_id)
            self._edits[self.project.referents[referent].medium_id] += 1
        if change.medium_id is not None:
            self._edits[change.medium_id] += 1
        if self._queue is not None and (self.journal.is_news or not change.is_nothing):
            self._queue.add(self.journal.stamped(rows_of(self.project, change)))
        self._tell(change)
        return change

    def _with_facts_kept(self, change: Change) -> Change:
        changes = [change]
        for medium_id in change.media & self._facts.keys():
            medium, facts = self.project.media.get(medium_id), self._facts[medium_id]
            if medium is not None and medium.size == UNMEASURED != facts.size:
                changes.append(PutMedium(facts.put_on(medium)).apply(self.project)[1])
        return change if len(changes) == 1 else Change.merged(changes)

    def _tell(self, change: Change) -> None:
        self._to_tell.append(change)
        if self._is_telling:
            return
        self._is_telling = True
        escaped: list[Exception] = []
        try:
            while self._to_tell:
                told = self._to_tell.popleft()
                for callback in tuple(self._subscribers):
                    try:
                        callback(told)
                    except Exception as error:  # noqa: BLE001  raised below: one listener's mistake must not deafen the others
                        escaped.append(error)
        finally:
            self._is_telling = False
        if escaped:
            raise escaped[0]

    def _read_in(self, medium_id: MediumId) -> None:
        self._put_loaded(medium_id, self.annotations_on_disk(medium_id))

    def annotations_on_disk(self, medium_id: MediumId) -> list[Annotation]:
        """As the file has them, for any thread. A project saved elsewhere meanwhile is read there."""
        while True:
            store = self.store
            if store is None:
                return []
            try:
                return store.load_annotations(medium_id)
            except StorageError:
                if self.store is store:
                    raise

    def _put_loaded(self, medium_id: MediumId, annotations: list[Annotation]) -> None:
        try:
            self.project.put_loaded(medium_id, annotations)
        except ValueError as error:
            name = self.medium(medium_id).path
            raise BrokenProjectError(
                f"The masks of {name!r} do not fit it ({error}); go back to a copy of the project."
            ) from error
        self._masks.took_in(medium_id, annotations)

    def _let_go_of_masks(self) -> None:
        if self._queue is not None and self._queue.is_empty:
            self._masks.let_go()

    def _queue_to(self, store: ProjectStore) -> WriteQueue:
        return WriteQueue(store, self.runner, on_written=self._note_written, on_failed=self._note_failure)

    def _note_written(self) -> None:
        if not self.saved:
            return
        self.history.mark_saved()
        self._let_go_of_masks()
        for callback in tuple(self._saved_listeners):
            callback()

    def _note_failure(self, error: BaseException) -> None:
        logger.info("an edit could not be written: %s", error)
        for callback in tuple(self._failure_listeners):
            callback(error)

    def _at_home(self) -> None:
        here = threading.get_ident()
        if self._home is None:
            self._home = here
        if self._home != here:
            raise RuntimeError("a session is changed from one thread only, the one that changed it first")
