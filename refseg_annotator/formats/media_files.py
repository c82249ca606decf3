"""Photos, frames and clips beside the annotations: copied as they are where a format takes them, else encoded anew."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, UnidentifiedImageError

from refseg_annotator.core.annotation import MediumKind
from refseg_annotator.core.counting import number_of
from refseg_annotator.errors import FormatError, MediaError
from refseg_annotator.media import IMAGE_SUFFIXES, check_whole, kind_of, name_key, natural_key, open_medium, probe
from refseg_annotator.media.paths import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from refseg_annotator.formats.base import DatasetMedium, WriteOptions
    from refseg_annotator.formats.report import Ledger

FRAME_SUFFIXES: Final = (".jpg", ".jpeg", ".png")
RENAMED: Final = "media have another name in the export"
CLIP_SUFFIXES: Final = (".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v")
_SAME_BYTES: Final = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg"}
"""What a file may be called that no format takes, under the name that some do."""
_JPEG_QUALITY: Final = 95
_EXIF_ORIENTATION: Final = 0x0112
_LONGEST_STEM: Final = 200
"""Bytes: file systems hold 255, and a number and a suffix come behind."""
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""What Windows takes for a device, whatever the suffix."""
_UNFIT: Final = re.compile(r'[<>:"|?*\x00-\x1f\\]')


def frame_files(folder: Path) -> list[Path]:
    """The frames of a clip kept as a folder of pictures, in natural order; empty where there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.lower().endswith(FRAME_SUFFIXES)]
    except OSError:
        return []
    return [folder / name for name in sorted(names, key=natural_key) if not name.startswith(".")]


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height of a picture as shown, after EXIF rotation, from its header.

    Raises:
        FormatError: The file is missing or no picture.
    """
    try:
        size = probe(path)
    except MediaError as error:
        raise FormatError(str(error)) from error
    return size.width, size.height


class Names:
    """Gives every medium a name of its own in the export, usable on every system and unique whatever the case.

    Args:
        blanks: Whether names may hold blanks; the text files of some formats are split at them.
        encoding: What names are written in; a character that it lacks is replaced.
    """

    def __init__(self, ledger: Ledger, *, blanks: bool = True, encoding: str = "utf-8") -> None:
        self._taken: set[str] = set()
        self._ledger = ledger
        self._blanks = blanks
        self._encoding = encoding

    def clip(self, medium: DatasetMedium) -> str:
        """A clip's name without folders and suffix: `clips/a.mp4` becomes `a`, a second one `a-2`, which is told."""
        unique = self.flat(medium.name)
        if unique != _stem(medium.name):
            self._ledger.change(RENAMED, f"{_source(medium)} -> {unique}")
        return unique

    def flat(self, name: str) -> str:
        """As `clip`, for photos: what became of the name is told by `MediaFolder.photo`, which knows the suffix."""
        return self._unique(_stem(name))

    def frame(self, name: str) -> str:
        """As `flat`, but the folder stays in the name: `clip/00007` becomes `clip_00007`."""
        return self.flat("_".join(PurePosixPath(name).parts))

    def _unique(self, stem: str) -> str:
        held = stem.encode(self._encoding, "replace").decode(self._encoding)
        fit = _UNFIT.sub("_", held).encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .") or "medium"
        if not self._blanks:
            fit = re.sub(r"\s", "_", fit)
        if _RESERVED.fullmatch(fit):
            fit = f"_{fit}"
        number, unique = 1, fit
        while name_key(unique) in self._taken:
            number += 1
            unique = f"{fit}-{number}"
        self._taken.add(name_key(unique))
        return unique


