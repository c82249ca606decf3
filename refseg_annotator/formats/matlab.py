"""One array out of a MATLAB file, its size checked before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from refseg_annotator.errors import FormatError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def matlab_shape(path: Path, key: str) -> tuple[int, ...]:
    """The shape of the array `key`.

    Raises:
        FormatError: The file is missing, no MATLAB file, or has no such array.
    """
    from scipy import io

    try:
        rows = io.whosmat(str(path), appendmat=False)
    except FileNotFoundError as error:
        raise FormatError(f"{path} is missing; the format needs this mask.") from error
    except Exception as error:  # the reader of foreign binary files raises whatever comes up; all mean the same
        raise FormatError(f"{path} is no whole MATLAB file of version 4 to 7.2; fetch it again.") from error
    for name, shape, _kind in rows:
        if name == key:
            return tuple(int(length) for length in shape)
    raise FormatError(f"{path}: the field {key} is missing.")


def read_matlab(path: Path, key: str, *, limit: int) -> NDArray[Any]:
    """The array `key`, of numbers, of at most `limit` elements.

    Raises:
        FormatError: As `matlab_shape`, or the array is too large or holds no numbers.
    """
    from scipy import io

    shape = matlab_shape(path, key)
    size = 1
    for length in shape:
        size *= length
    if size > limit:
        raise FormatError(f"{path}: the field {key} has the shape {shape}, which cannot be.")
    try:
        found = io.loadmat(str(path), appendmat=False, variable_names=[key])[key]
    except Exception as error:  # see above
        raise FormatError(f"{path} is no whole MATLAB file of version 4 to 7.2; fetch it again.") from error
    if not isinstance(found, np.ndarray) or found.dtype.kind not in "biuf":
        raise FormatError(f"{path}: the field {key} holds something else than numbers.")
    array: NDArray[Any] = found
    return array
