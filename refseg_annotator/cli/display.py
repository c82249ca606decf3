"""Whether a window could be shown: asked before Qt, which answers a missing display by ending the process."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

UNSEEN: Final = frozenset({"offscreen", "minimal", "minimalegl"})
"""Qt's platforms that draw where nobody looks."""

_PATIENCE: Final = 2.0
_X11_SOCKETS: Final = "/tmp/.X11-unix/X"  # noqa: S108  where X servers listen, by convention
_X11_PORT: Final = 6000


def chosen_platform(environment: Mapping[str, str]) -> str:
    """The platform that QT_QPA_PLATFORM asks for first, or ""."""
    return re.split("[:;]", environment.get("QT_QPA_PLATFORM", ""))[0]


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether Qt can open a window, be it one that nobody sees."""
    if chosen_platform(environment) not in {"", "xcb", "wayland"} or not sys.platform.startswith("linux"):
        return True
    return _wayland_answers(environment) or _x11_answers(environment.get("DISPLAY", ""))


def has_viewer(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether somebody would see the window."""
    return chosen_platform(environment) not in UNSEEN and has_display(environment)


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and _answers(str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))


def _x11_answers(display: str) -> bool:
    match = re.fullmatch(r"(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?", display)
    if match is None:
        # macOS's form, a path to a socket, is the one other that is known.
        return display.startswith("/") and _answers(display)
    number = int(match["number"])
    if match["host"] in {"", "unix"}:
        path = f"{_X11_SOCKETS}{number}"
        # Some servers listen only on the abstract name, which has no file.
        return _answers(path) or _answers("\0" + path)
    try:
        socket.create_connection((match["host"], _X11_PORT + number), timeout=_PATIENCE).close()
    except OSError:
        return False
    return True


def _answers(address: str) -> bool:
    """Whether somebody listens on a local socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(_PATIENCE)
        try:
            client.connect(address)
        except (OSError, ValueError):
            return False
    return True
