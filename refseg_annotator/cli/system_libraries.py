"""What the window links to on Linux and a bare system lacks: which package brings it, by distribution."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class Need(StrEnum):
    """Who asks for a library."""

    QT = "Qt"
    X11 = "Qt's X11 platform"
    WAYLAND = "Qt's Wayland platform"


@dataclass(frozen=True, slots=True)
class SystemLibrary:
    """A shared library and the package that holds it."""

    soname: str
    need: Need
    debian: str
    fedora: str


LIBRARIES: Final = (
    SystemLibrary("libEGL.so.1", Need.QT, "libegl1", "libglvnd-egl"),
    SystemLibrary("libGL.so.1", Need.QT, "libgl1", "libglvnd-glx"),
    SystemLibrary("libxkbcommon.so.0", Need.QT, "libxkbcommon0", "libxkbcommon"),
    SystemLibrary("libdbus-1.so.3", Need.QT, "libdbus-1-3", "dbus-libs"),
    SystemLibrary("libfontconfig.so.1", Need.QT, "libfontconfig1", "fontconfig"),
    SystemLibrary("libglib-2.0.so.0", Need.QT, "libglib2.0-0", "glib2"),
    SystemLibrary("libxcb-cursor.so.0", Need.X11, "libxcb-cursor0", "xcb-util-cursor"),
    SystemLibrary("libxcb-icccm.so.4", Need.X11, "libxcb-icccm4", "xcb-util-wm"),
    SystemLibrary("libxcb-image.so.0", Need.X11, "libxcb-image0", "xcb-util-image"),
    SystemLibrary("libxcb-keysyms.so.1", Need.X11, "libxcb-keysyms1", "xcb-util-keysyms"),
    SystemLibrary("libxcb-render-util.so.0", Need.X11, "libxcb-render-util0", "xcb-util-renderutil"),
    SystemLibrary("libxcb-shape.so.0", Need.X11, "libxcb-shape0", "libxcb"),
    SystemLibrary("libxcb-xkb.so.1", Need.X11, "libxcb-xkb1", "libxcb"),
    SystemLibrary("libxkbcommon-x11.so.0", Need.X11, "libxkbcommon-x11-0", "libxkbcommon-x11"),
    SystemLibrary("libwayland-client.so.0", Need.WAYLAND, "libwayland-client0", "libwayland-client"),
    SystemLibrary("libwayland-cursor.so.0", Need.WAYLAND, "libwayland-cursor0", "libwayland-cursor"),
    SystemLibrary("libwayland-egl.so.1", Need.WAYLAND, "libwayland-egl1", "libwayland-egl"),
)


def can_load(soname: str) -> bool:
    """Whether the system's loader finds a shared library and all that it needs."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def platform_needs(environment: Mapping[str, str]) -> frozenset[Need]:
    """What the window will ask for here: Qt itself, and the platform that it will choose."""
    chosen = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if chosen in {"xcb", "wayland"}:
        return frozenset({Need.QT, Need.X11 if chosen == "xcb" else Need.WAYLAND})
    if chosen:
        return frozenset({Need.QT})
    # A Wayland session offers X11 as well, and Qt falls back to it: only what neither could do without is needed.
    return frozenset({Need.QT, Need.X11}) if environment.get("DISPLAY") else frozenset({Need.QT})


def missing_libraries(needs: frozenset[Need]) -> list[SystemLibrary]:
    """The libraries that `needs` ask for and the system lacks; none anywhere but on Linux."""
    if not sys.platform.startswith("linux"):
        return []
    return [library for library in LIBRARIES if library.need in needs and not can_load(library.soname)]


def install_command(missing: list[SystemLibrary]) -> str:
    """What to type to install the packages of `missing` on this distribution."""
    try:
        release = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        release = ""
    if any(word in release for word in ("fedora", "rhel", "centos")):
        return "sudo dnf install " + " ".join(dict.fromkeys(library.fedora for library in missing))
    return "sudo apt-get install " + " ".join(dict.fromkeys(library.debian for library in missing))
