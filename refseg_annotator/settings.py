"""Settings: one table of rows from which the dialog, the file and the command line are made; and where things lie.

The file `settings.toml` holds only what differs from the defaults. What it holds and this version does not know stays
in it. A file that cannot be read costs a sentence and nothing else: the defaults hold, and the file is put aside when
the settings are next saved.
"""

from __future__ import annotations

import math
import os
import tomllib
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import platformdirs

from refseg_annotator.errors import StorageError, UsageError
from refseg_annotator.toml_text import toml_text

APPLICATION: Final = "refseg-annotator"
SETTINGS_FILE: Final = "settings.toml"
RECENT_PROJECTS: Final = 12


class Group(StrEnum):
    """The pages of the settings dialog."""

    APPEARANCE = "Appearance"
    TOOLS = "Tools"
    MODEL = "Model"
    MEMORY = "Memory"
    PERSON = "Person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row.

    Args:
        key: Name in the file, on the command line and in `Settings`.
        type: `str`, `bool`, `int`, `float`, or `tuple` for a list of texts.
        default: Value when the file says nothing.
        label: What the dialog calls it.
        group: The page it stands on; None for what the program itself remembers.
        choices: The values allowed; any when empty.
        minimum: Least value of a number; likewise `maximum`.
        unit: What the number counts.
        help: What the dialog says below it, where the label and the value do not say enough.
    """

    key: str
    type: type
    default: str | bool | int | float | tuple[str, ...]
    label: str
    group: Group | None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    help: str = ""

    def checked(self, value: object) -> Any:
        """The value in the row's type, from a file or a caller.

        Raises:
            UsageError: It is of another type, or not allowed.
        """
        if self.type is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if self.type is tuple and isinstance(value, list):
            value = tuple(value)
        # bool is an int to Python, not to the person who writes `brush_radius = true`.
        is_of_type = isinstance(value, self.type) and (self.type is bool or not isinstance(value, bool))
        if is_of_type and isinstance(value, tuple):
            is_of_type = all(isinstance(part, str) for part in value)
        if not is_of_type or (isinstance(value, float) and not math.isfinite(value)):
            raise UsageError(f"The setting {self.key!r} takes {self.expected}, not {_shown(value)}.")
        if isinstance(value, int | float) and not isinstance(value, bool):
            too_small = self.minimum is not None and value < self.minimum
            if too_small or (self.maximum is not None and value > self.maximum):
                raise UsageError(f"The setting {self.key!r} takes {self.expected}, not {_shown(value)}.")
        if self.choices and value not in self.choices:
            raise UsageError(f"The setting {self.key!r} takes {self.expected}, not {_shown(value)}.")
        return value

    def parsed(self, text: str) -> Any:
        """The value that a text on the command line means; a list is split at `;`.

        Raises:
            UsageError: The text means no allowed value.
        """
        value: object = text
        if self.type is bool:
            value = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(
                text.strip().lower(), text
            )
        elif self.type is tuple:
            value = tuple(part for part in text.split(";") if part)
        elif self.type is not str:
            try:
                value = self.type(text)
            except ValueError:
                value = text
        return self.checked(value)

    @property
    def expected(self) -> str:
        """What the row takes, for a sentence."""
        if self.choices:
            return "one of " + ", ".join(repr(choice) for choice in self.choices)
        unit = f" {self.unit}" if self.unit else ""
        name = {
            str: "a text",
            bool: "true or false",
            int: "a whole number",
            float: "a number",
            tuple: "a list of texts",
        }
        if self.minimum is not None and self.maximum is not None:
            return f"{name[self.type]} from {self.minimum:g} to {self.maximum:g}{unit}"
        return name[self.type]


AUTOMATIC: Final = "auto"
"""The model while nobody has chosen one: `inference.bundles.bundle_for_phrases` says which that is."""

AS_MODEL: Final = "as the model"
"""The choice of a step in answering that leaves it to the model's bundle."""


def step_choice(value: str) -> bool | None:
    """What a setting of `mirror`, `edges` or `study` means: done, left out, or (None) as the model's bundle says."""
    return None if value == AS_MODEL else value == "on"


