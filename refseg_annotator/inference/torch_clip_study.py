"""Studying referents before they are followed: their settled frames become a decoder of their own."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
import torch

from refseg_annotator.inference.clip_views import views_of
from refseg_annotator.nn.clip_adaptation import View, adapted_decoder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray
    from torch import Tensor

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.nn.clip_adaptation import ClipAdaptationConfig
    from refseg_annotator.nn.clip_decoder import ClipDecoder
    from refseg_annotator.nn.clip_network import ClipNetwork, PreparedFrame

_MOST: Final = 3  # settled frames that are studied together: those around, and the first
_KEPT: Final = 24  # decoders at hand, a megabyte each: the way back studies what the way there did
_NEAR: Final = 16  # frames between two settled ones under which following them is quicker than studying
_LEAST: Final = 24  # pixels of a mask that show anything
_HALF: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class _Settled:
    image: NDArray[np.uint8]
    mask: NDArray[np.bool_]

    def digest(self) -> bytes:
        """What tells it from any other."""
        told = hashlib.blake2b(np.ascontiguousarray(self.image).data, digest_size=16)
        told.update(np.packbits(self.mask).data)
        return told.digest()


class DecoderShelf:
    """The decoders that were taught lately, by what taught them."""

    def __init__(self) -> None:
        self._decoders: OrderedDict[bytes, ClipDecoder] = OrderedDict()

    def find(self, key: bytes) -> ClipDecoder | None:
        """The decoder taught by just this, if it is still kept."""
        if key in self._decoders:
            self._decoders.move_to_end(key)
        return self._decoders.get(key)

    def put(self, key: bytes, decoder: ClipDecoder) -> None:
        """Keep a decoder; the one that was not asked for longest goes."""
        self._decoders[key] = decoder
        while len(self._decoders) > _KEPT:
            self._decoders.popitem(last=False)


@dataclass(slots=True, eq=False)
class ClipStudy:
    """What one sweep learns of its referents' outlines.

    Attributes:
        network: as it follows frames.
        config: how long a referent is studied.
        prepare: a picture uint8 (H, W, 3) as the network takes it, read closely around the mask, coverage (1, 1, h, w).
        finish: a decoder as the network runs it, in its precision.
        working: size that frames are read at.
        longest: tokens along the longer side of a frame.
        shelf: shared by the sweeps of one predictor.
        still_wanted: a no ends a study under way; the trained decoder does.
    """

    network: ClipNetwork
    config: ClipAdaptationConfig
    prepare: Callable[[NDArray[np.uint8], Tensor], PreparedFrame]
    finish: Callable[[ClipDecoder], ClipDecoder]
    working: Size
    longest: int
    shelf: DecoderShelf
    still_wanted: Callable[[], bool]
    _settled: dict[ReferentId, dict[int, _Settled]] = field(default_factory=dict)
    _decoders: dict[ReferentId, ClipDecoder | None] = field(default_factory=dict)

    def settle(self, frame: int, image: NDArray[np.uint8], masks: Mapping[ReferentId, NDArray[np.bool_]]) -> None:
        """Note settled masks (H, W); they are studied when their referent is first followed from there."""
        for referent, mask in masks.items():
            if np.count_nonzero(mask) < _LEAST:
                continue
            known = self._settled.setdefault(referent, {})
            known.pop(frame, None)
            known[frame] = self._as_read(image, mask)
            while len(known) > _MOST:
                known.pop(list(known)[1])  # the first stays
            self._decoders.pop(referent, None)

    def _as_read(self, image: NDArray[np.uint8], mask: NDArray[np.bool_]) -> _Settled:
        """No larger than frames are read: several are kept, and a clip's may have eight million pixels."""
        size = (self.working.width, self.working.height)
        if size[0] >= image.shape[1]:
            return _Settled(image, mask)
        smaller = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        covered = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        return _Settled(np.asarray(smaller, np.uint8), covered > _HALF)

    def decoder_of(self, referent: ReferentId, frame: int) -> ClipDecoder | None:
        """The referent's own decoder for the sweep's next frame; None where the trained one does."""
        if referent not in self._decoders:
            known = self._settled.get(referent, {})
            before = max((place for place in known if place < frame), default=None)
            behind = min((place for place in known if place > frame), default=None)
            near = before is not None and behind is not None and behind - before < _NEAR
            self._decoders[referent] = None if near or not known else self._studied(known)
        return self._decoders[referent]

    def _studied(self, known: Mapping[int, _Settled]) -> ClipDecoder | None:
        key = b"".join(known[frame].digest() for frame in sorted(known))
        decoder = self.shelf.find(key)
        if decoder is None:
            decoder = self._taught([known[frame] for frame in sorted(known)])
            if decoder is not None:
                self.shelf.put(key, decoder)
        return decoder

    def _taught(self, settled: list[_Settled]) -> ClipDecoder | None:
        rng = np.random.default_rng(0)
        seen = [(one.image, one.mask.astype(np.float32)) for one in settled]
        each = -(-self.config.views // len(settled))
        for one in settled:
            seen += views_of(one.image, one.mask, each, rng)
        views = []
        for image, coverage in seen:
            if not self.still_wanted():
                return None
            at_size = self._at_working_size(coverage)
            views.append(View(self.prepare(image, at_size), at_size))
        decoder = adapted_decoder(
            self.network, views, self.config, longest=self.longest, still_wanted=self.still_wanted
        )
        return None if decoder is None else self.finish(decoder)

    def _at_working_size(self, coverage: NDArray[np.float32]) -> Tensor:
        """(1, 1, H', W')."""
        size = (self.working.width, self.working.height)
        device = next(self.network.parameters()).device
        return torch.from_numpy(cv2.resize(coverage, size, interpolation=cv2.INTER_LINEAR)).to(device)[None, None]
