"""Which keys lead to which action: the table's own, a preset over them, and over that what the person chose.

A key belongs to one action in each place. Where two want it, the person's choice wins over the preset's and that over
the table's; the loser keeps its other keys. Between two choices of the person the first in the table wins, and a
sentence says so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from refseg_annotator.errors import StorageError, UsageError
from refseg_annotator.toml_text import toml_text
from refseg_annotator.ui.actions.action_table import ACTIONS, ActionRow, Scope
from refseg_annotator.ui.actions.key_presets import PRESETS
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ROWS: Final = {row.id: row for row in ACTIONS}
_STRONG: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
# The phrase box handles its keys itself; they are Enter's, and stay so.
FIXED: Final = frozenset(row.id for row in ACTIONS if row.scope is Scope.BOX)


def combination(key: str) -> QKeyCombination:
    """The keys of a text like "Ctrl+Z"; UsageError where it names none, or more than one."""
    sequence = QKeySequence(key)
    if sequence.count() != 1 or sequence[0].key() in (Qt.Key.Key_unknown, Qt.Key(0)):  # type: ignore[index]
        raise UsageError(f"{key!r} is no key; write it like Ctrl+Shift+Z, F5 or N.")
    found: QKeyCombination = sequence[0]  # type: ignore[index]
    return found


def is_strong(key: str) -> bool:
    """Whether a key writes no letter, so that it may count in text fields too: with Ctrl, Alt, or a function key."""
    pressed = combination(key)
    name = pressed.key()
    return bool(pressed.keyboardModifiers() & _STRONG) or Qt.Key.Key_F1 <= name <= Qt.Key.Key_F35


def scope_of(row: ActionRow, key: str) -> Scope:
    """Where a key of an action counts: a letter of an action that counts everywhere stays out of text fields."""
    return Scope.BARE if row.scope is Scope.WINDOW and not is_strong(key) else row.scope


def may_share(first: Scope, second: Scope) -> bool:
    """Whether one key may belong to two actions: their places never hold at once."""
    return {first, second} == {Scope.OFFER, Scope.BOX}


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys of all actions.

    Args:
        keys: action id -> its keys, the first is shown first.
        problems: a sentence for everything that was not taken as asked.
    """

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def of(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action."""
        return self.keys.get(action_id, ())

    def owner(self, key: str, row: ActionRow) -> ActionRow | None:
        """The other action that has `key` where `row` would want it."""
        wanted, scope = combination(key), scope_of(row, key)
        for other in ACTIONS:
            if other.id == row.id:
                continue
            for its in self.of(other.id):
                if combination(its) == wanted and not may_share(scope, scope_of(other, its)):
                    return other
        return None


@dataclass(slots=True)
class _Placing:
    taken: dict[QKeyCombination, list[tuple[Scope, str]]] = field(default_factory=dict)

    def holder(self, row: ActionRow, key: str) -> str | None:
        scope = scope_of(row, key)
        for other, action_id in self.taken.get(combination(key), ()):
            if action_id != row.id and not may_share(scope, other):
                return action_id
        return None

    def take(self, row: ActionRow, key: str) -> None:
        self.taken.setdefault(combination(key), []).append((scope_of(row, key), row.id))


def build_keymap(preset: str = "default", own: Mapping[str, tuple[str, ...]] | None = None) -> Keymap:
    """The keys of a preset with the person's own over it."""
    problems: list[str] = []
    levels: list[dict[str, tuple[str, ...]]] = [{}, {}, {}]
    for action_id, keys in (own or {}).items():
        if action_id not in _ROWS or action_id in FIXED:
            problems.append(tr("There is no action {name} whose keys can be changed; it was left out.", name=action_id))
            continue
        good = []
        for key in keys:
            try:
                combination(key)
                good.append(key)
            except UsageError as error:
                problems.append(str(error))
        levels[0][action_id] = tuple(good)
    levels[1] = {
        action_id: keys
        for action_id, keys in PRESETS.get(preset, {}).items()
        if action_id in _ROWS and action_id not in levels[0]
    }
    levels[2] = {row.id: row.keys for row in ACTIONS if row.id not in levels[0] and row.id not in levels[1]}
    placing, keys_of = _Placing(), dict.fromkeys(_ROWS, ())  # type: tuple[_Placing, dict[str, tuple[str, ...]]]
    for level, wanted in enumerate(levels):
        for row in (row for row in ACTIONS if row.id in wanted):
            kept = []
            for key in wanted[row.id]:
                holder = placing.holder(row, key)
                if holder is None:
                    placing.take(row, key)
                    kept.append(key)
                elif level == 0:
                    problems.append(
                        tr(
                            "{key} is the key of “{first}” already; “{second}” goes without it.",
                            key=key,
                            first=tr(_ROWS[holder].title),
                            second=tr(row.title),
                        )
                    )
            keys_of[row.id] = tuple(kept)
    return Keymap(keys_of, tuple(problems))


# --- as the settings and files have them ----------------------------------------------------------------------------


def parse_own(lines: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The person's own keys from the settings' lines, "undo = Ctrl+Z Ctrl+Y" each."""
    own: dict[str, tuple[str, ...]] = {}
    for line in lines:
        action_id, _, keys = line.partition("=")
        own[action_id.strip()] = tuple(keys.split())
    return own


def own_lines(own: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The settings' lines of the person's own keys."""
    return tuple(f"{action_id} = {' '.join(keys)}".rstrip() for action_id, keys in own.items())


def write_keys(path: Path, preset: str, own: Mapping[str, tuple[str, ...]]) -> None:
    """Write preset and own keys to a file, to take them elsewhere."""
    values: dict[str, object] = {"preset": preset, "keys": {name: list(keys) for name, keys in own.items()}}
    try:
        path.write_text(toml_text(values), encoding="utf-8", newline="\n")
    except OSError as error:
        raise StorageError(f"The keys could not be written to {path}: {error.strerror or error}.") from error


def read_keys(path: Path) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Preset and own keys of a file; UsageError says what is wrong with it."""
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path.name} cannot be read as a file of keys: {error}.") from error
    preset, keys = stored.get("preset", "default"), stored.get("keys", {})
    if preset not in PRESETS:
        raise UsageError(f"{path.name} names a preset {preset!r}; there are {', '.join(PRESETS)}.")
    if not isinstance(keys, dict) or not all(
        isinstance(value, list) and all(isinstance(key, str) for key in value) for value in keys.values()
    ):
        raise UsageError(f'{path.name} holds no table of keys; each line is like undo = ["Ctrl+Z"].')
    return preset, {str(name): tuple(value) for name, value in keys.items()}