def _left_to_the_model(key: str, label: str) -> Setting:
    choices = (AS_MODEL, "on", "off")
    return Setting(key=key, type=str, default=AS_MODEL, label=label, group=Group.MODEL, choices=choices)


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        key="theme",
        type=str,
        default="system",
        label="Theme",
        group=Group.APPEARANCE,
        choices=("system", "light", "dark"),
    ),
    Setting(
        key="language",
        type=str,
        default="system",
        label="Language",
        group=Group.APPEARANCE,
        choices=("system", "en", "de", "zh_CN"),
    ),
    Setting(
        key="overlay_opacity",
        type=float,
        default=0.45,
        label="Opacity of masks",
        group=Group.APPEARANCE,
        minimum=0.0,
        maximum=1.0,
    ),
    Setting(
        key="outline_width",
        type=float,
        default=1.5,
        label="Width of outlines",
        group=Group.APPEARANCE,
        minimum=0.0,
        maximum=8.0,
        unit="screen pixels",
    ),
    Setting(
        key="fill",
        type=str,
        default="plain",
        label="Fill of masks",
        group=Group.APPEARANCE,
        choices=("plain", "patterns", "outlines"),
    ),
    Setting(key="reduced_motion", type=bool, default=False, label="Less motion", group=Group.APPEARANCE),
    Setting(
        key="brush_radius",
        type=int,
        default=12,
        label="Radius of the brush",
        group=Group.TOOLS,
        minimum=1,
        maximum=500,
        unit="image pixels",
    ),
    Setting(
        key="device",
        type=str,
        default="auto",
        label="Device of the model",
        group=Group.MODEL,
        choices=("auto", "cpu", "cuda"),
    ),
    Setting(
        key="model",
        type=str,
        default=AUTOMATIC,
        label="Model",
        group=Group.MODEL,
        help="auto: one model reads photos, another reads frames of clips. A model named here reads both.",
    ),
    _left_to_the_model("mirror", "Ask the mirrored picture too"),
    _left_to_the_model("edges", "Draw edges along the photo's"),
    _left_to_the_model("study", "Study an object before following it"),
    Setting(
        key="undo_budget",
        type=int,
        default=64,
        label="Memory for undo",
        group=Group.MEMORY,
        minimum=1,
        maximum=16_384,
        unit="MiB",
    ),
    Setting(
        key="frame_cache",
        type=int,
        default=512,
        label="Memory for decoded frames",
        group=Group.MEMORY,
        minimum=16,
        maximum=65_536,
        unit="MiB",
    ),
    Setting(key="author", type=str, default="", label="Your name, written into what you make", group=Group.PERSON),
    Setting(
        key="key_preset",
        type=str,
        default="default",
        label="Keys as in",
        group=Group.TOOLS,
        choices=("default", "labelme", "cvat"),
    ),
    Setting(key="shortcuts", type=tuple, default=(), label="Keys of your own", group=None),
    Setting(key="tour_seen", type=bool, default=False, label="The tour was seen", group=None),
    Setting(key="recent_projects", type=tuple, default=(), label="Recent projects", group=None),
)
"""Every setting there is, in the order of the dialog."""

_ROWS: Final = {row.key: row for row in SETTINGS}


def _default(key: str) -> Any:
    return _ROWS[key].default


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values of all rows; `dataclasses.replace` or `changed` makes another. See `SETTINGS` for what each means."""

    theme: str = _default("theme")
    language: str = _default("language")
    overlay_opacity: float = _default("overlay_opacity")
    outline_width: float = _default("outline_width")
    fill: str = _default("fill")
    reduced_motion: bool = _default("reduced_motion")
    brush_radius: int = _default("brush_radius")
    device: str = _default("device")
    model: str = _default("model")
    mirror: str = _default("mirror")
    edges: str = _default("edges")
    study: str = _default("study")
    undo_budget: int = _default("undo_budget")
    frame_cache: int = _default("frame_cache")
    author: str = _default("author")
    key_preset: str = _default("key_preset")
    shortcuts: tuple[str, ...] = _default("shortcuts")
    tour_seen: bool = _default("tour_seen")
    recent_projects: tuple[str, ...] = _default("recent_projects")

    def value(self, key: str) -> Any:
        """The value of the row `key`; UsageError names the known ones."""
        setting(key)
        return getattr(self, key)

    def changed(self, key: str, value: object) -> Settings:
        """These settings with another value for `key`; UsageError if the row does not take it."""
        row = setting(key)
        return replace(self, **{key: row.checked(value)})

    def with_recent_project(self, path: Path) -> Settings:
        """These settings with a project at the head of the recent ones."""
        text = str(path)
        others = [other for other in self.recent_projects if other != text]
        return replace(self, recent_projects=(text, *others[: RECENT_PROJECTS - 1]))


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings as read, and a sentence for everything that was not right."""

    settings: Settings
    problems: tuple[str, ...] = ()


