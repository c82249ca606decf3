"""What a bug report may carry: a log kept on this computer, and a zip of it that names nobody and nothing of theirs.

Nothing is ever sent. The zip is made when somebody asks for it, and is theirs to read, to send or to throw away.
"""

from __future__ import annotations

import getpass
import json
import logging
import os
import platform
import re
import socket
import sys
import zipfile
from contextlib import suppress
from importlib import metadata
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from refseg_annotator import __version__, settings
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOG_FILE: Final = "refseg-annotator.log"
_LARGEST_LOG: Final = 1 << 20
_KEPT_LOGS: Final = 2
_PACKAGES: Final = (
    "av",
    "numpy",
    "opencv-python-headless",
    "pillow",
    "PySide6-Essentials",
    "safetensors",
    "scikit-image",
    "timm",
    "torch",
    "torchvision",
)
# Environment that changes how the window or the model behave; the values are words, not names.
_ENVIRONMENT: Final = (
    "LANG",
    "OMP_NUM_THREADS",
    "OMP_WAIT_POLICY",
    "QT_QPA_PLATFORM",
    "QT_SCALE_FACTOR",
    "REFSEG_OFFLINE",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
)
_OWN_CODE: Final = re.compile(r"(?:[A-Za-z]:)?[^\s\"']*[/\\](?=(?:refseg_annotator|site-packages|lib[/\\]python)[/\\])")
_QUOTED: Final = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
# A drive, a share, a home or two parts with a slash between: all up to the next blank or bracket.
_PATH: Final = re.compile(r"(?:file://|[A-Za-z]:[/\\]|\\\\|~?/|\.{1,2}/)[^\s\"'<>|()\[\],;]+")
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SOURCE_LINE: Final = re.compile(r'^(\s*File )"([^"]+)"(, line \d+.*)$')


def keep_log() -> logging.Handler | None:
    """Write what the program logs, from INFO on, to a file of this computer, two megabytes at most; None where none can
    be written. `end_log` ends it.
    """
    folder = settings.log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG_FILE, maxBytes=_LARGEST_LOG, backupCount=_KEPT_LOGS - 1, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        logging.getLogger(__name__).info("no log is kept: %s", error)
        return None
    handler.setLevel(logging.INFO)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("refseg_annotator")
    logger.addHandler(handler)
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.INFO)
    return handler


def end_log(handler: logging.Handler | None) -> None:
    """Keep the log no longer."""
    if handler is not None:
        logger = logging.getLogger("refseg_annotator")
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
        handler.close()


def write_bundle(destination: Path, facts: Mapping[str, Any] | None = None) -> list[str]:
    """Write the zip; the names of what is in it.

    Args:
        facts: findings of `doctor`, or whatever else was learned; scrubbed like the rest.

    Raises:
        UsageError: the file exists or the disk refuses.
    """
    contents = {
        "machine.json": scrubbed_json(machine_facts()),
        "settings.json": scrubbed_json(_changed_settings()),
    }
    if facts is not None:
        contents["doctor.json"] = scrubbed_json(facts)
    for name in (f"{LOG_FILE}.1", LOG_FILE):
        with suppress(OSError):
            contents[name] = scrubbed((settings.log_folder() / name).read_text(encoding="utf-8", errors="replace"))
    contents["READ-ME.txt"] = (
        "For a bug report. Made on this computer when somebody asked for it; nothing was sent anywhere.\n"
        "Paths, file names, quoted words (phrases), addresses and the names of user and computer were taken out.\n"
        "Read it before you send it on.\n\n" + "".join(f"- {name}\n" for name in contents)
    )
    fresh = destination.with_name(f".{destination.name}.new")
    try:
        if destination.exists():
            raise UsageError(f"{str(destination)!r} exists already; choose another name.")
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in contents.items():
                archive.writestr(name, text)
        fresh.replace(destination)
    except OSError as error:
        raise UsageError(
            f"{str(destination)!r} cannot be written ({error.strerror or error}); choose another folder."
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return list(contents)


def machine_facts() -> dict[str, Any]:
    """Versions and the kind of machine; nothing that tells one machine of that kind from another."""
    versions = {}
    for name in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return {
        "program": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "is_frozen": bool(getattr(sys, "frozen", False)),
        "packages": versions,
        "environment": {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    }


def _changed_settings() -> dict[str, Any]:
    """The settings that are not as they come; lists (recent projects and the like) as their lengths."""
    plain, own = settings.Settings(), settings.load_settings().settings
    changed = {}
    for row in settings.SETTINGS:
        value = getattr(own, row.key)
        if value != getattr(plain, row.key):
            changed[row.key] = number_of(len(value), "entries") if isinstance(value, (list, tuple, dict)) else value
    changed.pop("author", None)
    return changed


# --- taking out ------------------------------------------------------------------------------------------------------


def scrubbed(text: str) -> str:
    """The text without paths, file names, quoted words, addresses and the names of user and computer.

    Of a path inside the program or its libraries the part below stays: it says where the mistake is.
    """
    names = list(_names())
    return "\n".join(_scrubbed_line(line, names) for line in text.splitlines())


def scrubbed_json(facts: Mapping[str, Any]) -> str:
    """Facts as JSON, their texts scrubbed."""
    names = list(_names())

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return "\n".join(_scrubbed_line(line, names) for line in value.splitlines())
        if isinstance(value, dict):
            return {str(key): clean(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [clean(inner) for inner in value]
        return value

    return json.dumps(clean(dict(facts)), indent=2) + "\n"


def _scrubbed_line(line: str, names: Iterable[str]) -> str:
    source = _SOURCE_LINE.match(line)
    if source is not None:
        below = _OWN_CODE.sub("", source[2])
        known = below if below != source[2] else "<path>"
        return _without_names(f'{source[1]}"{known}"{source[3]}', names)
    line = _ADDRESS.sub("<address>", line)
    line = _QUOTED.sub(lambda found: f"<words{_suffix(found[0][1:-1])}>", line)
    line = _PATH.sub(lambda found: f"<path{_suffix(found[0])}>", line)
    return _without_names(line, names)


def _without_names(line: str, names: Iterable[str]) -> str:
    for name in names:
        line = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "<name>", line, flags=re.IGNORECASE)
    return line


def _suffix(path: str) -> str:
    """The kind of file, which often is the matter, and never a name."""
    found = re.search(r"\.([A-Za-z0-9]{1,6})[:.,]*$", path)
    return f" .{found[1].lower()}" if found else ""


def _names() -> Iterable[str]:
    found = {Path.home().name, socket.gethostname(), socket.gethostname().split(".")[0], platform.node()}
    with suppress(KeyError, OSError, ImportError):
        found.add(getpass.getuser())
    found.add(settings.load_settings().settings.author)
    # A name of one or two letters would take the text apart; `root` and the like tell nobody.
    return sorted(
        (name for name in found if len(name) > 2 and name not in {"root", "home", "user"}), key=len, reverse=True
    )