def _stem(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/"))
    is_file = last.suffix.lower() in (*IMAGE_SUFFIXES, *CLIP_SUFFIXES)
    return last.stem if is_file else last.name


def _source(medium: DatasetMedium) -> str:
    """What a medium was called; the whole path where it has no folder in its name, as another may be called so, too."""
    return medium.name if "/" in medium.name else str(medium.path)


class MediaFolder:
    """Writes the media of an export under `root`."""

    def __init__(self, root: Path, options: WriteOptions, ledger: Ledger) -> None:
        self._root = root
        self._options = options
        self._ledger = ledger

    def photo_beside(self, medium: DatasetMedium, names: Names, folder: str) -> str:
        """Put a photo into `folder` under a name of its own; returns its path in that folder.

        Where media are left out the name stays as it is in the source, so that the source's own folder still fits.
        """
        if self._options.media == "none" and medium.source_frame is None:
            return medium.name
        return self.photo(medium, f"{folder}/{names.frame(medium.name)}").removeprefix(f"{folder}/")

    def photo(self, medium: DatasetMedium, stem: str, *, suffixes: tuple[str, ...] = FRAME_SUFFIXES) -> str:
        """Put a photo at `stem` plus a suffix; returns the path under `root` with forward slashes.

        A file that the format takes as it is stays byte for byte; one that is turned by EXIF, of another type, or a
        frame of a video file is encoded anew, because the tools that read such data sets do not turn pictures. A photo
        that gets another name than it had is told, with its suffix and the folder that it lay in.
        """
        written = self._put_photo(medium, stem, suffixes)
        former, now = PurePosixPath(medium.name.replace("\\", "/")), PurePosixPath(written)
        if medium.source_frame is None and now.stem != _stem(medium.name):
            self._ledger.change(RENAMED, f"{_source(medium)} -> {now.name}")
        elif medium.source_frame is None and now.suffix != former.suffix and self._options.media != "none":
            self._ledger.change(RENAMED, f"{medium.name} -> {now.name}")
        return written

    def _put_photo(self, medium: DatasetMedium, stem: str, suffixes: tuple[str, ...]) -> str:
        file = _picture_file(medium)
        suffix = file.suffix.lower() if file is not None else suffixes[0]
        if suffix not in suffixes:
            suffix = _SAME_BYTES.get(suffix, suffix)
        if self._options.media == "none":
            return f"{stem}{suffix}"
        if not medium.path.exists():
            self._ledger.drop("photos that are not where they should be", str(medium.path))
            return f"{stem}{suffix}"
        if file is not None and suffix in suffixes and _is_upright(file):
            try:
                self._copy(file, self._target(f"{stem}{suffix}"))
            except MediaError as error:
                self._ledger.drop("photos that cannot be read", str(error))
                return f"{stem}{suffix}"
            self._note_torn(file, "photos", medium.name)
        else:
            suffix = ".png" if ".png" in suffixes and medium.source_frame is None else suffixes[0]
            target = self._target(f"{stem}{suffix}")
            try:
                save_picture(target, read_frame(medium, medium.source_frame or 0))
            except MediaError as error:
                self._ledger.drop("photos that cannot be read", str(error))
                return f"{stem}{suffix}"
            self._ledger.change("photos are encoded anew", medium.name)
        self._ledger.write("photos")
        return f"{stem}{suffix}"

    def frames(self, medium: DatasetMedium, stems: Iterable[str], *, suffix: str = ".jpg") -> None:
        """Put each frame of a clip at its stem plus `suffix`; upright frames in such files are copied byte for byte."""
        if self._options.media == "none":
            return
        if not medium.path.exists():
            self._ledger.drop("clips that are not where they should be", str(medium.path))
            return
        files = frame_files(medium.path) if medium.path.is_dir() else []
        if files and all(path.suffix.lower() == suffix and _is_upright(path) for path in files):
            for path, stem in zip(files, stems, strict=False):
                try:
                    self._copy(path, self._target(f"{stem}{suffix}"))
                except MediaError as error:
                    self._ledger.drop("frames that cannot be read", str(error))
                else:
                    self._note_torn(path, "frames", f"{medium.name}: {path.name}")
        else:
            try:
                for pixels, stem in zip(_decoded(medium), stems, strict=False):
                    save_picture(self._target(f"{stem}{suffix}"), pixels)
            except MediaError as error:
                self._ledger.drop("clips that cannot be read", str(error))
                return
            self._ledger.change("frames are encoded anew", medium.name)
        self._ledger.write("clips")

    def video(self, medium: DatasetMedium, name: str) -> None:
        """Put a clip as one mp4 file; an mp4 stays as it is, anything else is encoded anew."""
        if self._options.media == "none":
            return
        if not medium.path.exists():
            self._ledger.drop("clips that are not where they should be", str(medium.path))
            return
        target = self._target(name)
        if medium.path.is_file() and medium.path.suffix.lower() == ".mp4":
            try:
                self._copy(medium.path, target)
            except MediaError as error:
                self._ledger.drop("clips that cannot be read", str(error))
                return
        else:
            try:
                encode_video(target, _decoded(medium), frame_rate=medium.frame_rate or 25.0)
            except MediaError as error:
                self._ledger.drop("clips that cannot be read", str(error))
                target.unlink(missing_ok=True)
                return
            self._ledger.change("clips are encoded anew", medium.name)
        self._ledger.write("clips")

    def _note_torn(self, path: Path, what: str, example: str) -> None:
        try:
            check_whole(path)
        except MediaError:
            self._ledger.change(f"{what} are copied as they are, damaged or cut short", example)

    def _target(self, name: str) -> Path:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _copy(self, source: Path, target: Path) -> None:
        """Copy or link a file; MediaError where it is the source that refuses, not the place to write to."""
        try:
            source.open("rb").close()
        except OSError as error:
            raise unreadable(source, error) from error
        if self._options.media == "link":
            try:
                os.link(source.resolve(), target)
            except OSError:
                pass  # another disk, or one without links: a copy does the same
            else:
                return
        shutil.copyfile(source, target)


def _picture_file(medium: DatasetMedium) -> Path | None:
    """The file that holds a photo and nothing else: its own, or that of one frame of a folder; None within a video."""
    if medium.source_frame is None:
        return medium.path if kind_of(medium.path) is MediumKind.IMAGE else None
    files = frame_files(medium.path) if medium.path.is_dir() else []
    return files[medium.source_frame] if medium.source_frame < len(files) else None


def _is_upright(path: Path) -> bool:
    try:
        with Image.open(path) as picture:
            return picture.getexif().get(_EXIF_ORIENTATION, 1) in (0, 1)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return True  # copied as it is; whoever opens it learns more


def read_frame(medium: DatasetMedium, frame: int) -> NDArray[np.uint8]:
    """One frame of a medium, uint8 (H, W, 3) RGB.

    Raises:
        MediaError: It cannot be read.
    """
    if medium.path.is_dir():
        files = frame_files(medium.path)
        if frame >= len(files):
            count = number_of(len(files), "frames")
            raise MediaError(f"{medium.path} has {count} and none with index {frame}; put it in place.")
        return _read(files[frame], 0)
    return _read(medium.path, frame)


def _decoded(medium: DatasetMedium) -> Iterator[NDArray[np.uint8]]:
    if medium.path.is_dir():
        for file in frame_files(medium.path)[: medium.frame_count]:
            yield _read(file, 0)
        return
    source = open_medium(medium.path)
    try:
        for frame in range(medium.frame_count):
            yield source.read(frame)
    finally:
        source.close()


def _read(path: Path, frame: int) -> NDArray[np.uint8]:
    source = open_medium(path)
    try:
        return source.read(frame)
    finally:
        source.close()


def save_picture(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Save uint8 (H, W, 3) RGB as PNG or JPEG, by the suffix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(pixels)
    if path.suffix.lower() == ".png":
        picture.save(path, format="PNG")
    else:
        picture.save(path, format="JPEG", quality=_JPEG_QUALITY, subsampling=0)


def encode_video(path: Path, frames: Iterable[NDArray[np.uint8]], *, frame_rate: float) -> None:
    """Save uint8 (H, W, 3) RGB frames as H.264 in mp4, one packet a frame, so that frame numbers stay."""
    from fractions import Fraction

    import av

    rate = Fraction(frame_rate).limit_denominator(1001)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "12", "preset": "veryfast"})
        opened = False
        for pixels in frames:
            height, width = pixels.shape[:2]
            if not opened:
                stream.width, stream.height = width, height
                # Chroma at half size needs even sides.
                stream.pix_fmt = "yuv420p" if width % 2 == 0 and height % 2 == 0 else "yuv444p"
                opened = True
            for packet in stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")):
                container.mux(packet)
        if opened:
            for packet in stream.encode():
                container.mux(packet)