def setting(key: str) -> Setting:
    """The row of that key; UsageError names the known ones."""
    row = _ROWS.get(key)
    if row is None:
        raise UsageError(f"There is no setting {key!r}; the settings are {', '.join(_ROWS)}.")
    return row


def load_settings(folder: Path | None = None) -> LoadedSettings:
    """Read the settings of `folder`, by default `config_folder()`; what is wrong there is left out and told."""
    file = _settings_file(folder)
    try:
        stored = _read(file)
    except (OSError, ValueError) as error:
        return LoadedSettings(Settings(), (f"{_unreadable(file, error)}; the defaults are in use.",))
    values: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in stored.items():
        if key not in _ROWS:
            problems.append(f"{file} has a setting {key!r} that this version does not know; it was left as it is.")
            continue
        try:
            values[key] = _ROWS[key].checked(value)
        except UsageError as error:
            problems.append(f"{str(error).removesuffix('.')} as in {file}; the default is in use.")
    return LoadedSettings(Settings(**values), tuple(problems))


def save_settings(settings: Settings, folder: Path | None = None) -> Path:
    """Write what differs from the defaults, and what the file held that this version does not know.

    A file that cannot be read as TOML is first put aside as `settings.broken.toml`.

    Raises:
        StorageError: The folder cannot be written.
    """
    file = _settings_file(folder)
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            stored = _read(file)
        except ValueError:
            file.replace(file.with_name("settings.broken.toml"))
            stored = {}
        kept = {key: value for key, value in stored.items() if key not in _ROWS}
        defaults = Settings()
        own = {
            item.name: value
            for item in fields(Settings)
            if (value := getattr(settings, item.name)) != getattr(defaults, item.name)
        }
        try:
            with beside.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(toml_text({**own, **kept}))
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"The settings could not be written to {file} ({error.strerror or error}); mend its folder's permissions or"
            " free some space."
        ) from error
    return file


def _settings_file(folder: Path | None) -> Path:
    return (config_folder() if folder is None else folder) / SETTINGS_FILE


def _read(file: Path) -> dict[str, Any]:
    # A missing file is not an error: everything is as by default. What is no TOML, or no UTF-8, raises a ValueError.
    try:
        # Some editors put a byte order mark in front, which TOML does not know.
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _unreadable(file: Path, error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return f"The settings in {file} could not be read ({error.strerror or error})"
    reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
    return f"The settings in {file} are not valid TOML ({reason})"


def _shown(value: object) -> str:
    text = repr(list(value) if isinstance(value, tuple) else value)
    return text if len(text) <= 60 else text[:57] + "..."


# --- where things lie ---------------------------------------------------------------------------------------------


def config_folder() -> Path:
    """Where the settings file lies; the environment variable `REFSEG_CONFIG_DIR` names another place."""
    return _folder("REFSEG_CONFIG_DIR", platformdirs.user_config_path(APPLICATION, appauthor=False))


def user_data_folder() -> Path:
    """Where untitled projects and the user's own models lie; `REFSEG_DATA_DIR` names another place."""
    return _folder("REFSEG_DATA_DIR", platformdirs.user_data_path(APPLICATION, appauthor=False))


def user_models_folder() -> Path:
    """Where the user's own weight bundles lie, beside those that come with the program."""
    return user_data_folder() / "models"


def log_folder() -> Path:
    """Where log files lie; `REFSEG_STATE_DIR` names another place, in which they lie in `log`."""
    state = os.environ.get("REFSEG_STATE_DIR")
    return Path(state) / "log" if state else platformdirs.user_log_path(APPLICATION, appauthor=False)


def resources_folder() -> Path:
    """Where icons, style sheet, translations and the demo project lie."""
    return _carried("resources")


def models_folder() -> Path:
    """Where the weight bundles that come with the program lie, a folder each."""
    return _carried("models")


def _folder(variable: str, default: Path) -> Path:
    named = os.environ.get(variable)
    return Path(named) if named else default


def _carried(name: str) -> Path:
    """The folder inside an installed package, or at the root of a checkout, whether or not it is there."""
    package = Path(__file__).resolve().parent
    carried = package / "_carried" / name
    # Beside an installed package lie strangers' folders, one of which may well be called `models`.
    is_checkout = (package.parent / "pyproject.toml").is_file()
    return package.parent / name if is_checkout and not carried.is_dir() else carried
