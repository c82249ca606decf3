"""What is missing on a bare Linux is named with the package that brings it."""

from __future__ import annotations

import sys

import pytest

from refseg_annotator.cli import system_libraries
from refseg_annotator.cli.system_libraries import (
    LIBRARIES,
    Need,
    install_command,
    missing_libraries,
    platform_needs,
)


@pytest.mark.parametrize(
    ("environment", "needs"),
    [
        ({}, {Need.QT}),
        ({"DISPLAY": ":0"}, {Need.QT, Need.X11}),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, {Need.QT}),
        ({"QT_QPA_PLATFORM": "xcb"}, {Need.QT, Need.X11}),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, {Need.QT, Need.WAYLAND}),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, {Need.QT}),
    ],
)
def test_what_the_window_will_ask_for(environment: dict[str, str], needs: set[Need]) -> None:
    assert platform_needs(environment) == needs


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring what Qt links to")
def test_missing_libraries_are_those_the_loader_does_not_find(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "can_load", lambda soname: "xcb" not in soname)
    missing = missing_libraries(frozenset({Need.QT, Need.X11}))
    assert {library.need for library in missing} == {Need.X11}
    assert "libxcb-cursor0" in {library.debian for library in missing}
    assert missing_libraries(frozenset({Need.QT})) == []


def test_the_loader_is_really_asked() -> None:
    assert not system_libraries.can_load("libno-such-thing-anywhere.so.7")


def test_the_install_command_names_each_package_once() -> None:
    packages = install_command([*LIBRARIES, *LIBRARIES]).split()
    assert len(packages) == len(set(packages))
    assert "install" in packages
