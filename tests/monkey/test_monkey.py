"""A short run of the monkey; `python -m tests.monkey --events 10000` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.monkey.window_monkey import run_monkey


@pytest.mark.slow
@pytest.mark.qt_no_exception_capture  # the monkey hears what escapes, with the events before it
@pytest.mark.qt_log_level_fail("CRITICAL")
def test_random_mouse_and_keys_leave_a_whole_project(qapp: QApplication, tmp_path: Path) -> None:
    result = run_monkey(tmp_path, events=500, seed=7)
    assert result.troubles == []
    assert result.events == 500
