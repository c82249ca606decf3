"""A display is there when it answers, not when a variable says so."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from refseg_annotator.cli import display
from refseg_annotator.cli.display import has_display, has_viewer

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")


@linux
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": ":987"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":987.0", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-987", "XDG_RUNTIME_DIR": "/run/user/987"},
        {"WAYLAND_DISPLAY": "wayland-987"},
    ],
)
def test_nobody_answers(environment: dict[str, str]) -> None:
    assert not has_display(environment)
    assert not has_viewer(environment)


@linux
def test_an_x_server_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_X11_SOCKETS", str(tmp_path / "X"))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "X7"))
        server.listen()
        assert has_display({"DISPLAY": ":7"})
        assert has_viewer({"DISPLAY": "unix:7.0"})
        assert not has_display({"DISPLAY": ":8"})
    assert not has_display({"DISPLAY": ":7"})


@linux
def test_a_wayland_compositor_answers(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        assert has_viewer({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})


@linux
def test_a_server_elsewhere_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        monkeypatch.setattr(display, "_X11_PORT", server.getsockname()[1] - 3)
        assert has_display({"DISPLAY": "127.0.0.1:3"})


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600"])
def test_a_window_that_nobody_sees(platform: str) -> None:
    assert has_display({"QT_QPA_PLATFORM": platform})
    assert not has_viewer({"QT_QPA_PLATFORM": platform})


def test_a_window_seen_from_afar() -> None:
    assert has_viewer({"QT_QPA_PLATFORM": "vnc:size=800x600"})
