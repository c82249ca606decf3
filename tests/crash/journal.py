"""What a child tells its parent before it dies: every edit before it is sent to disk, and every "saved" it was told.

A state is a dict of record keys to digests. The child sends, with each edit, the digest of all that it has in memory;
the parent applies the rows to a state of its own and must come to the same digest, so rows that forget something show
at once, and what is on disk after a kill can be compared with the project as it was after any edit.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from refseg_annotator.core.annotation import Annotation
from refseg_annotator.core.project import Project
from refseg_annotator.storage.snapshot import Snapshot

# A key and, for annotations, the medium they belong to: only those of media in memory can be compared with memory.
State = dict[str, tuple[str, int]]

_HEAD = struct.Struct("<I")


@dataclass(frozen=True)
class Ready:
    """The window shows a project; from now on edits are made."""

    path: str
    in_memory: str
    loaded: tuple[int, ...]


@dataclass(frozen=True)
class Edited:
    """An edit is in memory and about to be queued for the disk."""

    number: int
    puts: State
    drops: tuple[str, ...]
    in_memory: str
    loaded: tuple[int, ...]


@dataclass(frozen=True)
class Saved:
    """The window was told that every edit up to `number` is on disk."""

    number: int
    path: str


@dataclass(frozen=True)
class Gesture:
    """The person begins to do something."""

    number: int
    title: str


@dataclass(frozen=True)
class Moving:
    """Saving under another name begins (`is_done` unset) or was told to be done."""

    path: str
    is_done: bool


@dataclass(frozen=True)
class Told:
    """A message on the window's strip."""

    sentence: str
    tone: str


@dataclass(frozen=True)
class Mishap:
    """Something that must not happen: an escaped exception, a wait without end, a warning in the log."""

    account: str


class Journal:
    """The child's end of the pipe. Written whole or not at all, as far as the parent can tell."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def tell(self, message: object) -> None:
        body = pickle.dumps(message)
        data = memoryview(_HEAD.pack(len(body)) + body)
        while data:
            data = data[os.write(self._descriptor, data) :]


@dataclass
class Listener:
    """The parent's end: bytes as they come, messages as they are complete."""

    waiting: bytearray = field(default_factory=bytearray)

    def hear(self, data: bytes) -> Iterator[Any]:
        self.waiting += data
        while len(self.waiting) >= _HEAD.size:
            (length,) = _HEAD.unpack_from(self.waiting)
            if len(self.waiting) < _HEAD.size + length:
                return
            body = bytes(self.waiting[_HEAD.size : _HEAD.size + length])
            del self.waiting[: _HEAD.size + length]
            yield pickle.loads(body)  # our own child's


# --- states ----------------------------------------------------------------------------------------------------------


def _digest(*parts: bytes) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(struct.pack("<Q", len(part)) + part)
    return digest.hexdigest()


def _of_record(record: object) -> str:
    return _digest(repr(record).encode("utf-8", "surrogatepass"))


def digest_of_annotation(annotation: Annotation) -> str:
    mask = annotation.mask
    facts = (annotation.key, mask.size, mask.box, annotation.provenance, annotation.keyframe)
    return _digest(repr(facts).encode("utf-8", "surrogatepass"), np.packbits(mask.pixels).tobytes())


def _meta(highest_id: int, author: str) -> tuple[str, int]:
    return f"{highest_id} {author}", 0


class Memory:
    """Digests of a project in memory; those of masks are kept for as long as the mask is the same object."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[Annotation, str]] = {}

    def annotation(self, annotation: Annotation) -> str:
        known = self._known.get(annotation.key)
        if known is None or known[0] is not annotation:
            known = self._known[annotation.key] = (annotation, digest_of_annotation(annotation))
        return known[1]

    def state(self, project: Project) -> State:
        state: State = {"meta": _meta(project.highest_id, project.author)}
        for medium in project.media.values():
            state[f"m{medium.id}"] = _of_record(medium), 0
        for referent in project.referents.values():
            state[f"r{referent.id}"] = _of_record(referent), 0
        for expression in project.expressions.values():
            state[f"e{expression.id}"] = _of_record(expression), 0
        for (referent_id, frame), annotation in project.annotations.items():
            medium_id = int(project.referents[referent_id].medium_id)
            state[f"a{referent_id}.{frame}"] = self.annotation(annotation), medium_id
        return state

    def rows(self, snapshot: Snapshot, project: Project) -> tuple[State, tuple[str, ...]]:
        """What a snapshot puts and drops."""
        puts: State = {"meta": _meta(snapshot.highest_id, snapshot.author)}
        puts |= {f"m{medium.id}": (_of_record(medium), 0) for medium in snapshot.media}
        puts |= {f"r{referent.id}": (_of_record(referent), 0) for referent in snapshot.referents}
        puts |= {f"e{expression.id}": (_of_record(expression), 0) for expression in snapshot.expressions}
        for annotation in snapshot.annotations:
            medium_id = int(project.referents[annotation.referent_id].medium_id)
            puts[f"a{annotation.referent_id}.{annotation.frame}"] = self.annotation(annotation), medium_id
        drops = (
            *(f"m{key}" for key in snapshot.dropped_media),
            *(f"r{key}" for key in snapshot.dropped_referents),
            *(f"e{key}" for key in snapshot.dropped_expressions),
            *(f"a{referent_id}.{frame}" for referent_id, frame in snapshot.dropped_annotations),
        )
        return puts, drops


def whole_digest(state: State, loaded: Iterable[int]) -> str:
    """One digest of a state, without the masks of media that are not in memory."""
    there = set(loaded)
    rows = sorted((key, value[0]) for key, value in state.items() if key[0] != "a" or value[1] in there)
    return _digest(repr(rows).encode("utf-8", "surrogatepass"))


def after(state: State, edit: Edited) -> State:
    """The state once an edit's rows are in it."""
    changed = dict(state)
    for key in edit.drops:
        changed.pop(key, None)
    changed.update(edit.puts)
    return changed
