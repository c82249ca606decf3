"""`batch`: what is asked is tested with the service; here, the verb, its record, and that a kill loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from refseg_annotator.cli import app, loading
from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.errors import BundleError
from refseg_annotator.inference.bundles import bundle_for_phrases
from refseg_annotator.inference.predictor import FAKE_INFO, FakePredictor
from refseg_annotator.settings import AUTOMATIC, Settings, save_settings
from refseg_annotator.storage.project_store import ProjectStore
from tests.services.two_readers import JealousPredictor
from tests.ui.clips import write_clip

LABEL_OF = loading.named_label
WORKER = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job starts with it ignored
from refseg_annotator.cli import loading, main
from refseg_annotator.inference.predictor import FAKE_INFO, FakePredictor
fake = FakePredictor()
def die_at_the_third(_):
    if fake.encoded == 2:
        os.kill(os.getpid(), signal.{signal})
fake.before_encode = die_at_the_third
loading.load_named_predictor = lambda name, device: fake
loading.named_label = lambda name, kind: FAKE_INFO.label
main(sys.argv[1:])
"""

SHARED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job starts with it ignored
from refseg_annotator.cli import loading, main
from refseg_annotator.inference.predictor import FAKE_INFO, FakePredictor
def stop_all_at_the_second(fake):
    if fake.encoded == 1:
        os.killpg(0, signal.SIGINT)
def make(name, device):
    fake = FakePredictor()
    fake.before_encode = lambda _: stop_all_at_the_second(fake)
    return fake
loading.load_named_predictor = make
loading.named_label = lambda name, kind: FAKE_INFO.label
if __name__ == "__main__":
    main(sys.argv[1:])
