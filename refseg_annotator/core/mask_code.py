"""Pixels as compact bytes: run lengths of a box's pixels, row by row, zeros first, in few bytes, deflated.

Nothing is lost: holes, parts and single pixels survive. The first byte names the coding, so that a better one can come
later. Project files hold these bytes, and so do masks that wait in memory.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RUN_LENGTHS: Final = b"\x01"
_MOST_GROUPS: Final = 5  # 35 bits: more than any area allowed


def encode_pixels(pixels: NDArray[np.bool_]) -> bytes:
    """Bool pixels `(h, w)`, at least one, as bytes; their shape is kept beside them."""
    flat = pixels.ravel()
    bounds = np.concatenate([[0], np.flatnonzero(flat[1:] != flat[:-1]) + 1, [flat.size]])
    runs = np.diff(bounds)
    if flat[0]:
        runs = np.concatenate([[0], runs])
    return _RUN_LENGTHS + zlib.compress(_to_bytes(runs.astype(np.int64)), 6)


def decode_pixels(code: bytes, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The inverse of `encode_pixels`: bool, of that shape. ValueError for bytes that do not fill it exactly.

    The caller has bounded the shape; memory use follows its area, whatever the bytes claim.
    """
    area = shape[0] * shape[1]
    if code[:1] != _RUN_LENGTHS:
        raise ValueError("the coding of a mask is unknown")
    # A run of n pixels takes at most n bytes (a first run of none, one), which bounds what inflating may yield.
    limit = area + 2
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(code[1:], limit)
    except zlib.error as error:
        raise ValueError("the bytes of a mask are damaged") from error
    if not inflater.eof or inflater.unused_data:
        raise ValueError("the bytes of a mask are cut off or too many")
    runs = _from_bytes(plain)
    if int(runs.sum()) != area:
        raise ValueError(f"the runs of a mask fill {int(runs.sum())} of {area} pixels")
    values = np.zeros(len(runs), np.bool_)
    values[1::2] = True
    return np.repeat(values, runs).reshape(shape)


def _to_bytes(values: NDArray[np.int64]) -> bytes:
    """Numbers in groups of seven bits, low first; the high bit says that another group follows."""
    greatest = int(values.max())
    if greatest < 1 << 7:
        return values.astype(np.uint8).tobytes()
    if greatest < 1 << 14:
        # Nearly every mask: one group or two.
        two = values >= 1 << 7
        places = np.cumsum(two) + np.arange(len(values))  # of each number's last group
        short = np.empty(int(places[-1]) + 1, np.uint8)
        short[places] = np.where(two, values >> 7, values)
        short[places[two] - 1] = (values[two] & 0x7F) | 0x80
        return short.tobytes()
    lengths = np.ones(len(values), np.int64)
    for group in range(1, _MOST_GROUPS):
        lengths += values >= (1 << (7 * group))
    starts = np.cumsum(lengths) - lengths
    out = np.zeros(int(lengths.sum()), np.uint8)
    for group in range(int(lengths.max())):
        reaching = lengths > group
        more = (lengths[reaching] > group + 1).astype(np.int64) << 7
        out[starts[reaching] + group] = ((values[reaching] >> (7 * group)) & 0x7F) | more
    return out.tobytes()


def _from_bytes(data: bytes) -> NDArray[np.int64]:
    octets = np.frombuffer(data, np.uint8)
    if len(octets) and int(octets.max()) < 0x80:
        return octets.astype(np.int64)
    ends = np.flatnonzero(octets < 0x80)
    if not len(ends) or ends[-1] != len(octets) - 1:
        raise ValueError("the runs of a mask are cut off")
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    if int(lengths.max()) > _MOST_GROUPS:
        raise ValueError("a run of a mask is too long")
    places = np.arange(len(octets)) - np.repeat(starts, lengths)
    parts = (octets & 0x7F).astype(np.int64) << (7 * places)
    return np.add.reduceat(parts, starts)
