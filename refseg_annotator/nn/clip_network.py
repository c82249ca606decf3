"""The network that follows masks through a clip: keys of frames, values of masks, one read, one decoder.

    frame             -> EarlyEncoder -> features -> ClipNetwork.prepare -> keys and details, shared by all referents
    frame, mask       -> ClipNetwork.values -> what memory keeps of a referent on a frame
    keys of memory    -> ClipNetwork.attend -> weights, shared by the referents that remember the same frames
    weights, values   -> ClipNetwork.decode -> mask, presence and quality of one referent

A referent's answer is made of its own values and masks alone, so that adding one leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.nn.clip_decoder import (
    CELLS,
    ClipDecoded,
    ClipDecoder,
    ClipDecoderConfig,
    FrameDetails,
    sub_cells,
)
from refseg_annotator.nn.clip_features import TOKEN_WIDTH, FrameFeatures
from refseg_annotator.nn.clip_likeness import MAPS, LikenessInputs
from refseg_annotator.nn.cross_frame_self_attention import (
    CrossFrameConfig,
    CrossFrameSelfAttention,
    FrameKind,
    squared_distances,
)


@dataclass(frozen=True, slots=True)
class ClipConfig:
    """Shape of the network; it lies beside the weights.

    Attributes:
        longest_side: pixels of a frame's longer side as it is read.
        value_width: numbers learnt of a mask at a token, beside its sub-cells.
        likeness: the decoder is told what `clip_likeness.Likeness` says.
        regions: how much each of its maps adds to the mask where neighbouring tokens agree; no weights that are
            trained.
        recovers: how much more is added where a region, on the frame's own scale, looks like the referent.
    """

    longest_side: int = 616
    value_width: int = 48
    likeness: bool = False
    regions: tuple[float, float, float] = (0.0, 0.0, 0.0)
    recovers: float = 0.0
    detail_widths: tuple[int, int] = (48, 24)
    attention: CrossFrameConfig = field(default_factory=CrossFrameConfig)
    decoder: ClipDecoderConfig = field(default_factory=ClipDecoderConfig)


class PreparedFrame(NamedTuple):
    """A frame whatever the referent: keys (b, P, k), tokens for values (b, v, h, w), details, inputs of likeness."""

    keys: Tensor
    told: Tensor
    details: FrameDetails
    like: LikenessInputs


class Attention(NamedTuple):
    """Weights of the positions of all remembered frames (b, P, T P) and of the latest alone (b, P, P).

    `match` (b, 1, h, w) says how well a position found its like at all.
    """

    everywhere: Tensor
    latest: Tensor
    match: Tensor


class Reading(NamedTuple):
    """What memory says of a frame: everything (b, r, h, w), of it the mask as carried (b, 16, h, w), and likeness."""

    everything: Tensor
    carried: Tensor
    likeness: Tensor | None


class ClipNetwork(nn.Module):
    """Follows masks; its features come from `EarlyEncoder`."""

    def __init__(self, config: ClipConfig) -> None:
        super().__init__()
        self.config = config
        self._near_of: tuple[int, int, int, torch.device] | None = None
        self._near: dict[FrameKind, Tensor] = {}
        self.attention = CrossFrameSelfAttention(config.attention)
        width, cells = config.value_width, CELLS * CELLS
        self.told = nn.Conv2d(TOKEN_WIDTH, width, 1)
        self.mask_in = nn.Conv2d(cells, width, 3, padding=1)
        self.mask_out = nn.Conv2d(width, width, 3, padding=1)
        self.decoder = ClipDecoder(
            config.decoder,
            read_width=2 * (width + cells) + 1 + (MAPS if config.likeness else 0),
            token_width=TOKEN_WIDTH,
            detail_widths=config.detail_widths,
            likeness=config.likeness,
            regions=config.regions,
            recovers=config.recovers,
        )

    def take_over(self, state: Mapping[str, Tensor]) -> None:
        """Weights of a network that may read less than this one: what is new counts nothing at first, or little."""
        own, name = self.state_dict(), "decoder.join.weight"
        given = {"decoder.likeness": own["decoder.likeness"], **state} if self.config.likeness else dict(state)
        missing = own[name].shape[1] - given[name].shape[1]
        if missing > 0:
            # What is read comes first, the mask before last; what is new goes between.
            cells = CELLS * CELLS
            old, before = given[name][:, :-cells], given[name][:, -cells:]
            new = torch.zeros(len(old), missing, 1, 1, dtype=old.dtype)
            given[name] = torch.cat([old, new, before], dim=1)
        self.load_state_dict(given)

    def prepare(self, features: FrameFeatures) -> PreparedFrame:
        """The frame's share of everything."""
        return PreparedFrame(
            self.attention.keys(features.tokens),
            self.told(features.tokens),
            self.decoder.prepare(*features),
            LikenessInputs(features.tokens),
        )

    def values(self, frame: PreparedFrame, coverage: Tensor) -> Tensor:
        """What memory keeps of a mask on a frame.

        Args:
            coverage: (b, 1, H', W') in 0..1, of any resolution.

        Returns:
            (b, P, 16 + v): the mask's sub-cells, and what is learnt of them beside the frame's look.
        """
        cells = sub_cells(coverage, (frame.told.shape[2], frame.told.shape[3]))
        learnt = self.mask_out(F.relu(self.mask_in(cells) + frame.told))
        return torch.cat([cells.to(learnt.dtype), learnt], dim=1).flatten(2).transpose(1, 2)

    def attend(
        self, frame: PreparedFrame, keys: Sequence[Tensor], kinds: Sequence[FrameKind], *, longest: int
    ) -> Attention:
        """The weights of remembered positions.

        Args:
            keys: of remembered frames, each (b, P, k), the latest frame's last.
            longest: tokens along the longer side of the whole frame, of which `frame` may be a window.
        """
        height, width = (int(side) for side in frame.told.shape[2:])
        near = {kind: self._nearness(kind, height, width, longest) for kind in set(kinds)}
        found = [
            self.attention.logits(frame.keys, one, kind, near[kind]) for one, kind in zip(keys, kinds, strict=True)
        ]
        together = torch.cat(found, dim=2)
        best = together.amax(dim=2)
        match = (best * torch.exp(self.attention.log_temperature[FrameKind.LATEST])).unflatten(1, (1, height, width))
        # As precise as the values that are read by them; brought there once for all referents.
        everywhere, latest = together.softmax(dim=2), found[-1].softmax(dim=2)
        return Attention(everywhere.to(frame.told.dtype), latest.to(frame.told.dtype), match)

    def _nearness(self, kind: FrameKind, height: int, width: int, longest: int) -> Tensor:
        """`CrossFrameSelfAttention.nearness` of a grid, kept where nothing is being trained."""
        device = self.attention.log_reach.device
        if self.training or torch.is_grad_enabled():
            return self.attention.nearness(kind, squared_distances(height, width, longest, device))
        wanted = (height, width, longest, device)
        if self._near_of != wanted:
            self._near_of, self._near = wanted, {}
        if kind not in self._near:
            self._near[kind] = self.attention.nearness(kind, squared_distances(height, width, longest, device))
        return self._near[kind]

    def decode(
        self,
        frame: PreparedFrame,
        attention: Attention,
        values: Sequence[Tensor],
        previous: Tensor,
        likeness: Tensor | None = None,
        decoder: ClipDecoder | None = None,
    ) -> ClipDecoded:
        """One referent's mask.

        Args:
            values: of the same frames as the attention's keys, each (b, P, 16 + v).
            previous: (b, 1, H/4, W/4), its probability on the latest frame.
            likeness: (b, 3, h, w), from `Likeness.maps`; a network that is not told of it goes without.
            decoder: the referent's own, where it has one (`nn.clip_adaptation`).
        """
        read = self.read(frame, attention, values, likeness)
        decoder = self.decoder if decoder is None else decoder
        return decoder(*read[:2], previous, frame.details, read.likeness)  # type: ignore[no-any-return]

    def read(
        self, frame: PreparedFrame, attention: Attention, values: Sequence[Tensor], likeness: Tensor | None = None
    ) -> Reading:
        """What memory says of a frame, for the decoder; the arguments are those of `decode`."""
        grid = (int(frame.told.shape[2]), int(frame.told.shape[3]))
        stored = torch.cat(list(values), dim=1)  # (b, T P, 16 + v)
        long = (attention.everywhere.to(stored.dtype) @ stored).transpose(1, 2).unflatten(2, grid)
        short = (attention.latest.to(stored.dtype) @ values[-1]).transpose(1, 2).unflatten(2, grid)
        reads = [long, short, attention.match.to(stored.dtype)]
        if not self.config.likeness:
            likeness = None
        elif likeness is not None:
            reads.append(likeness.to(stored.dtype))
        return Reading(torch.cat(reads, dim=1), long[:, : CELLS * CELLS].float(), likeness)