"""


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(4):
        pixels = np.full((60, 90, 3), 200, np.uint8)
        pixels[10:30, 5 + number : 35] = (220, 40, 40)
        Image.fromarray(pixels).save(folder / f"p{number}.png")
    return folder


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePredictor:
    """The verb runs with the fake model, whichever name is asked for."""
    made = FakePredictor()
    monkeypatch.setattr(loading, "load_named_predictor", lambda name, device: made)
    monkeypatch.setattr(loading, "named_label", lambda name, kind: FAKE_INFO.label)
    return made


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bundles that the settings and the command ask for are found; of those loaded the labels stand here."""
    labels = []

    def load(name: str | None, device: object) -> JealousPredictor:
        config = bundle_for_phrases(name or AUTOMATIC, MediumKind.IMAGE).config
        predictor = JealousPredictor(config.name, version=config.version)
        labels.append(predictor.info.label)
        return predictor

    monkeypatch.setattr(loading, "load_named_predictor", load)
    monkeypatch.setattr(loading, "named_label", LABEL_OF)
    return labels


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["batch", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_a_folder_becomes_a_project_and_the_record_says_what_came(photos: Path, tmp_path: Path) -> None:
    table, output = tmp_path / "phrases.csv", tmp_path / "work.refseg"
    table.write_text("image,phrase\np0.png,the red square\np0.png,the blue square\n")
    status, out, _ = run(
        photos, "--phrases", table, "--phrase", "the left one", "-o", output, "--author", "Bo", "--json"
    )
    assert status == 0
    record = json.loads(out)
    assert {key: record[key] for key in ("media", "asked", "masks", "probably_not_here", "answered_before")} == {
        "media": 4,
        "asked": 6,
        "masks": 5,
        "probably_not_here": 1,
        "answered_before": 0,
    }
    assert record["failed"] == record["unmatched"] == []
    with ProjectStore.open(output, read_only=True) as store:
        project = store.load()
    assert len(project.media) == 4
    assert {expression.author for expression in project.expressions.values()} == {"Bo"}


def test_photos_below_those_on_top_are_told_of(photos: Path, tmp_path: Path) -> None:
    (photos / "more").mkdir()
    (photos / "p3.png").rename(photos / "more" / "p3.png")
    status, out, err = run(photos, "--phrase", "the red square", "-o", tmp_path / "work.refseg")
    assert (status, "3 phrases of 3 media" in out) == (0, True)
    assert "'photos' has 1 more medium in folders of its own (more), left out here; open those folders, too." in err


def test_a_project_is_asked_its_own_phrases_and_written_elsewhere_on_wish(
    photos: Path, tmp_path: Path, fake: FakePredictor
) -> None:
    output, copy = tmp_path / "work.refseg", tmp_path / "copy.refseg"
    assert run(photos, "--phrase", "the blue square", "-o", output)[0] == 0
    before = output.read_bytes()
    status, out, _ = run(output, "--phrase", "the red square", "-o", copy)
    assert (status, output.read_bytes() == before) == (0, True)
    assert "4 masks to review" in out
    fake.predicted.clear()
    status, out, _ = run(copy)
    assert (status, fake.predicted) == (0, [])
    assert "Left out: 4 phrases answered before" in out


def test_what_cannot_be_answered_is_named_and_the_status_says_so(photos: Path, tmp_path: Path) -> None:
    (photos / "p1.png").write_bytes(b"no picture")
    table = tmp_path / "phrases.csv"
    table.write_text("image,phrase\nelsewhere.png,the dog\n")
    status, out, _ = run(photos, "--phrases", table, "--phrase", "the red square")
    assert status == 1
    assert "3 masks to review" in out
    assert "Not answered:" in out
    assert "p1.png" in out
    assert "Not asked: 'elsewhere.png'" in out
    assert (tmp_path / "photos.refseg").exists()


@pytest.mark.parametrize("wrong", [["nowhere"], ["photos", "--phrases", "none.csv"], ["photos", "--phrase", " "]])
def test_wrong_use_is_answered_in_a_sentence(
    wrong: list[str], photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(photos.parent)
    status, out, err = run(*wrong)
    assert status in (1, 2)
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "photos.refseg").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize(("name", "status"), [("SIGKILL", -9), ("SIGINT", 130)])
def test_a_batch_that_was_killed_or_stopped_goes_on_where_it_was(
    photos: Path, tmp_path: Path, fake: FakePredictor, name: str, status: int
) -> None:
    output = tmp_path / "work.refseg"
    arguments = [str(photos), "--phrase", "the red square", "-o", str(output)]
    root = Path(__file__).resolve().parents[2]
    script = WORKER.replace("{signal}", name)
    killed = subprocess.run(
        [sys.executable, "-c", script, "batch", *arguments],
        cwd=root,
        timeout=600,
        check=False,
        capture_output=True,
        text=True,
    )
    assert killed.returncode == status
    if name == "SIGINT":
        assert killed.stderr.splitlines()[-1] == (
            "Stopped; what is answered is saved, and the same command goes on from there."
        )
        assert "Traceback" not in killed.stderr
    status, out, _ = run(*arguments, "--json")
    record = json.loads(out)
    assert (status, record["answered_before"], record["media"]) == (0, 2, 2)
    assert fake.encoded == 2
    with ProjectStore.open(output) as store:
        assert store.check() == []
        assert store.count_records() == (4, 4)


def batch_by(script: Path, *arguments: str, start_new_session: bool = False) -> subprocess.CompletedProcess[str]:
    """The verb in a process of its own, started by a script."""
    return subprocess.run(
        [sys.executable, str(script), "batch", *arguments],
        cwd=script.parent,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        timeout=600,
        check=False,
        capture_output=True,
        text=True,
        start_new_session=start_new_session,
    )


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no groups of processes on this system")
def test_ctrl_c_is_answered_once_where_processes_share_the_work(photos: Path, tmp_path: Path) -> None:
    output, script = tmp_path / "work.refseg", tmp_path / "shared.py"
    script.write_text(SHARED)
    arguments = [str(photos), "--phrase", "the red square", "-o", str(output)]
    stopped = batch_by(script, *arguments, "--processes", "2", start_new_session=True)
    assert (stopped.returncode, stopped.stdout) == (130, "")
    (sentence,) = stopped.stderr.splitlines()
    assert sentence == "Stopped; what is answered is saved, and the same command goes on from there."
    status, out, _ = run(*arguments, "--json")
    record = json.loads(out)
    assert (status, record["answered_before"] + record["media"]) == (0, 4)


def test_a_batch_that_ends_before_its_first_answer_leaves_no_empty_project(photos: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("no picture")
    for source, more in ((tmp_path / "text.txt", ()), (photos, ("--cluster", "nonsense"))):
        status, _, err = run(source, "--phrase", "the red square", "-o", tmp_path / "work.refseg", *more)
        assert status == 2, err
        assert not list(tmp_path.glob("work*"))


def test_a_folder_without_phrases_is_refused_and_no_project_made(photos: Path, tmp_path: Path) -> None:
    status, out, err = run(photos, "-o", tmp_path / "work.refseg")
    assert (status, out) == (2, "")
    assert err.strip() == (
        f"There is nothing to ask of {str(photos)!r}; give a phrase with --phrase, or a table with --phrases."
    )
    assert not (tmp_path / "work.refseg").exists()
    assert run(photos, "--phrase", "the red square", "-o", tmp_path / "work.refseg")[0] == 0
    assert run(photos, "-o", tmp_path / "work.refseg")[0] == 0  # its own phrases, all of them answered


# --- photos and clips ------------------------------------------------------------------------------------------------

LITE, BASE = LABEL_OF("cmsa-lite", MediumKind.IMAGE), LABEL_OF("cmsa-base", MediumKind.IMAGE)


def asked_of(project: Path) -> dict[str, str]:
    """The model that the project says each of its media was asked of, by the medium's file."""
    with ProjectStore.open(project, read_only=True) as store:
        found = store.load()
    return {
        Path(found.media[one.medium_id].path).name: one.asked.model
        for one in found.expressions.values()
        if one.asked is not None
    }


@pytest.mark.parametrize(
    ("setting", "options", "photos_by", "clips_by"),
    [
        (AUTOMATIC, (), LITE, BASE),
        (AUTOMATIC, ("--model", "cmsa-lite"), LITE, LITE),
        (AUTOMATIC, ("--model", "cmsa-base"), BASE, BASE),
        ("cmsa-lite", (), LITE, LITE),
        ("cmsa-base", ("--model", "auto"), LITE, BASE),
    ],
)
def test_clips_are_asked_of_the_model_that_follows_them_unless_one_was_chosen(
    photos: Path, loaded: list[str], setting: str, options: tuple[str, ...], photos_by: str, clips_by: str
) -> None:
    save_settings(Settings(model=setting))
    write_clip(photos / "clip.mp4", 3)
    project = photos.parent / "work.refseg"
    # Nothing is green: the answer leaves each phrase open, and the same model is not asked again.
    arguments = (photos, "--phrase", "the green square", "-o", project, *options)
    status, out, _ = run(*arguments, "--json")
    record = json.loads(out)
    assert (status, record["probably_not_here"]) == (0, 5)
    assert record["models"] == {"image": photos_by, "video": clips_by}
    assert asked_of(project) == {"clip.mp4": clips_by} | {f"p{number}.png": photos_by for number in range(4)}
    assert sorted(loaded) == sorted({photos_by, clips_by}), "one each, and one alone where it reads both"
    loaded.clear()
    record = json.loads(run(*arguments, "--json")[1])
    assert (record["answered_before"], record["media"], record["models"], loaded) == (5, 0, {}, [])


DAMAGED = "The weights of 'cmsa-base' are missing or damaged; fetch the bundle again."


def without_clip_model(name: str | None, device: object) -> JealousPredictor:
    """Every bundle can be loaded but the one that follows clips; at the top level, as other processes want it."""
    config = bundle_for_phrases(name or AUTOMATIC, MediumKind.IMAGE).config
    if config.name == "cmsa-base":
        raise BundleError(DAMAGED)
    return JealousPredictor(config.name, version=config.version)


WITHOUT_CLIP_MODEL = """
from refseg_annotator.cli import loading, main
from tests.cli.test_batch import without_clip_model
loading.load_named_predictor = without_clip_model
if __name__ == "__main__":
    import sys
    main(sys.argv[1:])
"""


@pytest.mark.parametrize("processes", [1, 2])
def test_where_the_model_for_clips_fails_that_of_photos_reads_them_and_it_is_said_once(
    photos: Path, tmp_path: Path, processes: int
) -> None:
    script, project = tmp_path / "run.py", tmp_path / "work.refseg"
    script.write_text(WITHOUT_CLIP_MODEL)
    for name in ("a.mp4", "b.mp4", "c.mp4"):
        write_clip(photos / name, 3)
    arguments = [str(photos), "--phrase", "the red square", "-o", str(project), "--processes", str(processes)]
    done = batch_by(script, *arguments)
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if not line.startswith("Pre-segmenting")]
    assert told == [f"On clips cmsa-lite reads phrases for now, because cmsa-base could not be loaded: {DAMAGED}"]
    assert set(asked_of(project).values()) == {LITE}
    assert len(asked_of(project)) == 7


def test_a_stand_in_is_not_asked_again_what_it_has_answered(
    photos: Path, monkeypatch: pytest.MonkeyPatch, loaded: list[str]
) -> None:
    monkeypatch.setattr(loading, "load_named_predictor", without_clip_model)
    write_clip(photos / "clip.mp4", 3)
    # Nothing is green: the answer leaves the phrase open.
    arguments = (photos, "--phrase", "the green square", "-o", photos.parent / "work.refseg")
    assert json.loads(run(*arguments, "--json")[1])["models"] == {"image": LITE, "video": LITE}
    record = json.loads(run(*arguments, "--json")[1])
    assert (record["answered_before"], record["media"]) == (5, 0)


def test_a_model_for_everything_that_fails_ends_the_batch(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load_named_predictor", without_clip_model)
    monkeypatch.setattr(loading, "named_label", LABEL_OF)
    write_clip(photos / "clip.mp4", 3)
    status, _, err = run(photos, "--phrase", "the red square", "--model", "cmsa-base")
    assert (status, err.strip()) == (1, DAMAGED)


def test_what_the_clip_alone_lacks_loads_no_model_for_photos(photos: Path, loaded: list[str]) -> None:
    write_clip(photos / "clip.mp4", 3)
    project, table = photos.parent / "work.refseg", photos.parent / "phrases.csv"
    table.write_text("image,phrase,frame\nclip.mp4,the red square,2\n")
    status, out, _ = run(photos, "--phrases", table, "-o", project)
    assert (status, loaded, asked_of(project)) == (0, [BASE], {"clip.mp4": BASE})
    assert f"Model: {BASE}." in out.splitlines()
    status, out, _ = run(photos, "--phrase", "the left square", "-o", project)
    assert f"Models: {LITE} on photos, {BASE} on clips." in out.splitlines()
