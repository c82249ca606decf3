"""The main job without a window, through the very services that the window uses: phrase, proposal, accept, brush, save,
reopen, export.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from refseg_annotator.cli.choices import Device
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import BrokenProjectError, ModelError

if TYPE_CHECKING:
    from refseg_annotator.core.annotation import Annotation, MediumId
    from refseg_annotator.services.assist import Assist, Proposal
    from refseg_annotator.services.session import Session

_CACHE: Final = 256 << 20


def do_main_job(folder: Path, model: str | None, device: Device | None) -> Iterator[str]:
    """Do the main job in `folder`, which gets project, pictures, overlays and a COCO export; yields what was done."""
    from refseg_annotator.cli.demo_pictures import project_in
    from refseg_annotator.cli.loading import load_named_predictor
    from refseg_annotator.formats.base import WriteOptions
    from refseg_annotator.media import FrameCache
    from refseg_annotator.services.assist import Assist
    from refseg_annotator.services.documents import open_project
    from refseg_annotator.services.jobs import SynchronousRunner
    from refseg_annotator.services.readers import Readers
    from refseg_annotator.services.transfer import export_project

    # A model that cannot be loaded is told before a folder is made.
    predictor = load_named_predictor(model, device)
    yield f"Model {predictor.info.label} on {predictor.info.device}"
    path = project_in(folder)
    runner = SynchronousRunner()
    session = open_project(path, runner=runner, media=FrameCache(_CACHE))
    try:
        assist = Assist(session, runner, Readers(lambda: predictor))
        for medium_id in session.project.media:
            yield from _segment(session, assist, medium_id)
        yield _brush(session)
        drawn = dict(session.project.annotations)
    finally:
        session.close()
    yield f"Saved: {path}"

    session = open_project(path, runner=runner, media=FrameCache(_CACHE))
    try:
        for medium_id in session.project.media:
            session.ensure_loaded(medium_id)
        if dict(session.project.annotations) != drawn:
            raise BrokenProjectError(f"{path} does not hold what was drawn; please report this.")
        yield f"Reopened: {number_of(len(drawn), 'masks')} as drawn"
        report = export_project(session, "coco", folder / "coco", WriteOptions())
        yield f"Exported: {folder / 'coco'}"
        yield report.to_text()
        for overlay in _write_overlays(session, folder / "overlays"):
            yield f"Overlay: {overlay}"
    finally:
        session.close()


def _segment(session: Session, assist: Assist, medium_id: MediumId) -> Iterator[str]:
    """Ask for each phrase of a picture and take what is proposed."""
    from refseg_annotator.cli.demo_pictures import phrases_for

    picture = session.path_of(medium_id)
    for phrase in phrases_for(picture):
        assist.request(phrase, medium_id)
        proposal = assist.proposal
        if proposal is None:
            raise ModelError(assist.state.sentence or f"The model gave no answer for {phrase!r} on {picture.name}.")
        yield f"{picture.name}: {_account(proposal)}"
        assist.accept()


def _account(proposal: Proposal) -> str:
    time = f"{proposal.milliseconds.total:.0f} ms"
    if proposal.is_absent:
        return f'"{proposal.text}": not in this picture (presence {proposal.presence:.2f}, {time})'
    return f'"{proposal.text}": {_sized(proposal.mask.area)} (score {proposal.score:.2f}, {time})'


def _brush(session: Session) -> str:
    """One stroke at the edge of the first mask, taken back and done again: what a hand would do to it."""
    from refseg_annotator.core.geometry import Box
    from refseg_annotator.services.annotate import paint

    annotation = next((one for one in session.project.annotations.values() if not one.is_absent), None)
    if annotation is None:
        return "Brush: there is no mask to mend"
    mask = annotation.mask
    radius = max(3, round(max(mask.size.shape) / 60))
    rows = np.flatnonzero(mask.pixels[:, 0])
    x, y = mask.box.x0, mask.box.y0 + int(rows[len(rows) // 2])
    box = Box(x - radius, y - radius, x + radius + 1, y + radius + 1).clipped(mask.size)
    ys, xs = np.mgrid[box.y0 : box.y1, box.x0 : box.x1]
    disc = (xs - x) ** 2 + (ys - y) ** 2 <= radius**2
    before = mask.crop(box)
    after = before | disc
    # At the picture's border there may be nothing to add: then it is taken away.
    paint(session, annotation.referent_id, annotation.frame, box, before & ~disc if (after == before).all() else after)
    painted = _area(session, annotation)
    session.undo()
    undone = _area(session, annotation)
    session.redo()
    return f"Brush: {_sized(mask.area)} became {painted:,}; undo {undone:,}, redo {_area(session, annotation):,}"


def _area(session: Session, annotation: Annotation) -> int:
    return session.project.annotations[annotation.key].mask.area


def _write_overlays(session: Session, folder: Path) -> Iterator[Path]:
    from refseg_annotator.cli.pictures import write_overlay
    from refseg_annotator.cli.segment import read_picture

    folder.mkdir()
    for medium in session.project.media.values():
        picture = session.path_of(medium.id)
        masks = [annotation.mask for annotation in session.project.annotations_on(medium.id, 0)]
        path = folder / f"{picture.stem}.png"
        write_overlay(path, read_picture(picture), masks)
        yield path


def _sized(area: int) -> str:
    return number_of(area, "pixels")
