"""Bundles as small as can be: sound in every file, though no network would take their weights."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import save

CONFIG = {
    "name": "tiny",
    "version": "1.0",
    "licence": "CC-BY-4.0",
    "summary": "A model for tests.",
    "threshold": 0.5,
    "presence_threshold": 0.5,
    "max_words": 20,
    "parameters": 6,
}
CARD = "# tiny\n\n- Licence of the weights: CC-BY-4.0\n"


def files_of(**changes: object) -> dict[str, bytes]:
    """The four files of a bundle; `changes` replace entries of its configuration."""
    return {
        "config.json": json.dumps(CONFIG | changes).encode(),
        "vocabulary.txt": b"<pad>\n<unknown>\ndog\n",
        "weights.safetensors": save({"a": np.arange(6, dtype=np.float32)}),
        "card.md": CARD.encode(),
    }


def write_folder(folder: Path, files: Mapping[str, bytes] | None = None) -> Path:
    folder.mkdir(parents=True)
    for name, data in (files or files_of()).items():
        (folder / name).write_bytes(data)
    return folder


def write_zip(path: Path, files: Mapping[str, bytes] | None = None, *, inside: str = "tiny/") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (files or files_of()).items():
            archive.writestr(f"{inside}{name}", data)
    return path
