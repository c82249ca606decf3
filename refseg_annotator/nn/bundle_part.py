"""One more file of a weight bundle, which explains itself: tensors with a record in the header.

A part reads the features of the bundle's own image encoder. The bundle without it does what it did before.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, Protocol, TypeVar

import msgspec
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from refseg_annotator.bundle_files import CARD_FILE, CONFIG_FILE, read_config_record
from refseg_annotator.errors import BundleError
from refseg_annotator.nn.checkpoint import read_config, stored_tensor

LARGEST_PART: Final = 256 << 20
"""Bytes; a larger file is refused unread."""


class PartRecord(Protocol):
    """What every part's record has."""

    @property
    def encoder(self) -> str:
        """The digest of the encoder that it was trained on."""


RecordT = TypeVar("RecordT", bound=PartRecord)
NetworkT = TypeVar("NetworkT", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class BundlePart(Generic[RecordT]):
    """A kind of part.

    Args:
        file: its name in the bundle.
        key: of the record, in the file's header and in `config.json`.
        title: what sentences call it: "cross-frame part".
        heading: of its section in the card.
        record: what the header holds.
    """

    file: str
    key: str
    title: str
    heading: str
    record: type[RecordT]

    def save(self, path: Path, network: nn.Module, record: RecordT) -> None:
        """Writes the file beside and moves it into place.

        Raises:
            BundleError: the weights hold numbers that are not finite, or the disk refuses.
        """
        state = {name: stored_tensor(name, tensor) for name, tensor in network.state_dict().items()}
        staged: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
            os.close(handle)
            staged = Path(name)
            save_file(state, staged, metadata={self.key: msgspec.json.encode(record).decode()})
            staged.chmod(0o644)
            staged.replace(path)
        except (OSError, SafetensorError) as cause:
            if staged is not None:
                staged.unlink(missing_ok=True)
            raise BundleError(f"The file {str(path)!r} cannot be written ({cause}); free space there.") from cause

    def read_record(self, path: Path) -> RecordT:
        """What the file says of itself.

        Raises:
            BundleError: it is missing, damaged, or of another version.
        """
        try:
            if path.stat().st_size > LARGEST_PART:
                raise BundleError(f"{str(path)!r} is larger than any such file of this tool; fetch the bundle again.")
            with safe_open(path, framework="pt") as file:
                metadata = file.metadata() or {}
            return msgspec.json.decode(metadata[self.key], type=self.record)
        except (OSError, SafetensorError, KeyError, msgspec.MsgspecError) as cause:
            raise BundleError(
                f"The {self.title} {str(path)!r} is missing or damaged; fetch the bundle again."
            ) from cause

    def load(self, path: Path, fingerprint: str, build: Callable[[RecordT], NetworkT]) -> tuple[RecordT, NetworkT]:
        """Reads a part onto the CPU, in evaluation mode and float32.

        Args:
            fingerprint: the digest of the bundle's encoder.
            build: makes the network that a record describes.

        Raises:
            BundleError: the file is damaged, or was trained on another encoder.
        """
        record = self.read_record(path)
        if record.encoder != fingerprint:
            raise BundleError(
                f"The {self.title} {str(path)!r} was trained on another image encoder than this bundle's; "
                "train it again with this bundle."
            )
        try:
            # Made without memory first, so that a record cannot ask for more than its weights have.
            with torch.device("meta"):
                needed = build(record).state_dict()
            with safe_open(path, framework="pt") as file:
                state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  no mapping
        except (OSError, SafetensorError, RuntimeError, ValueError, ZeroDivisionError) as cause:
            raise BundleError(f"The {self.title} {str(path)!r} is damaged; fetch the bundle again.") from cause
        fits = needed.keys() == state.keys() and all(needed[name].shape == state[name].shape for name in needed)
        if not fits or not all(bool(torch.isfinite(tensor).all()) for tensor in state.values()):
            raise BundleError(
                f"The weights in {str(path)!r} do not fit what the file says of itself; fetch the bundle again."
            )
        network = build(record)
        network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
        return record, network.eval()

    def place(self, bundle: Path, source: Path, record: RecordT, section: str) -> Path:
        """Puts a part's file into a bundle, its record into `config.json` and its section into the card.

        Args:
            bundle: the bundle's folder.
            source: a file that `save` wrote.
            section: what the card says of it, below its heading.

        Raises:
            BundleError: the disk refuses.
        """
        try:
            target = bundle / self.file
            if not target.exists() or not source.samefile(target):
                staged = target.with_name(f".{self.file}-part")
                shutil.copyfile(source, staged)
                staged.replace(target)
            content: dict[str, Any] = read_config_record(bundle)
            content[self.key] = msgspec.to_builtins(record)
            text = msgspec.json.format(msgspec.json.encode(content), indent=2).decode() + "\n"
            _replace_text(bundle / CONFIG_FILE, text)
            card = bundle / CARD_FILE
            text = card.read_text(encoding="utf-8") if card.is_file() else ""
            _replace_text(card, _with_section(text, self.heading, section))
        except OSError as cause:
            raise BundleError(f"The bundle {str(bundle)!r} cannot be written ({cause}); free space there.") from cause
        read_config(bundle)
        return target


def fingerprint_of(state: Mapping[str, Tensor]) -> str:
    """A digest of weights, by name, as a bundle stores them: of fp16.

    A part was trained on the features of these weights alone; the digest tells whether an encoder still gives them.
    """
    digest = hashlib.sha256()
    for name, tensor in sorted(state.items()):
        digest.update(name.encode())
        stored = tensor.detach().cpu().half().contiguous() + 0.0  # a zero has two signs, which are one number
        digest.update(stored.numpy().tobytes())
    return digest.hexdigest()[:16]


def card_lines(about: str, training: Mapping[str, Any], scores: Mapping[str, Any]) -> str:
    """What a card says of a part: a sentence, then a line for each thing it was trained with and each score."""
    told = [f"{name}: {value}" for name, value in training.items() if isinstance(value, str | int | float)]
    told += [*training.get("notes", ()), *(f"{name}: {value}" for name, value in scores.items())]
    return "\n".join([about, "", *(f"- {line}" for line in told)])


def _with_section(card: str, heading: str, section: str) -> str:
    """The card with what it says under a heading replaced; at the end where it had none."""
    before, found, rest = card.partition(f"{heading}\n")
    after = rest[rest.index("\n## ") + 1 :] if found and "\n## " in rest else ""
    told = "\n\n".join(part for part in (before.rstrip(), f"{heading}\n\n{section.strip()}", after.strip()) if part)
    return told + "\n"


def _replace_text(path: Path, text: str) -> None:
    staged = path.with_name(f".{path.name}-part")
    staged.write_text(text, encoding="utf-8")
    staged.replace(path)
