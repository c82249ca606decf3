"""`split`: deal a project's media out to train, val and test, so that nothing seen in one is met again in another."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from refseg_annotator.cli.loading import opened_project
from refseg_annotator.cli.terminal import print_json, progress_on_stderr
from refseg_annotator.core.counting import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from refseg_annotator.services.splits import SplitItem, SplitPlan


def split(
    project: Annotated[Path, typer.Argument(help="The project, *.refseg.", show_default=False)],
    train: Annotated[float, typer.Option(min=0, help="Share of train.")] = 0.8,
    val: Annotated[float, typer.Option(min=0, help="Share of val.")] = 0.1,
    test: Annotated[float, typer.Option(min=0, help="Share of test.")] = 0.1,
    seed: Annotated[int, typer.Option(help="Another seed, another deal; the same seed, the same.")] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Media that have a split keep it.")] = False,
    move: Annotated[
        list[str] | None,
        typer.Option(help="NAME=SPLIT: put this medium, and all that look like it, there. May be repeated."),
    ] = None,
    test_a_b: Annotated[
        bool, typer.Option("--test-a-b", help="Part test by RefCOCO's rule: testA has people, testB the rest.")
    ] = False,
    no_look: Annotated[
        bool, typer.Option("--no-look", help="Leave media unopened: fast, but look-alikes may be torn.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan as a record for programs.")] = False,
) -> None:
    """Deal media out to splits: whole, look-alikes together, categories spread evenly, seeded."""
    from refseg_annotator.core.annotation import Split
    from refseg_annotator.services.dataset_source import dataset_of
    from refseg_annotator.services.documents import measure_media
    from refseg_annotator.services.fingerprints import fingerprints
    from refseg_annotator.services.splits import items_of, plan_splits, with_test_a_and_b

    shares = {Split.TRAIN: train, Split.VAL: val, Split.TEST: test}
    with (
        opened_project(project, only_read=dry_run) as session,
        progress_on_stderr(f"Looking at {project.name}") as progress,
    ):
        measure_media(session)
        dataset = dataset_of(session)
        hashes, unread = ({}, []) if no_look else fingerprints(dataset.media, progress)
        items = items_of(dataset, hashes)
        wanted = {part: share for part, share in shares.items() if share > 0}
        plan = plan_splits(items, shares=wanted, seed=seed, keep=keep)
        for wish in move or ():
            plan = _moved(plan, items, wish)
        if test_a_b:
            plan = with_test_a_and_b(items, plan)
        edit = plan.to_edit(session.project)
        if not dry_run and edit.edits:
            session.commit(edit)
            session.flush()
    counts = {part.value: plan.counts()[part] for part in Split if part in plan.counts()}
    record = {
        "project": str(project),
        "changed": 0 if dry_run else len(edit.edits),
        "counts": counts,
        "groups_alike": len(plan.groups),
        "leaks": len(plan.leaks),
        "unread": len(unread),
        "splits": {item.name: plan.splits[item.id].value for item in items},
    }
    if as_json:
        print_json(record)
        return
    for name, count in counts.items():
        print(f"{name:6} {number_of(count, 'media')}")
    outcome = "would change" if dry_run else "changed"
    print(
        f"{number_of(len(plan.groups), 'groups of look-alikes')} kept together; "
        f"{number_of(len(edit.edits), 'media')} {outcome}."
    )
    if plan.leaks:
        stay = "stays" if len(plan.leaks) == 1 else "stay"
        print(f"{number_of(len(plan.leaks), 'groups')} {stay} torn because --keep holds media where they are.")
    if unread:
        print(f"{number_of(len(unread), 'media')} could not be looked at; `validate` names them.")


def _moved(plan: SplitPlan, items: Sequence[SplitItem], wish: str) -> SplitPlan:
    """The plan with one wish of `--move` fulfilled."""
    from refseg_annotator.core.annotation import Split
    from refseg_annotator.errors import UsageError

    name, _, wanted = wish.rpartition("=")
    known = [part.value for part in Split]
    if not name or wanted not in known:
        raise UsageError(f"--move takes NAME=SPLIT with SPLIT one of {', '.join(known)}; {wish!r} is not that.")
    found = [item for item in items if item.name == name]
    found = found or [item for item in items if PurePosixPath(item.name).name == name]
    if not found:
        raise UsageError(f"The project has no medium called {name!r}; `split --dry-run --json` lists their names.")
    if len({item.name for item in found}) > 1:
        some = ", ".join(item.name for item in found[:3]) + (", ..." if len(found) > 3 else "")
        raise UsageError(f"{number_of(len(found), 'media')} are called {name!r}; name one with its folder ({some}).")
    return plan.with_split([item.id for item in found], Split(wanted))
