"""The arithmetic of the performance book, and one curve of it measured."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from tests.benchmarks import book, growth
from tests.benchmarks.__main__ import BENCHMARKS
from tests.benchmarks.book import chapters
from tests.benchmarks.curves import Curve, fitted_exponent
from tests.benchmarks.rows import HEAD, Row, Time, line_of, peak_megabytes


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_that_power(power: float) -> None:
    sizes = [1.0, 3.0, 10.0, 30.0, 100.0]
    assert fitted_exponent(sizes, [7 * size**power for size in sizes]) == pytest.approx(power)


def test_what_is_constant_at_first_does_not_hide_the_growth() -> None:
    sizes = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5]
    assert fitted_exponent(sizes, [50 + size for size in sizes]) > 0.9
    assert math.isnan(fitted_exponent([1.0], [1.0]))


def test_a_curve_tells_whether_it_holds() -> None:
    curve = Curve("a", "A thing", "pixels", "a peer", most=1.2)
    for size in (1, 10, 100):
        curve.add(size, size**2, size)
    assert not curve.holds
    assert "exponent 2.00 (a peer: 1.00)" in curve.table()
    assert curve.record()["exponent"] == 2.0


def test_one_curve_is_measured_told_and_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["growth", "referents", "--quick", "--json", str(tmp_path / "g.json"), "--plots", str(tmp_path)]
    monkeypatch.setattr("sys.argv", arguments)
    growth.main()  # its status is about speed, which no test judges
    (curve,) = json.loads((tmp_path / "g.json").read_text())["curves"]
    assert curve["sizes"] == [1, 10, 100]
    assert len(curve["ours"]) == len(curve["baseline"]) == 3
    assert (tmp_path / "referents.svg").stat().st_size > 1000
    assert "A stroke on one of many referents" in capsys.readouterr().out


def test_the_book_gathers_tables_figures_and_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def few(out: Path, **_: object) -> dict[str, list[str]]:
        broken = ["tests.benchmarks", "no-such-benchmark"]
        return {"loads": ["tests.benchmarks", "codes", "--json", str(out / "loads.json")], "broken": broken}

    monkeypatch.setattr(book, "chapters", few)
    monkeypatch.setattr("sys.argv", ["book", "--out", str(tmp_path), "--told"])
    assert book.main() == 2
    record = json.loads((tmp_path / "book.json").read_text())
    assert record["machine"]["torch"]
    assert record["chapters"]["broken"]["is_whole"] is False
    loads = record["chapters"]["loads"]
    assert loads["is_whole"]
    assert [row["against"] for row in loads["figures"]["rows"]] == ["pycocotools", "pycocotools"]
    text = (tmp_path / "book.md").read_text()
    assert "| run-length code: encode, 12 megapixels" in text
    assert "This chapter broke with status 2" in text
    assert "book.md: loads, broken" in capsys.readouterr().out


def test_what_the_issue_asks_for_has_its_row_beside_a_baseline() -> None:
    assert {"brush", "projects", "answers", "networks", "frames", "starts", "memory"} <= set(BENCHMARKS)
    assert {"image-size", "words", "referents", "frames", "propagation", "project-size", "import", "memory"} <= set(
        growth.CURVES
    )


def test_a_row_is_judged_by_the_better_of_both_clocks() -> None:
    nothing = Time(1.0, 1.0)
    assert Row("a", Time(60.0, 20.0), nothing, "b", 50).holds
    assert not Row("a", Time(60.0, 55.0), nothing, "b", 50).holds
    assert Row("a", Time(60.0, 55.0), nothing, "b").holds
    assert line_of(Row("a", Time(60.0, 55.0), nothing, "b", 50)).count("|") == HEAD.splitlines()[0].count("|")


def test_the_peak_of_a_process_is_its_own() -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell")
    small, large = (peak_megabytes(f"x = bytearray({size} << 20)\ntell_peak()").wall for size in (1, 200))
    assert 150 < large - small < 260


def test_every_chapter_is_a_module(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    for command in chapters(tmp_path, quick=True).values():
        path = root.joinpath(*command[0].split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists()
