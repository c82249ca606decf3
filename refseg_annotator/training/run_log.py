"""The log of a run: a line of JSON a record; `report_run` plots it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

LOG: Final = "log.jsonl"


def log_record(out: Path, record: dict[str, Any]) -> None:
    """Appends `record` to the log in `out`."""
    with (out / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
